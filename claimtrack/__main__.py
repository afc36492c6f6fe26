"""The command of the installed package, and `python -m claimtrack` in a checkout."""

import os
import runpy
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, ProgrammingError

from claimtrack import __version__

USAGE = """\
claimtrack demo [--port PORT]     load a small invented desk and serve it on this machine
claimtrack serve [OPTIONS]        serve the site by gunicorn, whose options they are
claimtrack manage COMMAND ...     run a management command; `claimtrack manage help` lists them
claimtrack --version
"""

MIGRATING = "Bringing the database up to date (an embedded PostgreSQL in var/postgres unless DATABASE_URL is set).\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    match sys.argv[1:]:
        case ["manage", *arguments]:
            manage("claimtrack manage", *arguments)
        case ["serve", *options]:
            serve(*options)
        case ["demo", *arguments]:
            sys.stdout.write(MIGRATING)
            sys.stdout.flush()
            manage("claimtrack manage", "migrate", "--verbosity", "0")
            manage("claimtrack manage", "demo", *arguments)
        case ["--version"]:
            sys.stdout.write(f"{__version__}\n")
        case []:
            sys.stdout.write(USAGE)
        case _:
            sys.stderr.write(USAGE)
            return 2
    return 0


def manage(program: str, *arguments: str) -> None:
    """Run a management command. If the database is away, or this version did not make its tables, say so in a sentence."""
    try:
        execute_from_command_line([program, *arguments])
    except OperationalError as error:
        # A failure of a statement has a code.
        if "--traceback" in arguments or getattr(error.__cause__, "sqlstate", None):
            raise
        sys.exit(f"The database cannot be reached: {error}")
    except ProgrammingError:
        if "--traceback" in arguments or not (sentence := _why_tables_differ(program)):
            raise
        sys.exit(sentence)


def serve(*options: str) -> None:
    """Run gunicorn. It reads variables as soon as it is imported, so the settings come first and name what is wrong with a bad one."""
    _ = settings.CLAIMTRACK_WORKERS
    sys.argv[1:] = ["--config", "python:claimtrack.server", "--no-control-socket", *options, "claimtrack.wsgi"]
    runpy.run_module("gunicorn", run_name="__main__", alter_sys=True)


def _why_tables_differ(program: str) -> str:
    """Say why the tables of the database are not those of this version, "" if they are."""
    # Django has to be set up, as it is once a command has run.
    from claimtrack.checks import made_by_this_version
    from claimtrack.health import missing_migrations

    try:
        for error in made_by_this_version(None, databases=[DEFAULT_DB_ALIAS]):
            return f"{error.msg} {error.hint}"
        if missing_migrations():
            return f"The tables of this database are missing or out of date. Run `{program} migrate` first."
    except DatabaseError:
        pass
    return ""


if __name__ == "__main__":
    sys.exit(main())

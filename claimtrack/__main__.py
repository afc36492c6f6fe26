"""The command of the installed package, and `python -m claimtrack` in a checkout."""

import os
import sys

from django.core.management import execute_from_command_line

from claimtrack import __version__

USAGE = """\
claimtrack demo [--port PORT]     load a small invented desk and serve it on this machine
claimtrack manage COMMAND ...     run a management command; `claimtrack manage help` lists them
claimtrack --version
"""

MIGRATING = "Bringing the database up to date (an embedded PostgreSQL in var/postgres unless DATABASE_URL is set).\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    match sys.argv[1:]:
        case ["manage", *arguments]:
            execute_from_command_line(["claimtrack manage", *arguments])
        case ["demo", *arguments]:
            sys.stdout.write(MIGRATING)
            sys.stdout.flush()
            execute_from_command_line(["claimtrack manage", "migrate", "--verbosity", "0"])
            execute_from_command_line(["claimtrack manage", "demo", *arguments])
        case ["--version"]:
            sys.stdout.write(f"{__version__}\n")
        case []:
            sys.stdout.write(USAGE)
        case _:
            sys.stderr.write(USAGE)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

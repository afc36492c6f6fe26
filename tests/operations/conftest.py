"""A server set up like one in production: with the SQL of `provision`, migrated by the owner, used by the serving role."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections

from claimtrack.db.embedded import server
from tests.claims.bad_lines import make_ledger
from tests.conftest import unshared_cluster

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
OWNER, SERVING = "desk_owner", "desk"


@dataclass(frozen=True)
class Ledger:
    """The data folder of a server with the database `desk`."""

    data: Path
    name: str = "desk"

    @property
    def host(self) -> str:
        return str(server.socket_folder(self.data))

    def url(self, role: str) -> str:
        return f"postgresql://{role}@{quote(self.host, safe='')}:{server.PORT}/{self.name}"

    def connect(self, role: str = server.NAME) -> psycopg.Connection:
        return psycopg.connect(self.url(role), autocommit=True)

    def account(self) -> dict[str, int]:
        """The account, as arguments of `subprocess`, under which a program can reach the server's socket."""
        owner = pwd.getpwuid(self.data.stat().st_uid)
        return {"user": owner.pw_uid, "group": owner.pw_gid} if os.geteuid() == 0 else {}

    def provision(self) -> None:
        printed = StringIO()
        call_command("provision", database=self.name, owner=OWNER, serving=SERVING, stdout=printed)
        where = ("--host", self.host, "--port", server.PORT, "--username", server.NAME)
        command = [str(server.BIN / "psql"), "-qX", *where, "postgres"]
        subprocess.run(command, input=printed.getvalue(), text=True, check=True)

    def manage(self, role: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a management command in a process of its own, as an operator does."""
        environment = {"DATABASE_URL": self.url(role), "CLAIMTRACK_DEBUG": "on", **environment}
        # Tests in a browser set it for the rest of their process, and `check --deploy` warns of it.
        inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
        return subprocess.run(
            [sys.executable, MANAGE, *arguments],
            env=inherited | {"CLAIMTRACK_VAR_DIR": str(django_settings.VAR_DIR), **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def ledger(django_db_blocker) -> Iterator[Ledger]:
    """A server with the demo, and what the lines of tests.claims.bad_lines are about."""
    with unshared_cluster(django_settings.VAR_DIR / "operations") as data:
        server.ensure_running(data)
        made = Ledger(data)
        made.provision()
        migrated = made.manage(OWNER, "migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        loaded = made.manage(SERVING, "demo", "--no-serve")
        assert loaded.returncode == 0, loaded.stderr
        with connected(django_db_blocker, made.host, server.PORT):
            make_ledger()
        yield made


@contextmanager
def connected(blocker, host: str, port: str, role: str = SERVING) -> Iterator[None]:
    """Let every thread of this process that connects within this block connect there, and nowhere else."""
    before, databases = connections["default"], connections.databases["default"]
    there = {"ENGINE": "claimtrack.db.postgresql", "HOST": host, "PORT": port, "USER": role, "NAME": Ledger.name}
    connections.databases["default"] = {**databases, **there}
    del connections["default"]
    ContentType.objects.clear_cache()
    try:
        with blocker.unblock():
            yield
    finally:
        connections["default"].close()
        connections.databases["default"] = databases
        connections["default"] = before
        ContentType.objects.clear_cache()


@pytest.fixture
def served(ledger, django_db_blocker) -> Iterator[Ledger]:
    """The test itself is the site, and connects as the serving role."""
    with connected(django_db_blocker, ledger.host, server.PORT):
        yield ledger

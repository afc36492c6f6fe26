import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.urls import get_resolver

from claims.proof.notes import make_key
from claimtrack.db.embedded import server
from tests import factories

# live_server imports claimtrack.wsgi, which would set a time-out for all connections of this process, also those to a pooler.
os.environ.setdefault("PGOPTIONS", "")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run the slowest tests first, so that no worker waits for another at the end. The others keep their random order.

    Tests with the fixture `ledger` come first too: then one worker runs them all, and only this one starts that server.
    """
    items.sort(key=lambda item: "ledger" not in item.fixturenames and not item.get_closest_marker("slow"))


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def pages_made_anew(settings):
    """Cache no page: the revision rises once in a transaction, so a test in a transaction would get a page from before its changes."""
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(autouse=True)
def exports_of_its_own(monkeypatch, settings):
    """Count a stream that a test does not read to its end only in this test."""
    monkeypatch.setattr("claimtrack.api.exports.free", BoundedSemaphore(settings.CLAIMTRACK_EXPORTS))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Close everything that still holds a connection, such as an unfinished stream, before the database is dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def no_log():
    """Start no log, even if a demo left a key here. Tests of the log start their own (`log`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "CLAIMTRACK_LOG_KEY", None)
        yield


@pytest.fixture(scope="session", autouse=True)
def views_of_the_usual_desk():
    """Import the views before a test overrides the desk's name, which is in the examples of the OpenAPI document."""
    assert get_resolver().url_patterns


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    """Empty the tables after a test with `transaction=True` by DELETE, since to TRUNCATE so many tables takes much longer.

    Only a superuser can turn off all triggers at once. On a server of DATABASE_URL the owner of the tables turns off those that
    refuse to TRUNCATE, table by table.
    """
    truncations = DatabaseOperations.sql_flush
    # Django does not manage them, so it does not name them.
    jobs = [model._meta.db_table for model in apps.get_app_config("procrastinate").get_models()]

    def deletions(self, style, tables, **options):
        statements = [f"DELETE FROM {self.quote_name(table)}" for table in [*tables, *jobs]]
        return ["; ".join(["SET LOCAL session_replication_role = replica", *statements])]

    def unguarded_truncations(self, style, tables, **options):
        off, on = (
            [f"ALTER TABLE {self.quote_name(table)} {switch} TRIGGER USER" for table in tables]
            for switch in ("DISABLE", "ENABLE")
        )
        return [*off, *truncations(self, style, tables, **options), *on]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", deletions if django_settings.EMBEDDED else unguarded_truncations)
        yield


@pytest.fixture(scope="session", autouse=True)
def loopback_only():
    """Refuse every connection beyond this machine."""

    def guarded(connect):
        def connect_here(self, address):
            if self.family != socket.AF_UNIX and not str(address[0]).startswith(("127.", "::1", "localhost")):
                raise AssertionError(f"A test tried to connect to {address}.")
            return connect(self, address)

        return connect_here

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix):
    """Give each worker of pytest-xdist an embedded PostgreSQL server of its own.

    The changes feed waits for every transaction on its server, so workers that shared one would wait for each other.
    """
    if not hasattr(request.config, "workerinput") or not django_settings.EMBEDDED:
        yield
        return
    with unshared_cluster(django_settings.VAR_DIR / "tests") as data:
        connection.settings_dict |= {"DATA": data, "HOST": str(server.socket_folder(data))}
        yield


@pytest.fixture
def moderator(db):
    return factories.make_user("moderator")


@pytest.fixture
def desk(client, moderator):
    """Return the client of a signed-in Moderator."""
    client.force_login(moderator)
    return client


@pytest.fixture
def log_key(settings, tmp_path):
    """The key of a log that is started."""
    settings.CLAIMTRACK_LOG_KEY = tmp_path / "key.pem"
    make_key(settings.CLAIMTRACK_LOG_KEY)


@pytest.fixture
def log(settings, log_key, db):
    """Start a log for the ledger, and return its signer."""
    settings.CLAIMTRACK_SITE_URL = "https://claims.example"
    from claims.proof.sequencing import signer  # models cannot be imported yet when pytest reads this file

    return signer()


@contextmanager
def unshared_cluster(parent: Path) -> Iterator[Path]:
    """A data folder for the embedded server that no other process uses. At the end its server is stopped and it is removed.

    The lock on it ends with its process. The next run that takes the folder removes what a crashed run left.
    """
    for number in count(1):
        folder = parent / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            data = folder / "postgres"
            try:
                remove_cluster(data)
                yield data
            finally:
                remove_cluster(data)
            return


def remove_cluster(data: Path) -> None:
    server.stop(data)
    shutil.rmtree(data, ignore_errors=True)

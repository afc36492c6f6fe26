"""System checks of the database."""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from claimtrack import checks

pytestmark = pytest.mark.django_db

FORMS = {
    "UTF-8": "ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'",
    "C": "ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'",
    "Latin": "ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'",
}


@pytest.fixture
def empty(request):
    """The alias of an empty database of the form that the test asks for."""
    name = f"empty_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 {FORMS[request.param]}")
        connections.databases["empty"] = connection.settings_dict | {"NAME": name}
        connections["empty"].connect()  # directly, for Django lets a test connect to its own database alone
        yield "empty"
        connections["empty"].close()
        del connections["empty"], connections.databases["empty"]
        cursor.execute(f"DROP DATABASE {name}")


def test_a_database_of_today_passes():
    call_command("check", databases=["default"], stdout=StringIO())


def test_a_database_of_before_the_squash_is_refused():
    MigrationRecorder(connection).record_applied("claims", "0014_frozen_history")
    with pytest.raises(SystemCheckError, match="0014_frozen_history") as refused:
        call_command("migrate", verbosity=0, skip_checks=False)
    assert "make clean" in str(refused.value)


@pytest.mark.parametrize(
    ("sql", "column"),
    [
        ("ALTER TABLE claims_topic DROP COLUMN slug CASCADE", "claims_topic.slug"),
        ("ALTER TABLE claims_topic ADD COLUMN colour text", "claims_topic.colour"),
        ("DROP TABLE claims_comment CASCADE", "claims_comment.at"),
    ],
    ids=["a column to come", "a column that is gone", "a table to come"],
)
@pytest.mark.parametrize("command", ["migrate", "demo", "documents"])
def test_a_database_of_an_edited_initial_migration_is_refused(command, sql, column):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(SystemCheckError, match=rf"earlier, unreleased claimtrack \(column {column}\)"):
        call_command(command, verbosity=0, skip_checks=False)


def test_columns_that_a_migration_still_adds_are_not_missed():
    MigrationRecorder(connection).record_unapplied("claims", "0002_initial")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_topic DROP COLUMN slug CASCADE")
    call_command("check", databases=["default"], stdout=StringIO())


@pytest.mark.parametrize("empty", ["UTF-8"], indirect=True)
def test_an_empty_database_with_letters_of_every_script_passes(empty):
    call_command("check", databases=[empty], stdout=StringIO())


@pytest.mark.parametrize(
    ("empty", "fault"), [("C", "LC_CTYPE is C"), ("Latin", "encoded in LATIN1")], indirect=["empty"]
)
def test_an_empty_database_without_them_is_refused(empty, fault):
    with pytest.raises(SystemCheckError, match=fault) as refused:
        call_command("check", databases=[empty])
    assert "LC_CTYPE 'C.UTF-8'" in str(refused.value) and "make clean" in str(refused.value)


@pytest.mark.parametrize("empty", ["C"], indirect=True)
def test_a_database_whose_trigrams_are_blind_is_refused(empty, monkeypatch):
    """Where the parser is not what fails, as on a server that reads them by different locales."""
    monkeypatch.setattr(checks, "PROBE", "plain")
    monkeypatch.setattr(checks, "PROBE_WORDS", ["plain"])
    call_command("check", databases=[empty], stdout=StringIO())
    with connections[empty].cursor() as cursor:
        cursor.execute("CREATE EXTENSION pg_trgm")
    with pytest.raises(SystemCheckError, match="pg_trgm"):
        call_command("check", databases=[empty])

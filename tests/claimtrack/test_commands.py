"""Management commands as they are started: `manage.py` in a checkout, and `claimtrack manage` where the package is installed."""

import sys

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from claimtrack import __main__ as program

pytestmark = pytest.mark.django_db


@pytest.fixture
def fails(monkeypatch):
    """Let the command fail as each does that asks for a table which is missing."""

    def run(argv):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT FROM claims_missing")

    monkeypatch.setattr(program, "execute_from_command_line", run)
    monkeypatch.setattr(sys, "argv", ["claimtrack", "manage", "notices"])


@pytest.fixture
def unmigrated():
    MigrationRecorder(connection).record_unapplied("claims", "0001_search")


def test_a_database_without_its_migrations_is_told_in_a_sentence(fails, unmigrated):
    with pytest.raises(SystemExit, match=r"^The tables .* Run `claimtrack manage migrate` first\.$"):
        program.main()


def test_a_database_of_an_earlier_version_is_told_what_to_do(fails):
    MigrationRecorder(connection).record_applied("claims", "0014_frozen_history")
    with pytest.raises(
        SystemExit, match=r"^This database was made by an earlier, .* Start with an empty one: `make clean`"
    ):
        program.main()


def test_another_error_is_not_mistaken_for_it(fails):
    with pytest.raises(ProgrammingError, match="claims_missing"):
        program.main()


def test_a_traceback_is_shown_to_who_asks_for_it(fails, unmigrated):
    with pytest.raises(ProgrammingError):
        program.manage("manage.py", "notices", "--traceback")

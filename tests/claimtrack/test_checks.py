"""System checks of the database."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_a_database_of_today_passes():
    call_command("check", databases=["default"], stdout=StringIO())


def test_a_database_of_before_the_squash_is_refused():
    MigrationRecorder(connection).record_applied("claims", "0014_frozen_history")
    with pytest.raises(SystemCheckError, match="0014_frozen_history") as refused:
        call_command("migrate", verbosity=0, skip_checks=False)
    assert "make clean" in str(refused.value)

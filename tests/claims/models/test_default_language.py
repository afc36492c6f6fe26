"""CLAIMTRACK_DEFAULT_LANGUAGE: the language in which search stems a text without a language."""

import runpy
from pathlib import Path

import pytest
from django.db import connection

from claims import migrations

MIGRATION = Path(migrations.__path__[0]) / "0001_search.py"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("default", "language", "configuration", "reason"),
    [
        ("de", "", "german", "as the desk has set"),
        ("de", None, "german", "nor is it known"),
        ("ru", "", "russian", "in another script"),
        ("ar", "", "arabic", "and another"),
        ("zh", "", "claimtrack", "no stemmer"),
        ("de", "fr-CA", "french", "a text that names one"),
        ("de", "pl", "claimtrack", "even one without a stemmer"),
    ],
    ids=lambda value: value or "none",
)
def test_it_reads_what_names_no_language(settings, default, language, configuration, reason):
    settings.CLAIMTRACK_DEFAULT_LANGUAGE = default
    function = runpy.run_path(str(MIGRATION))["CHOICE"].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    with connection.cursor() as cursor:
        cursor.execute(function)
        cursor.execute("SELECT claims_configuration(%s)::text", [language])
        assert cursor.fetchone() == (configuration,)

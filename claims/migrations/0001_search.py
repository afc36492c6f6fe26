from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

CONFIGURATION = f"""
    CREATE TEXT SEARCH CONFIGURATION claimtrack (COPY = pg_catalog.{settings.CLAIMTRACK_STEMMER});
    ALTER TEXT SEARCH CONFIGURATION claimtrack ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
        WITH unaccent, {settings.CLAIMTRACK_STEMMER}_stem;
"""

# PL/pgSQL, whose bodies are not checked when made: the tables come with the next migration. Cut, because a tsvector holds
# at most a megabyte: beyond that no claim could be recorded.
FUNCTION = """
    CREATE FUNCTION claims_search(claim bigint, wording text) RETURNS tsvector LANGUAGE plpgsql STABLE AS $$
    BEGIN
        RETURN to_tsvector('claimtrack', left(wording || E'\\n' || coalesce(
            (SELECT string_agg(quote, E'\\n' ORDER BY id) FROM claims_appearance WHERE claim_id = claim), ''), 200000));
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION claimtrack"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION claims_search"),
    ]

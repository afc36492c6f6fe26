"""The number of public claims with each lexeme of `Claim.search`, from which BM25 weighs the words of a question.

Only public claims are counted, for everybody: otherwise a hidden claim would change the scores that the public sees.

If each writer updated the row of a common lexeme, all writers would wait for each other. Therefore triggers of Claim append
differences (`FrequencyChange`), which blocks nobody. A question reads both tables in one statement. `fold()` adds the
differences to the counts and removes them, in one transaction, so that each is counted once at any moment.
"""

from __future__ import annotations

from django.db import connection, models, transaction

from claimtrack.db import timeouts

BATCH = 100_000  # differences folded in one transaction

# Only one runs at a time: two would wait for each other's rows, and might deadlock.
FOLD = """
    WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(70215) AS mine),
    folded AS (
        DELETE FROM claims_frequencychange WHERE (SELECT mine FROM turn) AND id IN
            (SELECT id FROM claims_frequencychange ORDER BY id LIMIT %s) RETURNING lexeme, claims, lexemes),
    summed AS (SELECT lexeme, sum(claims) AS claims, sum(lexemes) AS lexemes FROM folded GROUP BY lexeme),
    added AS (
        INSERT INTO claims_frequency AS f (lexeme, claims, lexemes) SELECT * FROM summed ORDER BY lexeme
        ON CONFLICT (lexeme) DO UPDATE SET claims = f.claims + excluded.claims, lexemes = f.lexemes + excluded.lexemes)
    SELECT count(*) FROM folded"""


class Frequency(models.Model):
    """The number of public claims with a lexeme, without waiting differences. "" stands for all claims."""

    lexeme = models.TextField(primary_key=True, db_collation="C")
    claims = models.BigIntegerField()
    lexemes = models.BigIntegerField(help_text="Of “”: the number of different lexemes of all claims, added up.")

    class Meta:
        verbose_name_plural = "frequencies"

    def __str__(self) -> str:
        return f"{self.lexeme}: {self.claims}"


class FrequencyChange(models.Model):
    """A difference that a statement made to the count of a lexeme."""

    lexeme = models.TextField(db_collation="C")
    claims = models.BigIntegerField()
    lexemes = models.BigIntegerField()

    class Meta:
        indexes = [
            # the differences of the lexemes of a question
            models.Index(fields=["lexeme"], include=["claims", "lexemes"], name="frequency_change_lexeme")
        ]

    def __str__(self) -> str:
        return f"{self.lexeme}: {self.claims:+}"


def fold() -> int:
    """Add waiting differences to the counts. Return how many they were."""
    total, folded = 0, BATCH
    while folded >= BATCH:
        with transaction.atomic(), connection.cursor() as cursor:
            timeouts.set_local()
            cursor.execute(FOLD, [BATCH])
            [folded] = cursor.fetchone()
        total += folded
    return total


def forget() -> None:
    """Fold, and remove lexemes that no claim has any more, so that a removed text leaves no words behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(70215)")
    fold()
    Frequency.objects.filter(claims__lte=0).exclude(lexeme="").delete()

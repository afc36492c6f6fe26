"""The JSON of each claim, composed once and stored, so that a list reads it instead of joining seven tables.

A document leaves out the site's address, which is a setting, and the verdict, which very many claims share. Both are added when
it is read. Documents are derived data: only functions of the database write them (`claims.models.guards.document` explains how
they stay right). A document is right or absent. If it is absent or stale, the statement that reads it composes it with
`claims_compose`, which is compiled from the serializer (`claims.api.documents`). So document, verdict and visibility come from
one snapshot of the database.
"""

from __future__ import annotations

from django.db import connection, models, transaction
from django.db.models.functions import Now

from claims.models.claim import Claim
from claims.models.guards import document as guards
from claimtrack.db import timeouts
from claimtrack.db.in_sql import in_sql

# All of a claim's JSON after `id` and `url`, as a column of a queryset of Claim:
# `"text":…,"verdict":…,"speaker":…,"reviewed_at":…`. It is computed only for the rows of a page, since it is a column of the
# result.
JSON = in_sql(guards.JSON, "pk", "verdict_id")("")
# The same for a queryset of one claim, which takes less planning.
JSON_OF_ONE = in_sql("claims_json({0}, {1})", "pk", "verdict_id")("")


class Document(models.Model):
    """The JSON of a claim before and after its verdict, without the outer braces."""

    claim = models.OneToOneField(
        Claim, models.DO_NOTHING, primary_key=True, related_name="document", db_constraint=False
    )
    head = models.TextField(help_text="From text to status.")
    tail = models.TextField(help_text="From speaker to reviewed_at.")

    class Meta:
        triggers = [guards.only_written_by("claims_renew_documents(bigint[])")]

    def __str__(self) -> str:
        return f"Claim {self.claim_id}"


class Stale(models.Model):
    """A mark: documents of claims that show this row are stale, except those of claims up to `done`."""

    kind = models.CharField(max_length=7)
    row_id = models.BigIntegerField()
    done = models.BigIntegerField(help_text="The last claim whose document is right again.")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "stale"
        indexes = [models.Index(fields=["kind", "row_id"], name="stale_row")]
        triggers = [guards.only_written_by("claims_mark_stale(text,bigint)", "claims_catch_up(bigint)")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"


def fill_absent() -> bool:
    """Compose absent documents in batches. Return False if a row was locked, so that some may still be absent."""
    after = 0
    while (last := _call("claims_fill_documents", after)) is not None:
        if last == after:
            return False
        after = last
    return True


def catch_up() -> bool:
    """Compose stale documents in batches. Return False if a row was locked, so that some may still be stale."""
    finished = []
    for mark in Stale.objects.order_by("pk").values_list("pk", flat=True):
        while (done := _call("claims_catch_up", mark)) is False:
            pass
        finished.append(done)
    return all(finished)


def _call(function: str, argument: int) -> int | None:
    with transaction.atomic(), connection.cursor() as cursor:
        timeouts.set_local()
        cursor.execute(f"SELECT {function}(%s)", [argument])
        return cursor.fetchone()[0]

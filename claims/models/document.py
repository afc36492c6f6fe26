"""The JSON of each claim, composed once and kept: a list reads it instead of joining seven tables.

A document leaves out what is joined at read: the site's address, which is a setting, and the verdict, which very many claims
share. It is derived, so only functions of the database write it (`claims.models.guards.document`, which says how they stay
right), and it is right or absent: where it is absent or stale, the statement that reads it composes it, by `claims_compose`,
which is compiled from the serializer (`claims.api.documents`). So document, verdict and what one may see are of one snapshot.
"""

from __future__ import annotations

from django.db import connection, models, transaction
from django.db.models.functions import Now

from claims.models.claim import Claim
from claims.models.guards import document as guards
from claimtrack.db import timeouts
from claimtrack.db.in_sql import in_sql

# All of a claim's JSON after `id` and `url`, as a column of a queryset of Claim: `"text":…,"verdict":…,"speaker":…,"reviewed_at":…`.
# As a column of the result it is worked out for the rows of a page only, whatever plan finds these. Whether there are marks at
# all is asked once for all rows, and mostly there are none.
JSON = in_sql(
    """COALESCE(
        (SELECT head || ',"verdict":' || COALESCE((SELECT row_to_json(v)::text FROM
            (SELECT code, label, value FROM claims_verdict WHERE id = {1}) v), 'null') || ',' || tail
        FROM claims_document WHERE claim_id = {0} AND (NOT EXISTS (SELECT FROM claims_stale) OR NOT claims_is_stale({0}))),
        (SELECT head || ',' || verdict || ',' || tail FROM claims_compose({0})))""",
    "pk",
    "verdict_id",
)("")


class Document(models.Model):
    """A claim's JSON on either side of its verdict, without the outer braces."""

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
    """A mark: the documents of the claims that show this row are not to be believed, but for those up to `done`."""

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
    """Compose the documents that are absent, a batch at a time. False: somebody held a row, and some may be absent still."""
    after = 0
    while (last := _call("claims_fill_documents", after)) is not None:
        if last == after:
            return False
        after = last
    return True


def catch_up() -> bool:
    """Compose the documents that are stale, a batch at a time. False: somebody held a row, and some may be stale still."""
    steps = []
    for mark in Stale.objects.order_by("pk").values_list("pk", flat=True):
        while (step := _call("claims_catch_up", mark)) is False:
            pass
        steps.append(step)
    return all(steps)


def _call(function: str, argument: int) -> int | None:
    with transaction.atomic(), connection.cursor() as cursor:
        timeouts.set_local()
        cursor.execute(f"SELECT {function}(%s)", [argument])
        return cursor.fetchone()[0]

"""The JSON of each claim, composed once and kept: a list reads it instead of joining seven tables.

A document leaves out what is joined at read: the site's address, which is a setting, and the verdict, one of few rows that very
many claims share. It is derived, so only the database's own functions write it (`claims.models.guards.documents`), and it is
right or absent: what is absent is composed in the statement that reads it, by `claims_compose`, which is compiled from the
serializer (`claims.api.documents`). Document, verdict and the rule of who sees which claims thus come from one snapshot.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, TextField

from claims.models.claim import Claim

_FOUND = "FROM claims_document WHERE claim_id = %(expressions)s"


def _text(template: str, *columns: str) -> Func:
    return Func(*map(F, columns), template=template, arg_joiner=", ", output_field=TextField())


# For the queryset of Claim, and in this order around its commas: `"text":…,"status":…`, `"verdict":…`, `"speaker":…,"reviewed_at":…`.
# As columns of the result they are worked out for the rows of a page only, whatever plan finds these.
HEAD = _text(f"COALESCE((SELECT head {_FOUND}), (claims_compose(%(expressions)s)).head)", "pk")
TAIL = _text(f"COALESCE((SELECT tail {_FOUND}), (claims_compose(%(expressions)s)).tail)", "pk")
VERDICT = _text(
    "COALESCE((SELECT row_to_json(v)::text FROM"
    " (SELECT code, label, value FROM claims_verdict WHERE id = %(expressions)s) v), 'null')",
    "verdict_id",
)


class Document(models.Model):
    """A claim's JSON on either side of its verdict, without the outer braces."""

    claim = models.OneToOneField(
        Claim, models.DO_NOTHING, primary_key=True, related_name="document", db_constraint=False
    )
    head = models.TextField(help_text="From text to status.")
    tail = models.TextField(help_text="From speaker to reviewed_at.")

    def __str__(self) -> str:
        return f"Claim {self.claim_id}"

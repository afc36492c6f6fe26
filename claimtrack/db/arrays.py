from collections.abc import Collection

from django.db.models.expressions import RawSQL

FEW = 50  # PostgreSQL knows the number of parameters when it plans a query, but only guesses the length of an array


def as_array(values: Collection[str] | Collection[int]) -> list[str | int] | RawSQL:
    """Return the values as one array, for `filter(name__in=as_array(…))` with thousands of them.

    With one parameter for each value, writing and planning the query would take longer than running it.
    """
    if len(values) <= FEW:
        return list(values)  # Django runs no query for an empty list
    kind = "bigint" if isinstance(next(iter(values)), int) else "text"
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])

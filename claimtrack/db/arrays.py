from collections.abc import Collection

from django.db.models.expressions import RawSQL

FEW = 50  # PostgreSQL plans by the number of parameters, but only guesses the length of an array


def as_array(values: Collection[str] | Collection[int]) -> list[str | int] | RawSQL:
    """Return the values as one array, for `filter(name__in=as_array(…))` with thousands of them.

    With a parameter for each value, Django and PostgreSQL take longer to write and plan the query than to run it.
    """
    if len(values) <= FEW:
        return list(values)  # Django runs no query for an empty list
    kind = "bigint" if isinstance(next(iter(values)), int) else "text"
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])

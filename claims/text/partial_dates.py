"""Calendar dates as precise as they are known: `2025`, `2025-09` or `2025-09-05` (a subset of ISO 8601 / EDTF level 0)."""

import re
from calendar import monthrange
from datetime import date

from claimtrack.dates import check_year
from claimtrack.refusals import Message

PRECISIONS = ("day", "month", "year")
_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def parse(value: str) -> tuple[date, str]:
    """Return the first day that the value covers and its precision. Raises ValueError with a sentence for readers."""
    match = _SHAPE.fullmatch(value)
    try:
        if not match:
            raise ValueError
        year, month, day = match.groups()
        precision = "day" if day else "month" if month else "year"
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(
            Message("“%(value)s” is not a date: write 2025, 2025-09 or 2025-09-05.", {"value": value})
        ) from None
    check_year(first)
    return first, precision


def last_day(first: date, precision: str) -> date:
    """Return the last day that a value with this first day covers."""
    if precision == "day":
        return first
    month = 12 if precision == "year" else first.month
    return date(first.year, month, monthrange(first.year, month)[1])


def format_date(day: date | None, precision: str) -> str | None:
    """Return the date cut to its precision, or None for no date."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]] if day else None

"""Dates and moments as readers see them, in the language of the page and the desk's time zone."""

from datetime import UTC, date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

from claims.text import partial_dates


def day(moment: datetime | str) -> str:
    """Return the day of a moment in the desk's time zone. The moment may be text as the API writes it."""
    written = moment if isinstance(moment, str) else moment.astimezone(UTC).isoformat()
    return _day(written[:16], timezone.get_current_timezone_name(), get_language())


def partial_date(value: date | str) -> str:
    """Return a date as precisely as it is known: 2025, September 2025, 5 September 2025. For a moment, return its day."""
    written = str(value)
    return day(written) if "T" in written else _partial_date(written, get_language())


# A list shows the same few days again and again, and formatting one costs as much as the rest of its row.
@lru_cache(maxsize=10_000)
def _day(minute: str, zone: str, language: str | None) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(f"{minute}+00:00")), _pattern("day"))


@lru_cache(maxsize=10_000)
def _partial_date(written: str, language: str | None) -> str:
    try:
        first, precision = partial_dates.parse(written)
    except ValueError:
        # An old record may have a year that is refused today: it is shown unchanged.
        return written
    return date_format(first, _pattern(precision))


def _pattern(precision: str) -> str:
    if precision == "year":
        return pgettext("date format", "Y")
    return pgettext("date format", "F Y") if precision == "month" else pgettext("date format", "j F Y")

"""Checks of dates: impossible years are refused, and dates in the future are kept with a warning.

Statements, articles and reviews lie in the past. A date in the future nearly always has day and month swapped, or a wrong time
zone. It is kept all the same, because a desk may record an announcement. A year such as 1, 300 or 5000 is a typing error, or a
placeholder of some software, and is refused.
"""

from datetime import UTC, date, datetime, timedelta

from claimtrack.refusals import Message
from claimtrack.warnings import InputWarning

FIRST_YEAR, LAST_YEAR = 1000, 2999


def check_year(day: date) -> None:
    """Raise ValueError for a year that cannot be right."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            Message(
                "The year %(year)s cannot be right: years go from %(first_year)s to %(last_year)s.",
                {"year": day.year, "first_year": FIRST_YEAR, "last_year": LAST_YEAR},
            )
        )


def is_future(day: date) -> bool:
    """Return whether a day, or the day of an aware datetime, lies after tomorrow in UTC.

    Tomorrow does not count, since it has already begun in some time zone.
    """
    if isinstance(day, datetime):
        day = day.astimezone(UTC).date()
    return day > datetime.now(UTC).date() + timedelta(days=1)


def warnings_about(day: date | None, field: str) -> list[InputWarning]:
    """Return the warning `date_to_come` if there is a day and it lies after tomorrow."""
    if day is None or not is_future(day):
        return []
    return [
        InputWarning(
            "date_to_come",
            field,
            Message("%(day)s lies after tomorrow. Are day and month in their places?", {"day": f"{day:%Y-%m-%d}"}),
        )
    ]

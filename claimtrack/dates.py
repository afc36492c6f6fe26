"""Which days are taken: years that are refused, and days to come that are kept with a warning.

What was said, published or reviewed lies in the past. A day to come is nearly always a day and a month that changed
places, or a time zone gone wrong, but a desk may also record what is announced: so it is kept, with a warning. A year of
one, three or five thousand is a typing error or a value that some software writes for "not known", and is refused.
"""

from datetime import UTC, date, datetime, timedelta

from claimtrack.warnings import InputWarning

FIRST_YEAR, LAST_YEAR = 1000, 2999


def check_year(day: date) -> None:
    """Raise ValueError where the year cannot be right."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"The year {day.year} cannot be right: years go from {FIRST_YEAR} to {LAST_YEAR}.")


def is_to_come(day: date) -> bool:
    """Say whether a day, or the day of a moment with its zone, lies after tomorrow in UTC.

    Tomorrow is not to come: it has begun in some time zone.
    """
    if isinstance(day, datetime):
        day = day.astimezone(UTC).date()
    return day > datetime.now(UTC).date() + timedelta(days=1)


def warnings_about(day: date | None, field: str) -> list[InputWarning]:
    """The warning `date_to_come` where there is a day and it lies after tomorrow."""
    if day is None or not is_to_come(day):
        return []
    return [
        InputWarning("date_to_come", field, f"{day:%Y-%m-%d} lies after tomorrow. Are day and month in their places?")
    ]

"""A span of days in the desk's time zone, and its division into the days, weeks, months or years that a plot shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

MOST_DAYS = 20 * 366
# The longest period that is shown in each unit.
UNITS = (("day", 31), ("week", 183), ("month", 5 * 366), ("year", MOST_DAYS))
# Each begins this many days before today, or this many years before the first of January. The first preset is the default.
PRESETS = ("30-days", "90-days", "12-months", "this-year", "last-year")
DAYS = {"30-days": 30, "90-days": 90}


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included, in a time zone."""

    first: date
    last: date
    zone: tzinfo

    @property
    def start(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> str:
        return next(unit for unit, most in UNITS if self.days <= most)

    def parts(self, unit: str = "") -> Iterator[Period]:
        """Yield its days, weeks, months or years. The first and the last end where the period does."""
        first = self.first
        while first <= self.last:
            after = _after(first, unit or self.unit)
            yield Period(first, min(after - timedelta(days=1), self.last), self.zone)
            first = after


def midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _after(day: date, unit: str) -> date:
    """Return the first day of the next week (from Monday), month or year, or the next day."""
    if unit == "day":
        return day + timedelta(days=1)
    if unit == "week":
        return day + timedelta(days=7 - day.weekday())
    if unit == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return date(day.year + 1, 1, 1)


def preset(name: str, today: date, zone: tzinfo) -> Period:
    """Return the period of this name, one of PRESETS, as of today."""
    if name in DAYS:
        return Period(today - timedelta(days=DAYS[name] - 1), today, zone)
    if name == "this-year":
        return Period(date(today.year, 1, 1), today, zone)
    if name == "last-year":
        return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), zone)
    # The day after the same day of the year before. The 29th of February counts as the 28th.
    a_year_ago = today.replace(year=today.year - 1, day=28 if (today.month, today.day) == (2, 29) else today.day)
    return Period(a_year_ago + timedelta(days=1), today, zone)

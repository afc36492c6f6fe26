from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from claims.figures.periods import PRESETS, Period, preset

BERLIN = ZoneInfo("Europe/Berlin")


def days(first, last):
    return Period(date.fromisoformat(first), date.fromisoformat(last), UTC)


def test_it_goes_from_midnight_to_midnight_at_the_desk():
    summer = Period(date(2025, 3, 30), date(2025, 3, 30), BERLIN)
    assert summer.start == datetime(2025, 3, 29, 23, tzinfo=UTC)
    assert summer.end == datetime(2025, 3, 30, 22, tzinfo=UTC), "the day on which summer time begins has 23 hours"


@pytest.mark.parametrize(
    ("first", "last", "unit", "parts", "why"),
    [
        ("2025-05-07", "2025-05-07", "day", ["2025-05-07/2025-05-07"], "one day is a period"),
        ("2025-05-01", "2025-06-01", "week", ["2025-05-01/2025-05-04", "2025-05-05/2025-05-11"], "from Monday"),
        ("2025-01-15", "2025-12-20", "month", ["2025-01-15/2025-01-31", "2025-02-01/2025-02-28"], "cut at its ends"),
        ("2015-06-01", "2025-03-31", "year", ["2015-06-01/2015-12-31", "2016-01-01/2016-12-31"], "many years"),
    ],
)
def test_it_begins_with_these_parts(first, last, unit, parts, why):
    period = days(first, last)
    found = [f"{part.first}/{part.last}" for part in period.parts()]
    assert (period.unit, found[: len(parts)]) == (unit, parts), why
    assert found[-1].endswith(last)


@pytest.mark.parametrize("last", ["2025-05-31", "2025-10-31", "2027-02-28", "2034-01-01"])
def test_parts_follow_each_other_without_a_gap(last):
    period = days("2025-05-01", last)
    parts = list(period.parts())
    assert sum(part.days for part in parts) == period.days
    assert all(before.end == after.start for before, after in pairwise(parts))


@pytest.mark.parametrize(
    ("name", "today", "expected"),
    [
        ("30-days", "2025-03-01", "2025-01-31/2025-03-01"),
        ("90-days", "2025-03-31", "2025-01-01/2025-03-31"),
        ("12-months", "2025-03-01", "2024-03-02/2025-03-01"),
        ("12-months", "2028-02-29", "2027-03-01/2028-02-29"),
        ("this-year", "2025-03-01", "2025-01-01/2025-03-01"),
        ("last-year", "2025-03-01", "2024-01-01/2024-12-31"),
    ],
)
def test_presets(name, today, expected):
    period = preset(name, date.fromisoformat(today), UTC)
    assert f"{period.first}/{period.last}" == expected
    assert name in PRESETS

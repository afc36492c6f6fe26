from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine

from claimtrack.dates import check_year, is_future, warnings_about
from claimtrack.warnings import InputWarning

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
DAYS = [
    (date(2026, 3, 9), False, "today"),
    (date(2026, 3, 10), False, "tomorrow has begun in Auckland"),
    (date(2026, 3, 11), True, "the day after tomorrow has begun nowhere"),
    (date(2026, 9, 3), True, "3 September or 9 March: day and month changed places"),
    (date(1931, 5, 1), False, "long ago"),
    (datetime(2026, 3, 10, 23, tzinfo=UTC), False, "a moment of tomorrow"),
    (datetime(2026, 3, 11, 5, tzinfo=timezone(timedelta(hours=9))), False, "in UTC it is still tomorrow"),
    (datetime(2026, 3, 10, 22, tzinfo=timezone(timedelta(hours=-5))), True, "in UTC it is the day after"),
]


@pytest.mark.parametrize(("day", "expected", "reason"), DAYS, ids=[row[2] for row in DAYS])
def test_days_to_come(day, expected, reason):
    with time_machine.travel(NOW, tick=False):
        assert is_future(day) is expected, reason


def test_a_day_to_come_gets_a_warning():
    with time_machine.travel(NOW, tick=False):
        assert warnings_about(date(2026, 9, 3), "said_at") == [
            InputWarning(
                "date_to_come", "said_at", "2026-09-03 lies after tomorrow. Are day and month in their places?"
            )
        ]


def test_other_days_get_none():
    with time_machine.travel(NOW, tick=False):
        assert warnings_about(date(2026, 3, 10), "said_at") == warnings_about(None, "said_at") == []


@pytest.mark.parametrize("year", [1000, 1517, 2999])
def test_years_that_are_taken(year):
    check_year(date(year, 1, 1))


@pytest.mark.parametrize("year", [1, 33, 999, 3000, 9999])
def test_years_that_are_refused(year):
    with pytest.raises(ValueError, match=f"The year {year} cannot be right: years go from 1000 to 2999"):
        check_year(date(year, 1, 1))

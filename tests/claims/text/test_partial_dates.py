from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.partial_dates import format_date, parse

DATES = [
    ("2025", date(2025, 1, 1), "year"),
    ("2025-09", date(2025, 9, 1), "month"),
    ("2025-09-05", date(2025, 9, 5), "day"),
    ("2024-02-29", date(2024, 2, 29), "day"),
    ("1000", date(1000, 1, 1), "year"),
    ("2999-12-31", date(2999, 12, 31), "day"),
]
NO_DATES = [
    ("", "nothing"),
    ("25", "no century"),
    ("2025-9", "one digit"),
    ("2025-13", "no such month"),
    ("2025-02-29", "no such day"),
    ("2025-00", "months begin at one"),
    ("0000", "no year in this calendar"),
    ("-2025", "before it"),
    ("20250905", "without hyphens"),
    ("2025-09-05T10:00", "a time"),
    ("2025 ", "white space"),
    ("2025\n", "a line end"),
    ("２０２５", "full-width digits"),
    ("2025-09-٠٥", "Arabic digits"),
    ("yesterday", "words"),
]


@pytest.mark.parametrize(("value", "day", "precision"), DATES)
def test_it_works(value, day, precision):
    assert parse(value) == (day, precision)
    assert format_date(day, precision) == value


@pytest.mark.parametrize(("value", "reason"), NO_DATES)
def test_what_is_no_date(value, reason):
    with pytest.raises(ValueError, match="write 2025, 2025-09 or 2025-09-05"):
        assert not parse(value), reason


YEARS = [
    ("0033", "an ancient is quoted by whoever quotes him"),
    ("0001-01-01", "what some software writes for a date that is not known"),
    ("0999-12", "the last that is refused"),
    ("3000", "and the first"),
    ("9999-12-31", "what some software writes for the end of time"),
]


@pytest.mark.parametrize(("value", "reason"), YEARS, ids=[row[1] for row in YEARS])
def test_years_that_cannot_be_right(value, reason):
    with pytest.raises(ValueError, match="cannot be right: years go from 1000 to 2999"):
        assert not parse(value), reason


def test_no_date():
    assert format_date(None, "") is None


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from([4, 7, 10]))
def test_there_and_back(day, length):
    value = day.isoformat()[:length]
    assert format_date(*parse(value)) == value

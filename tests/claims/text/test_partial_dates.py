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
    ("0033", date(33, 1, 1), "year"),
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


def test_no_date():
    assert format_date(None, "") is None


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_there_and_back(day, length):
    value = day.isoformat()[:length]
    assert format_date(*parse(value)) == value

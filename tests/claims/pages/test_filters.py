"""The template filters of the public pages."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from claims.pages.dates import day, partial_date
from claims.templatetags.pages import after, before, json_ld
from claims.text.quoting import CONTEXT

# value, what is shown, reason
DATES = [
    ("2025", "2025", "a year"),
    ("2025-09", "September 2025", "a month"),
    ("2025-09-05", "5 September 2025", "a day"),
    ("2025-09-05T23:59:00Z", "5 September 2025", "a moment of an article"),
    ("0800-01-01", "0800-01-01", "a year that cannot be entered"),
]


@pytest.mark.parametrize(("value", "shown", "reason"), DATES)
def test_a_date_is_as_precise_as_it_is_known(value, shown, reason):
    assert partial_date(value) == shown, reason


def test_a_moment_is_shown_as_its_day():
    assert day("2025-09-05T23:59:59.999999Z") == day(datetime(2025, 9, 5, 23, 59, tzinfo=UTC)) == "5 September 2025"


def test_days_are_in_the_language_of_the_page():
    assert partial_date("2025-10") == "October 2025"
    with translation.override("de"):
        assert partial_date("2025-10") == "Oktober 2025"


LONG = "word " * CONTEXT
# the text around a quote, what is shown before it, after it, reason
AROUND = [
    ("He said: ", "He said: ", "He said: ", "all that the text has there"),
    (LONG[2 : CONTEXT + 2], "… " + LONG[5 : CONTEXT + 2], LONG[2:CONTEXT].rstrip() + " …", "cut inside a word"),
    ("あ" * CONTEXT, "…" + "あ" * CONTEXT, "あ" * CONTEXT + "…", "no blank to cut at"),
]


@pytest.mark.parametrize(("text", "shown_before", "shown_after", "reason"), AROUND, ids=lambda value: value[:20])
def test_what_stands_around_a_quote_is_cut_at_words(text, shown_before, shown_after, reason):
    assert (before(text), after(text)) == (shown_before, shown_after), reason


def test_json_cannot_end_its_element():
    assert json_ld({"text": "</script><!--&\u2028"}) == '{"text":"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028"}'

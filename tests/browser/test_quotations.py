"""Quotations that were found in a text become claims, by keyboard alone."""

from datetime import UTC, datetime

import pytest

from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.browser

TEXT = (
    "A wave 👋🏽 first. “Nine boats sail each day,” said Ada Roe.\n\n“I count eight of them,” Tom Lind replied.\n\n"
    "Unemployment 👋🏽 fell by 12 per cent."
)
MARKED = "name => [...CSS.highlights.get(name)].map(String)"


def test_one_key_fills_the_form(sign_in, moderator, faults):
    ada = factories.make_speaker("Ada Roe")
    published = {"published_at": datetime(2026, 3, 14, tzinfo=UTC), "published_precision": "day"}
    snapshot = factories.make_snapshot(TEXT, language="en", **published)
    page = sign_in(moderator)
    page.goto(f"/admin/sources/article/{snapshot.article_id}/change/")
    assert faults(page) == []
    page.keyboard.press("m")
    assert page.evaluate(MARKED, "quotation") == ["Nine boats sail each day,"]
    assert page.evaluate(MARKED, "checkworthy") == ["Unemployment 👋🏽 fell by 12 per cent."]
    page.click("button[value=propose]")
    page.wait_for_url("**#claim-*")
    claim = Claim.objects.get()
    appearance = claim.appearances.get()
    assert TEXT[appearance.start_offset : appearance.end_offset] == appearance.quote == "Nine boats sail each day,"
    assert (claim.speaker, claim.said, claim.status) == (ada, "2026-03-14", "proposed")

    # The first is on record now, so the key takes the next one, whose speaker is new.
    page.keyboard.press("m")
    form = page.locator("#passage")
    assert form.locator("[name=quote]").input_value() == "I count eight of them,"
    assert form.locator("[name=new_speaker]").input_value() == "Tom Lind"
    assert form.locator("[name=speaker]").input_value() == ""

"""What repeats a checked claim comes into the workbench after the page, and one key takes it on."""

import pytest

from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.browser

SAID = "All 40 boats sail from the harbour each day"


def test_one_key_takes_it_on(sign_in, faults):
    ada, tom = factories.make_speaker("Ada Roe"), factories.make_speaker("Tom Lind")
    checked = factories.make_claim("checked", text=f"{SAID}.", speaker=ada, language="en")
    snapshot = factories.make_snapshot(f"“{SAID},” said Ada Roe.\n\nTom Lind replied: “{SAID}.”", language="en")
    page = sign_in(factories.make_user("editor"))
    page.goto(f"/admin/sources/article/{snapshot.article_id}/change/")
    rows = page.locator("#said-again li[data-start]")
    rows.nth(1).wait_for()
    assert faults(page) == []

    # The same speaker: the claim gets an appearance.
    page.keyboard.press("a")
    page.get_by_text("Added to").wait_for()
    assert checked.appearances.get(snapshot=snapshot).quote == f"{SAID},"

    # Somebody else: a claim of his own, with the checked one beside it.
    rows.first.wait_for()
    page.keyboard.press("a")
    form = page.locator("#passage")
    assert form.locator("[name=quote]").input_value() == f"{SAID}."
    assert form.locator("#beside").get_by_role("link").inner_text() == checked.text
    assert faults(page) == []
    page.click("button[value=propose]")
    page.wait_for_url("**#claim-*")
    claim = Claim.objects.exclude(pk=checked.pk).get()
    assert (claim.speaker, claim.status, claim.verdict) == (tom, "proposed", None)

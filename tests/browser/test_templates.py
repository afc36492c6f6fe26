"""Templates for rationales go below what is typed, and into the draft."""

import pytest

from claims.models import Draft, RationaleTemplate
from tests import factories

pytestmark = pytest.mark.browser


def test_a_template_is_added_by_keyboard_and_overwrites_nothing(sign_in, faults, moderator):
    RationaleTemplate.objects.create(name="Counts", text="We counted.")
    RationaleTemplate.objects.create(name="Sources", text="We asked <two> offices.\nBoth answered.")
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=moderator)
    page = sign_in(moderator)
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.fill("#id_rationale", "Typed by hand.\n")
    page.focus("#rationale-template")
    page.keyboard.type("Sources")
    page.keyboard.press("Tab")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    whole = "Typed by hand.\n\nWe asked <two> offices.\nBoth answered."
    assert page.input_value("#id_rationale") == whole
    assert page.evaluate("document.activeElement.id") == "id_rationale"
    assert Draft.objects.get().rationale == whole
    assert faults(page) == []


def test_a_desk_without_templates_shows_no_choice(sign_in, moderator):
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=moderator)
    page = sign_in(moderator)
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    assert page.locator("#rationale-template").count() == 0

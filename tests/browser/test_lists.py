"""Lists: what they say when little or nothing is found, and how the keyboard moves through them."""

import pytest
from django.urls import reverse

from claims.models import Verdict
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def administrator(live_server):
    return factories.make_user(is_superuser=True, is_staff=True, username="ada")


@pytest.fixture
def addresses(administrator):
    factories.make_claim("checked", speaker=factories.make_speaker("Ingrid Solvey"))
    reviews, speakers = reverse("admin:claims_review_changelist"), reverse("admin:claims_speaker_changelist")
    return {
        "reviews": reviews,
        "nothing fits": f"{reviews}?kind=confirmation",
        "not understood": f"{reviews}?kind=abc&knid=abc",
        "did you mean": f"{speakers}?q=Solvay",
        "step": reverse("admin:claims_verdict_change", args=[Verdict.objects.get(code="false").pk]),
    }


def test_no_page_has_a_violation(sign_in, faults, administrator, addresses):
    page = sign_in(administrator)
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        found[name] = faults(page)
    page.goto(addresses["step"])
    page.fill("#id_label", "Untrue")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Rename to “Untrue”")
    found["renaming"] = faults(page)
    page.click("text=Rename to “Untrue”")
    page.wait_for_selector("#result_list >> text=Untrue")
    assert {name: told for name, told in found.items() if told} == {}


def test_facts_on_a_card_have_the_headings_of_their_columns(sign_in, administrator):
    page = sign_in(administrator, viewport={"width": 400, "height": 900})
    page.goto(reverse("admin:claimtrack_user_changelist"))
    headings = "cells => cells.map(cell => getComputedStyle(cell, '::before').content.split('\"')[1].trim())"
    shown = page.eval_on_selector_all("#result_list tbody tr:first-child td:not(.action-checkbox)", headings)
    assert {"Role", "Active", "Second factor"} <= {*shown}
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.eval_on_selector("#result_list td", "cell => getComputedStyle(cell, '::before').content") == "none"


def test_the_keyboard_moves_through_a_list(sign_in, administrator, addresses):
    page = sign_in(administrator)
    page.goto(addresses["reviews"])
    for _ in range(2):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector(".claim-text")

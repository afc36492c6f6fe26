"""The lists and forms of administrators: axe finds nothing, light and dark, wide and narrow, and the keyboard moves through a list."""

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Topic, Verdict
from tests import factories

pytestmark = pytest.mark.browser

LISTS = [
    *("claimtrack_user", "claimtrack_token", "claims_verdict", "claims_topic", "claims_speaker", "claims_review"),
    *("claims_externalreview", "claims_merge", "sources_article", "sources_source"),
]


@pytest.fixture
def administrator(live_server):
    return factories.make_user(is_superuser=True, is_staff=True, username="ada")


@pytest.fixture
def addresses(administrator):
    speaker = factories.make_speaker("Ingrid Solvey", aliases=["The Harbour Master"], role="Minister of Waters")
    claim = factories.make_claim("checked", speaker=speaker, topics=["water"])
    factories.make_external_review(claim)
    twin = factories.make_speaker("I. Solvey")
    merge = curating.merge_speakers(loser=twin, winner=speaker, reason="One minister.", by=administrator)
    lists = {name: reverse(f"admin:{name}_changelist") for name in LISTS}
    return {
        **lists,
        "nothing fits": lists["claims_review"] + "?kind=confirmation",
        "not understood": lists["claims_review"] + "?kind=abc&knid=abc",
        "did you mean": lists["claims_speaker"] + "?q=Solvay",
        "all tables": reverse("admin:app_list", args=["claims"]),
        "add a person": reverse("admin:claimtrack_user_add"),
        "person": reverse("admin:claimtrack_user_change", args=[administrator.pk]),
        "step": reverse("admin:claims_verdict_change", args=[Verdict.objects.get(code="false").pk]),
        "topic": reverse("admin:claims_topic_change", args=[Topic.objects.get().pk]),
        "speaker": reverse("admin:claims_speaker_change", args=[speaker.pk]),
        "merge": reverse("admin:claims_merge_change", args=[merge.pk]),
        "source": reverse("admin:sources_source_change", args=[claim.appearances.get().snapshot.article.source_id]),
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


def test_the_keyboard_moves_through_a_list(sign_in, administrator, addresses):
    page = sign_in(administrator)
    page.goto(addresses["claims_review"])
    for _ in range(2):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector(".claim-text")

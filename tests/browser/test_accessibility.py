"""axe checks the pages of the desk in the states that no link leads to (test_every_page.py has the others), and the width of all."""

from datetime import date

import pytest

from claims import curating
from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.browser

# What test_every_page.py does not meet in this state.
STATES = ("filters", "review", "colleague", "asked", "approval", "decided", "correction", "readers", "older")


@pytest.fixture
def addresses(editor):
    claim = factories.make_claim(
        "in_review", text="The harbour bridge carries 9,000 cars every day.", topics=["traffic"]
    )
    checked = factories.make_claim(
        "checked", text="The harbour bridge carries 4,000 cars every day.", speaker=claim.speaker
    )
    snapshot = claim.appearances.get().snapshot
    factories.make_snapshot(factories.TEXT.replace("nine", "four"), article=snapshot.article)
    curating.take_over(claim=claim, by=editor, expected=None)
    theirs = factories.make_claim("in_review")
    for draft_of, text in ((claim, "Counted in May."), (theirs, "Half.")):
        curating.save_draft(claim=draft_of, by=factories.make_user("moderator"), verdict="false", rationale=text)
    curating.ask(claim=theirs, by=editor, person=editor, due=date(2020, 5, 1), priority="high")
    curating.comment(claim=theirs, by=theirs.assignee, text=f"@{editor} Which bridge?")
    curating.comment(claim=claim, by=editor, text="The old one.")
    factories.make_external_review(checked)
    waiting = factories.make_claim("awaiting_approval")
    twin = factories.make_claim("unverified", speaker=claim.speaker)
    return {
        "home": "/admin/",
        "queue": "/admin/claims/claim/?view=open",
        "filters": "/admin/claims/claim/?status=in_review&gone=on",
        "review": f"/admin/claims/claim/{claim.pk}/change/",
        "colleague": f"/admin/claims/claim/{theirs.pk}/change/",
        "asked": "/admin/claims/claim/?view=asked",
        "approval": f"/admin/claims/claim/{waiting.pk}/change/",
        "decided": f"/admin/claims/claim/{checked.pk}/decided/{checked.reviews.latest('pk').pk}/",
        "correction": f"/admin/claims/claim/{checked.pk}/change/",
        "readers": f"/admin/claims/claim/{theirs.pk}/readers/",
        "workbench": f"/admin/sources/article/{snapshot.article_id}/change/",
        "older": f"/admin/sources/article/{snapshot.article_id}/change/?snapshot={snapshot.pk}",
        "notices": "/admin/notices/",
        "settings": "/admin/preferences/",
        "propose": "/admin/claims/claim/add/",
        "ingest": "/admin/sources/article/add/",
        "views": "/admin/claims/claim/views/?view=open",
        "templates": "/admin/claims/rationaletemplate/",
        "merge": f"/admin/claims/claim/{claim.pk}/merge/{twin.pk}/",
        "speaker": f"/admin/claims/speaker/{claim.speaker_id}/change/",
    }


def test_no_page_has_a_violation(sign_in, new_page, faults, editor, addresses):
    page = sign_in(editor)
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        found[name] = faults(page) if name in STATES else []
        for width in (400, 768, 1024, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[name].append(f"wider than {width}")
    # What meets who types in two tabs, and who sends an older token.
    page.goto(addresses["review"])
    claim = Claim.objects.get(pk=page.get_attribute("#decision", "data-claim"))
    curating.save_draft(claim=claim, by=editor, rationale="In the other tab.")
    page.fill("#id_rationale", "In this one.")
    page.wait_for_selector(".conflict")
    new_page.complaints.clear()
    found["conflict"] = faults(page)
    page.evaluate("() => { document.querySelector('#decision [name=csrfmiddlewaretoken]').value = 'x'.repeat(64); }")
    page.click("text=Keep what is typed here")
    page.wait_for_selector("text=This was not sent")
    new_page.complaints.clear()
    found["csrf"] = faults(page)
    page.goto(addresses["colleague"])
    page.keyboard.press("c")
    page.keyboard.type("@us")
    page.wait_for_selector("#mention-choices [role=option]")
    found["mention"] = faults(page)
    page.goto(addresses["correction"])
    page.check("input[name=verdict][value=true]", force=True)
    page.fill("#id_rationale", "Counted again, and it was nine thousand.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=What changes for readers")
    found["preview"] = faults(page)
    # The bulk page is reached by choosing rows.
    page.goto(addresses["queue"])
    page.check("input.action-select >> nth=0")
    page.select_option("select[name=action]", "dismiss")
    page.click("text=Go")
    page.wait_for_selector("#id_rationale")
    found["bulk"] = faults(page)
    assert {name: told for name, told in found.items() if told} == {}

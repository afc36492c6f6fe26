"""Drafts on the review page: one's own is kept, others are listed, and no text is lost when two meet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import curating
from claims.models import Claim, Draft
from tests import factories

JSON = {"Accept": "application/json"}
FORMS = {"evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0"}


@pytest.fixture
def claim(moderator):
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=moderator)
    return claim


def url(claim):
    return reverse("admin:claims_claim_change", args=[claim.pk])


def act(desk, claim, action, headers=None, **data):
    given = {"expected": claim.version, "seen": claim.updated_at.isoformat(), **FORMS, **data, "action": action}
    return desk.post(url(claim), given, headers=headers)


def shown(desk, claim):
    return desk.get(url(claim)).context["page"].decision


def test_it_works(desk, claim):
    row = {"evidence-0-url": "https://roads.example/count"}
    answer = act(desk, claim, "draft", JSON, draft="", version="one", verdict="false", rationale="Half.", **row)
    assert answer.json() == {"saved": "one"}
    form = shown(desk, claim)
    assert (form["verdict"].value(), form["rationale"].value(), form["draft"].value()) == ("false", "Half.", "one")
    assert "https://roads.example/count" in desk.get(url(claim)).content.decode()
    act(desk, claim, "discard", draft="one")
    assert not Draft.objects.exists()


def test_a_draft_says_how_old_it_is(desk, claim, moderator):
    curating.save_draft(claim=claim, by=moderator, rationale="Half.", version="one")
    assert "Draft kept less than a minute ago." in desk.get(url(claim)).content.decode()
    Draft.objects.update(updated_at=timezone.now() - timedelta(minutes=3, seconds=5))
    assert "Draft kept 3\xa0minutes ago." in desk.get(url(claim)).content.decode()


def test_a_second_tab_does_not_overwrite_the_first(desk, claim):
    act(desk, claim, "draft", JSON, draft="", version="one", rationale="In the first tab.")
    answer = act(desk, claim, "draft", JSON, draft="", version="two", rationale="In the second.")
    assert answer.status_code == 409 and "In the first tab." in answer.json()["conflict"]
    assert Draft.objects.get().rationale == "In the first tab."


def test_without_script_both_texts_are_shown_and_one_chooses(desk, claim, moderator):
    curating.save_draft(claim=claim, by=moderator, rationale="In the first tab.", version="one")
    answer = act(desk, claim, "draft", draft="", rationale="In the second.")
    page = answer.content.decode()
    assert answer.status_code == 409 and "In the first tab." in page and "In the second." in page
    assert 'value="draft:one"' in page
    assert act(desk, claim, "draft:one", draft="", rationale="In the second.").status_code == 302
    assert Draft.objects.get().rationale == "In the second."


def test_both_texts_are_put_together(desk, claim, moderator):
    evidence = [{"url": "https://roads.example/count", "stance": "refutes"}]
    kept = curating.save_draft(
        claim=claim, by=moderator, verdict="false", rationale="In the first tab.", evidence=evidence
    )
    row = {"evidence-0-url": "https://roads.example/other"}
    act(desk, claim, f"copy:draft-{kept.pk}", draft="", rationale="In the second.", note="Ask.", **row)
    draft = Draft.objects.get()
    assert draft.rationale == "In the second.\n\nIn the first tab."
    assert (draft.verdict.code, draft.note) == ("false", "Ask.")
    assert [row["url"] for row in draft.evidence] == ["https://roads.example/other", "https://roads.example/count"]


def test_a_colleagues_draft_is_listed_and_copied_and_stays(desk, claim):
    other = factories.make_user("editor", first_name="Ines")
    theirs = curating.save_draft(claim=claim, by=other, verdict="true", rationale="The Editor's.")
    page = desk.get(url(claim)).content.decode()
    assert f"Draft of {other}" in page and f'value="copy:draft-{theirs.pk}"' in page
    assert shown(desk, claim)["rationale"].value() is None
    act(desk, claim, f"copy:draft-{theirs.pk}", draft="", rationale="Mine.")
    form = shown(desk, claim)
    assert (form["rationale"].value(), form["verdict"].value()) == ("Mine.\n\nThe Editor's.", "true")
    assert Draft.objects.filter(author=other).exists()


def test_a_text_that_is_gone_is_not_copied(desk, claim):
    answer = act(desk, claim, "copy:draft-987654", draft="", rationale="Mine.")
    page = answer.content.decode()
    assert answer.status_code == 409 and "This text is gone" in page and "Mine." in page


def test_a_return_shows_what_was_submitted_beside_a_newer_draft(desk, claim, moderator):
    factories.step(claim, "awaiting_approval", by=moderator)
    curating.save_draft(claim=claim, by=moderator, rationale="Written since.")
    editor = factories.make_user("editor")
    factories.step(claim, "in_review", by=editor, note="Count again.")
    page = desk.get(url(claim)).content.decode()
    assert shown(desk, claim)["rationale"].value() == "Written since."
    assert f"Submitted by {moderator}, returned by {editor}" in page and "it was four thousand." in page
    submitted = claim.reviews.get(to_status="awaiting_approval")
    act(desk, claim, f"copy:review-{submitted.pk}", draft=Draft.objects.get().version, rationale="Written since.")
    assert "it was four thousand." in Draft.objects.get().rationale


def test_a_refused_decision_over_a_colleague_keeps_the_text_in_sight(desk, claim, moderator):
    curating.take_over(claim=claim, by=factories.make_user("editor"), expected=None)
    claim.refresh_from_db()
    answer = act(desk, claim, "step:publish", draft="", verdict="false", rationale="Counted at length.")
    assert answer.status_code == 403 and "Counted at length." in answer.content.decode()
    act(desk, claim, "draft", draft="", rationale="Counted at length.")
    page = desk.get(url(claim)).content.decode()
    assert "Your draft" in page and "Counted at length." in page and "step:publish" not in page


def test_a_decision_leaves_what_another_tab_kept(desk, claim, moderator):
    curating.save_draft(claim=claim, by=moderator, rationale="In the other tab.")
    row = {"evidence-0-url": "https://roads.example/count", "evidence-0-stance": "refutes"}
    act(desk, claim, "step:publish", draft="", verdict="false", rationale="Here.", confirmed="on", **row)
    assert Claim.objects.get(pk=claim.pk).status == "checked"
    assert Draft.objects.get().rationale == "In the other tab."


def test_what_somebody_else_typed_is_not_saved_as_ones_own(desk, claim):
    other = factories.make_user("moderator")
    answer = act(desk, claim, "draft", JSON, draft="", writer=other.pk, rationale="Not mine.")
    assert answer.status_code == 409 and "Somebody else typed this" in answer.json()["refused"]
    page = act(desk, claim, "step:publish", draft="", writer=other.pk, rationale="Not mine.").content.decode()
    assert "Not mine." not in page and not Draft.objects.exists()


def test_the_session_is_told_to_who_is_in_it_alone(desk, moderator, client):
    address = reverse("admin:claims_claim_session")
    session = desk.get(address).json()
    assert session["user"] == moderator.pk and session["csrf"]
    client.logout()
    assert client.get(address).status_code == 302


def test_a_message_says_that_the_server_has_the_text(desk, claim):
    page = "0f7e2d1c-aaaa-4bbb-8ccc-0123456789ab"
    answer = act(desk, claim, "draft", draft="", page=page, rationale="Half.")
    assert f"used-{claim.pk}-{page}" in desk.get(answer["Location"]).content.decode()
    assert act(desk, claim, "draft", draft="", page="x onload", rationale="Half.").status_code == 200

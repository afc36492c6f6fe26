"""The review page: steps, drafts, edits and refusals, each through its verb."""

import re

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Claim, Distinct, Review
from tests import factories

DECISION = {
    "evidence-TOTAL_FORMS": "2",
    "evidence-INITIAL_FORMS": "0",
    "verdict": "false",
    "rationale": "Counted.\r\nIt was four thousand.",
    "note": "Asked the Roads Office.",
    "evidence-0-url": "https://roads.example/count",
    "evidence-0-stance": "refutes",
    "evidence-0-quote": "4,012 a day",
    "evidence-1-url": "",
}

QUERIES = 54


def url(claim, query=""):
    return reverse("admin:claims_claim_change", args=[claim.pk]) + query


def act(client, claim, action, expected=None, **data):
    given = {"expected": claim.version if expected is None else expected, "seen": claim.updated_at.isoformat()}
    # The second time: tests/claims/admin/test_decisions.py has the question that comes before.
    forms = {"evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0", "confirmed": "on"}
    return client.post(url(claim), {**given, **forms, **data, "action": action})


def taken(moderator):
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=moderator)
    return claim


def test_from_proposed_to_published(desk, moderator):
    claim = factories.make_claim("proposed")
    act(desk, claim, "step:accept")
    claim.refresh_from_db()
    answer = act(desk, claim, "step:take")
    assert answer.status_code == 302 and answer["Location"] == url(claim)
    claim.refresh_from_db()
    assert claim.assignee == moderator
    answer = act(desk, claim, "step:publish", **DECISION)
    assert answer.status_code == 302, answer.content.decode()
    claim.refresh_from_db()
    row = Review.objects.filter(claim=claim).latest("pk")
    assert (claim.status, claim.verdict.code, row.reviewer) == ("checked", "false", moderator)
    assert row.rationale == "Counted.\nIt was four thousand." and row.note == "Asked the Roads Office."
    assert list(row.evidence.values_list("url", "quote")) == [("https://roads.example/count", "4,012 a day")]


def test_a_missing_rationale_is_told_at_its_field_and_nothing_is_lost(desk, moderator):
    claim = taken(moderator)
    answer = act(desk, claim, "step:publish", **{**DECISION, "rationale": ""})
    page = answer.content.decode()
    assert answer.status_code == 400 and "“Publish” needs a rationale." in page
    assert "https://roads.example/count" in page and "Asked the Roads Office." in page and "4,012 a day" in page
    assert answer.context["page"].decision.errors["rationale"]


def test_a_bad_address_is_told_at_its_row(desk, moderator):
    claim = taken(moderator)
    rows = {"evidence-0-url": "", "evidence-0-stance": "", "evidence-0-quote": "", "evidence-1-url": "not a url"}
    answer = act(desk, claim, "step:publish", **{**DECISION, **rows, "evidence-1-stance": "context"})
    assert answer.status_code == 400 and answer.context["page"].evidence.forms[1].errors["url"]


def test_a_stale_decision_says_who_did_what_and_keeps_what_was_typed(desk, moderator):
    claim = taken(moderator)
    seen = claim.version
    other = factories.make_user("editor", first_name="Ines")
    factories.step(claim, "dismissed", by=other, rationale="Satire, plainly.")
    answer = desk.post(url(claim), {**DECISION, "expected": seen, "seen": "2020-01-01", "action": "step:publish"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "changed while you were writing" in page and str(other) in page
    assert "Dismissed: In review → Dismissed" in page
    assert Claim.objects.get(pk=claim.pk).status == "dismissed"


def test_after_a_stale_edit_the_same_form_decides_on_the_claim_as_it_is(desk, moderator):
    claim = taken(moderator)
    seen = claim.version
    curating.edit_claim(claim=claim, by=factories.make_user("editor"), expected=None, language="en")
    answer = act(desk, claim, "step:publish", expected=seen, **DECISION)
    form = answer.context["page"].decision
    assert answer.status_code == 409 and "Counted." in answer.content.decode()
    assert form["verdict"].value() == "false" and form["expected"].value() == str(
        Claim.objects.get(pk=claim.pk).version
    )


def test_a_step_that_is_not_offered_is_refused_by_the_verb(desk):
    claim = factories.make_claim("checked")
    answer = act(desk, claim, "step:withdraw", rationale="Wrong.")
    assert answer.status_code == 403 and "“Withdraw” takes the role Editor." in answer.content.decode()


def test_only_the_steps_of_this_person_are_offered(client, moderator):
    claim = factories.make_claim("checked")
    client.force_login(moderator)
    assert "step:withdraw" not in client.get(url(claim)).content.decode()
    client.force_login(factories.make_user("editor"))
    page = client.get(url(claim)).content.decode()
    assert all(f"step:{name}" in page for name in ("correct", "reopen", "withdraw")) and "step:publish" not in page


def test_somebody_elses_claim_says_whose_it_is(desk):
    other = factories.make_user("moderator")
    claim = taken(other)
    curating.save_draft(claim=claim, by=other, rationale="Counted.")
    page = desk.get(url(claim)).content.decode()
    assert f"<b>{other}</b> is working on this claim" in page
    # It is copied by whoever takes the claim over, so this page offers nothing.
    assert f"Draft of {other}" in page and "the form for the verdict can copy it" not in page


def test_whoever_may_take_a_claim_is_told_of_a_text_to_copy(desk):
    claim = factories.make_claim("unverified")
    curating.save_draft(claim=claim, by=factories.make_user("moderator"), rationale="Counted.")
    assert "the form for the verdict can copy it" in desk.get(url(claim)).text


def test_what_the_desk_wrote_says_in_which_language(client, db):
    """Whatever the language of the page, so that it is read aloud and hyphenated as what it is."""
    client.force_login(factories.make_user("moderator", language="ar"))
    claim = factories.make_claim("checked", topics=["traffic"], language="es")
    for page in (client.get(url(claim)).text, client.get(reverse("admin:claims_claim_changelist")).text):
        assert '<span lang="en">Traffic</span>' in page
        assert f'lang="es">{claim.text}<' in page
    assert '<div class="prose" lang="en"><p>Counted, and' in " ".join(client.get(url(claim)).text.split()).replace(
        "> <", "><"
    )


def test_a_rationale_that_readers_do_not_see_is_not_called_public(desk, moderator):
    page = desk.get(url(factories.make_claim("proposed"))).text
    assert "Readers do not see it." in page and "Say what the evidence shows" not in page
    assert "Public. Say what the evidence shows" in desk.get(url(taken(moderator))).text


def test_wording_is_edited_where_it_is_open(desk, moderator):
    claim = taken(moderator)
    form = {"edit-expected": claim.version, "edit-text": "The bridge carries many cars.", "edit-said_at": "2025-09"}
    answer = desk.post(url(claim), {**form, "action": "edit"})
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.text, claim.said) == ("The bridge carries many cars.", "2025-09")
    page = desk.get(url(claim)).content.decode()
    assert re.search(r"<ins[^>]*>The bridge carries many cars.</ins>", page)


def test_a_day_to_come_is_kept_with_a_warning(desk, moderator, client):
    claim = taken(moderator)
    form = {"edit-expected": claim.version, "edit-text": claim.text, "edit-said_at": "2998-09-03"}
    warning = "2998-09-03 lies after tomorrow. Are day and month in their places?"
    page = desk.post(url(claim), {**form, "action": "edit"}, follow=True).content.decode()
    assert warning in page

    claim = factories.make_claim("checked")
    client.force_login(factories.make_user("editor"))
    form = {**DECISION, "verdict": "half_true", "change_text": claim.text, "change_said_at": "2998"}
    answer = act(client, claim, "step:correct", **form, change_speaker=claim.speaker_id)
    shown = [message.message for message in answer.wsgi_request._messages]
    assert "2998-01-01 lies after tomorrow. Are day and month in their places?" in shown


def test_a_bad_date_is_told_at_its_field(desk, moderator):
    claim = taken(moderator)
    form = {"edit-expected": claim.version, "edit-text": claim.text, "edit-said_at": "last May"}
    answer = desk.post(url(claim), {**form, "action": "edit"})
    assert answer.status_code == 400 and answer.context["page"].edit.errors["said_at"]
    assert "last May" in answer.content.decode()


def test_a_correction_keeps_both_verdicts_in_the_history(client, db):
    claim = factories.make_claim("checked")
    client.force_login(factories.make_user("editor"))
    form = {**DECISION, "verdict": "half_true", "change_text": "It carries 4,012 cars a day.", "change_said_at": ""}
    answer = act(client, claim, "step:correct", **form, change_speaker=claim.speaker_id)
    assert answer.status_code == 302, answer.content.decode()
    claim.refresh_from_db()
    assert (claim.text, claim.verdict.code) == ("It carries 4,012 cars a day.", "half_true")
    page = client.get(url(claim)).content.decode()
    assert "Correction" in page and "<ins>It carries 4,012 cars a day.</ins>" in page


def test_the_approver_sees_the_submission_and_the_submitter_cannot_approve(client, settings, moderator):
    settings.CLAIMTRACK_REQUIRE_APPROVAL = True
    claim = factories.make_claim("unverified")
    editor = factories.make_user("editor")
    factories.step(claim, "in_review", by=editor)
    factories.step(claim, "awaiting_approval", by=editor, note="Please look at the count.")
    client.force_login(editor)
    page = client.get(url(claim)).content.decode()
    assert "step:return" in page and "step:approve" not in page
    assert act(client, claim, "step:approve").status_code == 403
    client.force_login(factories.make_user("editor"))
    page = client.get(url(claim)).content.decode()
    assert f"Submitted by {editor}" in page and "Please look at the count." in page
    act(client, claim, "step:approve")
    assert Claim.objects.get(pk=claim.pk).status == "checked"


def test_quotes_are_added_where_they_are_found_and_removed_but_the_last(desk, moderator):
    claim = taken(moderator)
    article = factories.make_snapshot("He said: it carries nine thousand cars.").article
    form = {"appearance-article": article.pk, "appearance-quote": "it carries nine thousand cars"}
    assert desk.post(url(claim), {**form, "action": "add"}).status_code == 302
    first, second = claim.appearances.order_by("pk")
    assert desk.post(url(claim), {"action": f"remove:{first.pk}"}).status_code == 302
    answer = desk.post(url(claim), {"action": f"remove:{second.pk}"})
    assert answer.status_code == 409 and "last appearance" in answer.content.decode()


def test_a_quote_that_is_absent_shows_the_nearest_passage(desk, moderator):
    claim = taken(moderator)
    article = claim.appearances.get().snapshot.article
    form = {"appearance-article": article.pk, "appearance-quote": "The bridge carries nine million cars a day"}
    answer = desk.post(url(claim), {**form, "action": "add"})
    assert (
        answer.status_code == 400
        and '<q dir="auto">The bridge carries nine thousand cars a day</q>' in answer.content.decode()
    )


def test_each_quote_stands_marked_in_its_paragraph(desk, moderator):
    text = "Before.\nShe said the bridge carries nine thousand cars a day, and left.\nAfter."
    snapshot = factories.make_snapshot(text)
    claim = factories.make_claim(snapshot=snapshot, quote="carries nine thousand cars")
    page = desk.get(url(claim)).content.decode()
    assert "She said the bridge <mark>carries nine thousand cars</mark> a day, and left." in page
    assert "Before." not in page and "After." not in page


def test_a_likeness_is_pointed_out_and_a_judgement_remembered(desk, moderator):
    here = factories.make_claim("in_review", text="The harbour bridge carries 9,000 cars every day.")
    there = factories.make_claim("checked", text="The harbour bridge does not carry 4,000 cars every day.")
    page = desk.get(url(here)).content.decode()
    assert there.text in page and "Numbers differ: 9000 here, 4000 there." in page and "Only the other denies." in page
    desk.post(url(here), {"action": f"distinct:{there.pk}"})
    assert Distinct.objects.filter(claim_a=here, claim_b=there, by=moderator).exists()
    assert "Numbers differ" not in desk.get(url(here)).content.decode()


def test_a_claim_is_handed_on(desk, moderator):
    claim, other = taken(moderator), factories.make_user("moderator")
    assert desk.post(url(claim), {"action": "assign", "to": other.pk}).status_code == 302
    assert Claim.objects.get(pk=claim.pk).assignee == other


def test_a_claim_is_taken_over_from_whoever_has_it(desk, moderator):
    claim = taken(factories.make_user("editor"))
    before = claim.assignee
    page = desk.get(url(claim)).content.decode()
    assert 'value="take_over"' in page and "step:publish" not in page
    answer = desk.post(url(claim), {"action": "take_over", "version": claim.version}, follow=True)
    page = answer.content.decode()
    assert f"Taken over from {before}" in page and "step:publish" in page and 'value="take_over"' not in page
    assert f"Took the claim over from {before}" in page
    assert Claim.objects.get(pk=claim.pk).assignee == moderator


def test_a_takeover_of_what_changed_meanwhile_is_refused(desk):
    claim = taken(factories.make_user("editor"))
    answer = desk.post(url(claim), {"action": "take_over", "version": claim.version - 1})
    assert answer.status_code == 409 and "changed since you looked at it" in answer.content.decode()


def test_a_colleagues_claim_is_not_published_by_its_address_either(desk):
    claim = taken(factories.make_user("moderator"))
    answer = act(desk, claim, "step:publish", **DECISION)
    page = answer.content.decode()
    assert answer.status_code == 403 and "“Publish” is for its assignee alone" in page
    assert Claim.objects.get(pk=claim.pk).status == "in_review"


def test_somebody_is_asked_and_is_found_by_it(desk, moderator, client):
    claim = factories.make_claim("checked")
    form = {"ask-person": moderator.pk, "ask-due": "2020-05-01", "ask-priority": "high"}
    assert desk.post(url(claim), {**form, "action": "ask"}).status_code == 302
    page = desk.get(reverse("admin:claims_claim_changelist"), {"view": "asked"}).content.decode()
    assert claim.text in page and f"Asked: {moderator}" in page and "High priority" in page and "Overdue" in page
    assert "1 May 2020" in desk.get(url(claim)).content.decode()
    desk.post(url(claim), {"ask-person": "", "ask-priority": "normal", "action": "ask"})
    assert claim.text not in desk.get(reverse("admin:claims_claim_changelist"), {"view": "asked"}).content.decode()


def test_a_bad_day_is_told_at_its_field(desk, moderator):
    answer = desk.post(
        url(factories.make_claim()),
        {"ask-person": moderator.pk, "ask-due": "soon", "ask-priority": "low", "action": "ask"},
    )
    assert answer.context["page"].asking.errors["due"]


def test_a_contributor_edits_a_proposal_of_theirs_and_no_other(client, db):
    me = factories.make_user("contributor")
    mine, public = factories.make_claim(by=me), factories.make_claim("unverified")
    client.force_login(me)
    form = {"edit-expected": mine.version, "edit-text": "Reworded.", "action": "edit"}
    assert client.post(url(mine), form).status_code == 302
    assert client.post(url(public), {**form, "edit-expected": public.version}).status_code == 403
    assert Claim.objects.get(pk=mine.pk).text == "Reworded." and Claim.objects.get(pk=public.pk).text != "Reworded."
    assert act(client, public, "step:take").status_code == 403


def test_internal_notes_are_for_moderators(client, moderator):
    claim = taken(moderator)
    factories.step(claim, "checked", by=moderator, note="Source wants to stay unnamed.")
    client.force_login(moderator)
    assert "Source wants to stay unnamed." in client.get(url(claim)).content.decode()
    client.force_login(factories.make_user("contributor"))
    assert "Source wants to stay unnamed." not in client.get(url(claim)).content.decode()


@pytest.mark.parametrize("bulk", [0, 40])
def test_queries_of_the_page_do_not_grow(desk, moderator, django_assert_num_queries, bulk):
    speaker = factories.make_speaker()
    claim = factories.make_claim("in_review", speaker=speaker)
    editor, by, snapshot = factories.make_user("editor"), factories.make_user("contributor"), factories.make_snapshot()
    for _ in range(bulk):
        other = factories.make_claim(speaker=speaker, by=by, snapshot=snapshot)
        factories.take_to(other, "unverified", by=editor)
    with django_assert_num_queries(QUERIES):
        desk.get(url(claim))

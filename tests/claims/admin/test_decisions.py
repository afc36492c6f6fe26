"""Around a decision: what readers will see before it, what was decided after it, and the way back."""

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Claim, Draft, Review
from tests import factories
from tests.claims.admin.test_review import DECISION, taken, url

FORMS = {"evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0"}
QUERIES = 15


def send(client, claim, action, query="", **data):
    """Send the form for the first time, as the page does."""
    return client.post(url(claim, query), {"expected": claim.version, **FORMS, **data, "action": action})


def carried(answer):
    """What the page that asks sends on."""
    return {**dict(answer.context["given"]), "draft": answer.context["draft"], "confirmed": "on"}


@pytest.fixture
def editor_desk(client, db):
    client.force_login(factories.make_user("editor"))
    return client


def test_publishing_shows_what_readers_will_see_and_publishes_nothing(desk, moderator):
    claim = taken(moderator)
    answer = send(desk, claim, "step:publish", **DECISION)
    assert "What readers will see" in answer.text and "No verdict is in force now." in answer.text
    assert "It was four thousand." in answer.text and "https://roads.example/count" in answer.text
    assert "Not accurate." in answer.text
    # Internal notes are not readers'.
    assert "<p>Asked the Roads Office" not in answer.text
    assert Claim.objects.get(pk=claim.pk).status == "in_review" and not Review.objects.publications().exists()


def test_once_more_publishes(desk, moderator):
    claim = taken(moderator)
    answer = send(desk, claim, "step:publish", **DECISION)
    # What was typed is kept meanwhile, and used up by the publication.
    assert Draft.objects.get().rationale == "Counted.\nIt was four thousand."
    answer = desk.post(url(claim), {**carried(answer), "action": "step:publish"})
    review = Review.objects.publications().get()
    assert answer["Location"] == reverse("admin:claims_claim_decided", args=[claim.pk, review.pk])
    assert review.note == "Asked the Roads Office." and review.evidence.get().quote == "4,012 a day"
    assert not Draft.objects.exists()


def test_the_page_that_asks_confirms(desk, moderator):
    assert 'name="confirmed"' in send(desk, taken(moderator), "step:publish", **DECISION).text


def test_one_may_go_on_writing(desk, moderator):
    claim = taken(moderator)
    answer = send(desk, claim, "step:publish", **DECISION)
    form = desk.post(url(claim), {**carried(answer), "action": "edit_again"}).context["page"].decision
    assert form["rationale"].value() == DECISION["rationale"] and form["draft"].value() == Draft.objects.get().version


def test_each_person_may_switch_the_preview_off(desk, moderator):
    moderator.preview = False
    moderator.save()
    claim = taken(moderator)
    assert send(desk, claim, "step:publish", **DECISION).status_code == 302
    assert Claim.objects.get(pk=claim.pk).status == "checked"


def test_the_settings_have_a_switch_for_it(desk, moderator):
    desk.post(reverse("preferences"), {"public_name": "", "language": "", "notices_by_email": "none"})
    moderator.refresh_from_db()
    assert moderator.preview is False


def test_what_is_refused_is_refused_before_anybody_looks(desk, moderator):
    answer = send(desk, taken(moderator), "step:publish", **{**DECISION, "rationale": ""})
    assert answer.status_code == 400 and answer.context["page"].decision.errors["rationale"]


def test_an_approval_is_shown_first_too(client, settings, db):
    settings.CLAIMTRACK_REQUIRE_APPROVAL = True
    claim = factories.make_claim("awaiting_approval")
    client.force_login(factories.make_user("editor"))
    answer = send(client, claim, "step:approve")
    assert "Counted, and it was four thousand." in answer.text and not Review.objects.publications().exists()


def test_a_correction_starts_from_the_publication_that_it_replaces(editor_desk):
    claim = factories.make_claim("checked", verdict="half_true")
    page = editor_desk.get(url(claim))
    form = page.context["page"].decision
    assert (form["verdict"].value(), form["rationale"].value()) == ("half_true", "Counted, and it was four thousand.")
    assert "https://archive.example/count" in page.text and not form["note"].value()


def test_a_correction_always_shows_the_difference(editor_desk):
    claim = factories.make_claim("checked", verdict="half_true")
    editor = Review.objects.latest("pk").reviewer
    editor.preview = False
    editor.save()
    data = {**DECISION, "change_text": claim.text, "change_speaker": claim.speaker_id, "change_said_at": ""}
    answer = send(editor_desk, claim, "step:correct", **{**data, "rationale": "Counted, and it was five thousand."})
    assert "What changes for readers" in answer.text
    assert "<del>Half true</del>" in answer.text and "<ins>False</ins>" in answer.text
    assert "<del>four</del><ins>five</ins>" in answer.text
    assert {difference.label for difference in answer.context["differences"]} == {"Verdict", "Rationale", "Evidence"}
    assert Claim.objects.get(pk=claim.pk).verdict.code == "half_true"


def test_a_correction_that_changes_nothing_is_called_what_it_is(editor_desk):
    claim = factories.make_claim("checked")
    page = editor_desk.get(url(claim)).context["page"]
    rows = {"evidence-TOTAL_FORMS": "1", **{f"evidence-0-{k}": v for k, v in page.evidence.forms[0].initial.items()}}
    answer = send(
        editor_desk, claim, "step:correct", verdict="false", rationale=page.decision["rationale"].value(), **rows
    )
    assert "readers see this as a confirmation" in answer.text and "Nothing: verdict, wording" in answer.text


def test_reopening_asks_for_its_own_reason(editor_desk):
    claim = factories.make_claim("checked")
    page = editor_desk.get(url(claim)).context["page"]
    assert page.decision["rationale"].value() and not page.decision["reason"].value()
    answer = send(editor_desk, claim, "step:reopen", rationale=page.decision["rationale"].value())
    assert answer.status_code == 400 and answer.context["page"].decision.errors["reason"]
    answer = send(editor_desk, claim, "step:reopen", rationale="Old.", reason="New numbers.")
    assert editor_desk.post(url(claim), {**carried(answer), "action": "step:reopen"}).status_code == 302
    assert claim.reviews.latest("pk").rationale == "New numbers."
    form = editor_desk.get(url(claim)).context["page"].decision
    assert form["rationale"].value() == "Counted, and it was four thousand." and not form["reason"].value()


@pytest.mark.parametrize(
    ("status", "step", "readers_see"),
    [
        ("checked", "reopen", "Until it has finished, this verdict stands."),
        ("withdrawn", "reopen", "There is no verdict yet."),
        ("checked", "withdraw", "no longer stands by it."),
    ],
)
def test_what_changes_for_readers_without_a_verdict_is_shown_first_too(editor_desk, status, step, readers_see):
    claim = factories.make_claim(status)
    answer = send(editor_desk, claim, f"step:{step}", reason="A new table came.")
    assert "Nothing has changed yet." in answer.text and readers_see in answer.text
    assert "A new table came." in answer.text and "What changes for readers" not in answer.text
    assert Claim.objects.get(pk=claim.pk).status == status
    editor_desk.post(url(claim), {**carried(answer), "action": f"step:{step}"})
    assert claim.reviews.latest("pk").step.name == step and claim.reviews.latest("pk").rationale == "A new table came."


def test_a_withdrawal_is_not_shown_first_to_who_switched_the_preview_off(client, db):
    client.force_login(factories.make_user("editor", preview=False))
    claim = factories.make_claim("checked")
    assert send(client, claim, "step:withdraw", reason="Wrong.").status_code == 302
    assert Claim.objects.get(pk=claim.pk).status == "withdrawn"


@pytest.mark.parametrize("preview", [True, False])
def test_what_was_typed_a_moment_before_another_step_is_kept(client, db, preview):
    """`version` says that the browser has text which was not sent yet."""
    editor = factories.make_user("editor", preview=preview)
    client.force_login(editor)
    claim = factories.make_claim("checked")
    send(client, claim, "step:reopen", **{**DECISION, "draft": "", "version": "a-1"}, reason="New numbers.")
    assert Draft.objects.get(author=editor).rationale == "Counted.\nIt was four thousand."


def test_a_dismissal_asks_where_evidence_was_typed(desk, moderator):
    claim = taken(moderator)
    answer = send(desk, claim, "step:dismiss", **DECISION)
    assert "A dismissal keeps the rationale alone." in answer.text and "https://roads.example/count" in answer.text
    assert Claim.objects.get(pk=claim.pk).status == "in_review"
    answer = desk.post(url(claim), {**carried(answer), "action": "step:dismiss"})
    assert Claim.objects.get(pk=claim.pk).status == "dismissed"
    assert Draft.objects.get().evidence[0]["url"] == "https://roads.example/count"


def test_a_dismissal_of_nothing_typed_asks_nothing(desk):
    assert send(desk, factories.make_claim(), "step:dismiss", rationale="A joke.").status_code == 302


def test_after_a_publication_one_sees_what_was_decided_and_goes_on(desk, moderator, settings):
    moderator.preview = False
    moderator.save()
    second, third = taken(moderator), taken(moderator)
    query = "?_changelist_filters=view%3Dmine%26sort%3Doldest"
    page = desk.get(send(desk, second, "step:publish", query, **DECISION)["Location"])
    assert page.context["next"] == url(third, query) and f'href="{url(third, query)}"' in page.text
    assert f"{settings.CLAIMTRACK_SITE_URL}/claims/{second.pk}/" in page.text
    assert "Published “" in page.text and "It was four thousand." in page.text and "undo:" not in page.text


def test_after_the_last_one_the_queue_is_named(desk):
    answer = send(desk, factories.make_claim(), "step:dismiss", rationale="A joke.")
    assert "That was the last claim of this queue." in desk.get(answer["Location"]).text


def test_a_decision_within_the_desk_is_undone_from_the_page_after_it(desk):
    claim = factories.make_claim()
    answer = send(desk, claim, "step:dismiss", rationale="A joke.")
    page = desk.get(answer["Location"])
    row = claim.reviews.get()
    assert "Readers do not see this claim." in page.text and f'value="undo:{row.pk}"' in page.text
    page = desk.post(url(claim), {"action": f"undo:{row.pk}"}, follow=True)
    assert "Undone. The claim stands where it stood: Proposed." in page.text
    assert Claim.objects.get(pk=claim.pk).status == "proposed"


def test_an_undo_is_told_in_the_language_of_the_desk(client, db):
    claim = factories.make_claim("unverified")
    client.force_login(factories.make_user("moderator", language="de"))
    send(client, claim, "step:take")
    page = client.post(url(claim), {"action": f"undo:{claim.reviews.latest('pk').pk}"}, follow=True)
    assert "wo sie stand: Ungeprüft." in page.text
    assert "Rückgängig gemacht</bdi>" in page.text and "Undone" not in page.text
    assert "Undone" not in client.get(reverse("admin:claims_review_changelist")).text


def test_what_was_taken_by_mistake_is_undone_on_its_page(desk):
    claim = factories.make_claim("unverified")
    page = desk.get(send(desk, claim, "step:take")["Location"])
    assert "Your last step: Taken" in page.text
    desk.post(url(claim), {"action": f"undo:{claim.reviews.latest('pk').pk}"})
    assert Claim.objects.get(pk=claim.pk).status == "unverified"


def test_an_undo_that_comes_too_late_says_so(desk):
    claim = factories.make_claim()
    send(desk, claim, "step:dismiss", rationale="A joke.")
    row = claim.reviews.get()
    factories.step(claim, "unverified", by=factories.make_user("moderator"), rationale="No joke.")
    answer = desk.post(url(claim), {"action": f"undo:{row.pk}"})
    assert answer.status_code == 409 and "Something has happened to this claim since" in answer.text


def test_a_decision_of_another_claim_has_no_page(desk, moderator):
    one, other = factories.make_claim("dismissed"), factories.make_claim()
    row = one.reviews.get()
    assert desk.get(reverse("admin:claims_claim_decided", args=[other.pk, row.pk])).status_code == 404


@pytest.mark.parametrize("status", ["proposed", "dismissed"])
def test_what_is_not_public_is_shown_as_readers_would_see_it(desk, status):
    claim = factories.make_claim(status)
    address = reverse("admin:claims_claim_readers", args=[claim.pk])
    assert address in desk.get(url(claim)).text
    page = desk.get(address).text
    assert "Readers do not see this claim." in page and claim.text in page and "has not checked it yet" in page


def test_ones_own_draft_is_shown_as_readers_would_see_it_and_nobody_elses(desk, moderator):
    claim = taken(moderator)
    address = reverse("admin:claims_claim_readers", args=[claim.pk])
    curating.save_draft(claim=claim, by=factories.make_user("editor"), rationale="Theirs.")
    evidence = [{"url": "https://roads.example/count", "stance": "refutes"}]
    curating.save_draft(claim=claim, by=moderator, verdict="false", rationale="Mine.", evidence=evidence)
    page = desk.get(address).text
    assert "<p>Mine.</p>" in page and "Theirs." not in page and "https://roads.example/count" in page
    assert "Mine." not in desk.get(f"{address}?without").text


def test_a_public_claim_leads_to_its_page_and_without_anonymous_reading_to_the_desks(desk, settings):
    claim = factories.make_claim("checked")
    assert f'href="{settings.CLAIMTRACK_SITE_URL}/claims/{claim.pk}/"' in desk.get(url(claim)).text
    settings.CLAIMTRACK_ANONYMOUS_READ = False
    assert f'href="{reverse("admin:claims_claim_readers", args=[claim.pk])}"' in desk.get(url(claim)).text


def test_a_contributor_sees_nothing_hidden_as_readers_would(client, db):
    client.force_login(factories.make_user("contributor"))
    for name, args in (("readers", []), ("decided", [1])):
        hidden = factories.make_claim()
        answer = client.get(reverse(f"admin:claims_claim_{name}", args=[hidden.pk, *args]))
        assert answer.status_code == 302 and hidden.text not in answer.text


def test_external_reviews_stand_on_the_claims_page(desk):
    claim = factories.make_claim("unverified")
    factories.make_external_review(claim)
    page = desk.get(url(claim)).text
    assert "What others found" in page and "Wide of the mark" in page and "Lantern Checks" in page


def test_a_claim_is_handed_on_to_others_only(desk, moderator):
    claim, other = taken(moderator), factories.make_user("moderator")
    people = desk.get(url(claim)).context["people"]
    assert other in people and moderator not in people


def test_a_claim_that_nobody_has_is_taken_up(desk, moderator):
    claim = taken(factories.make_user("moderator"))
    curating.assign(claim=claim, by=claim.assignee, to=None)
    answer = desk.post(url(claim), {"action": f"assign:{moderator.pk}"}, follow=True)
    assert "You are working on this claim now." in answer.text


def test_the_nearest_passage_is_taken_by_its_button(desk, moderator):
    claim = taken(moderator)
    article = factories.make_snapshot().article
    form = {"appearance-article": article.pk, "appearance-quote": "The bridge carries nine million cars a day"}
    page = desk.post(url(claim), {**form, "action": "add"})
    assert f'value="{factories.QUOTE}"' in page.text
    assert desk.post(url(claim), {**form, "action": "add", "nearest": factories.QUOTE}).status_code == 302
    assert claim.appearances.filter(snapshot__article=article).get().quote == factories.QUOTE


def test_required_fields_are_marked(desk, moderator):
    claim = taken(moderator)
    curating.save_draft(claim=claim, by=moderator, evidence=factories.EVIDENCE)
    form = desk.get(url(claim)).text.partition('id="decision"')[2].partition("</form>")[0]
    # Verdict, rationale, evidence, and of its first row, which is followed by an empty one, address and stance.
    assert form.count("(required)") == 5
    page = desk.get(url(factories.make_claim("unverified"))).text
    assert "(required)" not in page.partition('id="decision"')[2].partition("</form>")[0]


def test_wording_and_quote_are_marked_where_a_claim_is_proposed(desk, db):
    snapshot = factories.make_snapshot()
    page = desk.get(reverse("admin:claims_claim_add")).text
    assert page.count("(required)") == 3, "article, quote and wording"
    page = desk.get(reverse("admin:sources_article_change", args=[snapshot.article_id])).text
    assert page.count("(required)") == 2


@pytest.mark.parametrize("bulk", [0, 20])
def test_queries_of_the_page_after_a_decision_do_not_grow(desk, moderator, django_assert_num_queries, bulk):
    for _ in range(bulk):
        factories.make_claim()
    claim = taken(moderator)
    row = factories.step(claim, "checked", by=moderator)
    with django_assert_num_queries(QUERIES):
        desk.get(reverse("admin:claims_claim_decided", args=[claim.pk, row.pk]))

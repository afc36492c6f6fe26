"""The queue: its claims and their order, and steps for many claims at once."""

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Claim, Request, Review
from claimtrack.admin import CappedPaginator
from tests import factories

LIST = reverse("admin:claims_claim_changelist")
QUERIES = 14


def listed(client, query=""):
    return [claim.pk for claim in client.get(LIST + query).context["cl"].result_list]


@pytest.fixture
def claims(moderator):
    """One claim in every status; the one in review is the moderator's."""
    made = {status: factories.make_claim(status) for status in factories.WAYS}
    curating.assign(claim=made["in_review"], by=made["in_review"].assignee, to=moderator)
    return made


VIEWS = [
    ("?view=open", ["proposed", "unverified", "in_review", "awaiting_approval"], "what waits, the oldest first"),
    ("?view=mine", ["in_review"], "what I took"),
    ("?view=unassigned", ["unverified"], "accepted, and nobody's"),
    ("?view=approval", ["awaiting_approval"], "submitted"),
    ("?view=decided", ["withdrawn", "dismissed", "checked"], "decided, the newest first"),
    ("?status=checked&status=proposed&sort=oldest", ["proposed", "checked"], "several statuses mean OR"),
    ("?verdict=false", ["checked"], "by the verdict in force"),
    ("?assignee=none&status=in_review", [], "different filters mean AND"),
    ("?verdict=perhaps", [], "a filter that is not understood shows nothing rather than everything"),
]


def test_a_new_claim_is_less_than_a_minute_old(desk, claims):
    page = desk.get(LIST).content.decode()
    assert ">less than a minute</time>" in page
    assert "0\N{NO-BREAK SPACE}minutes" not in page


@pytest.mark.parametrize(("query", "statuses", "reason"), VIEWS, ids=[row[2] for row in VIEWS])
def test_views_and_filters(desk, claims, query, statuses, reason):
    # The seven came in the order of WAYS.
    assert listed(desk, query) == [claims[status].pk for status in statuses], reason


def test_filters_by_speaker_source_topic_language_and_dates(desk, db):
    speaker = factories.make_speaker("Ada Merle")
    snapshot = factories.make_snapshot()
    wanted = factories.make_claim(
        speaker=speaker, snapshot=snapshot, topics=["water"], language="de", said_at="2025-03-02"
    )
    factories.make_claim(topics=["roads"], language="en", said_at="2024-01-01")
    for query in (
        f"?speaker={speaker.pk}",
        f"?source={snapshot.article.source_id}",
        "?topic=water",
        "?language=de",
        "?said_after=2025-03-02&said_before=2025-03-03",
    ):
        assert listed(desk, query) == [wanted.pk], query
    assert listed(desk, "?added_after=2999-01-01") == []


def test_search_covers_wording_quote_and_aliases(desk, db):
    speaker = factories.make_speaker("Müller, Ada", aliases=["Die Bürgermeisterin"])
    claim = factories.make_claim(text="Ferries run late.", speaker=speaker)
    factories.make_claim(text="Bread is dear.", snapshot=factories.make_snapshot("Bread costs."), quote="Bread costs")
    for words in ("ferries", "nine thousand cars", "MULLER", "ada mull", "die burgermeister", "burgermeist"):
        assert listed(desk, f"?q={words}") == [claim.pk], words


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("the", "Every word of this query is a stop word"), ("!!!", "There is no word in this query")],
)
def test_a_search_for_nothing_is_answered_by_a_sentence(desk, db, query, sentence):
    claim = factories.make_claim(text="The ferries run late.", language="en")
    page = desk.get(f"{LIST}?q={query}").content.decode()
    assert claim.text not in page and sentence in page
    review = desk.get(reverse("admin:claims_claim_change", args=[claim.pk]), {"_changelist_filters": f"q={query}"})
    assert review.status_code == 200


def test_quotes_gone_from_the_current_snapshot(desk, db):
    claim, other = factories.make_claim(), factories.make_claim()
    article = claim.appearances.get().snapshot.article
    factories.make_snapshot("Corrected: it carries four thousand.", article=article)
    kept = other.appearances.get().snapshot.article
    factories.make_snapshot(factories.TEXT + " Updated.", article=kept)
    assert listed(desk, "?gone=on") == [claim.pk]
    assert "Article changed" in desk.get(LIST).content.decode()


def test_rows_show_text_speaker_status_verdict_and_age(desk, claims):
    page = desk.get(LIST).content.decode()
    for claim in claims.values():
        assert claim.text in page and claim.speaker.name in page
    assert "Awaiting approval" in page and "False" in page and "minute" in page
    # The way back to this very list leads along.
    assert "_changelist_filters" in desk.get(LIST + "?view=open").content.decode()


def test_the_autocomplete_finds_aliases_and_no_merged_speaker(desk, db):
    speaker, twin = factories.make_speaker("Ada Merle", aliases=["A. M."]), factories.make_speaker("Ada Merle jr")
    curating.merge_speakers(loser=twin, winner=speaker, reason="One.", by=factories.make_user("editor"))
    names = {"app_label": "claims", "model_name": "claim", "field_name": "speaker"}
    found = desk.get(reverse("admin:autocomplete"), {"term": "merle", **names}).json()["results"]
    assert [row["id"] for row in found] == [str(speaker.pk)]


def test_no_count_goes_past_the_cap(desk, db, monkeypatch):
    monkeypatch.setattr(CappedPaginator, "CAP", 3)
    for _ in range(5):
        factories.make_claim()
    assert desk.get(LIST).context["cl"].result_count == 3


@pytest.mark.parametrize("rows", [2, 25])
def test_queries_of_the_list_do_not_grow(desk, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.make_claim("in_review", topics=["water"])
    with django_assert_num_queries(QUERIES):
        desk.get(LIST + "?view=open")


def chosen(client, action, claims):
    """Select rows and an action, and return the intermediate page."""
    data = {"action": action, "_selected_action": [claim.pk for claim in claims], "index": 0}
    return client.post(LIST, data, follow=True)


def confirm(client, name, claims, **data):
    versions = {f"version-{claim.pk}": claim.version for claim in claims}
    ids = ",".join(str(claim.pk) for claim in claims)
    return client.post(reverse("admin:claims_claim_bulk", args=[name]), {"claims": ids, **versions, **data})


def test_a_bulk_step_asks_for_one_rationale_and_tells_of_each(desk, moderator):
    first, second, checked = factories.make_claim(), factories.make_claim("unverified"), factories.make_claim("checked")
    page = chosen(desk, "dismiss", [first, second, checked]).content.decode()
    assert "Dismiss 3 claims" in page and 'name="rationale"' in page and "Readers do not see it." in page
    answer = confirm(desk, "dismiss", [first, second, checked], rationale="Three jokes.")
    page = answer.content.decode()
    assert "2 of 3 done" in page and "cannot become “Dismissed”" in page
    assert [Claim.objects.get(pk=c.pk).status for c in (first, second, checked)] == [
        "dismissed",
        "dismissed",
        "checked",
    ]
    assert set(Review.objects.filter(to_status="dismissed").values_list("rationale", "reviewer")) == {
        ("Three jokes.", moderator.pk)
    }


def test_a_bulk_step_refuses_what_moved_meanwhile(desk, moderator):
    claim = factories.make_claim()
    claim.version += 1
    assert "changed since you looked" in confirm(desk, "accept", [claim]).content.decode()
    assert Claim.objects.get(pk=claim.pk).status == "proposed"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("accept", "proposed", "unverified"), ("take", "unverified", "in_review"), ("release", "in_review", "unverified")],
)
def test_bulk_steps(desk, moderator, name, before, after):
    claims = [factories.make_claim() for _ in range(2)]
    for claim in claims:
        factories.take_to(claim, before, by=moderator)
        claim.refresh_from_db()
    assert "All 2 claims done" in confirm(desk, name, claims).content.decode()
    assert {Claim.objects.get(pk=c.pk).status for c in claims} == {after}


def test_claims_are_taken_over_in_bulk(desk, moderator):
    theirs, free = factories.make_claim("in_review"), factories.make_claim("unverified")
    page = chosen(desk, "take_over", [theirs, free]).content.decode()
    assert "Take over 2 claims" in page and str(theirs.assignee) in page
    page = confirm(desk, "take_over", [theirs, free]).content.decode()
    assert "1 of 2 done" in page and "Only a claim in review has an assignee." in page
    assert Claim.objects.get(pk=theirs.pk).assignee == moderator


def test_somebody_is_asked_for_many_claims(desk, moderator):
    claims = [factories.make_claim(), factories.make_claim("checked")]
    assert "Ask somebody for 2 claims" in chosen(desk, "ask", claims).content.decode()
    page = confirm(desk, "ask", claims, person=moderator.pk, due="2026-12-04", priority="low").content.decode()
    assert "All 2 claims done" in page
    assert set(Request.objects.values_list("claim", "person", "priority")) == {
        (claim.pk, moderator.pk, "low") for claim in claims
    }


def test_a_bulk_dismissal_passes_over_what_a_colleague_has(desk, moderator):
    theirs, free = factories.make_claim("in_review"), factories.make_claim("unverified")
    page = confirm(desk, "dismiss", [theirs, free], rationale="Jokes.").content.decode()
    assert "1 of 2 done" in page and f"{theirs.assignee} is working on this claim" in page


def test_bulk_approval_passes_over_ones_own_submissions(client, db):
    editor = factories.make_user("editor")
    mine = factories.make_claim()
    factories.take_to(mine, "awaiting_approval", by=editor)
    theirs = factories.make_claim("awaiting_approval")
    client.force_login(editor)
    page = confirm(client, "approve", [Claim.objects.get(pk=mine.pk), theirs]).content.decode()
    assert "1 of 2 done" in page and "Nobody approves what they submitted" in page


def test_a_bulk_approval_shows_first_what_readers_will_see(client, db):
    first, second = factories.make_claim("awaiting_approval"), factories.make_claim("awaiting_approval")
    client.force_login(factories.make_user("editor"))
    page = chosen(client, "approve", [first, second, factories.make_claim("checked")]).text
    assert "What readers will see" in page and page.count("Submitted by") == 2
    for claim in (first, second):
        row = claim.reviews.latest("pk")
        assert all(told in page for told in (row.verdict_label, row.rationale, row.evidence.get().url))
    assert "What readers will see" not in chosen(client, "release", [first]).text


@pytest.mark.parametrize("more", [0, 10])
def test_queries_of_a_bulk_approval_do_not_grow(client, db, django_assert_num_queries, more):
    claims = [factories.make_claim("awaiting_approval") for _ in range(2 + more)]
    client.force_login(factories.make_user("editor"))
    address = reverse("admin:claims_claim_bulk", args=["approve"])
    with django_assert_num_queries(12):
        client.post(address, {"claims": ",".join(str(claim.pk) for claim in claims), "note": "\x00"})


def test_a_contributor_has_no_bulk_steps(client, db):
    claim = factories.make_claim("unverified")
    client.force_login(factories.make_user("contributor"))
    assert 'name="action"' not in client.get(LIST).content.decode()
    assert confirm(client, "take", [claim]).status_code == 404


def test_a_missing_rationale_is_told_at_its_field_and_nothing_is_lost(desk, moderator):
    claims = [factories.make_claim() for _ in range(2)]
    answer = confirm(desk, "dismiss", claims, note="Both from one satirist.")
    page = answer.content.decode()
    assert answer.context["form"].errors["rationale"] and "Both from one satirist." in page
    assert {Claim.objects.get(pk=claim.pk).status for claim in claims} == {"proposed"}

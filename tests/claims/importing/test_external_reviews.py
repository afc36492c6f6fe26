"""Other publishers' reviews beside the ledger's claims."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from claims import curating
from claims.formats.claimreview import Claimant, ClaimReview, Rating, Unreadable
from claims.importing import external_reviews
from claims.models import Claim, ExternalReview, Speaker
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db

REVIEW = ClaimReview(
    url="https://www.lantern.example/checks/lighthouse",
    text="The town sold the lighthouse to a brewery.",
    publisher="Lantern Checks",
    site="lantern.example",
    label="Wide of the mark",
    rating=Rating(2, 5, 1),
    claimant=Claimant("Ottoline Brandt", "Person", "Councillor", ("https://www.wikidata.org/wiki/Q424242",)),
    said="2025-03",
    published="2025-03-04",
    language="en-GB",
    title="No, the lighthouse was not sold",
)


def test_it_works():
    by = make_user("contributor")
    done = external_reviews.record_review(item=REVIEW, by=by)
    assert (done.outcome, done.claim_is_new, done.accepted) == ("new", True, False)
    row = ExternalReview.objects.get()
    assert (row.publisher, row.publisher_site, row.url) == ("Lantern Checks", "lantern.example", REVIEW.url)
    assert (row.label, row.rating_value, row.rating_best, row.rating_worst) == ("Wide of the mark", 2, 5, 1)
    assert (row.reviewed, row.claimed, row.language) == ("2025-03-04", "2025-03", "en-GB")
    assert (row.title, row.imported_by) == ("No, the lighthouse was not sold", by)
    claim = row.claim
    assert (claim.text, claim.status, claim.verdict, claim.origin) == (REVIEW.text, "proposed", None, "claimreview")
    assert (claim.said, claim.language, claim.speaker_role) == ("2025-03", "en-GB", "Councillor")
    assert (claim.speaker.name, claim.speaker.kind, claim.speaker.wikidata_id) == (
        "Ottoline Brandt",
        "person",
        "Q424242",
    )
    assert not claim.appearances.exists()


def test_a_second_time_adds_nothing():
    by = make_user("contributor")
    first = external_reviews.record_review(item=REVIEW, by=by)
    again = external_reviews.record_review(item=REVIEW, by=by)
    assert (again.outcome, again.claim_is_new, again.review) == ("known", False, first.review)
    assert (Claim.objects.count(), Speaker.objects.count()) == (1, 1)
    assert not ExternalReview.objects.get().events.exists()


def test_a_corrected_review_is_brought_up_to_date_and_its_history_kept():
    by = make_user("moderator")
    external_reviews.record_review(item=REVIEW, by=by)
    done = external_reviews.record_review(item=replace(REVIEW, label="Right after all", rating=None), by=by)
    assert (done.outcome, done.review.label, done.review.rating_value) == ("changed", "Right after all", None)
    [event] = done.review.events.all()
    assert (event.pgh_label, event.label, event.pgh_context.metadata) == ("update", "Wide of the mark", {"user": by.pk})


def test_several_claims_of_one_page_are_several_claims():
    by = make_user("contributor")
    for text in ("The town sold it.", "The brewery closed."):
        external_reviews.record_review(item=replace(REVIEW, text=text), by=by)
    assert Claim.objects.count() == ExternalReview.objects.count() == 2


def test_a_claim_that_is_named_gets_the_review_and_keeps_its_verdict():
    claim = make_claim("checked", verdict="true")
    done = external_reviews.record_review(item=replace(REVIEW, text=""), by=make_user("moderator"), claim=claim)
    assert (done.review.claim, done.claim_is_new) == (claim, False)
    fresh = Claim.objects.get()
    assert (fresh.verdict.code, fresh.version) == ("true", claim.version)


def test_accepting_leaves_alone_what_was_dismissed_since():
    by = make_user("moderator")
    assert external_reviews.record_review(item=REVIEW, by=by, accept=True).accepted
    assert not external_reviews.record_review(item=REVIEW, by=by, accept=True).accepted
    claim = Claim.objects.get()
    step(claim, "dismissed", by=by)
    assert not external_reviews.record_review(item=REVIEW, by=by, accept=True).accepted
    assert Claim.objects.get().status == "dismissed"


def test_a_merge_takes_the_reviews_along_and_its_undoing_brings_them_back():
    by = make_user("editor")
    loser, winner = (
        external_reviews.record_review(item=replace(REVIEW, url=f"https://a.example/{n}"), by=by).review.claim
        for n in (1, 2)
    )
    merge = curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=by)
    assert winner.external_reviews.count() == 2
    again = external_reviews.record_review(item=replace(REVIEW, url="https://a.example/1"), by=by)
    assert (again.outcome, again.claim_is_new) == ("known", False)
    curating.undo_merge(merge=merge, by=by)
    assert [review.url for review in loser.external_reviews.all()] == ["https://a.example/1"]


def test_two_claims_of_one_page_keep_their_reviews_when_merged():
    by = make_user("editor")
    items = [replace(REVIEW, text=text, label=text) for text in ("It was sold.", "They sold it.")]
    winner, loser = (external_reviews.record_review(item=item, by=by).review.claim for item in items)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=by)
    assert [external_reviews.record_review(item=item, by=by).outcome for item in items] == ["known", "known"]
    assert {review.label for review in winner.external_reviews.all()} == {"It was sold.", "They sold it."}


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Unreadable("It names no address."), "unreadable"),
        (replace(REVIEW, text=""), "required"),
        (replace(REVIEW, label="a\0b"), "bad_character"),
        (replace(REVIEW, publisher="a" * 301), "too_long"),
        (replace(REVIEW, url=f"https://a.example/{'é' * 1500}"), "too_long"),
        (replace(REVIEW, text="a" * 10_001), "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_leaves_nothing_behind(item, code):
    with pytest.raises(Invalid) as refusal:
        external_reviews.record_review(item=item, by=make_user("contributor"))
    assert refusal.value.code == code
    assert not Claim.objects.exists()
    assert not Speaker.objects.exists()


def test_a_claimant_who_may_be_several_people_is_refused():
    for _ in range(2):
        make_speaker("Ottoline Brandt")
    with pytest.raises(Conflict) as refusal:
        external_reviews.record_review(
            item=replace(REVIEW, claimant=Claimant("Ottoline Brandt")), by=make_user("contributor")
        )
    assert refusal.value.code == "speaker_ambiguous"


def test_a_claimants_other_pages_are_no_wikidata_id():
    claimant = Claimant(
        "Ottoline Brandt", same_as=("https://www.wikidata.org/wiki/Special:Search", "https://a.example/")
    )
    done = external_reviews.record_review(item=replace(REVIEW, claimant=claimant), by=make_user("contributor"))
    assert done.review.claim.speaker.wikidata_id is None


def test_the_desks_own_review_is_no_external_one(settings):
    settings.CLAIMTRACK_SITE_URL = "https://www.lantern.example"
    with pytest.raises(Conflict) as refusal:
        external_reviews.record_review(item=REVIEW, by=make_user("editor"))
    assert refusal.value.code == "own_review"


def test_a_contributor_adds_nothing_to_a_claim_of_others():
    claim = make_claim("unverified")
    with pytest.raises(NotAllowed):
        external_reviews.record_review(item=REVIEW, by=make_user("contributor"), claim=claim)


def test_a_merged_claim_takes_no_review():
    by = make_user("editor")
    loser, winner = make_claim(speaker=None), make_claim(speaker=None)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=by)
    with pytest.raises(Conflict) as refusal:
        external_reviews.record_review(item=REVIEW, by=by, claim=loser)
    assert refusal.value.code == "merged"


def test_importing_and_accepting_take_a_role():
    with pytest.raises(NotAllowed):
        external_reviews.import_reviews(items=[], by=make_user())
    with pytest.raises(NotAllowed):
        external_reviews.import_reviews(items=[], by=make_user("contributor"), accept=True)


@pytest.mark.parametrize(
    ("columns", "guard"),
    [
        ({"rating_value": 9}, "external_review_rating"),
        ({"rating_best": None}, "external_review_rating"),
        ({"label": ""}, "external_review_rating"),
        ({"reviewed_precision": ""}, "external_review_reviewed"),
        ({"url": "ftp://a.example"}, "external_review_url"),
    ],
    ids=str,
)
def test_the_database_refuses(columns, guard):
    row = external_reviews.record_review(item=REVIEW, by=make_user("contributor")).review
    with pytest.raises(IntegrityError, match=guard), transaction.atomic():
        ExternalReview.objects.filter(pk=row.pk).update(**columns)

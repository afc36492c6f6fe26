"""Other publishers' reviews at the desk: found by words, publisher and state, each with what changed."""

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from claims.formats.claimreview import Claimant, ClaimReview
from claims.importing.external_reviews import record_review
from claims.models import ExternalReview
from tests.factories import make_claim, make_external_review, make_user

LIST = reverse("admin:claims_externalreview_changelist")


def found(desk, **query) -> list[str]:
    answer = desk.get(LIST, query)
    assert answer.status_code == 200
    return [review.claim_reviewed for review in answer.context["cl"].result_list]


def corrected(review: ExternalReview, **members) -> ExternalReview:
    item = ClaimReview(
        url=review.url, text=review.claim_reviewed, publisher=review.publisher, site=review.publisher_site, **members
    )
    return record_review(item=item, by=make_user("moderator")).review


def test_it_works(desk):
    review = make_external_review(text="The ferry is free.", label="Wrong", publisher="Lantern Checks")
    page = desk.get(reverse("admin:claims_externalreview_change", args=[review.pk])).content.decode()
    for shown in (
        "The ferry is free.",
        "Wrong",
        "Lantern Checks",
        review.url,
        "2, where 1 is worst and 5 best",
        "No edit is on record",
    ):
        assert shown in page
    assert reverse("admin:claims_claim_change", args=[review.claim_id]) in page
    assert found(desk) == ["The ferry is free."]


def test_days_are_written_in_the_language_of_the_page(client, db):
    client.force_login(make_user("moderator", language="de"))
    review = make_external_review(text="The ferry is free.", published="2025-09-05", said="2025-08")
    page = client.get(reverse("admin:claims_externalreview_change", args=[review.pk])).text
    assert "5. September 2025" in page and "August 2025" in page and "2025-09-05" not in page
    page = client.get(reverse("admin:claims_claim_change", args=[review.claim_id])).text
    assert "5. September 2025" in page


@pytest.mark.parametrize("words", ["ferry", "wrong", "Is it free", "lantern.example", "Ada Norrby"])
def test_words_of_the_claim_label_title_publisher_and_claimant_find_it(desk, words):
    make_external_review(text="The ferry is free.", label="Wrong", title="Is it free?", claimant=Claimant("Ada Norrby"))
    make_external_review(
        text="The pier is new.",
        url="https://beacon.example/1",
        site="beacon.example",
        publisher="Beacon",
        label="Right",
    )
    assert found(desk, q=words) == ["The ferry is free."]


def test_the_filter_by_publisher_takes_the_hosts_below_it(desk):
    make_external_review(
        text="The ferry is free.", url="https://checks.lantern.example/1", site="checks.lantern.example"
    )
    make_external_review(text="The pier is new.", url="https://beacon.example/1", site="beacon.example")
    assert found(desk, publisher="lantern.example") == ["The ferry is free."]
    assert "beacon.example (1)" in desk.get(LIST).content.decode()


def test_the_filter_by_state(desk):
    gone, changed, _ = [
        make_external_review(text=text) for text in ("The ferry is free.", "The pier is new.", "It rains.")
    ]
    ExternalReview.objects.filter(pk=gone.pk).update(gone_at=Now())
    corrected(changed, label="Right after all")
    assert found(desk, state="gone") == ["The ferry is free."]
    assert found(desk, state="changed") == ["The pier is new."]
    assert found(desk, state="shown") == ["It rains.", "The pier is new."]


def test_its_page_says_what_its_publisher_changed(desk):
    review = make_external_review(text="The ferry is free.", label="Wrong")
    corrected(review, label="Right after all")
    page = desk.get(reverse("admin:claims_externalreview_change", args=[review.pk])).content.decode()
    assert '<del dir="auto">Wrong</del>' in page and '<ins dir="auto">Right after all</ins>' in page


def test_nobody_changes_it_by_hand(desk):
    review = make_external_review(text="The ferry is free.")
    answer = desk.post(reverse("admin:claims_externalreview_change", args=[review.pk]), {"label": "Right"})
    assert answer.status_code == 403
    assert desk.get(reverse("admin:claims_externalreview_add")).status_code == 403


def test_a_contributor_sees_those_of_claims_that_one_may_see(client, db):
    make_external_review(text="The ferry is free.")
    make_external_review(make_claim("unverified"), text="The pier is new.")
    client.force_login(make_user("contributor"))
    assert found(client) == ["The pier is new."]

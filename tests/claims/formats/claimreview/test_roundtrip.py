"""Another desk imports what this desk publishes, without loss."""

from dataclasses import asdict

import pytest

from claims.formats.claimreview import files
from claims.formats.claimreview.publishing import claim_review, external_review
from claims.importing import external_reviews
from claims.models import Claim, ExternalReview
from tests.factories import make_claim, make_snapshot, make_speaker, make_user, step

pytestmark = pytest.mark.django_db

# What is read of a review, and so what an import can keep.
FIELDS = ("url", "text", "publisher", "site", "label", "rating", "claimant", "said", "published", "language", "title")


@pytest.fixture(autouse=True)
def desk(settings):
    settings.CLAIMTRACK_SITE_URL = "https://checks.example"
    settings.CLAIMTRACK_DESK_NAME = "The Harbour Desk"


def fields(review):
    return {name: value for name, value in asdict(review).items() if name in FIELDS}


def test_export_and_import_again_give_equal_fields(client, settings):
    make_claim(
        "checked", verdict="mostly_false", text="“Nine” thousand 🌉 cars — a day.", said_at="2025-09", language="pt-BR"
    )
    make_claim("checked", verdict="unverifiable", speaker=None, said_at="2025")
    make_claim("checked", verdict="true", speaker_role="Mayor", snapshot=make_snapshot(canonical_url=None))
    make_claim("checked", speaker=make_speaker("Roads Office", kind="organisation", wikidata_id="Q99"))
    step(Claim.objects.latest("pk"), "checked", by=make_user("editor"), verdict="half_true", rationale="Recounted.")
    judged = Claim.objects.judged().for_list().with_publications().order_by("-pk")
    published = [claim_review(claim) for claim in judged]

    feed = client.get("/feeds/claimreview/").getvalue()
    settings.CLAIMTRACK_SITE_URL = "https://another.example"
    report = external_reviews.import_reviews(items=files.read_file(feed).items, by=make_user("moderator"))
    assert (report.new, report.proposed, report.refusals) == (4, 4, [])
    imported = [external_review(row) for row in ExternalReview.objects.order_by("pk")]
    assert [fields(review) for review in imported] == [fields(review) for review in published]


def test_the_list_and_the_detail_say_the_same_as_the_feed(client):
    claim = make_claim("checked", language="en", said_at="2025-09-05")
    [(_, listed)] = files.read_file(
        client.get("/api/v1/claims/", headers={"Accept": "application/ld+json"}).content
    ).items
    [(_, fed)] = files.read_file(client.get("/feeds/claimreview/").getvalue()).items
    path = f"/api/v1/claims/{claim.pk}/"
    [(_, shown)] = files.read_file(client.get(path, headers={"Accept": "application/ld+json"}).content).items
    assert listed == fed == shown

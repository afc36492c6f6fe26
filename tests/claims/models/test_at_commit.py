"""What the database checks at the end of a transaction, with real commits."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import Appearance, Claim, Review, Speaker
from tests.claims.statements import evidence, row, settled
from tests.factories import make_claim, make_user
from tests.psql import NEW_CLAIM, insert

pytestmark = pytest.mark.django_db(transaction=True)


def commit(*statements):
    """Execute in a transaction of its own. Return the name of the guard that refused it, or None."""
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(*([statement] if isinstance(statement, str) else statement))
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return None


def test_a_publication():
    claim = make_claim("in_review")
    assert commit(row(claim, "checked"), settled(claim)) == "review_incomplete", "without evidence"
    assert commit(row(claim, "checked"), evidence()) == "status_unaccounted", "that the claim does not follow"
    assert Claim.objects.get().status == "in_review"
    assert not Review.objects.filter(to_status="checked").exists()
    assert commit(row(claim, "checked"), settled(claim), evidence()) is None, "in any order"
    assert Claim.objects.get().status == "checked"


def test_evidence_comes_with_its_review_or_never():
    claim = make_claim("checked")
    review = claim.reviews.get(to_status="checked")
    assert commit(evidence(review.pk)) == "evidence_late"
    # Where a dump was loaded, ids of transactions come again.
    again = (
        "SET LOCAL session_replication_role = replica",
        "UPDATE claims_review SET transaction = pg_current_xact_id()::text::bigint",
        "SET LOCAL session_replication_role = origin",
    )
    assert commit(*again, evidence(review.pk)) == "evidence_late"
    assert review.evidence.count() == 1


def test_a_claim_appears_somewhere():
    user = make_user("contributor")
    assert commit(insert("claims_claim", **NEW_CLAIM, created_by_id=user.pk)) == "no_appearance"
    assert commit(insert("claims_claim", **{**NEW_CLAIM, "origin": "claimreview"}, created_by_id=user.pk)) is None
    assert Claim.objects.get().origin == "claimreview"


def test_a_speaker_has_a_name():
    assert commit(insert("claims_speaker", name="Ada", kind="person", role="", website="")) == "speaker_own_name"
    assert not Speaker.objects.exists()


def test_an_appearance_belongs_to_a_claim():
    claim = make_claim()
    columns = Appearance.objects.values("snapshot_id", "quote", "start_offset", "end_offset", "prefix", "suffix").get()
    assert "claim_id" in commit(insert("claims_appearance", claim_id=claim.pk + 1000, **columns))

"""The rows of tables that only verbs write: people read them, so they show no JSON."""

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Evidence
from tests import factories

GIVEN = {
    "url": "https://office.example/counts",
    "stance": "refutes",
    "publisher": "The Office",
    "accessed_at": "2026-03-04",
}


def page(client, name, pk):
    return client.get(reverse(f"admin:claims_{name}_change", args=[pk])).content.decode()


@pytest.fixture
def claim(db):
    return factories.make_claim("checked")


@pytest.fixture
def changed(claim):
    """What a draft and a submission change of the claim itself."""
    return {
        "text": "The bridge carries many cars.",
        "speaker": factories.make_speaker("Ada Brook").pk,
        "said_at": "2025-09",
    }


def test_a_draft_is_read_as_it_was_written(client, claim, changed):
    editor = factories.make_user("editor", language="de")
    client.force_login(editor)
    draft = curating.save_draft(claim=claim, by=editor, rationale="Counted again.", evidence=[GIVEN], changes=changed)
    shown = page(client, "draft", draft.pk)
    assert "Counted again." in shown and "Widerlegt" in shown and "4. März 2026" in shown
    assert "Ada Brook" in shown and "September 2025" in shown
    assert "&quot;" not in shown.partition("<fieldset")[2].partition("</fieldset")[0]


def test_a_review_is_read_as_it_was_published(client, claim, changed):
    editor = factories.make_user("editor")
    client.force_login(editor)
    review = factories.step(claim, "checked", by=editor, verdict="half_true", rationale="Again.", changes=changed)
    shown = page(client, "review", review.pk)
    assert "Again." in shown and "Ada Brook" in shown and "September 2025" in shown
    assert Evidence.objects.filter(review=review).first().url in shown
    assert "&quot;" not in shown.partition("<fieldset")[2].partition("</fieldset")[0]


def test_who_approves_sees_all_that_a_submission_changes(client, claim, changed):
    editor, moderator = factories.make_user("editor"), factories.make_user("moderator")
    factories.step(claim, "in_review", by=editor, rationale="New counts.")
    curating.take_over(claim=claim, by=moderator, expected=None)
    factories.step(claim, "awaiting_approval", by=moderator, verdict="false", rationale="Counted.", changes=changed)
    client.force_login(editor)
    shown = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    submission = shown.partition('class="submission"')[2].partition("</section>")[0]
    assert "The bridge carries many cars." in submission
    assert "Ada Brook" in submission and "September 2025" in submission


def test_rows_without_recorded_edits_offer_no_history(client, claim):
    client.force_login(factories.make_user("editor"))
    evidence = Evidence.objects.filter(review__claim=claim).first()
    assert "historylink" not in page(client, "evidence", evidence.pk)
    assert "historylink" in page(client, "speaker", claim.speaker_id)

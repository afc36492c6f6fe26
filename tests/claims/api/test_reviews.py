"""GET /api/v1/claims/{id}/reviews/: what readers see of a claim's history."""

import re

import pytest

from claims import curating
from tests.factories import EVIDENCE, make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


def history(client, claim):
    response = client.get(f"/api/v1/claims/{claim.pk}/reviews/")
    assert response.status_code == 200, response.content
    return response.json()["results"]


def kinds(client, claim):
    return [row["kind"] for row in history(client, claim)]


def test_it_works(client, settings):
    settings.CLAIMTRACK_DESK_NAME = "The Harbour Desk"
    moderator, editor = make_user("moderator", public_name="Mo Derat"), make_user("editor")
    claim = make_claim("in_review")
    evidence = [{**EVIDENCE[0], "quote": "4,112 a day", "accessed_at": "2026-03-01"}]
    first = step(claim, "checked", by=moderator, verdict="half_true", evidence=evidence, note="Ask again in May.")
    second = step(
        claim, "checked", by=editor, verdict="false", rationale="Counted again.", changes={"text": "So many."}
    )
    [publication, correction] = history(client, claim)
    assert re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z", publication.pop("created_at"))
    assert publication == {
        "id": first.pk,
        "claim": claim.pk,
        "kind": "publication",
        "from_status": "in_review",
        "to_status": "checked",
        "verdict": {"code": "half_true", "label": "Half true", "value": 3},
        "wording": first.wording,
        "rationale": "Counted, and it was four thousand.",
        "evidence": [
            {
                "url": "https://archive.example/count",
                "title": "Traffic count",
                "publisher": "Roads Office",
                "quote": "4,112 a day",
                "stance": "refutes",
                "archive_url": None,
                "accessed_at": "2026-03-01",
                **dict.fromkeys(("snapshot", "start", "end", "prefix", "suffix")),
            }
        ],
        "reviewer": "Mo Derat",
        "replaces": None,
    }
    members = {"kind": "correction", "wording": "So many.", "reviewer": "The Harbour Desk", "replaces": first.pk}
    assert {member: correction[member] for member in members} == members
    assert correction["id"] == second.pk


def test_every_public_step_has_its_name(client):
    editor = make_user("editor")
    claim = make_claim("checked")
    step(claim, "in_review", by=editor, rationale="New numbers.")
    step(claim, "checked", by=editor)
    step(claim, "withdrawn", by=editor)
    step(claim, "in_review", by=editor, rationale="Once more.")
    step(claim, "checked", by=editor, verdict="true")
    assert kinds(client, claim) == ["publication", "reopen", "confirmation", "withdraw", "reopen", "correction"]
    withdrawal = history(client, claim)[3]
    assert (withdrawal["verdict"], withdrawal["wording"], withdrawal["evidence"]) == (None, None, [])


def test_a_label_stays_as_it_was_judged(client):
    claim = make_claim("checked", verdict="false")
    verdict = claim.verdict
    verdict.label = "Wrong"
    verdict.save()
    assert history(client, claim)[0]["verdict"]["label"] == "False"
    assert client.get(f"/api/v1/claims/{claim.pk}/").json()["verdict"]["label"] == "Wrong"


def test_an_approval_is_the_publication_and_the_submission_stays_inside(client):
    claim = make_claim("in_review")
    step(claim, "awaiting_approval", by=make_user("moderator", public_name="The Submitter"))
    assert history(client, claim) == []
    step(claim, "checked", by=make_user("editor", public_name="The Approver"))
    [row] = history(client, claim)
    assert (row["kind"], row["reviewer"], row["from_status"]) == ("publication", "The Approver", "awaiting_approval")


def test_moderators_see_every_step_and_note(client):
    claim = make_claim("in_review")
    step(claim, "awaiting_approval", by=make_user("moderator"), note="Please hurry.")
    step(claim, "in_review", by=make_user("editor"), note="Which day?")
    client.force_login(make_user("moderator"))
    assert [(row["kind"], row["note"]) for row in history(client, claim)] == [
        ("accept", None),
        ("take", None),
        ("submit", "Please hurry."),
        ("return", "Which day?"),
    ]


def test_nobody_else_finds_a_note(client):
    claim = make_claim("in_review")
    step(claim, "checked", by=make_user("moderator"), note="Ask again in May.")
    for reader in (None, make_user(), make_user("contributor")):
        if reader:
            client.force_login(reader)
        assert "note" not in history(client, claim)[0]


def test_contributors_are_told_why_their_claim_was_dismissed(client):
    contributor = make_user("contributor")
    claim = make_claim(by=contributor)
    step(claim, "dismissed", by=make_user("moderator"), rationale="No claim to check.", note="Spam?")
    client.force_login(contributor)
    [row] = history(client, claim)
    assert (row["kind"], row["rationale"], "note" in row) == ("dismiss", "No claim to check.", False)
    client.force_login(make_user("contributor"))
    assert client.get(f"/api/v1/claims/{claim.pk}/reviews/").status_code == 404


def test_the_winner_tells_the_losers_public_history(client):
    editor, speaker = make_user("editor"), make_speaker()
    oldest, older = make_claim("withdrawn", speaker=speaker), make_claim("unverified", speaker=speaker)
    winner = make_claim("checked", speaker=speaker)
    curating.merge_claims(loser=oldest, winner=older, reason="The same.", by=editor)
    curating.merge_claims(loser=older, winner=winner, reason="The same.", by=editor)
    assert [(row["kind"], row["claim"]) for row in history(client, winner)] == [
        ("publication", oldest.pk),
        ("withdraw", oldest.pk),
        ("publication", winner.pk),
    ]
    assert client.get(f"/api/v1/claims/{oldest.pk}/reviews/").status_code == 404


def test_a_hidden_claim_has_no_history(client):
    claim = make_claim("proposed")
    assert client.get(f"/api/v1/claims/{claim.pk}/reviews/").status_code == 404
    assert client.get("/api/v1/claims/999999/reviews/").status_code == 404


def test_a_draft_is_nowhere_in_the_history(client):
    claim, moderator = make_claim("in_review"), make_user("moderator")
    curating.save_draft(claim=claim, by=moderator, rationale="Half a thought")
    client.force_login(moderator)
    assert kinds(client, claim) == ["accept", "take"]


def test_it_takes_no_filters(client):
    claim = make_claim("checked")
    response = client.get(f"/api/v1/claims/{claim.pk}/reviews/", {"kind": "correction"})
    assert (response.status_code, response.json()["field"]) == (400, "kind")


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_five_queries(client, django_assert_num_queries, count):
    claim, editor = make_claim("checked"), make_user("editor")
    for _ in range(count - 1):
        step(claim, "checked", by=editor)
    # the ledger's revision; the claim; those merged into it; reviews with verdict, reviewer and what they replace; evidence
    with django_assert_num_queries(5):
        assert len(history(client, claim)) == count

import pytest

from claims import curating, reviewing
from claims.models import Claim, Review
from claims.transitions import BY_STATUSES, Status
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Stale
from tests.factories import EVIDENCE, make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


def test_it_works():
    moderator, editor = make_user("moderator"), make_user("editor")
    claim = make_claim()
    step(claim, "unverified", by=moderator)
    step(claim, "in_review", by=moderator)
    assert claim.assignee == moderator
    row = step(claim, "checked", by=moderator, verdict="mostly_false")
    assert (claim.status, claim.verdict.code, claim.assignee, claim.reviewed_at) == (
        "checked", "mostly_false", None, row.created_at,
    )  # fmt: skip
    assert (row.kind, row.verdict_label, row.wording) == ("publication", "Mostly false", claim.text)
    assert [piece.publisher for piece in row.evidence.all()] == ["Roads Office"]

    step(claim, "in_review", by=editor, rationale="New numbers.")
    assert (claim.verdict.code, claim.assignee) == ("mostly_false", editor)
    again = step(claim, "checked", by=editor, verdict="mostly_false")
    assert (again.kind, again.replaces) == ("confirmation", row)
    correction = step(claim, "checked", by=editor, verdict="false")
    assert (correction.kind, correction.replaces, claim.verdict.code) == ("correction", again, "false")
    step(claim, "withdrawn", by=editor)
    assert (claim.status, claim.verdict) == ("withdrawn", None)
    step(claim, "in_review", by=editor, rationale="Looked at once more.")
    assert (claim.verdict, claim.reviewed_at) == (None, correction.created_at)
    assert step(claim, "checked", by=editor, verdict="true").kind == "correction"


def test_approval_takes_over_the_submission():
    moderator, editor = make_user("moderator"), make_user("editor")
    claim = make_claim("in_review")
    submission = step(
        claim, "awaiting_approval", by=moderator, verdict="half_true", changes={"text": "The bridge is busy."}
    )
    assert (claim.verdict, claim.text != "The bridge is busy.") == (None, True)
    approval = step(claim, "checked", by=editor)
    assert (approval.approves, approval.verdict.code, approval.rationale) == (
        submission,
        "half_true",
        submission.rationale,
    )
    assert approval.evidence.count() == 1
    assert (claim.verdict.code, claim.text) == ("half_true", "The bridge is busy.")


def test_a_correction_changes_the_wording_with_it():
    claim, other = make_claim("checked"), make_speaker()
    row = step(
        claim,
        "checked",
        by=make_user("editor"),
        changes={"text": "Fewer cars.", "speaker": other.pk, "said_at": "2026-03"},
    )
    assert (claim.text, claim.speaker, claim.said, row.kind) == ("Fewer cars.", other, "2026-03", "correction")


STEPS = sorted((source, target) for source in Status for target in Status if (source, target) not in BY_STATUSES)


@pytest.mark.parametrize(("source", "target"), STEPS)
def test_a_step_that_the_table_lacks_is_refused(source, target):
    claim = make_claim(source)
    with pytest.raises(Conflict) as refused:
        step(claim, target, by=make_user("editor"))
    assert refused.value.code == "transition"


# status, step, role, who refuses and why
TOO_LOW = [
    ("proposed", "unverified", "contributor", "proposing is not accepting"),
    ("in_review", "checked", "contributor", "publishing takes a Moderator"),
    ("awaiting_approval", "checked", "moderator", "approving takes an Editor"),
    ("checked", "in_review", "moderator", "reopening takes an Editor"),
    ("checked", "checked", "moderator", "correcting takes an Editor"),
    ("checked", "withdrawn", "moderator", "withdrawing takes an Editor"),
    ("unverified", "in_review", None, "no role, no step"),
]


@pytest.mark.parametrize(("status", "to", "role", "reason"), TOO_LOW)
def test_a_role_too_low_is_refused(status, to, role, reason):
    claim, user = make_claim(status), make_user(role)
    with pytest.raises(NotAllowed):
        step(claim, to, by=user, rationale="Because.")
    assert Claim.objects.get(pk=claim.pk).status == status, reason


# status, step, what is left out, the field that the refusal names
INCOMPLETE = [
    ("in_review", "checked", {"verdict": None}, "verdict"),
    ("in_review", "checked", {"verdict": "rather_true"}, "verdict"),
    ("in_review", "checked", {"rationale": "  "}, "rationale"),
    ("in_review", "checked", {"evidence": []}, "evidence"),
    ("in_review", "checked", {"evidence": [{"url": "ftp://x.example/", "stance": "refutes"}]}, "evidence.0.url"),
    ("in_review", "checked", {"evidence": [{"url": "https://x.example/", "stance": "maybe"}]}, "evidence.0.stance"),
    ("in_review", "checked", {"evidence": [{**EVIDENCE[0], "colour": "red"}]}, "evidence.0.colour"),
    ("in_review", "checked", {"changes": {"text": " "}}, "changes.text"),
    ("in_review", "checked", {"changes": {"status": "checked"}}, "changes.status"),
    ("in_review", "awaiting_approval", {"rationale": ""}, "rationale"),
    ("unverified", "dismissed", {"rationale": ""}, "rationale"),
    ("awaiting_approval", "in_review", {"note": ""}, "note"),
    ("unverified", "in_review", {"verdict": "true"}, "verdict"),
]


@pytest.mark.parametrize(("status", "to", "given", "field"), INCOMPLETE)
def test_an_incomplete_review_is_refused(status, to, given, field):
    claim = make_claim(status)
    whole = (
        {"verdict": "true", "rationale": "Counted.", "evidence": EVIDENCE}
        if to in ("checked", "awaiting_approval")
        else {}
    )
    by = claim.assignee or make_user("editor")
    with pytest.raises(Invalid) as refused:
        reviewing.review(claim=claim, to=to, by=by, expected=None, **{**whole, **given})
    assert refused.value.field == field


def test_nobody_approves_their_own_submission():
    editor = make_user("editor")
    claim = make_claim("in_review")
    step(claim, "awaiting_approval", by=editor)
    with pytest.raises(NotAllowed) as refused:
        step(claim, "checked", by=editor)
    assert refused.value.code == "own_submission"


@pytest.mark.parametrize("status", ["in_review", "checked"])
def test_approval_required_closes_publish_and_correct(status, settings):
    claim = make_claim(status)
    settings.CLAIMTRACK_REQUIRE_APPROVAL = True
    with pytest.raises(Conflict) as refused:
        step(claim, "checked", by=make_user("editor"))
    assert refused.value.code == "approval_required"


def test_a_stale_decision_is_refused():
    moderator = make_user("moderator")
    claim = make_claim("unverified")
    seen = claim.version
    step(claim, "in_review", by=moderator)
    with pytest.raises(Stale):
        reviewing.review(claim=claim, to="unverified", by=moderator, expected=seen)


def test_only_the_assignee_releases():
    claim = make_claim("in_review")
    with pytest.raises(NotAllowed) as refused:
        step(claim, "unverified", by=make_user("moderator"))
    assert refused.value.code == "not_assignee"


@pytest.mark.parametrize("to", ["awaiting_approval", "checked", "dismissed"])
@pytest.mark.parametrize("role", ["moderator", "editor"])
def test_an_assigned_claim_is_decided_by_its_assignee(role, to):
    claim = make_claim("in_review")
    given = {} if to == "dismissed" else {"verdict": "true", "evidence": EVIDENCE}
    with pytest.raises(NotAllowed, match="is working on this claim") as refused:
        reviewing.review(claim=claim, to=to, by=make_user(role), expected=None, rationale="Mine.", **given)
    assert refused.value.code == "not_assignee"
    assert Claim.objects.get(pk=claim.pk).status == "in_review"


def test_a_claim_that_nobody_has_is_decided_by_anybody():
    claim = make_claim("in_review")
    curating.assign(claim=claim, by=claim.assignee, to=None)
    step(claim, "checked", by=make_user("moderator"))
    assert claim.status == "checked"


def test_an_assigned_claim_is_withdrawn_by_any_editor():
    claim = make_claim("checked")
    step(claim, "in_review", by=make_user("editor"), rationale="Again.")
    step(claim, "withdrawn", by=make_user("editor"))
    assert claim.status == "withdrawn"


def test_only_the_submitter_returns():
    claim = make_claim("awaiting_approval")
    with pytest.raises(NotAllowed) as refused:
        step(claim, "in_review", by=make_user("moderator"), note="Wait.")
    assert refused.value.code == "not_submitter"


def test_what_was_published_is_not_released_but_published_or_withdrawn():
    editor = make_user("editor")
    claim = make_claim("checked")
    step(claim, "in_review", by=editor, rationale="Again.")
    for to in ("unverified", "dismissed"):
        with pytest.raises(Conflict, match="not for a claim that was published before"):
            step(claim, to, by=editor)
    step(claim, "withdrawn", by=editor)


def test_what_was_never_published_cannot_be_withdrawn():
    claim = make_claim("in_review")
    with pytest.raises(Conflict, match="only for a claim that was published before"):
        step(claim, "withdrawn", by=make_user("editor"))


ALLOWED = [
    ("proposed", "moderator", {"accept", "dismiss"}, "a Moderator sorts what comes in"),
    ("proposed", "contributor", set(), "a Contributor decides nothing"),
    ("in_review", "moderator", set(), "somebody else has it"),
    ("in_review", "editor", {"release"}, "an Editor may release for others, and no more"),
    ("awaiting_approval", "editor", {"approve", "return"}, "another Editor decides"),
    ("checked", "moderator", set(), "what is published is the Editors'"),
    ("checked", "editor", {"correct", "reopen", "withdraw"}, "the Editors' three"),
    ("withdrawn", "editor", {"reopen"}, "the only way back"),
    ("dismissed", "moderator", {"restore", "reconsider"}, "a dismissal is not the end"),
]


@pytest.mark.parametrize(("status", "role", "names", "reason"), ALLOWED)
def test_allowed_steps(status, role, names, reason):
    claim = make_claim(status)
    assert {step.name for step in reviewing.allowed_steps(claim, make_user(role))} == names, reason


def test_a_merged_claim_takes_no_step():
    editor, speaker = make_user("editor"), make_speaker()
    loser, winner = make_claim(speaker=speaker), make_claim(speaker=speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    with pytest.raises(Conflict) as refused:
        step(loser, "unverified", by=editor)
    assert refused.value.code == "merged"
    assert reviewing.allowed_steps(Claim.objects.get(pk=loser.pk), editor) == []
    assert not Review.objects.filter(claim=loser).exists()

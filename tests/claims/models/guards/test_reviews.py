"""What the database refuses when SQL bypasses the verbs: reviews, evidence, the scale."""

import pytest

from claims.models import Claim, Review, Verdict
from claims.transitions import BY_STATUSES, Status
from tests.claims.statements import copied, evidence, row, settled
from tests.factories import make_claim, make_user, step
from tests.psql import refusal, run, value

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("source", "target"), sorted(BY_STATUSES))
def test_the_table_s_steps_go_in(source, target):
    claim = make_claim(source)
    if BY_STATUSES[source, target].published and source == "in_review":
        claim = make_claim("checked")
        step(claim, "in_review", by=make_user("editor"), rationale="Once more.")
    statements = [row(claim, target), settled(claim)]
    if target in ("checked", "awaiting_approval"):
        statements.insert(1, copied(claim) if source == "awaiting_approval" else evidence())
    run(*statements)
    assert Claim.objects.get(pk=claim.pk).status == target


STEPS = sorted((source, target) for source in Status for target in Status if (source, target) not in BY_STATUSES)


@pytest.mark.parametrize(("source", "target"), STEPS)
def test_a_step_that_the_table_lacks(source, target):
    assert refusal(row(make_claim(source), target)) == "transition"


def test_a_step_from_where_the_claim_does_not_stand():
    assert refusal(row(make_claim("proposed"), "in_review", from_status="unverified")) == "transition"


@pytest.mark.parametrize("target", ["unverified", "dismissed"])
def test_what_was_published_is_not_released_or_dismissed(target):
    claim = make_claim("checked")
    step(claim, "in_review", by=make_user("editor"), rationale="Once more.")
    assert refusal(row(claim, target)) == "transition"


@pytest.mark.parametrize("target", ["awaiting_approval", "checked", "dismissed"])
def test_a_decision_over_the_head_of_the_assignee(target):
    claim = make_claim("in_review")
    assert refusal(row(claim, target, reviewer_id=make_user("editor").pk)) == "not_assignee"


def test_what_was_never_published_is_not_withdrawn():
    assert refusal(row(make_claim("in_review"), "withdrawn")) == "transition"


INCOMPLETE = [
    # status, step, what differs, guard, why
    ("in_review", "checked", {"verdict_id": None}, "review_incomplete", "a publication without verdict"),
    ("in_review", "checked", {"rationale": " \n"}, "review_incomplete", "without rationale"),
    ("in_review", "checked", {"verdict_label": ""}, "review_incomplete", "without the label as judged"),
    ("in_review", "checked", {"wording": ""}, "review_incomplete", "without the wording as judged"),
    ("in_review", "awaiting_approval", {"rationale": ""}, "review_incomplete", "a submission without rationale"),
    ("checked", "checked", {"rationale": ""}, "review_incomplete", "a correction without rationale"),
    ("checked", "withdrawn", {"rationale": ""}, "review_incomplete", "a withdrawal without rationale"),
    ("proposed", "dismissed", {"rationale": ""}, "review_incomplete", "a dismissal without rationale"),
    ("awaiting_approval", "in_review", {"note": ""}, "review_incomplete", "a return without note"),
    ("proposed", "unverified", {"verdict_id": 1}, "review_incomplete", "a verdict where none belongs"),
    ("checked", "checked", {"replaces_id": None}, "replaces", "a correction of nothing"),
    ("in_review", "checked", {"replaces_id": 1}, "replaces", "a first publication that replaces one"),
    ("awaiting_approval", "checked", {"approves_id": None}, "approves", "an approval of nothing"),
    ("awaiting_approval", "in_review", {"approves_id": 1}, "approves", "a return that approves"),
]


@pytest.mark.parametrize(("status", "to", "changed", "guard", "reason"), INCOMPLETE)
def test_a_review_that_lacks_what_its_step_needs(status, to, changed, guard, reason):
    assert refusal(row(make_claim(status), to, **changed)) == guard, reason


@pytest.mark.parametrize(("status", "to"), [("in_review", "checked"), ("in_review", "awaiting_approval")])
def test_a_verdict_without_evidence(status, to):
    claim = make_claim(status)
    assert refusal(row(claim, to), settled(claim)) == "review_incomplete"


def test_a_review_that_the_claim_does_not_follow():
    claim = make_claim("in_review")
    assert refusal(row(claim, "checked"), evidence()) == "status_unaccounted"


ALTERED = [
    ({"verdict_id": "other"}, "another verdict"),
    ({"verdict_label": "Truer"}, "another label"),
    ({"wording": "Another wording."}, "another wording"),
    ({"rationale": "Because."}, "another rationale"),
    ({"changes": '{"speaker_role": "King"}'}, "other changes"),
]


@pytest.mark.parametrize(("changed", "reason"), ALTERED)
def test_an_approval_that_alters_what_was_submitted(changed, reason):
    claim = make_claim("awaiting_approval")
    if "verdict_id" in changed:
        changed = {"verdict_id": Verdict.objects.get(code="satire").pk}
    assert refusal(row(claim, "checked", **changed)) == "approves", reason


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        ([evidence()], "another title"),
        ([evidence(), evidence(url="https://archive.example/more")], "more than was submitted"),
    ],
)
def test_an_approval_on_other_evidence(pieces, reason):
    claim = make_claim("awaiting_approval")
    assert refusal(row(claim, "checked"), *pieces, settled(claim)) == "approves", reason


def test_an_approval_of_an_earlier_submission():
    claim, editor = make_claim("awaiting_approval"), make_user("editor")
    first = claim.reviews.get(to_status="awaiting_approval")
    step(claim, "in_review", by=editor, note="Not yet.")
    step(claim, "awaiting_approval", by=editor)
    assert refusal(row(claim, "checked", approves_id=first.pk)) == "approves"


def test_the_submitter_as_approver():
    claim = make_claim("awaiting_approval")
    submitter = claim.reviews.get(to_status="awaiting_approval").reviewer_id
    assert refusal(row(claim, "checked", reviewer_id=submitter)) == "own_submission"


OTHERWISE = [
    ("{}", "text = 'Another wording.'", "wording that the publication does not name"),
    ("{}", "speaker_id = NULL", "a speaker that it does not name"),
    ("{}", "speaker_role = 'King'", "a role that it does not name"),
    ("{}", "said_at = '2026-01-01', said_precision = 'day'", "a date that it does not name"),
    ('{"speaker": null}', "speaker_id = c.speaker_id", "a speaker who stays after all"),
    ('{"speaker_role": "King"}', "speaker_role = 'Queen'", "another role than it names"),
    ('{"said_at": "2026-01"}', "said_at = '2026-01-01', said_precision = 'day'", "a date more precise than it names"),
    ('{"said_at": "2026-01"}', "said_at = NULL", "the date it names left out"),
]


@pytest.mark.parametrize("status", ["in_review", "checked"])
@pytest.mark.parametrize(("changes", "applied", "reason"), OTHERWISE)
def test_a_publication_that_changes_the_claim_otherwise(status, changes, applied, reason):
    claim = make_claim(status)
    put = settled(claim).replace("SET ", f"SET {applied}, ")
    assert refusal(row(claim, "checked", changes=changes), evidence(), put) == "closed", reason


def test_a_publication_of_another_wording_than_judged():
    claim = make_claim("in_review")
    assert refusal(row(claim, "checked", wording="Another."), evidence(), settled(claim)) == "closed"


FROZEN = ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"]


@pytest.mark.parametrize("statement", FROZEN)
@pytest.mark.parametrize(("table", "column"), [("claims_review", "rationale"), ("claims_evidence", "title")])
def test_what_is_frozen(table, column, statement):
    make_claim("checked")
    assert refusal(statement.format(table, column)) == "frozen"


def test_an_archive_url_is_set_once():
    make_claim("checked")
    run("UPDATE claims_evidence SET archive_url = 'https://archive.example/1'")
    assert refusal("UPDATE claims_evidence SET archive_url = 'https://archive.example/2'") == "frozen"
    assert refusal("UPDATE claims_evidence SET archive_url = NULL") == "frozen"


def test_an_archive_url_does_not_carry_another_change():
    make_claim("checked")
    assert refusal("UPDATE claims_evidence SET archive_url = 'https://archive.example/1', title = 'x'") == "frozen"


MALFORMED = [
    ({"url": "javascript:alert(1)"}, "evidence_url", "no address"),
    ({"stance": "maybe"}, "evidence_stance", "no stance"),
]


@pytest.mark.parametrize(("changed", "guard", "reason"), MALFORMED)
def test_evidence_that_says_nothing(changed, guard, reason):
    claim = make_claim("in_review")
    assert refusal(row(claim, "checked"), evidence(**changed), settled(claim)) == guard, reason


@pytest.mark.parametrize("change", ["code = 'wrong'", "value = 2", "value = NULL"])
def test_a_used_step_of_the_scale_keeps_code_and_value(change):
    make_claim("checked", verdict="false")
    assert refusal(f"UPDATE claims_verdict SET {change} WHERE code = 'false'") == "used_step"


def test_a_step_of_the_scale_otherwise():
    make_claim("checked", verdict="false")
    run(
        "UPDATE claims_verdict SET label = 'Wrong', description = 'Not so.', position = 9 WHERE code = 'false'",
        "UPDATE claims_verdict SET code = 'joke', value = 3 WHERE code = 'satire'",
    )
    assert Review.objects.get(verdict__code="false").verdict_label == "False"


def test_a_used_step_of_the_scale_is_not_deleted():
    make_claim("checked", verdict="false")
    assert "verdict_id" in refusal("DELETE FROM claims_verdict WHERE code = 'false'")


def test_a_step_of_the_scale_that_is_none():
    assert "value" in refusal("UPDATE claims_verdict SET value = 6 WHERE code = 'satire'")
    assert refusal("UPDATE claims_verdict SET value = 0 WHERE code = 'satire'") == "verdict_value"
    assert refusal("UPDATE claims_verdict SET code = 'Satire!' WHERE code = 'satire'") == "verdict_code"
    assert refusal("UPDATE claims_verdict SET label = '' WHERE code = 'satire'") == "verdict_label"


def test_the_transaction_is_noted_by_the_database():
    claim = make_claim("unverified")
    run(row(claim, "in_review", transaction=7), settled(claim))
    assert Review.objects.latest("pk").transaction == value("SELECT pg_current_xact_id()::text::bigint")

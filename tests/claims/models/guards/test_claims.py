"""What the database refuses when SQL bypasses the verbs: wording, status and verdict of claims."""

import pytest

from claims import curating
from claims.models import Claim, Verdict
from tests.factories import make_claim, make_snapshot, make_speaker, make_topic, make_user, step
from tests.psql import NEW_CLAIM, insert, refusal, run, value

pytestmark = pytest.mark.django_db

TRUE = "(SELECT id FROM claims_verdict WHERE code = 'true')"

UNACCOUNTED = [
    # status, SET, why
    ("proposed", "status = 'unverified'", "accepted by nobody"),
    ("proposed", "reviewed_at = now()", "published by nobody"),
    ("unverified", "status = 'in_review'", "taken by nobody"),
    ("dismissed", "status = 'unverified'", "restored by nobody"),
    ("in_review", f"status = 'checked', verdict_id = {TRUE}, reviewed_at = now()", "published by nobody"),
    ("in_review", f"verdict_id = {TRUE}", "a verdict out of nothing"),
    ("awaiting_approval", f"status = 'checked', verdict_id = {TRUE}, reviewed_at = now()", "approved by nobody"),
    ("checked", f"verdict_id = {TRUE}", "another verdict than the one given"),
    ("checked", "verdict_id = NULL", "the verdict taken away"),
    ("checked", "status = 'withdrawn', verdict_id = NULL", "withdrawn by nobody"),
    ("checked", "status = 'in_review'", "reopened by nobody"),
    ("checked", "reviewed_at = now() - interval '1 day'", "published on another day"),
    ("withdrawn", f"status = 'checked', verdict_id = {TRUE}", "in force again, by nobody's decision"),
    ("withdrawn", f"verdict_id = {TRUE}", "a verdict on a withdrawn claim"),
]


@pytest.mark.parametrize(("status", "change", "reason"), UNACCOUNTED)
def test_a_status_or_verdict_that_no_review_accounts_for(status, change, reason):
    claim = make_claim(status)
    assert refusal(f"UPDATE claims_claim SET {change} WHERE id = {claim.pk}") == "status_unaccounted", reason


ENTERED = [
    ({"status": "unverified"}, "accepted before it came in"),
    ({"status": "checked", "verdict_id": 1, "reviewed_at": "2026-01-01T00:00Z"}, "checked before it came in"),
    ({"verdict_id": 1}, "with a verdict"),
    ({"reviewed_at": "2026-01-01T00:00Z"}, "with a date of publication"),
    ({"merged_into_id": 1}, "merged away"),
]


@pytest.mark.parametrize(("given", "reason"), ENTERED)
def test_a_claim_that_enters_as_more_than_proposed(given, reason):
    user = make_user("contributor")
    columns = {**NEW_CLAIM, "origin": "claimreview", "created_by_id": user.pk}
    run(insert("claims_claim", **columns))
    if "verdict_id" in given:
        given = {**given, "verdict_id": Verdict.objects.earliest("pk").pk}
    assert refusal(insert("claims_claim", **{**columns, **given})) == "status_unaccounted", reason


UNKNOWN = [
    ({"origin": "rumour"}, "claim_origin", "by no door"),
    ({"origin_key": "17"}, "claim_origin_key", "a number is no key"),
    ({"origin_key": "A" * 64}, "claim_origin_key", "the same key in another spelling"),
]


@pytest.mark.parametrize(("given", "guard", "reason"), UNKNOWN)
def test_a_claim_from_nowhere(given, guard, reason):
    columns = {**NEW_CLAIM, "created_by_id": make_user("contributor").pk}
    assert refusal(insert("claims_claim", **{**columns, **given})) == guard, reason


CLOSED = [
    ("text = 'Another wording.'", "what was judged"),
    ("speaker_id = NULL", "who said it"),
    ("speaker_id = (SELECT max(id) FROM claims_speaker)", "somebody else"),
    ("speaker_role = 'King'", "as what"),
    ("said_at = '2026-01-01', said_precision = 'day'", "when"),
]


@pytest.mark.parametrize("status", ["checked", "awaiting_approval", "in_review"])
@pytest.mark.parametrize(("change", "reason"), CLOSED)
def test_what_a_verdict_in_force_closes(status, change, reason):
    claim = make_claim("awaiting_approval" if status == "awaiting_approval" else "checked")
    if status == "in_review":
        step(claim, "in_review", by=make_user("editor"), rationale="Once more.")
    make_speaker()
    assert refusal(f"UPDATE claims_claim SET {change} WHERE id = {claim.pk}") == "closed", reason


@pytest.mark.parametrize("status", ["proposed", "unverified", "in_review", "dismissed", "withdrawn"])
def test_what_is_open_without_a_verdict_in_force(status):
    claim = make_claim(status)
    run(f"UPDATE claims_claim SET {', '.join(change for change, _ in CLOSED[::2])} WHERE id = {claim.pk}")
    assert Claim.objects.get(pk=claim.pk).text == "Another wording."


ORIGIN = [
    ("created_by_id = (SELECT max(id) FROM claimtrack_user)", "who proposed it"),
    ("created_at = now() - interval '1 year'", "when"),
    ("origin = 'claimreview'", "by which door"),
    (f"origin_key = '{'a' * 64}'", "what an import knows it by"),
]


@pytest.mark.parametrize(("change", "reason"), ORIGIN)
def test_where_a_claim_came_from_does_not_change(change, reason):
    claim = make_claim()
    make_user()
    assert refusal(f"UPDATE claims_claim SET {change} WHERE id = {claim.pk}") == "origin", reason


MALFORMED = [
    ("text = ''", "claim_text", "no wording"),
    ("status = 'lost'", "status_unaccounted", "no such status"),
    ("said_at = '2026-01-01'", "claim_said_precision", "a date of no precision"),
    ("said_precision = 'day'", "claim_said_precision", "precise about nothing"),
    ("language = 'English'", "claim_language", "no tag"),
]


@pytest.mark.parametrize(("change", "guard", "reason"), MALFORMED)
def test_a_column_that_says_nothing(change, guard, reason):
    claim = make_claim()
    assert refusal(f"UPDATE claims_claim SET {change} WHERE id = {claim.pk}") == guard, reason


def test_a_claim_of_a_speaker_who_was_merged_away():
    loser, winner = make_speaker(), make_speaker()
    claim = make_claim()
    curating.merge_speakers(loser=loser, winner=winner, reason="One person.", by=make_user("editor"))
    assert refusal(f"UPDATE claims_claim SET speaker_id = {loser.pk} WHERE id = {claim.pk}") == "merged_speaker"
    columns = {**NEW_CLAIM, "created_by_id": make_user().pk, "speaker_id": loser.pk}
    assert refusal(insert("claims_claim", **columns)) == "merged_speaker"


def version(claim):
    return value("SELECT version FROM claims_claim WHERE id = %s", claim.pk)


def test_the_version_rises():
    claim, topic, editor = make_claim(), make_topic("roads"), make_user("editor")
    seen = [version(claim)]
    statements = [
        f"UPDATE claims_claim SET text = 'Reworded.' WHERE id = {claim.pk}",
        f"UPDATE claims_claim SET assignee_id = {editor.pk} WHERE id = {claim.pk}",
        f"INSERT INTO claims_claimtopic (claim_id, topic_id) VALUES ({claim.pk}, {topic.pk})",
        f"DELETE FROM claims_claimtopic WHERE claim_id = {claim.pk}",
    ]
    for statement in statements:
        run(statement)
        seen.append(version(claim))
    appearance = curating.add_appearance(claim=claim, by=editor, snapshot=make_snapshot(), quote="thousand cars")
    seen.append(version(claim))
    run(f"DELETE FROM claims_appearance WHERE id = {appearance.pk}")
    seen.append(version(claim))
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    run(f"UPDATE claims_claim SET text = text WHERE id = {claim.pk}")
    assert version(claim) == 7, "nothing changed"
    before = Claim.objects.get(pk=claim.pk).updated_at
    run(f"UPDATE claims_claim SET version = 1 WHERE id = {claim.pk}")
    assert version(claim) == 8, "the trigger counts, whoever says otherwise"
    assert Claim.objects.get(pk=claim.pk).updated_at > before


def test_the_search_follows_wording_and_quotes():
    def found(word):
        return claim in Claim.objects.search(word)

    claim = make_claim(text="Herons nest here.")
    assert found("heron") and found("bridge") and not found("otter")
    run(f"UPDATE claims_claim SET text = 'Otters nest here.' WHERE id = {claim.pk}")
    assert found("otter") and found("bridge") and not found("heron")
    snapshot = make_snapshot("Storks came back in March.")
    appearance = curating.add_appearance(
        claim=claim, by=make_user("editor"), snapshot=snapshot, quote="Storks came back"
    )
    assert found("stork")
    run(f"DELETE FROM claims_appearance WHERE id = {appearance.pk}")
    assert not found("stork")


def test_a_claim_longer_than_an_index_entry():
    """A tsvector holds a megabyte; what is longer is searched by its beginning, and recorded all the same."""
    text = " ".join(f"{number}x" for number in range(200_000))
    claim = make_claim(snapshot=make_snapshot(text), quote="0x 1x")
    rest = {"start_offset": 0, "end_offset": len(text), "prefix": "", "suffix": ""}
    make = {"claim_id": claim.pk, "snapshot_id": make_snapshot(text + "!").pk, "quote": text}
    run(insert("claims_appearance", **make, **{**rest, "suffix": "!"}))
    assert claim.appearances.count() == 2

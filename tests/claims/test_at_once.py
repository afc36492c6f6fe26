"""Two users who do something at the same time, each on a connection of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection, transaction

from claims import curating, reviewing
from claims.models import Appearance, Claim, Merge, Speaker
from claimtrack.db.attribution import acting, verb
from claimtrack.refusals import Conflict, Refused, Stale
from tests.factories import EVIDENCE, QUOTE, make_claim, make_snapshot, make_speaker, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20  # seconds until a thread that waits for ever fails the test


def at_once(*acts):
    """Call the functions in threads that start together. Return the result or refusal of each."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(PATIENCE) for done in [pool.submit(run, act) for act in acts]]


@contextmanager
def holding(row):
    """Lock this row until the end of the block, so that others wait for it."""
    with transaction.atomic():
        type(row).objects.select_for_update().get(pk=row.pk)
        yield


def queue_up(row, *acts):
    """Call the functions in threads while this row is locked, so that they wait in this order, and then release the lock."""
    with ThreadPoolExecutor(len(acts)) as pool:
        with holding(row):
            waiting = []
            for act in acts:
                waiting.append(pool.submit(at_once, act))
                wait_for_waiters(len(waiting))
        return [result for done in waiting for result in done.result(PATIENCE)]


def wait_for_waiters(number):
    """Wait until this many connections to the database wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
        waiters = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        found = 0
        while found < number:
            # pg_stat_activity stands still inside a transaction unless one asks anew.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiters)
            [found] = cursor.fetchone()


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_two_decisions():
    claim = make_claim("in_review")

    def publish(verdict):
        given = {"verdict": verdict, "rationale": "Counted.", "evidence": EVIDENCE}
        return lambda: reviewing.review(claim=claim, to="checked", by=claim.assignee, expected=claim.version, **given)

    results = queue_up(claim, publish("true"), publish("false"))
    assert kinds(results) == ["Review", "Stale"]
    [row] = [result for result in results if not isinstance(result, Stale)]
    claim.refresh_from_db()
    assert (claim.verdict, claim.reviews.filter(to_status="checked").count()) == (row.verdict, 1)


def test_two_decisions_in_batches():
    """Without a version to compare, the table of transitions decides."""
    claim = make_claim()
    moderators = make_user("moderator"), make_user("moderator")
    acts = [lambda by=by: reviewing.review(claim=claim, to="unverified", by=by, expected=None) for by in moderators]
    results = queue_up(claim, *acts)
    assert kinds(results) == ["Conflict", "Review"]
    assert claim.reviews.count() == 1


def test_two_edits():
    claim, moderator = make_claim(), make_user("moderator")
    acts = [
        lambda text=text: curating.edit_claim(claim=claim, by=moderator, expected=claim.version, text=text)
        for text in ("One.", "Other.")
    ]
    results = queue_up(claim, *acts)
    assert kinds(results) == ["Claim", "Stale"]


def test_one_claim_proposed_twice():
    by, snapshot = make_user("moderator"), make_snapshot()
    given = {"by": by, "text": "Once.", "origin_key": "a" * 64, "appearances": [{"snapshot": snapshot, "quote": QUOTE}]}
    results = at_once(*[lambda: curating.propose(**given)] * 4)
    assert len({result.claim.pk for result in results}) == 1
    assert sorted(result.created for result in results) == [False, False, False, True]
    assert Claim.objects.count() == 1 and Appearance.objects.count() == 1


def test_the_last_two_appearances():
    claim, by = make_claim(), make_user("moderator")
    curating.add_appearance(claim=claim, by=by, snapshot=make_snapshot(), quote=QUOTE)
    acts = [
        lambda appearance=appearance: curating.remove_appearance(appearance=appearance, by=by)
        for appearance in claim.appearances.all()
    ]
    results = queue_up(claim, *acts)
    assert [result.code for result in results if result] == ["last_appearance"]
    assert claim.appearances.count() == 1


def test_the_last_two_appearances_in_psql():
    claim = make_claim()
    curating.add_appearance(claim=claim, by=make_user("moderator"), snapshot=make_snapshot(), quote=QUOTE)

    def delete(appearance):
        with acting(make_user("moderator")):
            Appearance.objects.filter(pk=appearance.pk).delete()

    results = queue_up(claim, *[lambda a=appearance: delete(a) for appearance in claim.appearances.all()])
    assert [result.code for result in results if result] == ["last_appearance"]
    assert claim.appearances.count() == 1


@pytest.mark.parametrize("kind", [Claim, Speaker])
def test_opposite_merges(kind):
    speaker, by = make_speaker(), make_user("editor")
    a, b = [make_claim(speaker=speaker) if kind is Claim else make_speaker() for _ in range(2)]
    verb = curating.merge_claims if kind is Claim else curating.merge_speakers
    acts = [partial(verb, loser=loser, winner=winner, reason="One.", by=by) for loser, winner in ((a, b), (b, a))]
    # Both ask for the lower id first: else the second would hold b while it waits for a, and the first want b.
    results = queue_up(a, *acts)
    assert [type(result) for result in results] == [Merge, Conflict]
    assert [result.code for result in results if isinstance(result, Conflict)] == ["merged"]
    assert kind.objects.filter(merged_into=None, pk__in=[a.pk, b.pk]).count() == 1


def test_one_merge_undone_twice():
    speaker, by = make_speaker(), make_user("editor")
    loser, winner = make_claim(speaker=speaker), make_claim(speaker=speaker)
    merge = curating.merge_claims(loser=loser, winner=winner, reason="One.", by=by)
    results = queue_up(merge, *[lambda: curating.undo_merge(merge=merge, by=by)] * 2)
    assert kinds(results) == ["Conflict", "Merge"]
    assert loser.appearances.count() == winner.appearances.count() == 1


def test_a_submission_while_a_merge_is_undone():
    speaker, by = make_speaker(), make_user("editor")
    loser, winner = make_claim(speaker=speaker), make_claim("in_review", speaker=speaker)
    merge = curating.merge_claims(loser=loser, winner=winner, reason="One.", by=by)
    given = {"verdict": "true", "rationale": "Counted.", "evidence": EVIDENCE}
    queue_up(
        winner,
        lambda: reviewing.review(claim=winner, to="awaiting_approval", by=winner.assignee, expected=None, **given),
        lambda: curating.undo_merge(merge=merge, by=by),
    )
    merge.refresh_from_db()
    # Whichever came first: nothing moved under the submission, or it was made after the move.
    assert (winner.appearances.count() == 2) == (merge.undone_at is None)


@pytest.mark.parametrize("merged_first", [True, False])
def test_a_claim_proposed_while_its_speaker_is_merged_away(merged_first):
    loser, winner, editor = make_speaker(), make_speaker(), make_user("editor")
    snapshot, by = make_snapshot(), make_user("contributor")
    place = {"snapshot": snapshot, "quote": QUOTE}
    acts = [
        lambda: curating.merge_speakers(loser=loser, winner=winner, reason="One.", by=editor),
        lambda: curating.propose(by=by, text="Mine.", speaker=loser, appearances=[place]),
    ]
    results = queue_up(loser, *(acts if merged_first else acts[::-1]))
    assert [result.code for result in results if isinstance(result, Conflict)] == ["merged_speaker"] * merged_first
    assert not Claim.objects.filter(speaker__merged_into__isnull=False).exists()


def test_a_deadlock_is_a_conflict():
    """A deadlock can never be ruled out. One of the two gets a refusal that says to try again."""
    a, b = make_speaker(), make_speaker()
    both_hold_one = threading.Barrier(2)

    def act(first, second):
        with acting(make_user("editor")):
            Speaker.objects.select_for_update().get(pk=first.pk)
            both_hold_one.wait(PATIENCE)
            Speaker.objects.select_for_update().get(pk=second.pk)

    results = at_once(lambda: act(a, b), lambda: act(b, a))
    assert [result.code for result in results if result] == ["deadlock"]


def test_a_verb_that_a_deadlock_ends_is_called_again():
    a, b = make_speaker(), make_speaker()
    both_hold_one = threading.Barrier(2)

    def act(first, second):
        called = []

        @verb
        def lock_both(*, by):
            Speaker.objects.select_for_update().get(pk=first.pk)
            if not called:
                called.append(True)
                both_hold_one.wait(PATIENCE)
            Speaker.objects.select_for_update().get(pk=second.pk)

        lock_both(by=make_user("editor"))

    assert at_once(lambda: act(a, b), lambda: act(b, a)) == [None, None]

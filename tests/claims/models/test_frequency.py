import pytest
from django.db import connection, transaction

from claims import curating
from claims.matching import match
from claims.models import Frequency, FrequencyChange
from claims.models.frequency import fold
from tests.factories import make_claim, make_external_review, make_user, step, take_to

pytestmark = pytest.mark.django_db

COUNTED = """
    SELECT word, ndoc FROM ts_stat($$SELECT search FROM claims_claim WHERE merged_into_id IS NULL
        AND status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn')$$)"""
KEPT = """
    SELECT lexeme, sum(claims) FROM (SELECT lexeme, claims FROM claims_frequency
        UNION ALL SELECT lexeme, claims FROM claims_frequencychange) AS kept
    WHERE lexeme <> '' GROUP BY lexeme HAVING sum(claims) <> 0"""


def counted(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {word: int(claims) for word, claims in cursor.fetchall()}


def assert_right():
    assert counted(KEPT) == counted(COUNTED)


def test_only_public_claims_are_counted():
    claim = make_claim(text="Herons carry bassoons.")
    assert counted(KEPT) == {}
    take_to(claim, "unverified")
    assert counted(KEPT)["bassoons"] == 1
    assert_right()


def test_they_follow_what_happens_to_a_claim():
    editor = make_user("editor")
    claim = make_claim("unverified", text="Herons carry bassoons.")
    other = make_claim("unverified", text="Eels carry oboes.", speaker=claim.speaker)
    steps = [
        lambda: curating.edit_claim(claim=claim, by=editor, expected=None, text="Herons carry dulcimers."),
        lambda: make_external_review(claim, title="Do herons carry zithers?"),
        lambda: step(claim, "in_review", by=editor),
        lambda: step(claim, "checked", by=editor),
        lambda: curating.merge_claims(loser=other, winner=claim, reason="The same.", by=editor),
        lambda: step(make_claim("unverified", text="Eels play."), "dismissed", by=editor, rationale="No claim."),
        fold,
    ]
    for number, take in enumerate(steps):
        take()
        assert counted(KEPT) == counted(COUNTED), f"after step {number}"


def test_a_merge_and_its_undoing():
    editor = make_user("editor")
    loser = make_claim("unverified", text="Eels carry oboes.")
    winner = make_claim("unverified", text="Herons carry bassoons.", speaker=loser.speaker)
    merge = curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    assert_right()
    curating.undo_merge(merge=merge, by=editor)
    assert_right()


def test_folding_adds_the_changes_up_and_counts_each_once():
    for text in ("Herons carry bassoons.", "Herons carry oboes.", "Eels carry oboes."):
        make_claim("unverified", text=text)
    before = counted(KEPT)
    assert fold() > 0 and FrequencyChange.objects.count() == 0
    assert counted(KEPT) == before
    assert Frequency.objects.get(lexeme="oboes").claims == 2
    assert Frequency.objects.get(lexeme="").claims == 3
    assert fold() == 0


def test_a_change_that_moves_no_word_appends_nothing():
    claim = make_claim("unverified")
    fold()
    step(claim, "in_review", by=make_user("editor"))
    assert FrequencyChange.objects.count() == 0


def test_a_hidden_claim_moves_no_public_score():
    editor = make_user("editor")
    for text in ("Herons carry bassoons.", "Herons carry oboes across the harbour.", "Eels play oboes."):
        make_claim("unverified", text=text)

    def scores():
        [found] = match(["Do herons carry oboes?"], user=None)
        return [(one.claim.pk, one.score) for one in found]

    before = scores()
    assert len(before) == 3
    hidden = make_claim(text="Herons carry oboes, oboes and bassoons.")
    assert scores() == before, "adding"
    curating.edit_claim(claim=hidden, by=editor, expected=None, text="Herons carry oboes and oboes.")
    assert scores() == before, "changing"
    step(hidden, "dismissed", by=editor, rationale="No claim.")
    assert scores() == before, "dismissing"


@pytest.mark.django_db(transaction=True)
def test_no_writer_waits_for_another_because_of_a_word(django_db_blocker):
    """An open transaction has accepted a claim with the same words. Whoever folds does not wait for it, either."""
    from django.db import connections

    first, second = make_claim(text="Herons carry bassoons."), make_claim(text="Herons carry bassoons.")
    accept = "UPDATE claims_claim SET text = text || ' Again.' WHERE id = %s"
    take_to(first, "unverified")
    take_to(second, "unverified")
    other = connections["default"].copy()
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(accept, [first.pk])
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
                cursor.execute(accept, [second.pk])
        assert fold() > 0
        assert_right()
    finally:
        other.close()

"""Comments: who may write them, whom they mention, and that they never change."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims import curating
from claims.models import Claim, Comment, Notice
from claimtrack.db import revision
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_works(moderator):
    claim = factories.make_claim()
    row = curating.comment(claim=claim, by=moderator, text="  Who counted?\r\nAnd when? ")
    assert (row.claim, row.author, row.text) == (claim, moderator, "Who counted?\nAnd when?")
    assert row.withdrawn_at is None


def test_the_author_withdraws_it(moderator):
    row = curating.comment(claim=factories.make_claim(), by=moderator, text="Wrong place.")
    row = curating.withdraw_comment(comment=row, by=moderator)
    assert row.text == "" and row.withdrawn_at >= row.at
    with pytest.raises(Conflict, match="already"):
        curating.withdraw_comment(comment=row, by=moderator)


def test_nobody_else_withdraws_it(moderator):
    row = curating.comment(claim=factories.make_claim(), by=moderator, text="Mine.")
    with pytest.raises(NotAllowed) as refused:
        curating.withdraw_comment(comment=row, by=factories.make_user("editor"))
    assert refused.value.code == "not_author"


def test_contributors_do_not_comment():
    me = factories.make_user("contributor")
    with pytest.raises(NotAllowed):
        curating.comment(claim=factories.make_claim(by=me), by=me, text="Mine.")


@pytest.mark.parametrize(("text", "code"), [("  \n", "required"), ("x" * 5001, "too_long"), ("a\0", "bad_character")])
def test_a_text_that_is_refused(moderator, text, code):
    with pytest.raises(Invalid) as refused:
        curating.comment(claim=factories.make_claim(), by=moderator, text=text)
    assert (refused.value.code, refused.value.field) == (code, "text")


def test_a_claim_that_was_merged_away_takes_none(moderator):
    editor = factories.make_user("editor")
    winner = factories.make_claim("unverified")
    loser = factories.make_claim("unverified", speaker=winner.speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    with pytest.raises(Conflict) as refused:
        curating.comment(claim=loser, by=moderator, text="Here?")
    assert refused.value.code == "merged"


def test_it_mentions_whoever_reads_comments(moderator):
    ines = factories.make_user("editor", username="ines")
    factories.make_user("contributor", username="tim")
    factories.make_user("moderator", username="gone", is_active=False)
    assert curating.mentioned("@Ines. and @tim, @gone") == ([ines], ["tim", "gone"])
    claim = factories.make_claim()
    curating.comment(claim=claim, by=moderator, text="@Ines. and @tim, @gone")
    [notice] = Notice.objects.all()
    assert (notice.person, notice.kind, notice.by) == (ines, "mentioned", moderator)


def test_readers_learn_nothing_of_it(moderator):
    """Neither the revision, nor the version of the claim, nor the feed of changes."""
    claim = factories.make_claim("checked")
    before = (revision.current(), claim.version)
    row = curating.comment(claim=claim, by=moderator, text="Between us.")
    curating.withdraw_comment(comment=row, by=moderator)
    assert (revision.current(), Claim.objects.get(pk=claim.pk).version) == before


CHANGES = [
    "UPDATE claims_comment SET text = 'Never said.'",
    "UPDATE claims_comment SET text = 'Never said.', withdrawn_at = now()",
    "UPDATE claims_comment SET text = '', withdrawn_at = now(), at = '2020-01-01'",
    "UPDATE claims_comment SET text = '', withdrawn_at = now(), author_id = author_id + 1",
    "DELETE FROM claims_comment",
]


@pytest.mark.parametrize("change", CHANGES)
def test_no_sql_changes_it(moderator, change):
    row = curating.comment(claim=factories.make_claim(), by=moderator, text="Said.")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Comment.objects.get().text == row.text


def test_what_is_withdrawn_does_not_come_back(moderator):
    row = curating.comment(claim=factories.make_claim(), by=moderator, text="Said.")
    curating.withdraw_comment(comment=row, by=moderator)
    for change in ("SET text = 'Said.', withdrawn_at = NULL", "SET withdrawn_at = now()"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE claims_comment {change}")

"""Undoing one's own step: the claim stands where it stood, and readers never see that it moved."""

import pytest

from claims import curating, reviewing
from claims.models import Claim, Draft, Review
from claimtrack.refusals import Conflict, NotAllowed
from tests.factories import QUOTE, make_claim, make_snapshot, make_user, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(db):
    return make_user("moderator")


def taken(by):
    claim = make_claim("unverified")
    step(claim, "in_review", by=by)
    return claim


# from, the step undone, the rows that undo it
UNDONE = [
    ("proposed", "dismissed", ["reconsider"]),
    ("unverified", "dismissed", ["restore"]),
    ("in_review", "dismissed", ["restore", "take"]),
    ("unverified", "in_review", ["release"]),
    ("in_review", "unverified", ["take"]),
    ("in_review", "awaiting_approval", ["return"]),
]


@pytest.mark.parametrize(("status", "to", "names"), UNDONE)
def test_it_works(me, status, to, names):
    claim = taken(me) if status == "in_review" else make_claim(status)
    assignee = claim.assignee
    row = step(claim, to, by=me)
    claim = reviewing.undo(row=row, by=me)
    assert (claim.status, claim.assignee) == (status, assignee)
    rows = Review.objects.filter(claim=claim, pk__gt=row.pk).order_by("pk")
    assert [row.step.name for row in rows] == names
    assert {row.rationale or row.note for row in rows} == {"Undone"}
    assert not Review.objects.visible_to(None).filter(claim=claim).exists()


def test_a_submission_comes_back_as_a_draft(me):
    claim = taken(me)
    row = step(claim, "awaiting_approval", by=me, rationale="Counted at length.")
    reviewing.undo(row=row, by=me)
    assert Draft.objects.get(claim=claim, author=me).rationale == "Counted at length."


def test_what_an_editor_released_goes_back_to_whoever_had_it(me):
    editor, claim = make_user("editor"), taken(me)
    row = step(claim, "unverified", by=editor)
    assert reviewing.undo(row=row, by=editor).assignee == me


def test_whoever_left_the_desk_meanwhile_does_not_get_it_back(me):
    editor, claim = make_user("editor"), taken(me)
    row = step(claim, "unverified", by=editor)
    me.is_active = False
    me.save()
    assert reviewing.undo(row=row, by=editor).assignee is None


def test_a_free_claim_is_free_again(me):
    claim = taken(me)
    curating.assign(claim=claim, by=me, to=None)
    claim.refresh_from_db()
    row = step(claim, "dismissed", by=make_user("moderator"))
    claim = reviewing.undo(row=row, by=row.reviewer)
    assert (claim.status, claim.assignee) == ("in_review", None)


def test_only_whoever_took_it_undoes_it(me):
    row = step(taken(me), "dismissed", by=me)
    with pytest.raises(NotAllowed) as refused:
        reviewing.undo(row=row, by=make_user("editor"))
    assert refused.value.code == "not_reviewer"


def test_whoever_is_no_moderator_any_more_undoes_nothing(me):
    row = step(taken(me), "dismissed", by=me)
    me.groups.clear()
    with pytest.raises(NotAllowed):
        reviewing.undo(row=row, by=type(me).objects.get(pk=me.pk))


def another_step(claim, me):
    step(claim, "unverified", by=make_user("moderator"), rationale="After all.")


def an_edit(claim, me):
    curating.edit_claim(claim=claim, by=make_user("editor"), expected=None, text="Other words.")


def another_quote(claim, me):
    curating.add_appearance(claim=claim, by=make_user("editor"), snapshot=make_snapshot(), quote=QUOTE)


@pytest.mark.parametrize("happens", [another_step, an_edit, another_quote])
def test_what_happened_since_stands_in_the_way(me, happens):
    claim = make_claim("unverified")
    row = step(claim, "dismissed", by=me)
    assert reviewing.may_undo(claim, row, me)
    happens(claim, me)
    with pytest.raises(Conflict, match="has happened to this claim since") as refused:
        reviewing.undo(row=row, by=me)
    assert refused.value.code == "undo" and not reviewing.may_undo(Claim.objects.get(pk=claim.pk), row, me)


def test_what_readers_saw_is_not_undone(me):
    claim = taken(me)
    row = step(claim, "checked", by=me)
    with pytest.raises(Conflict, match="cannot be undone"):
        reviewing.undo(row=row, by=me)


def test_an_undo_is_not_undone(me):
    claim = make_claim("unverified")
    claim = reviewing.undo(row=step(claim, "in_review", by=me), by=me)
    last = claim.reviews.latest("pk")
    assert last.note == "Undone" and not reviewing.may_undo(claim, last, me)


def test_reopening_prepares_the_draft_of_whoever_reopens():
    editor = make_user("editor")
    claim = make_claim("checked", verdict="half_true")
    publication = claim.reviews.latest("pk")
    step(claim, "in_review", by=editor, rationale="New numbers.")
    draft = Draft.objects.get(claim=claim, author=editor)
    assert (draft.verdict, draft.rationale, draft.note) == (publication.verdict, publication.rationale, "")
    assert [row["url"] for row in draft.evidence] == [piece.url for piece in publication.evidence.all()]


def test_reopening_leaves_a_draft_that_there_is():
    editor = make_user("editor")
    claim = make_claim("withdrawn")
    curating.save_draft(claim=claim, by=editor, rationale="Begun already.")
    step(claim, "in_review", by=editor, rationale="New numbers.")
    assert Draft.objects.get(claim=claim, author=editor).rationale == "Begun already."

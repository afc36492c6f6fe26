import pytest
from django.db import IntegrityError

from claims import curating
from claims.curating.drafts import NONE
from claims.models import Draft
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import EVIDENCE, make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_user("moderator")


def held(claim, moderator):
    """The claim in review, with this person."""
    step(claim, "in_review", by=moderator)
    return claim


def save(claim, by, rationale, *expected, **given):
    return curating.save_draft(claim=claim, by=by, rationale=rationale, expected=expected or None, **given)


def test_it_works(moderator):
    claim = make_claim("in_review")
    given = {"verdict": "false", "note": "Ask.", "evidence": [{"title": "Count"}], "changes": {"said_at": "2026"}}
    draft = save(claim, moderator, "Half a", NONE, **given)
    assert (draft.verdict.code, draft.rationale, draft.note) == ("false", "Half a", "Ask.")
    assert (draft.evidence, draft.changes) == ([{"title": "Count"}], {"said_at": "2026"})
    again = save(claim, moderator, "Half a thought", draft.version, version="second")
    assert (again.pk, again.version, Draft.objects.get().rationale) == (draft.pk, "second", "Half a thought")
    curating.discard_draft(claim=claim, by=moderator)
    assert not Draft.objects.exists()


def test_each_author_has_one_of_their_own(moderator):
    claim, editor = make_claim("in_review"), make_user("editor")
    save(claim, moderator, "Mine.")
    save(claim, editor, "The Editor's.")
    assert set(Draft.objects.values_list("author", "rationale")) == {
        (moderator.pk, "Mine."),
        (editor.pk, "The Editor's."),
    }
    curating.discard_draft(claim=claim, by=editor)
    assert Draft.objects.get().author == moderator


def test_a_text_that_its_author_never_saw_is_not_overwritten(moderator):
    claim = make_claim("in_review")
    first = save(claim, moderator, "One.", NONE)
    second = save(claim, moderator, "One, two.", first.version)
    with pytest.raises(curating.DraftMoved, match="choose what to keep") as refused:
        save(claim, moderator, "One, three.", first.version)
    assert refused.value.draft == second and Draft.objects.get().rationale == "One, two."
    save(claim, moderator, "One, three.", first.version, second.version)
    assert Draft.objects.get().rationale == "One, three."


def test_an_answer_that_never_came_is_no_conflict(moderator):
    claim = make_claim("in_review")
    save(claim, moderator, "One.", NONE, version="sent")
    assert save(claim, moderator, "One, two.", NONE, "sent", version="again").version == "again"


def test_an_older_text_that_arrives_late_changes_nothing(moderator):
    claim = make_claim("in_review")
    save(claim, moderator, "One, two.", NONE, "first", version="second")
    with pytest.raises(curating.DraftMoved):
        save(claim, moderator, "One.", NONE, version="first")
    assert Draft.objects.get().rationale == "One, two."


def test_the_same_text_twice_is_no_conflict(moderator):
    claim = make_claim("in_review")
    draft = save(claim, moderator, "One.", NONE)
    assert save(claim, moderator, "One.", NONE).version == draft.version


def test_a_draft_that_was_used_elsewhere_does_not_come_back_unseen(moderator):
    claim = make_claim("in_review")
    draft = save(claim, moderator, "One.", NONE)
    curating.discard_draft(claim=claim, by=moderator)
    with pytest.raises(curating.DraftMoved) as refused:
        save(claim, moderator, "One, two.", draft.version)
    assert refused.value.draft is None and not Draft.objects.exists()


@pytest.mark.parametrize("to", ["awaiting_approval", "checked"])
def test_a_decision_uses_its_authors_draft_alone(moderator, to):
    claim, editor = held(make_claim("unverified"), moderator), make_user("editor")
    save(claim, moderator, "Mine.")
    save(claim, editor, "The Editor's.")
    step(claim, to, by=moderator)
    assert Draft.objects.get().author == editor


def test_a_correction_uses_its_authors_draft_alone(moderator):
    claim, editor = make_claim("checked"), make_user("editor")
    save(claim, moderator, "Not so.")
    save(claim, editor, "A correction.")
    step(claim, "checked", by=editor, verdict="true")
    assert Draft.objects.get().author == moderator


def test_a_decision_leaves_a_draft_that_its_author_never_saw(moderator):
    claim = held(make_claim("unverified"), moderator)
    seen = save(claim, moderator, "One.")
    save(claim, moderator, "In the other tab.", seen.version)
    step(claim, "checked", by=moderator, draft=[seen.version])
    assert Draft.objects.get().rationale == "In the other tab."


def test_a_return_refills_the_draft(moderator):
    claim = held(make_claim("unverified"), moderator)
    step(claim, "awaiting_approval", by=moderator)
    step(claim, "in_review", by=make_user("editor"), note="Count again.")
    draft = Draft.objects.get()
    assert (draft.author, draft.rationale) == (moderator, "Counted, and it was four thousand.")
    assert (draft.verdict.code, draft.evidence) == ("false", EVIDENCE)


def test_a_return_leaves_a_newer_draft_as_it_is(moderator):
    claim = held(make_claim("unverified"), moderator)
    step(claim, "awaiting_approval", by=moderator)
    save(claim, moderator, "Written since.", NONE)
    step(claim, "in_review", by=make_user("editor"), note="Count again.")
    assert Draft.objects.get().rationale == "Written since."


@pytest.mark.parametrize("status", ["unverified", "in_review", "awaiting_approval", "checked", "dismissed"])
def test_what_was_typed_is_kept_whatever_happened_to_the_claim(moderator, status):
    assert save(make_claim(status), moderator, "Still here.").rationale == "Still here."


def test_what_is_no_draft(moderator):
    claim = make_claim("in_review")
    with pytest.raises(Invalid, match="no member"):
        save(claim, moderator, "", changes={"status": "checked"})
    with pytest.raises(NotAllowed):
        save(claim, make_user("contributor"), "Mine.")


def test_a_merged_claim_has_no_draft():
    speaker, editor = make_speaker(), make_user("editor")
    loser, winner = make_claim(speaker=speaker), make_claim(speaker=speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    with pytest.raises(Conflict) as refused:
        save(loser, editor, "Mine.")
    assert refused.value.code == "merged"


def test_the_database_holds_one_draft_for_each_author(moderator):
    draft = save(make_claim("in_review"), moderator, "One.")
    with pytest.raises(IntegrityError, match="draft_once"):
        Draft.objects.create(claim=draft.claim, author=moderator, version="another")

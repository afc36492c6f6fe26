"""Moderators suggest where a checked claim is said again; Editors add it or decline it."""

import pytest

from claims import curating
from claims.models import Suggestion
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import QUOTE, make_claim, make_snapshot, make_speaker, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked():
    return make_claim("checked", speaker=make_speaker("Ada Roe"))


def suggest(claim, moderator, snapshot=None, quote=QUOTE):
    return curating.suggest_appearance(claim=claim, by=moderator, snapshot=snapshot or make_snapshot(), quote=quote)


def test_it_works(checked, moderator):
    suggestion = suggest(checked, moderator)
    assert (suggestion.claim, suggestion.by, suggestion.declined) == (checked, moderator, False)
    assert Suggestion.objects.for_list().get().quote == QUOTE
    before = checked.version
    added = curating.accept_suggestion(suggestion=suggestion, by=make_user("editor"))
    assert (added.claim, added.snapshot, added.quote) == (checked, suggestion.snapshot, QUOTE)
    checked.refresh_from_db()
    assert checked.version > before and checked.status == "checked"
    assert not Suggestion.objects.exists()


def test_what_was_declined_is_not_suggested_again(checked, moderator):
    suggestion = suggest(checked, moderator)
    curating.decline_suggestion(suggestion=suggestion, by=make_user("editor"))
    assert not Suggestion.objects.waiting().exists()
    assert checked.appearances.count() == 1
    with pytest.raises(Conflict) as refused:
        suggest(checked, moderator, suggestion.snapshot)
    assert refused.value.code == "suggested"


def test_contributors_suggest_nothing(checked):
    with pytest.raises(NotAllowed):
        suggest(checked, make_user("contributor"))


def test_moderators_do_not_decide(checked, moderator):
    suggestion = suggest(checked, moderator)
    for decide in (curating.accept_suggestion, curating.decline_suggestion):
        with pytest.raises(NotAllowed):
            decide(suggestion=suggestion, by=moderator)


def test_a_suggestion_is_decided_once(checked, moderator):
    suggestion, editor = suggest(checked, moderator), make_user("editor")
    curating.accept_suggestion(suggestion=suggestion, by=editor)
    with pytest.raises(Conflict) as refused:
        curating.decline_suggestion(suggestion=suggestion, by=editor)
    assert refused.value.code == "decided"


def test_a_claim_without_a_verdict_takes_the_appearance_itself(moderator):
    with pytest.raises(Conflict) as refused:
        suggest(make_claim("unverified"), moderator)
    assert refused.value.code == "no_verdict"


def test_an_appearance_on_record_is_not_suggested(moderator):
    snapshot = make_snapshot()
    with pytest.raises(Conflict) as refused:
        suggest(make_claim("checked", snapshot=snapshot), moderator, snapshot)
    assert refused.value.code == "duplicate_appearance"


def test_a_quote_that_is_not_in_the_text(checked, moderator):
    with pytest.raises(Invalid) as refused:
        suggest(checked, moderator, quote="Nobody ever said these words.")
    assert refused.value.field == "quote"

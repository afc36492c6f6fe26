import pytest
from django.db import IntegrityError

from claims import curating
from claims.models import Alias, Speaker
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import make_speaker, make_user

pytestmark = pytest.mark.django_db


def refused(kind, verb, /, **given):
    with pytest.raises(kind) as refusal:
        verb(**{"by": make_user("moderator"), **given})
    assert not isinstance(refusal.value.__cause__, IntegrityError), "the verb says so before the database has to"
    return refusal.value


def names(speaker):
    return {alias.name for alias in speaker.aliases.all()}


def test_it_works():
    speaker = curating.create_speaker(
        by=make_user("contributor"),
        name=" Zoe\u0308 Ångström ",
        kind="person",
        role="Minister",
        wikidata_id="Q42",
        website="https://zoe.example/",
        aliases=["Z. Ångström", "ZOË ÅNGSTRÖM"],
    )
    assert (speaker.name, speaker.role, speaker.wikidata_id) == ("Zoë Ångström", "Minister", "Q42")
    assert names(speaker) == {"Zoë Ångström", "Z. Ångström"}, (
        "one name in two spellings is one alias: the speaker's own"
    )
    for spelling in ("zoe angstrom", "  Zoë   ÅNGSTRÖM ", "z. angstrom"):
        assert list(Speaker.objects.named(spelling)) == [speaker]
    assert not Speaker.objects.named("zoe").exists()


def test_a_name_is_on_one_line():
    assert names(curating.create_speaker(by=make_user("contributor"), name="Ada\n Norrby", aliases=["A.\tNorrby"])) == {
        "Ada Norrby",
        "A. Norrby",
    }


def test_namesakes():
    one, other = make_speaker("Ada Norrby"), make_speaker("Ada Norrby")
    assert set(Speaker.objects.named("ada norrby")) == {one, other}


SPEAKERS = [
    ({"name": " "}, Invalid, "required", "name", "no name"),
    ({"name": "\u200b"}, Invalid, "required", "name", "nothing that shows"),
    ({"name": "´"}, Invalid, "required", "name", "nothing that could be compared"),
    ({"name": "Unknown"}, Invalid, "nobody", "name", "who stands for nobody"),
    ({"name": "неизвестно"}, Invalid, "nobody", "name", "nor in another language"),
    ({"aliases": ["N/A"]}, Invalid, "nobody", "aliases", "an alias that stands for nobody"),
    ({"name": "https://posts.example/@ada"}, Invalid, "address", "name", "where somebody speaks"),
    ({"aliases": ["ada@paper.example"]}, Invalid, "address", "aliases", "a mailbox"),
    ({"name": "x" * 301}, Invalid, "too_long", "name", "too long"),
    ({"name": "ﷺ" * 40}, Invalid, "too_long", "name", "too long once the ligature is taken apart"),
    ({"name": "Ada\0"}, Invalid, "bad_character", "name", "what PostgreSQL has no room for"),
    ({"aliases": ["Ada", ""]}, Invalid, "required", "aliases", "an empty alias"),
    ({"aliases": ["´"]}, Invalid, "required", "aliases", "an alias that could not be compared"),
    ({"kind": "robot"}, Invalid, "invalid_choice", "kind", "no kind"),
    ({"role": "x" * 301}, Invalid, "too_long", "role", "too long"),
    ({"website": "javascript:alert(1)"}, Invalid, "invalid", "website", "no address"),
    ({"website": f"https://zoe.example/{'x' * 1990}"}, Invalid, "too_long", "website", "too long"),
    ({"wikidata_id": "42"}, Invalid, "invalid", "wikidata_id", "no Q"),
    ({"wikidata_id": "Q042"}, Invalid, "invalid", "wikidata_id", "a leading zero"),
    ({"wikidata_id": "Q42\n"}, Invalid, "invalid", "wikidata_id", "a line end"),
    ({"wikidata_id": "Q4٢"}, Invalid, "invalid", "wikidata_id", "a digit of another script"),
    ({"wikidata_id": "Q1"}, Conflict, "wikidata_taken", "wikidata_id", "somebody else's"),
]


@pytest.mark.parametrize(("given", "kind", "code", "field", "reason"), SPEAKERS)
def test_a_speaker_who_is_none(given, kind, code, field, reason):
    taken, editable = make_speaker(wikidata_id="Q1"), make_speaker()
    refusal = refused(kind, curating.create_speaker, **{"name": "Ada", **given})
    assert (refusal.code, refusal.field) == (code, field), reason
    if "aliases" not in given:
        refusal = refused(kind, curating.edit_speaker, speaker=editable, **given)
        assert (refusal.code, refusal.field) == (code, field), reason
    if code == "wikidata_taken":
        assert refusal.extra == {"speaker": taken.pk}
    assert Speaker.objects.count() == 2


def test_a_rename_keeps_the_former_name():
    speaker, moderator = make_speaker("Ada Norrby", wikidata_id="Q1", role="Mayor"), make_user("moderator")
    edited = curating.edit_speaker(speaker=speaker, by=moderator, name="Ada Quill", role="Minister", wikidata_id="Q1")
    assert (edited.name, edited.role, edited.wikidata_id) == ("Ada Quill", "Minister", "Q1")
    assert names(edited) == {"Ada Norrby", "Ada Quill"}
    edited = curating.edit_speaker(speaker=speaker, by=moderator, name="ADA QUILL", wikidata_id="")
    assert (names(edited), edited.wikidata_id) == ({"Ada Norrby", "ADA QUILL"}, None), "another spelling replaces it"


def test_an_unknown_field():
    refusal = refused(Invalid, curating.edit_speaker, speaker=make_speaker(), merged_into=None)
    assert (refusal.code, refusal.field) == ("unknown_field", "merged_into")


def test_aliases():
    speaker, moderator = make_speaker("Ada Norrby"), make_user("moderator")
    alias = curating.add_alias(speaker=speaker, by=moderator, name=" Lady  Norrby")
    assert list(Speaker.objects.named("lady norrby")) == [speaker]
    curating.remove_alias(alias=alias, by=moderator)
    assert not Speaker.objects.named("lady norrby").exists()


def test_a_name_that_the_speaker_has():
    refusal = refused(Conflict, curating.add_alias, speaker=make_speaker("Ada Norrby"), name="ADA norrby")
    assert (refusal.code, refusal.field) == ("duplicate", "name")


def test_the_own_name_stays():
    own = make_speaker("Ada Norrby").aliases.get()
    assert refused(Conflict, curating.remove_alias, alias=own).code == "speaker_own_name"
    assert Alias.objects.filter(pk=own.pk).exists()


def test_a_speaker_who_was_merged_away_takes_no_edit():
    loser, winner = make_speaker(aliases=["Ada"]), make_speaker()
    curating.merge_speakers(loser=loser, winner=winner, reason="One.", by=make_user("editor"))
    assert refused(Conflict, curating.edit_speaker, speaker=loser, name="Ada").code == "merged"
    assert refused(Conflict, curating.add_alias, speaker=loser, name="A.").code == "merged"
    assert refused(Conflict, curating.remove_alias, alias=loser.aliases.get(name="Ada")).code == "merged"


ROLES = [
    (None, {"create_speaker", "edit_speaker", "add_alias", "remove_alias"}, "no role, no edit"),
    ("contributor", {"edit_speaker", "add_alias", "remove_alias"}, "a Contributor only adds"),
    ("moderator", set(), "a Moderator looks after them"),
]


@pytest.mark.parametrize(("role", "closed", "reason"), ROLES)
def test_who_may(role, closed, reason):
    speaker, by = make_speaker(aliases=["Ada"]), make_user(role)
    verbs = {
        "create_speaker": {"name": "Tom"},
        "edit_speaker": {"speaker": speaker, "role": "Mayor"},
        "add_alias": {"speaker": speaker, "name": "A."},
        "remove_alias": {"alias": speaker.aliases.get(name="Ada")},
    }
    for verb, given in verbs.items():
        if verb in closed:
            refused(NotAllowed, getattr(curating, verb), by=by, **given)
        else:
            getattr(curating, verb)(by=by, **given)

import pytest
from django.db import IntegrityError

from claims import curating
from claims.models import Appearance, Claim, ClaimTopic, Topic
from claims.text.limits import MAX_TEXT
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Stale
from claimtrack.warnings import InputWarning
from tests.factories import QUOTE, TEXT, make_claim, make_snapshot, make_speaker, make_topic, make_user, step

pytestmark = pytest.mark.django_db


def propose(by=None, **given):
    given = {"text": "The bridge carries 9,000 cars.", "appearances": [place()], **given}
    return curating.propose(by=by or make_user("contributor"), **given)


def place(quote=QUOTE, snapshot=None, **where):
    return {"snapshot": snapshot or make_snapshot(), "quote": quote, **where}


def refused(kind, verb, **given):
    with pytest.raises(kind) as refusal:
        verb(**given)
    assert not isinstance(refusal.value.__cause__, IntegrityError), "the verb says so before the database has to"
    return refusal.value


def test_propose():
    contributor, speaker = make_user("contributor"), make_speaker()
    first, second = make_snapshot(), make_snapshot("“Nine  thousand cars”, she’d said.")
    proposed = propose(
        by=contributor,
        text="  Cafe\u0301s line the bridge. ",
        appearances=[place(snapshot=first), place("'Nine thousand cars'", second)],
        speaker=speaker.pk,
        speaker_role="Mayor",
        said_at="2026-03",
        language="en-GB",
        topics=[make_topic("roads"), make_topic("bridges").slug],
        origin="api",
        origin_key="a" * 64,
    )
    assert proposed.created
    claim = Claim.objects.get(pk=proposed.claim.pk)
    assert (claim.text, claim.speaker, claim.speaker_role, claim.said) == (
        "Cafés line the bridge.", speaker, "Mayor", "2026-03",
    )  # fmt: skip
    assert (claim.language, claim.status, claim.verdict, claim.version) == ("en-GB", "proposed", None, 1)
    assert (claim.origin, claim.origin_key, claim.created_by) == ("api", "a" * 64, contributor)
    assert {topic.slug for topic in claim.topics.all()} == {"roads", "bridges"}
    for appearance in claim.appearances.all():
        text = appearance.snapshot.text
        assert text[appearance.start_offset : appearance.end_offset] == appearance.quote
        assert text.startswith(appearance.prefix + appearance.quote + appearance.suffix)
    assert claim.appearances.get(snapshot=second).quote == "“Nine  thousand cars”"


def test_a_day_to_come_is_kept_with_a_warning():
    proposed = propose(said_at="2998-09-03")
    detail = "2998-09-03 lies after tomorrow. Are day and month in their places?"
    assert proposed.claim.said == "2998-09-03"
    assert proposed.warnings == (InputWarning("date_to_come", "said_at", detail),)
    edited = curating.edit_claim(claim=propose().claim, by=make_user("moderator"), expected=None, said_at="2998")
    assert [warning.code for warning in edited.warnings] == ["date_to_come"]


def test_a_day_that_has_been_gets_no_warning():
    assert propose(said_at="2026-03").warnings == propose().warnings == ()


def test_the_least_that_a_claim_is():
    claim = propose().claim
    assert (claim.speaker, claim.said, claim.language, claim.origin, claim.origin_key) == (None, None, "", "desk", None)


def test_line_ends_are_of_one_kind_and_a_role_is_on_one_line():
    claim = propose(text="Nine ferries\r\nsail.\r", speaker_role="Head of\r\n Roads").claim
    assert (claim.text, claim.speaker_role) == ("Nine ferries\nsail.", "Head of Roads")


def test_a_claimreview_may_appear_nowhere():
    assert not propose(appearances=[], origin="claimreview").claim.appearances.exists()


def test_one_of_several_occurrences():
    snapshot = make_snapshot("Ten ships. Ten ships. Ten ships.")
    for where in ({"start": 11}, {"prefix": "Ten ships. ", "start": 11}, {"prefix": "ships. ", "suffix": ". Ten"}):
        claim = propose(appearances=[place("Ten ships", snapshot, **where)]).claim
        assert claim.appearances.get().start_offset == 11


PROPOSALS = [
    # what is given, code, field, why
    ({"text": " \n"}, "required", "text", "no wording"),
    ({"text": "\u200b\u202e"}, "required", "text", "nothing that shows"),
    ({"text": "x" * (MAX_TEXT + 1)}, "too_long", "text", "an essay"),
    ({"text": "a\0b"}, "bad_character", "text", "what PostgreSQL has no room for"),
    ({"text": "a\ud800b"}, "bad_character", "text", "what UTF-8 has no room for"),
    ({"text": None}, "invalid", "text", "no text"),
    ({"speaker": 987654}, "not_found", "speaker", "nobody"),
    ({"speaker_role": "x" * 301}, "too_long", "speaker_role", "too long"),
    ({"said_at": "yesterday"}, "invalid", "said_at", "no date"),
    ({"said_at": "2026-02-30"}, "invalid", "said_at", "no such day"),
    ({"said_at": "9999-12-31"}, "invalid", "said_at", "what some software writes for the end of time"),
    ({"said_at": "٢٠٢٥"}, "invalid", "said_at", "digits that would come back otherwise"),
    ({"language": "English"}, "invalid", "language", "a name is no tag"),
    ({"language": "en\nfr"}, "invalid", "language", "two lines"),
    ({"topics": ["unheard-of"]}, "not_found", "topics", "no such topic"),
    ({"appearances": []}, "required", "appearances", "a claim appears somewhere"),
]


@pytest.mark.parametrize(("given", "code", "field", "reason"), PROPOSALS)
def test_a_proposal_that_makes_no_sense(given, code, field, reason):
    refusal = refused(Invalid, propose, **given)
    assert (refusal.code, refusal.field) == (code, field), reason
    assert not Claim.objects.exists()


QUOTES = [
    ("four thousand bicycles", {}, "quote_absent", "it is not there"),
    ("the bridge carries nine thousand cars a day", {}, "quote_absent", "letter case is what was said"),
    ("", {}, "quote_empty", "nothing"),
    ("she", {}, "quote_ambiguous", "twice, and nothing tells which"),
    (QUOTE, {"start": 3}, "quote_absent", "somewhere else"),
    (QUOTE, {"prefix": "He shouted: "}, "quote_absent", "after other words"),
    ("x" * (MAX_TEXT + 1), {}, "too_long", "a chapter is no quote"),
]


@pytest.mark.parametrize(("quote", "where", "code", "reason"), QUOTES)
def test_a_quote_that_is_not_in_the_snapshot(quote, where, code, reason):
    refusal = refused(Invalid, propose, appearances=[place(), place(quote, **where)])
    assert (refusal.code, refusal.field) == (code, "appearances.1.quote"), reason
    assert not Appearance.objects.exists()
    claim = make_claim()
    given = {"snapshot": make_snapshot(), "quote": quote, **where}
    refusal = refused(Invalid, curating.add_appearance, claim=claim, by=make_user("moderator"), **given)
    assert (refusal.code, refusal.field) == (code, "quote"), reason


def test_an_absent_quote_shows_the_nearest_passage():
    refusal = refused(Invalid, propose, appearances=[place("The bridge carries four thousand cars a day")])
    nearest = refusal.extra["nearest"]
    assert nearest["quote"] == TEXT[nearest["start"] : nearest["end"]]
    assert QUOTE in nearest["quote"]


def test_an_ambiguous_quote_shows_the_candidates():
    refusal = refused(Invalid, propose, appearances=[place("she")])
    assert [TEXT[one["start"] : one["end"]] for one in refusal.extra["candidates"]] == ["she", "she"]


def test_the_same_place_twice():
    snapshot = make_snapshot()
    refusal = refused(Invalid, propose, appearances=[place(snapshot=snapshot), place(snapshot=snapshot)])
    assert (refusal.code, refusal.field) == ("duplicate_appearance", "appearances.1.quote")
    claim = make_claim(snapshot=snapshot)
    given = {"claim": claim, "by": make_user("moderator"), "snapshot": snapshot, "quote": QUOTE}
    assert refused(Conflict, curating.add_appearance, **given).code == "duplicate_appearance"


def test_an_origin_key_on_record_returns_that_claim():
    contributor = make_user("contributor")
    claim = propose(by=contributor, origin_key="a" * 64).claim
    curating.edit_claim(claim=claim, by=contributor, expected=None, text="Reworded.")
    again = propose(by=contributor, origin_key="a" * 64, text="Something else.")
    assert (again.claim, again.claim.text, again.created) == (claim, "Reworded.", False)
    assert Claim.objects.count() == 1


def test_an_origin_key_follows_merges():
    editor, speaker = make_user("editor"), make_speaker()
    a, b, c = (make_claim(speaker=speaker, origin_key=key) for key in ("a" * 64, "b" * 64, "c" * 64))
    curating.merge_claims(loser=a, winner=b, reason="One.", by=editor)
    curating.merge_claims(loser=b, winner=c, reason="One.", by=editor)
    assert propose(by=editor, origin_key="a" * 64).claim == c


def test_what_is_on_record_but_hidden_is_not_shown():
    claim = propose(origin_key="a" * 64).claim
    refusal = refused(Conflict, propose, origin_key="a" * 64)
    assert (refusal.code, refusal.extra) == ("already_recorded", {})
    assert str(claim.pk) not in refusal.message
    step(claim, "unverified", by=make_user("moderator"))
    assert propose(origin_key="a" * 64).claim == claim


def test_the_same_words_are_no_refusal():
    speaker = make_speaker()
    one, other = (propose(speaker=speaker).claim for _ in range(2))
    assert (one.text, one.speaker) == (other.text, other.speaker)


EDITORS = [
    # status, who, may edit, why
    ("proposed", "stranger", False, "another's proposal"),
    ("proposed", "author", True, "one's own"),
    ("proposed", "moderator", True, "any"),
    ("proposed", None, False, "no role"),
    ("unverified", "author", False, "accepted: it is the desk's now"),
    ("unverified", "moderator", True, "no verdict in force"),
    ("dismissed", "author", False, "decided"),
    ("awaiting_approval", "moderator", True, "topics and language stay open"),
    ("withdrawn", "moderator", True, "no verdict in force"),
    ("checked", "moderator", False, "a verdict is in force"),
    ("checked", "editor", True, "topics and language stay open for Editors"),
]


@pytest.mark.parametrize(("status", "who", "may", "reason"), EDITORS)
def test_who_edits(status, who, may, reason):
    author = make_user("contributor")
    claim = make_claim(status, by=author)
    by = author if who == "author" else make_user("contributor" if who == "stranger" else who)
    edit = {"claim": claim, "by": by, "expected": claim.version, "language": "en", "topics": [make_topic("roads")]}
    assert curating.may_edit(claim, by) == may, reason
    if may:
        claim = curating.edit_claim(**edit)
        assert (claim.language, [topic.slug for topic in claim.topics.all()]) == ("en", ["roads"])
    else:
        assert refused(NotAllowed, curating.edit_claim, **edit).code == "not_allowed"


@pytest.mark.parametrize("verb", [propose, curating.create_topic])
def test_nobody_adds_without_a_role(verb):
    given = {} if verb is propose else {"name": "Roads"}
    for by in (make_user(), make_user("editor", is_active=False)):
        refused(NotAllowed, verb, by=by, **given)


def test_nobody_learns_what_a_snapshot_says_without_a_role():
    given = {"claim": make_claim(), "snapshot": make_snapshot(), "quote": "The bridge carries ten thousand cars a day"}
    assert refused(NotAllowed, curating.add_appearance, by=make_user(), **given).extra == {}


def test_edit():
    claim, other = make_claim(topics=["roads", "cars"]), make_speaker()
    changes = {
        "text": "Fewer.",
        "speaker": other,
        "speaker_role": "Count",
        "said_at": "2026",
        "topics": ["cars", "air"],
    }
    make_topic("air")
    edited = curating.edit_claim(claim=claim, by=make_user("moderator"), expected=claim.version, **changes)
    assert (edited.text, edited.speaker, edited.speaker_role, edited.said) == ("Fewer.", other, "Count", "2026")
    assert {topic.slug for topic in edited.topics.all()} == {"cars", "air"}
    assert edited.version > claim.version
    edited = curating.edit_claim(
        claim=edited, by=make_user("moderator"), expected=edited.version, speaker=None, said_at=None
    )
    assert (edited.speaker, edited.said) == (None, None)


def test_an_edit_that_changes_nothing():
    claim = make_claim(said_at="2026", topics=["roads"])
    same = {"text": claim.text, "speaker": claim.speaker, "said_at": "2026", "topics": ["roads"]}
    assert curating.edit_claim(claim=claim, by=make_user("moderator"), expected=None, **same).version == claim.version
    assert not claim.events.exists()


def test_a_stale_edit():
    claim, moderator = make_claim(), make_user("moderator")
    edit = {"claim": claim, "by": moderator, "expected": claim.version}
    curating.edit_claim(**edit, topics=[make_topic("roads")])
    refusal = refused(Stale, curating.edit_claim, **edit, text="Mine.")
    assert refusal.extra == {"version": claim.version + 1}
    place = {"snapshot": make_snapshot(), "quote": QUOTE}
    refused(Stale, curating.add_appearance, **edit, **place)
    refused(Stale, curating.remove_appearance, appearance=claim.appearances.get(), by=moderator, expected=claim.version)


@pytest.mark.parametrize("status", ["checked", "awaiting_approval"])
@pytest.mark.parametrize("change", [{"text": "x"}, {"speaker": None}, {"speaker_role": "x"}, {"said_at": "2026"}])
def test_what_is_closed(status, change):
    claim = make_claim(status)
    refusal = refused(Conflict, curating.edit_claim, claim=claim, by=make_user("editor"), expected=None, **change)
    assert (refusal.code, refusal.field) == ("closed", next(iter(change)))


def test_an_unknown_field():
    claim, editor = make_claim(), make_user("editor")
    for name in ("status", "verdict", "version", "origin_key", "created_by"):
        refusal = refused(Invalid, curating.edit_claim, claim=claim, by=editor, expected=None, **{name: "x"})
        assert (refusal.code, refusal.field) == ("unknown_field", name)


def test_a_speaker_who_was_merged_means_the_winner():
    loser, winner, last = make_speaker(), make_speaker(), make_speaker()
    editor = make_user("editor")
    curating.merge_speakers(loser=loser, winner=winner, reason="One.", by=editor)
    curating.merge_speakers(loser=winner, winner=last, reason="One.", by=editor)
    loser.refresh_from_db()
    assert propose(speaker=loser).claim.speaker == last
    claim = make_claim()
    assert curating.edit_claim(claim=claim, by=editor, expected=None, speaker=loser.pk).speaker == last


def test_appearances_come_and_go():
    claim, moderator = make_claim(), make_user("moderator")
    added = curating.add_appearance(claim=claim, by=moderator, snapshot=make_snapshot(), quote=QUOTE)
    assert claim.appearances.count() == 2
    curating.remove_appearance(appearance=claim.appearances.exclude(pk=added.pk).get(), by=moderator)
    assert claim.appearances.get() == added
    assert refused(Conflict, curating.remove_appearance, appearance=added, by=moderator).code == "last_appearance"


def test_an_editor_adds_an_appearance_under_a_verdict_and_nobody_takes_one_away():
    claim, editor = make_claim("checked"), make_user("editor")
    place = {"claim": claim, "snapshot": make_snapshot(), "quote": QUOTE}
    refused(NotAllowed, curating.add_appearance, by=make_user("moderator"), **place)
    added = curating.add_appearance(by=editor, **place)
    assert refused(Conflict, curating.remove_appearance, appearance=added, by=editor).code == "appearances_closed"


def test_appearances_are_closed_while_a_claim_awaits_approval():
    claim, editor = make_claim("awaiting_approval"), make_user("editor")
    place = {"claim": claim, "snapshot": make_snapshot(), "quote": QUOTE}
    assert refused(Conflict, curating.add_appearance, by=editor, **place).code == "appearances_closed"
    given = {"appearance": claim.appearances.get(), "by": editor}
    assert refused(Conflict, curating.remove_appearance, **given).code == "appearances_closed"


def test_an_appearance_that_is_gone():
    claim, moderator = make_claim(), make_user("moderator")
    added = curating.add_appearance(claim=claim, by=moderator, snapshot=make_snapshot(), quote=QUOTE)
    curating.remove_appearance(appearance=Appearance.objects.get(pk=added.pk), by=moderator)
    assert refused(Conflict, curating.remove_appearance, appearance=added, by=moderator).code == "not_found"


def test_create_topic():
    contributor = make_user("contributor")
    topic = curating.create_topic(by=contributor, name=" Roads & bridges ")
    assert (topic.name, topic.slug) == ("Roads & bridges", "roads-bridges")
    assert curating.create_topic(by=contributor, name="Дороги", slug="Dorogi").slug == "dorogi"


TOPICS = [
    ({"name": "Roads!"}, Conflict, "duplicate", "another topic's slug"),
    ({"name": " "}, Invalid, "required", "no name"),
    ({"name": "Дороги"}, Invalid, "required", "a name that gives no slug"),
    ({"name": "x" * 201}, Invalid, "too_long", "too long"),
]


@pytest.mark.parametrize(("given", "kind", "code", "reason"), TOPICS)
def test_a_topic_that_is_none(given, kind, code, reason):
    make_topic("roads")
    assert refused(kind, curating.create_topic, by=make_user("contributor"), **given).code == code, reason
    assert Topic.objects.count() == 1


def test_a_topic_may_be_given_twice():
    topic = make_topic("roads")
    claim = propose(topics=[topic, "roads", topic]).claim
    assert ClaimTopic.objects.filter(claim=claim).count() == 1

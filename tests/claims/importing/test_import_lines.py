import threading

import pytest
from django.apps import apps
from django.db import connection

from claims import curating, importing
from claims.importing import Report, import_lines
from claims.importing import report as report_module
from claims.models import Claim, Speaker, Topic
from claimtrack.refusals import NotAllowed
from sources.models import Snapshot
from sources.pages.canonical import sha256
from tests.claims.bad_lines import BAD, GOOD, TEXT, TRANSCRIPT, line, make_ledger
from tests.factories import make_snapshot, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=[1, importing.CHUNK], ids=["line by line", "at once"])
def chunk(request, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", request.param)


@pytest.fixture
def snapshot():
    return make_ledger()


def run(*lines: bytes, role: str = "moderator", **options) -> Report:
    return import_lines(lines=lines, by=options.pop("by", None) or make_user(role), **options)


def ledger() -> dict[str, list]:
    """Every row of the ledger, its history and all."""
    models = [m for label in ("sources", "claims") for m in apps.get_app_config(label).get_models()]
    return {m.__name__: list(m._default_manager.order_by("pk").values()) for m in models}


def test_a_day_to_come_goes_in_with_a_warning(snapshot):
    report = run(line(), line(id=2, claim__said_at="2998-09"))
    assert (report.new, report.refused, report.warned) == (2, 0, 1)
    assert [(w.code, w.field) for w in report.last.warnings] == [("date_to_come", "/claim/said_at")]
    assert Claim.objects.filter(said_at__year=2998).count() == 1


def test_it_works(snapshot):
    by = make_user("contributor")
    report = run(line(), line(id=2, claim__text="Ten ferries sail a day.", quote="Ten,", speaker=None), b"\n", by=by)
    assert (report.new, report.known, report.accepted, report.refused, report.kept) == (2, 0, 0, 0, True)
    claim = Claim.objects.get(text="Nine ferries sail a day.")
    assert (claim.status, claim.origin, claim.created_by) == ("proposed", "import", by)
    assert claim.speaker == Speaker.objects.get(name="Ada Brook", role="Harbour master")
    assert claim.speaker_role == "Harbour master"
    assert (claim.said, claim.language) == ("2026-03", "en")
    assert [(topic.slug, topic.name) for topic in claim.topics.all()] == [("ferries", "Ferries")]
    found = claim.appearances.get()
    assert found.snapshot == snapshot and found.quote == GOOD["quote"]
    assert TEXT[found.start_offset : found.end_offset] == found.quote
    assert Claim.objects.exclude(pk=claim.pk).get().speaker is None


def test_a_second_run_changes_nothing(snapshot):
    """Also after people reworded one claim, dismissed another, merged a third and merged speakers."""
    lines = [line(claim__text=f"Claim {number}.", speaker__name=f"Ada Brook {number}") for number in range(4)]
    run(*lines)
    editor, claims = make_user("editor"), list(Claim.objects.order_by("pk"))
    curating.edit_claim(claim=claims[0], by=editor, expected=None, text="Reworded.", topics=[])
    step(claims[1], "dismissed", by=editor)
    speakers = [Speaker.objects.get(name=f"Ada Brook {number}") for number in range(4)]
    curating.merge_speakers(loser=speakers[2], winner=speakers[0], reason="One woman.", by=editor)
    curating.merge_claims(loser=claims[2], winner=claims[0], reason="The same.", by=editor)
    curating.edit_speaker(speaker=speakers[3], by=editor, name="A. B.")
    before = ledger()
    report = run(*lines)
    assert (report.new, report.known, report.refused) == (0, 4, 0)
    assert ledger() == before


def test_the_same_line_twice_is_one_claim(snapshot):
    report = run(line(), line())
    assert (report.new, report.known) == (1, 1)


def test_accept_takes_what_is_still_proposed(snapshot):
    lines = [line(claim__text=f"Claim {number}.") for number in range(4)]
    run(*lines)
    editor, claims = make_user("editor"), list(Claim.objects.order_by("pk"))
    step(claims[0], "dismissed", by=editor)
    curating.merge_claims(loser=claims[1], winner=claims[2], reason="The same.", by=editor)
    report = run(*lines[:2], lines[3], line(claim__text="New."), accept=True)
    assert (report.new, report.known, report.accepted) == (1, 3, 2)
    now = [(claim.text, claim.status) for claim in Claim.objects.order_by("pk")]
    # The winner of the merge is on a line that this file does not have.
    assert [status for _, status in now] == ["dismissed", "proposed", "proposed", "unverified", "unverified"]
    assert run(*lines[:2], lines[3], line(claim__text="New."), accept=True).accepted == 0


def test_each_bad_line_is_refused_and_the_others_go_in(snapshot):
    before = ledger()
    report = run(*[bad.line for bad in BAD])
    assert ledger() == before
    told = {refusal.line: (refusal.code, refusal.pointer) for refusal in report.refusals}
    for number, bad in enumerate(BAD, 1):
        assert told.get(number) == (bad.code, bad.pointer), bad.why
    report = run(BAD[0].line, line(), BAD[-1].line)
    assert (report.new, [refusal.line for refusal in report.refusals]) == (1, [1, 3])


def test_a_refused_line_leaves_no_speaker_and_no_topic(snapshot):
    report = run(line(quote="Nine boats sank", speaker__name="Eve Fox", claim__topics=["wrecks"]))
    assert report.refused == 1
    assert not Speaker.objects.filter(name="Eve Fox").exists() and not Topic.objects.exists()


def test_an_absent_quote_shows_the_nearest_passage(snapshot):
    (refusal,) = run(line(quote="Nine boats sail every day")).refusals
    assert "Nine boats sail each day" in refusal.extra["nearest"]["quote"]


def test_strict_is_all_or_nothing(snapshot):
    before = ledger()
    report = run(line(), BAD[0].line, line(id=3, quote="Ten"), BAD[-1].line, strict=True, accept=True)
    assert (report.new, report.refused, report.kept) == (2, 2, False)
    assert ledger() == before
    report = run(line(), strict=True)
    assert (report.new, report.kept, Claim.objects.count()) == (1, True, 1)


def test_a_dry_run_changes_nothing_and_tells_what_would_happen(snapshot):
    run(line())
    before = ledger()
    report = run(line(), line(id=2), line(id=2), BAD[0].line, dry_run=True, accept=True)
    assert (report.new, report.known, report.accepted, report.refused, report.kept) == (1, 2, 2, 1, False)
    assert ledger() == before


def test_progress_sees_the_report_after_each_line(snapshot):
    seen = []
    run(line(), BAD[0].line, b"", progress=lambda report: seen.append((report.new, report.refused)))
    assert seen == [(1, 0), (1, 1)]


def test_an_import_that_is_interrupted_is_run_again(snapshot):
    lines = [line(id=number) for number in range(3)]

    def interrupted():
        yield lines[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_lines(lines=interrupted(), by=make_user("contributor"))
    report = run(*lines)
    assert (report.new + report.known, Claim.objects.count()) == (3, 3)


def test_a_report_keeps_the_first_refusals_and_counts_the_others(snapshot, monkeypatch):
    monkeypatch.setattr(report_module, "MAX_REFUSALS", 2)
    seen = []
    report = run(*[b"{}"] * 4, line(), progress=lambda report: seen.append(report.last))
    assert (report.refused, report.new) == (4, 1)
    assert report.refusals == seen[:2]
    assert [getattr(last, "line", None) for last in seen] == [1, 2, 3, 4, None]
    assert seen[-1].claim == Claim.objects.get().pk


# Who may


def test_only_contributors_import(snapshot):
    with pytest.raises(NotAllowed):
        run(line(), by=make_user())


def test_only_moderators_accept(snapshot):
    with pytest.raises(NotAllowed):
        run(line(), role="contributor", accept=True)
    assert not Claim.objects.exists()


def test_what_is_hidden_from_a_contributor_is_refused_without_its_id(snapshot):
    run(line())
    (refusal,) = run(line(), role="contributor").refusals
    assert refusal.code == "already_recorded" and not refusal.extra


# Where


def test_the_newest_snapshot_that_contains_the_quote(snapshot):
    newer = make_snapshot(TEXT.replace("Nine boats", "Eight boats"), article=snapshot.article)
    run(line(), line(id=2, quote="Eight boats sail each day"), line(id=3, quote="“Ten,” he said"))
    places = [claim.appearances.get().snapshot for claim in Claim.objects.order_by("pk")]
    assert places == [snapshot, newer, newer]


def test_the_snapshot_as_the_article_stands_now_goes_first(snapshot):
    make_snapshot(TEXT + " Later.", article=snapshot.article)
    snapshot.article.current_snapshot = snapshot
    snapshot.article.save()
    run(line())
    assert Claim.objects.get().appearances.get().snapshot == snapshot


def test_typographic_differences_are_tolerated_and_the_slice_is_kept(snapshot):
    run(line(quote='"Nine  boats sail each day,"'))
    assert Claim.objects.get().appearances.get().quote == "“Nine boats sail each day,”"


@pytest.mark.parametrize(
    "context", [{"start": TEXT.rindex("No more.")}, {"prefix": "laughed."}, {"suffix": "“Ten"}], ids=str
)
def test_context_tells_which(snapshot, context):
    report = run(line(quote="No more.", **context))
    assert not report.refusals
    assert Claim.objects.get().appearances.get().start_offset == TEXT.rindex("No more.")


def test_an_article_without_url_is_found_by_source_and_text(snapshot):
    report = run(
        line(article={"sha256": sha256(TRANSCRIPT)}),
        line(article={"sha256": sha256(TRANSCRIPT)}, source={"name": "Harbour Post"}, id=2),
        line(article={"sha256": sha256(TRANSCRIPT)}, source={"name": "HARBOUR\u200b POST"}, id=3),
    )
    assert report.new == 3
    assert set(Snapshot.objects.filter(appearances__isnull=False)) == {Snapshot.objects.get(text=TRANSCRIPT)}


def test_a_domain_that_the_ledger_does_not_know_is_no_objection(snapshot):
    assert run(line(source__domain="mirror.example")).new == 1


# Who


def speaker_of(**changes) -> Speaker:
    report = run(line(id="last", **changes))
    assert not report.refusals
    return Speaker.objects.get(claims__in=Claim.objects.order_by("-pk")[:1])


def test_the_wikidata_id_decides(snapshot):
    known = make_speaker("Ada Brook-Lane", wikidata_id="Q42")
    assert speaker_of(speaker__wikidata_id="Q42") == known


def test_a_known_name_with_another_id_is_another_person(snapshot):
    known = make_speaker("Ada Brook", wikidata_id="Q42")
    made = speaker_of(speaker__wikidata_id="Q43")
    assert made != known and (made.name, made.wikidata_id) == ("Ada Brook", "Q43")


def test_a_name_without_id_that_matches_one_is_that_one(snapshot):
    known = make_speaker("Ada Lane", wikidata_id="Q42", aliases=["ADA BROOK"])
    assert speaker_of() == known


def test_a_merged_speaker_means_the_winner(snapshot):
    loser, winner = make_speaker("Ada Brook", wikidata_id="Q42"), make_speaker("Ada Lane")
    curating.merge_speakers(loser=loser, winner=winner, reason="Married.", by=make_user("editor"))
    assert speaker_of() == winner
    assert run(line(id="by id", speaker__wikidata_id="Q42")).new == 1
    assert not Claim.objects.exclude(speaker=winner).exists()


def test_namesakes_are_listed(snapshot):
    (refusal,) = run(line(speaker={"name": "cy dunn"})).refusals
    namesakes = list(Speaker.objects.filter(name="Cy Dunn").order_by("pk"))
    assert refusal.extra == {"speakers": [speaker.pk for speaker in namesakes]}
    assert all(f"({speaker.pk}), {speaker.wikidata_id}" in refusal.message for speaker in namesakes)
    assert refusal.message.endswith("Give in “speaker” its id or its Wikidata id.")


def test_the_advice_of_the_refusal_works(snapshot):
    mayor, baker = Speaker.objects.filter(name="Di Ames").order_by("pk")
    (refusal,) = run(line(speaker={"name": "Di Ames"})).refusals
    assert refusal.message.endswith("Give in “speaker” its id or a role that only one has.")
    assert (
        run(line(speaker={"name": "Di Ames", "id": baker.pk}), line(speaker={"name": "DI AMES", "role": "mayor"})).new
        == 2
    )
    assert [claim.speaker for claim in Claim.objects.order_by("pk")] == [baker, mayor]
    mayoress = make_speaker("Di Ames", role="Mayor")
    (refusal,) = run(line(speaker={"name": "Di Ames", "role": "Mayor"})).refusals
    assert refusal.extra == {"speakers": [mayor.pk, mayoress.pk]}
    assert refusal.message.endswith("Give in “speaker” its id.")


def test_an_id_of_somebody_else(snapshot):
    known = make_speaker("Ada Brook", wikidata_id="Q42")
    (by_name,) = run(line(speaker={"name": "Vera Moss", "id": known.pk})).refusals
    (by_id,) = run(line(speaker={"name": "Ada Brook", "id": known.pk, "wikidata_id": "Q43"})).refusals
    assert (by_name.code, by_name.pointer) == ("speaker_differs", "/speaker/name")
    assert (by_id.code, by_id.pointer) == ("speaker_differs", "/speaker/wikidata_id")
    assert speaker_of(speaker={"name": "Ada Brook", "id": known.pk, "wikidata_id": "Q42"}) == known


ONE_SPEAKER = [
    ("Maeve O’Brill", "Maeve O'Brill", "kinds of apostrophe"),
    ("Anna-Lise Dorn", "Anna‐Lise Dorn", "kinds of hyphen"),
    ("Işık Demir", "ışık demir", "case in Turkish"),
    ("А. С. Дёмин", "А.С. Дёмин", "blanks after initials"),
    ("محمد", "محم\u200fد", "a character that cannot be seen"),
    ("ナカダ", "ﾅｶﾀﾞ", "the width of kana"),
]
TWO_SPEAKERS = [
    ("Søren Bjørk", "Soren Bjork", True, "another letter: perhaps the same person"),
    ("Lê Văn Dung", "Lê Văn Dũng", True, "a tone mark: perhaps the same person"),
    ("Нина Ёлкина", "Нина Елкина", True, "ё and е: perhaps the same person"),
    ("ナカダ ケン", "ナガタ ケン", False, "two family names"),
    ("हिन्द", "हिनद", False, "a virama makes another word"),
]


@pytest.mark.parametrize(("first", "second", "reason"), ONE_SPEAKER)
def test_spellings_that_sound_the_same_are_one_speaker(snapshot, first, second, reason):
    report = run(line(speaker={"name": first}), line(id=2, speaker={"name": second}))
    assert (report.new, report.warned) == (2, 0)
    assert Claim.objects.values("speaker").distinct().count() == 1, reason


@pytest.mark.parametrize(("first", "second", "alike", "reason"), TWO_SPEAKERS)
def test_spellings_that_differ_are_two_speakers(snapshot, first, second, alike, reason):
    report = run(line(speaker={"name": first}), line(id=2, speaker={"name": second}))
    assert (report.new, report.warned) == (2, alike), reason
    assert Claim.objects.values("speaker").distinct().count() == 2, reason
    if alike:
        (warning,) = report.last.warnings
        known = Speaker.objects.get(name=first)
        assert (warning.code, warning.field) == ("speaker_alike", "/speaker/name")
        assert f"{first} ({known.pk})" in warning.detail


@pytest.mark.parametrize(
    "name",
    [
        "Ann Hale and Tom Reyes",
        "Anna Weiß und Jörg Müller",
        "Ana Ruiz y Luis Gil",
        "أحمد كريم وليلى حسن",
        "김철수와 이영희",
    ],
)
def test_a_name_that_looks_like_several_people_is_kept_with_a_warning(snapshot, name):
    report = run(line(speaker={"name": name}))
    assert Claim.objects.get().speaker.name == name
    assert [(warning.code, warning.field) for warning in report.last.warnings] == [("speaker_several", "/speaker/name")]


@pytest.mark.parametrize("name", ["Marks and Hale", "Department of Health and Social Care", "José Ortega y Gasset"])
def test_a_name_with_and_in_it(snapshot, name):
    assert run(line(speaker={"name": name})).warned == 0


def test_the_name_of_a_wikidata_id_that_the_ledger_lacks(snapshot):
    known = make_speaker("Ada Brook-Lane", wikidata_id="Q42")
    report = run(line(speaker={"name": "Ada Lamb", "wikidata_id": "Q42"}))
    assert Claim.objects.get().speaker == known
    assert [warning.code for warning in report.last.warnings] == ["speaker_name_differs"]


@pytest.mark.parametrize("name", ["N/A", "Unknown", "-", "Various", "Неизвестно", "不明", "غير معروف"])
def test_a_name_that_stands_for_nobody_is_no_speaker(snapshot, name):
    before = Speaker.objects.count()
    report = run(line(speaker={"name": name}))
    assert [warning.code for warning in report.last.warnings] == ["speaker_nobody"]
    assert Claim.objects.get().speaker is None and Speaker.objects.count() == before


def test_who_has_a_wikidata_id_may_be_called_anonymous(snapshot):
    assert speaker_of(speaker={"name": "Anonymous", "wikidata_id": "Q42", "kind": "group"}).name == "Anonymous"


def test_several_people_saying_the_same_are_several_claims(snapshot):
    assert run(line(), line(speaker__name="Ben Hale"), line(speaker=None)).new == 3


def test_a_new_speaker_has_what_the_line_says(snapshot):
    made = speaker_of(speaker={"name": "Port", "kind": "organisation", "role": "Harbour", "aliases": ["The Port"]})
    assert (made.kind, made.role, made.wikidata_id) == ("organisation", "Harbour", None)
    assert {alias.name for alias in made.aliases.all()} == {"Port", "The Port"}


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_speaker_and_one_topic(snapshot):
    start = threading.Barrier(2)
    by = make_user("contributor")

    def one(number: int) -> None:
        start.wait()
        import_lines(lines=[line(id=f"{number}.{count}") for count in range(5)], by=by)
        connection.close()

    threads = [threading.Thread(target=one, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Claim.objects.count() == 10
    assert (Speaker.objects.filter(name="Ada Brook").count(), Topic.objects.count()) == (1, 1)

"""Articles: ingest, the workbench, claims from selected passages, and newer snapshots."""

import html
import re

import pytest
from django.urls import reverse

from claims.models import Claim, Speaker
from sources.models import Article, Snapshot
from tests import factories

EMOJI = "He waved 👋🏽. «La población é grande» 🇫🇷 — שלום עולם, she said. 👋🏽 Twice."


@pytest.fixture
def contributor(db):
    return factories.make_user("contributor")


@pytest.fixture
def desk(client, contributor):
    client.force_login(contributor)
    return client


def url(snapshot):
    return reverse("admin:sources_article_change", args=[snapshot.article_id])


def propose(client, snapshot, quote, **data):
    start = data.pop("start", snapshot.text.find(quote))
    given = {"text": "Greetings were given.", "quote": quote, "start": start, "action": "propose", **data}
    return client.post(url(snapshot), given)


def test_a_passage_becomes_a_claim(desk, contributor):
    snapshot = factories.make_snapshot(EMOJI)
    speaker = factories.make_speaker()
    answer = propose(desk, snapshot, "שלום עולם", speaker=speaker.pk, said_at="2025-03", topics=[])
    assert answer.status_code == 302, answer.content.decode()
    claim = Claim.objects.get()
    appearance = claim.appearances.get()
    assert (claim.created_by, claim.speaker, claim.said, claim.status) == (contributor, speaker, "2025-03", "proposed")
    assert snapshot.text[appearance.start_offset : appearance.end_offset] == appearance.quote == "שלום עולם"


def test_a_day_to_come_is_kept_with_a_warning(desk):
    answer = propose(desk, factories.make_snapshot(EMOJI), "Twice", said_at="2998-09-03")
    shown = [(message.level_tag, message.message) for message in answer.wsgi_request._messages]
    assert shown == [
        ("success", "Proposed “Greetings were given.”"),
        ("warning", "2998-09-03 lies after tomorrow. Are day and month in their places?"),
    ]


@pytest.mark.parametrize(
    ("selected", "whole"),
    [("aved", "waved"), ("població", "población"), ("עולם", "עולם"), ("waved 👋", "waved 👋🏽")],
    ids=["a word", "its end", "nothing", "a sign of two code points"],
)
def test_a_selection_is_widened_to_what_it_splits(desk, selected, whole):
    snapshot = factories.make_snapshot(EMOJI)
    start = EMOJI.index(selected)
    told = desk.get(url(snapshot), {"widen": f"{start},{len(selected)}"}).json()
    assert (told["quote"], told["start"]) == (whole, EMOJI.index(whole))

    answer = propose(desk, snapshot, selected)
    assert Claim.objects.get().appearances.get().quote == whole
    shown = [message.message for message in answer.wsgi_request._messages]
    assert (told["message"] in shown) == (whole != selected)


@pytest.mark.parametrize("selected", ["", "1", "a,b", "1,2,3"])
def test_a_selection_that_makes_no_sense_is_refused(desk, selected):
    assert desk.get(url(factories.make_snapshot(EMOJI)), {"widen": selected}).status_code == 400


def test_a_selection_beyond_the_text_is_nothing(desk):
    told = desk.get(url(factories.make_snapshot(EMOJI)), {"widen": "-5,900000"}).json()
    assert told["start"] == 0 and told["quote"] == EMOJI


def test_a_pasted_part_of_a_word_is_refused_with_the_whole(desk):
    answer = propose(desk, factories.make_snapshot(EMOJI), "aved", start="")
    assert answer.status_code == 400 and answer.context["nearest"]["quote"] == "waved"


def test_the_offset_tells_which_of_two_is_meant(desk):
    snapshot = factories.make_snapshot(EMOJI)
    second = EMOJI.rindex("👋🏽")
    propose(desk, snapshot, "👋🏽 Twice", start=second)
    assert Claim.objects.get().appearances.get().start_offset == second


def test_an_offset_in_other_units_is_refused(desk):
    snapshot = factories.make_snapshot(EMOJI)
    # What JavaScript would say without conversion: each emoji counts twice.
    utf16 = len(EMOJI[: EMOJI.index("she said")].encode("utf-16-le")) // 2
    answer = propose(desk, snapshot, "she said", start=utf16)
    assert answer.status_code == 400 and not Claim.objects.exists()
    assert answer.context["passage_form"].errors["quote"] and "Greetings were given." in answer.content.decode()


def test_a_new_speaker_comes_with_the_claim(desk):
    snapshot = factories.make_snapshot(EMOJI)
    propose(desk, snapshot, "she said", new_speaker="Odile Fane")
    assert Claim.objects.get().speaker.name == "Odile Fane"


def test_a_known_name_is_no_new_speaker(desk):
    factories.make_speaker("Odile Fane")
    answer = propose(desk, factories.make_snapshot(EMOJI), "she said", new_speaker="ODILE FANE")
    assert answer.status_code == 409 and answer.context["passage_form"].errors["new_speaker"]
    assert Speaker.objects.count() == 1


def test_no_speaker_is_left_behind_by_a_refused_claim(desk):
    answer = propose(desk, factories.make_snapshot(EMOJI), "she never said", start="", new_speaker="Odile Fane")
    assert answer.status_code == 400 and not Speaker.objects.exists()
    assert "Nearest passage" in answer.content.decode()


def test_the_text_stands_in_the_page_code_point_for_code_point(desk):
    text = "A < B & C\n\n  indented\tand “quoted” 👋🏽.\nEnd."
    snapshot = factories.make_snapshot(text)
    for quote in ("indented\tand", "and “quoted” 👋🏽"):
        factories.make_claim("unverified", snapshot=snapshot, quote=quote)
    page = desk.get(url(snapshot)).content.decode()
    inside = page[page.index("<article") : page.index("</article>")]
    shown = html.unescape(re.sub(r"<[^>]*>", "", inside))
    assert shown.rstrip("\n") == text


def test_hidden_claims_are_not_marked(desk):
    snapshot = factories.make_snapshot()
    factories.make_claim("proposed", snapshot=snapshot, text="Nobody may read this yet.")
    assert "Nobody may read this yet." not in desk.get(url(snapshot)).content.decode()


def test_a_newer_text_makes_a_snapshot_and_moves_no_quote(desk, settings):
    claim = factories.make_claim("unverified")
    old = claim.appearances.get().snapshot
    newer = "The mayor spoke on Monday. Nobody asked how she knew."
    answer = desk.post(url(old), {"newer": newer, "action": "snapshot"}, follow=True)
    page = answer.content.decode()
    assert "A new snapshot. No quote was moved." in page and "Gone from the current text" in page
    assert "<del>" in page and Snapshot.objects.filter(article=old.article).count() == 2
    assert claim.appearances.get().snapshot == old


def test_a_refused_snapshot_keeps_what_was_pasted(desk):
    snapshot = factories.make_snapshot()
    answer = desk.post(url(snapshot), {"newer": "bad \0 text", "action": "snapshot"})
    assert answer.status_code in (200, 400) and Snapshot.objects.count() == 1
    assert answer.context["newer"].errors["newer"]


def test_an_article_is_taken_in_with_its_source(desk):
    form = {"text": "A new bridge opens.", "url": "https://courier.example/bridge", "new_source": "The Courier"}
    answer = desk.post(reverse("admin:sources_article_add"), {**form, "published_at": "2026-03-18", "title": "Bridge"})
    article = Article.objects.get()
    assert answer["Location"] == reverse("admin:sources_article_change", args=[article.pk])
    assert (article.source.name, article.title, article.published_precision) == ("The Courier", "Bridge", "day")


def test_an_article_that_makes_no_sense_is_told_at_its_field(desk):
    form = {"text": "A new bridge opens.", "url": "nowhere", "new_source": "The Courier"}
    answer = desk.post(reverse("admin:sources_article_add"), form)
    assert answer.context["form"].errors["url"] and "A new bridge opens." in answer.content.decode()


def test_a_moderator_edits_the_details_under_their_name(client, db):
    snapshot = factories.make_snapshot()
    moderator = factories.make_user("moderator")
    client.force_login(moderator)
    details = reverse("admin:sources_article_details", args=[snapshot.article_id])
    form = {"title": "Eight thousand cars", "byline": "", "language": "en", "published_precision": ""}
    answer = client.post(details, {**form, "published_at_0": "", "published_at_1": ""})
    assert answer.status_code == 302, answer.content.decode()
    event = snapshot.article.events.latest("pk")
    assert event.pgh_context.metadata == {"user": moderator.pk}
    history = client.get(reverse("admin:sources_article_history", args=[snapshot.article_id])).content.decode()
    assert '<ins dir="auto">Eight thousand cars</ins>' in history and str(moderator) in history


def test_a_contributor_does_not_edit_the_details(desk):
    snapshot = factories.make_snapshot()
    details = reverse("admin:sources_article_details", args=[snapshot.article_id])
    assert desk.post(details, {"title": "Mine now"}).status_code == 403

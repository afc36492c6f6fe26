"""The workbench lists the quotations of the text. What a key does with one is tested in a browser."""

import pytest
from django.urls import reverse

from claims.text.quotations import proposals
from tests.factories import make_claim, make_snapshot, make_speaker, make_user

pytestmark = pytest.mark.django_db

TEXT = "“Nine boats sail each day,” said Ada Roe.\n\n“I count eight of them,” Tom Lind replied."


def page(client, snapshot):
    return client.get(reverse("admin:sources_article_change", args=[snapshot.article_id])).content.decode()


@pytest.fixture
def desk(client):
    client.force_login(make_user("contributor"))
    return client


def test_it_works(desk):
    snapshot, ada = make_snapshot(TEXT, language="en"), make_speaker("Ada Roe")
    claim = make_claim("unverified", snapshot=snapshot, quote="I count eight of them")
    shown = page(desk, snapshot)
    second, first = sorted(shown.split("data-start=")[1:], key=lambda row: "Nine boats" in row)
    assert 'data-quote="Nine boats sail each day,"' in first and f'data-speaker="{ada.pk}"' in first
    assert "<b>Ada Roe</b>" in first and "cue “said”" in first and "margin" in first
    assert "data-on-record" not in first
    assert "data-on-record" in second and f"On record: claim {claim.pk}" in second


def test_namesakes_are_buttons_and_nobody_is_chosen(desk):
    snapshot = make_snapshot(TEXT, language="en")
    namesakes = [make_speaker("Ada Roe"), make_speaker("A. Roe", aliases=["Ada Roe"])]
    [row] = [row for row in page(desk, snapshot).split("data-start=") if "Nine boats" in row and "data-take" in row]
    before, *buttons = row.split("<button")
    assert "data-speaker" not in before and "2 speakers have this name" in before
    for speaker, button in zip(namesakes, buttons[1:], strict=True):
        assert f'data-speaker="{speaker.pk}"' in button and speaker.described in button


def test_a_long_text_says_how_far_it_was_searched(desk, monkeypatch):
    text = f"{TEXT}\n\nRents have risen by 40 per cent."
    snapshot = make_snapshot(text, language="en")
    assert "were searched" not in page(desk, snapshot)
    monkeypatch.setattr(proposals, "MOST", len(TEXT) - 1)
    shown = page(desk, snapshot)
    assert "Only the first 42 characters of this long text were searched" in shown
    assert "Nine boats" in shown and 'data-quote="I count eight' not in shown and 'data-marks=""' in shown


def test_sentences_to_look_at_are_counted_and_marked(desk):
    text = "She came. Rents have risen by 40 per cent.\nIt is the first time since 2009, he said."
    shown = page(desk, make_snapshot(text, language="en"))
    assert 'data-marks="10-42 43-84 "' in shown
    assert "2 sentences with figures" in shown


def test_a_text_without_quotations_says_so(desk):
    assert "None of three words or more." in page(desk, make_snapshot("Nothing was said."))


def test_who_may_propose_nothing_sees_none(client):
    user = make_user(is_staff=True)
    client.force_login(user)
    snapshot = make_snapshot(TEXT)
    make_claim("unverified", snapshot=snapshot, quote="I count eight of them")
    assert "data-start" not in page(client, snapshot)

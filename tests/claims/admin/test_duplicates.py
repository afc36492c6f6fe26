"""Possible duplicates: speakers with similar names are merged, or marked as two."""

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Distinct, Speaker
from tests.factories import make_speaker, make_user

URL = reverse("admin:claims_speaker_duplicates")


def pairs(desk) -> list[tuple[str, str]]:
    return [(one.name, other.name) for one, other in desk.get(URL).context["pairs"]]


def test_names_that_are_alike_are_listed_until_they_are_judged(desk):
    one, other = make_speaker("Søren Bjørk"), make_speaker("Soren Bjork", aliases=["S. Bjork"])
    make_speaker("Ada Norrby")
    assert pairs(desk) == [("Søren Bjørk", "Soren Bjork")]
    answer = desk.post(URL, {"one": other.pk, "other": one.pk}, follow=True)
    assert "are two" in answer.content.decode() and answer.context["pairs"] == []
    assert Distinct.objects.get(speaker_a=one, speaker_b=other)
    assert other not in desk.get(reverse("admin:claims_speaker_change", args=[one.pk])).context["namesakes"]


ALIKE = [
    ("Lê Văn Dung", "Lê Văn Dũng", "tone marks"),
    ("Нина Ёлкина", "Нина Елкина", "ё and е"),
    ("مُحَمَّد", "محمد", "vowel marks"),
    ("山田 花", "山田花", "a blank"),
    ("Vic Twain", "Vic Twain", "namesakes"),
]


@pytest.mark.parametrize(("first", "second", "reason"), ALIKE)
def test_in_every_script(desk, first, second, reason):
    make_speaker(first), make_speaker(second)
    assert pairs(desk) == [(first, second)], reason


def test_an_alias_is_a_name(desk):
    make_speaker("Ada Norrby", aliases=["Lady Norrby"]), make_speaker("Lady Nörrby")
    assert pairs(desk) == [("Ada Norrby", "Lady Nörrby")]


def test_what_is_not_listed(desk):
    make_speaker("ナカダ"), make_speaker("ナガダ")
    make_speaker("Ada Norrby", wikidata_id="Q1"), make_speaker("Ada Nörrby", wikidata_id="Q2")
    loser, winner = make_speaker("Tom Reyes"), make_speaker("Tom Reyés")
    curating.merge_speakers(loser=loser, winner=winner, reason="One.", by=make_user("editor"))
    assert pairs(desk) == []


def test_an_editor_finds_the_way_to_the_merge(desk):
    one, other = make_speaker("Søren Bjørk"), make_speaker("Soren Bjork")
    merge = reverse("admin:claims_speaker_merge", args=[one.pk, other.pk])
    assert merge not in desk.get(URL).content.decode()
    desk.force_login(make_user("editor"))
    assert merge in desk.get(URL).content.decode()


def test_only_moderators(client, db):
    client.force_login(make_user("contributor"))
    assert client.get(URL).status_code == 403
    assert URL not in client.get(reverse("admin:claims_speaker_changelist")).content.decode()


def test_nobody_of_this_id(desk):
    assert desk.post(URL, {"one": "x", "other": ""}).status_code == 404


def test_twice_the_same(desk):
    one = make_speaker()
    answer = desk.post(URL, {"one": one.pk, "other": one.pk}, follow=True)
    assert "It takes two" in answer.content.decode() and not Distinct.objects.exists()
    assert Speaker.objects.get() == one


def test_the_list_of_speakers_leads_there(desk):
    assert URL in desk.get(reverse("admin:claims_speaker_changelist")).content.decode()


def test_a_name_that_looks_like_several_people_is_kept_with_a_word(desk):
    name = "Ann Hale and Tom Reyes"
    answer = desk.post(reverse("admin:claims_speaker_add"), {"name": name, "kind": "person"}, follow=True)
    assert "looks like several people" in answer.content.decode()
    assert Speaker.objects.get().name == name

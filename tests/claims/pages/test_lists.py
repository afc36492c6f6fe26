"""GET /speakers/3/, /sources/5/, /topics/roads/: their claims, and how many have which verdict."""

import re

import pytest

from claims import curating
from claims.models import Verdict
from tests.claims.pages.test_front import link, listed
from tests.factories import make_claim, make_snapshot, make_source, make_speaker, make_user

pytestmark = pytest.mark.django_db


def subject(name, **fields):
    """A claim's speaker, source and topic have it alone or with the `others`; the address of the one that is asked."""
    source, speaker = make_source(name="The Harbour Post", **fields), make_speaker("Mara Quill", role="Mayor")

    def make(status="unverified", **given):
        snapshot = make_snapshot(source=source, canonical_url=f"https://post.example/{make_user().pk}")
        return make_claim(status, speaker=speaker, topics=["roads"], snapshot=snapshot, **given)

    return {"speaker": f"/speakers/{speaker.pk}/", "source": f"/sources/{source.pk}/", "topic": "/topics/roads/"}[
        name
    ], make


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("speaker", ["<h1>Mara Quill</h1>", "Person", "Mayor"]),
        ("source", ["<h1>The Harbour Post</h1>", "Source"]),
        ("topic", ["<h1>Roads</h1>", "Topic"]),
    ],
)
def test_it_works(client, name, words):
    address, make = subject(name)
    claims = [
        make("checked", verdict="false"),
        make("checked", verdict="false"),
        make("checked", verdict="true"),
        make(),
    ]
    make("proposed")
    make_claim("unverified")
    page = " ".join(client.get(address).content.decode().split())
    assert listed(page) == [claim.pk for claim in reversed(claims)]
    assert all(word in page for word in words)
    assert "4 claims" in page
    counted = dict(re.findall('<b>([0-9]+)</b> <span class="verdict"[^>]*>([^<]+)<', page))
    assert counted == {"1": "without a verdict", "2": "False"} | {"1": counted["1"]}
    query = re.search(r'href="/\?([^"]+)&amp;verdict=false"', page)[1]
    assert len(listed(client.get(f"/?{query}&verdict=false").content.decode())) == 2
    assert f"/feeds/verdicts/?{query}" in page


@pytest.mark.parametrize("name", ["speaker", "source", "topic"])
def test_its_pages_follow_each_other(client, name, django_assert_num_queries):
    address, make = subject(name)
    claims = [make() for _ in range(25)]
    client.get(address)
    page = " ".join(client.get(address).content.decode().split())
    later = link(page, "next").removeprefix("http://127.0.0.1:8000")
    assert listed(page) + listed(client.get(later).content.decode()) == [claim.pk for claim in reversed(claims)]


@pytest.mark.parametrize(("name", "queries"), [("speaker", 6), ("source", 6), ("topic", 6)])
def test_its_queries_do_not_grow(client, name, queries, django_assert_num_queries):
    address, make = subject(name)
    for count in (1, 5):
        for _ in range(count):
            make("checked")
        with django_assert_num_queries(queries):
            client.get(address)


def test_no_word_of_a_row_becomes_markup(client):
    """Rows are written without a template, so nothing else escapes their words."""
    Verdict.objects.filter(code="false").update(label="<s>False</s>")
    claim = make_claim(
        "checked",
        text='<b>Nine</b> & "ten"',
        speaker=make_speaker("<i>Mara</i>"),
        speaker_role="'<u>mayor</u>'",
        verdict="false",
    )
    page = client.get("/").content.decode()
    [row] = re.findall("<li class=.tone-.*?</li>", page, re.S)
    assert set(re.findall("<([a-z0-9]+)", row)) == {"li", "p", "span", "time", "h3", "a"}
    for words in (
        "&lt;b&gt;Nine&lt;/b&gt; &amp; &quot;ten&quot;",
        "&lt;i&gt;Mara",
        "&#x27;&lt;u&gt;mayor",
        "&lt;s&gt;False",
    ):
        assert words in row
    assert f'<a href="/claims/{claim.pk}/"' in row


def test_a_speaker_with_other_names_and_pages(client):
    speaker = make_speaker("Mara Quill", aliases=["The Mayor"], wikidata_id="Q4242", website="https://quill.example/")
    make_claim("unverified", speaker=speaker)
    page = " ".join(client.get(f"/speakers/{speaker.pk}/").content.decode().split())
    assert "Also: The Mayor" in page
    assert "https://www.wikidata.org/wiki/Q4242" in page
    assert "https://quill.example/" in page


def test_a_merged_speaker_leads_to_the_winner(client):
    winner, loser = make_speaker("Mara Quill"), make_speaker("M. Quill")
    make_claim("unverified", speaker=winner)
    make_claim("unverified", speaker=loser)
    curating.merge_speakers(loser=loser, winner=winner, reason="The same.", by=make_user("editor"))
    response = client.get(f"/speakers/{loser.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/speakers/{winner.pk}/")


@pytest.mark.parametrize("name", ["speaker", "source", "topic"])
def test_what_has_no_public_claim_does_not_exist(client, name):
    address, make = subject(name)
    make("proposed")
    assert client.get(address).status_code == 404


def test_counting_ends(client, monkeypatch):
    monkeypatch.setattr("claims.pages.lists.COUNTED", 2)
    address, make = subject("topic")
    for _ in range(3):
        make()
    assert "More than 2 claims. Of the newest 2:" in " ".join(client.get(address).content.decode().split())


def test_other_parameters_change_nothing(client):
    address, make = subject("topic")
    claim = make()
    assert listed(client.get(f"{address}?fbclid=1&status=checked").content.decode()) == [claim.pk]


@pytest.mark.parametrize("part", ["cursor=rubbish", "limit=many"])
def test_an_address_that_was_cut_is_explained_to_readers(client, part):
    address, make = subject("topic")
    make()
    answer = client.get(f"{address}?{part}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert (
        "The address of this page was changed or cut" in page
        and "API" not in page.partition("<main")[2].partition("</main")[0]
    )

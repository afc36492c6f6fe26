"""GET /: the latest verdicts and corrections, search and filters."""

import html
import re

import pytest

from claims.api.filters import ClaimFilterSet
from claims.pages.front import FIELDS, MORE
from tests.factories import make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


def get(client, expected=200, **parameters):
    response = client.get("/", parameters)
    assert response.status_code == expected, response.content.decode()
    return " ".join(response.content.decode().split())


def listed(page):
    """The ids of the claims in the list of a page."""
    found = re.search('<ol class="claims">.*?</ol>', page, re.S)
    return [int(pk) for pk in re.findall('<h3><a href="/claims/([0-9]+)/"', found[0])] if found else []


def link(page, rel):
    found = re.search(f'<a href="([^"]+)" rel="{rel}"', page)
    return html.unescape(found[1]) if found else None


def test_it_works(client):
    unchecked = make_claim("unverified")
    corrected = make_claim("checked", verdict="true", text="Nine ferries sail a day.", language="en")
    last = make_claim("checked", verdict="satire", speaker=make_speaker("Mara Quill"), said_at="2025-09-05")
    step(corrected, "checked", by=make_user("editor"), verdict="false")
    make_claim("proposed")
    page = get(client)
    assert listed(page) == [corrected.pk, last.pk, unchecked.pk], "the latest verdict first, then what has none"
    assert "The latest" in page
    assert 'lang="en">Nine ferries sail a day.</a>' in page
    assert 'Said <time datetime="2025-09-05">5 September 2025</time>' in page
    assert "from True to False." in page.partition('<ol class="corrections">')[2]
    assert '<link rel="canonical" href="http://127.0.0.1:8000/">' in page


def test_words_find_claims(client):
    found = make_claim("unverified", text="A ferry sails.")
    make_claim("unverified", text="A bus runs.")
    page = get(client, q="ferry")
    assert listed(page) == [found.pk]
    assert 'name="q" type="search" value="ferry"' in page
    assert "noindex" in page


def test_filters_choose_and_stay_in_the_form(client):
    claim = make_claim("checked", verdict="false", speaker=make_speaker("Mara Quill"), topics=["roads"])
    make_claim("checked", verdict="true")
    page = get(client, verdict="false", speaker_name="mara quill", topic="roads", ordering="-reviewed_at")
    assert listed(page) == [claim.pk]
    for option in (
        'value="false" selected',
        'value="roads" selected',
        'value="-reviewed_at" selected',
        'value="mara quill"',
    ):
        assert option in page
    assert "Verdict: <b>False</b>" in page
    assert "Topic: <b>Roads</b>" in page


def test_a_filter_without_a_control_has_one_when_it_is_given(client):
    claim = make_claim("unverified")
    make_claim("unverified")
    page = get(client, speaker=claim.speaker_id, has_verdict="false")
    assert listed(page) == [claim.pk]
    assert re.search(f'<input name="speaker" type="text" value="{claim.speaker_id}"', page)
    assert 'name="has_verdict"' in page
    assert "Has a verdict: <b>false</b>" in page


def test_every_filter_has_a_label():
    assert {*FIELDS, *MORE} == {*ClaimFilterSet.base_filters, "ordering"}


def test_a_repeated_filter_has_a_control_for_each_value(client):
    claims = [make_claim("checked", verdict=verdict) for verdict in ("true", "false", "satire")]
    page = get(client, verdict=["true", "false"])
    assert listed(page) == [claims[1].pk, claims[0].pk]
    assert page.count('<select name="verdict"') == 2


def test_empty_controls_leave_the_address(client):
    response = client.get("/", {"q": "ferry", "verdict": "", "status": "", "topic": ["", "roads"]})
    assert (response.status_code, response["Location"]) == (302, "/?q=ferry&topic=roads")
    assert client.get("/", {"verdict": ""})["Location"] == "/"


# Values that no filter can read: the name, the value, the words at its field.
RUBBISH = [
    ("speaker", "abc", "an id, or none"),
    ("verdict", "NOT A SLUG", "a slug"),
    ("status", "finished", "one of proposed"),
    ("said_after", "last week", "a date"),
    ("reviewed_before", "2025-99-99", "a date"),
    ("has_verdict", "perhaps", "true or false"),
    ("source_domain", "no host", "a domain"),
    ("language", "klingonish!", "a language tag"),
    ("ids", "1,x", "ids with commas"),
    ("ordering", "sideways", "one of"),
    ("ordering", "relevance", "takes a q"),
    ("q", "the", "stop word"),
    ("cursor", "rubbish", "The address of this page was changed or cut"),
    ("limit", "100000", "“limit” does not fit"),
]


@pytest.mark.parametrize(("name", "value", "words"), RUBBISH)
def test_a_bad_value_is_refused_at_its_field(client, name, value, words):
    make_claim("unverified")
    page = get(client, 400, **{name: value})
    assert listed(page) == [], "an unfiltered list must not look like a filtered one"
    errors = re.findall(r'<p class="error"(?: id="e-([a-z_]+)")?[^>]*>(.*?)</p>', page)
    assert len(errors) == 1
    [(field, message)] = errors
    assert field == ("" if name in ("cursor", "limit") else name)
    assert words in html.unescape(message)


# As bytes of the address: a NUL, half of a surrogate pair, a lone percent sign and others that no filter expects.
ODD = ["%00", "%ed%a0%80", "%", "9" * 40, "-1", "%27", "%3Cxyz%3E", "x" * 3000, "%d9%a3", "[]", "%E2%80%8B", "1&{0}=1"]


@pytest.mark.parametrize("name", [*ClaimFilterSet.base_filters, "ordering", "cursor", "limit"])
def test_no_rubbish_breaks_it(client, name):
    make_claim("checked")
    for value in ODD:
        response = client.get(f"/?{name}={value.format(name)}")
        assert response.status_code in (200, 400), value
        assert "<xyz>" not in response.content.decode().partition("<main")[2].partition("<footer")[0]


def test_each_bad_value_is_told(client):
    page = get(client, 400, speaker="abc", verdict="N O", said_after="x")
    assert re.findall('class="error" id="e-([a-z_]+)"', page) == ["verdict", "said_after", "speaker"]


def test_what_is_no_filter_is_named_and_left_out(client):
    claim = make_claim("unverified")
    page = get(client, utm_source="elsewhere")
    assert listed(page) == [claim.pk]
    assert "“utm_source” is no filter of this page" in page


def test_pages_follow_each_other(client):
    claims = [make_claim("unverified") for _ in range(45)]
    page, met = get(client), []
    while True:
        met += listed(page)
        address = link(page, "next")
        if address is None:
            break
        page = client.get(address.removeprefix("http://127.0.0.1:8000")).content.decode()
        assert "noindex" in page
        assert "Corrections</h2>" not in page
    assert sorted(met) == [claim.pk for claim in claims]
    assert len(met) == len(set(met))
    assert link(page, "prev")


def test_its_queries_do_not_grow(client, django_assert_num_queries):
    for count in (1, 6):
        for _ in range(count):
            claim = make_claim("checked", verdict="true", topics=["roads"])
            step(claim, "checked", by=make_user("editor"), verdict="false")
        with django_assert_num_queries(6):
            get(client)

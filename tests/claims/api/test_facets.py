import pytest

from claims import curating
from claims.models import facets
from tests.factories import make_claim, make_snapshot, make_source, make_speaker, make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/facets/"


def counts(body, facet):
    return {row["value"]: row["count"] for row in body[facet]}


@pytest.fixture
def desk():
    paper, herald = make_source(name="The Paper"), make_source(name="The Herald")
    speaker = make_speaker("Mara Quill")
    first, second, other = (make_snapshot(source=source) for source in (paper, paper, herald))
    make_claim(
        "checked", verdict="half_true", speaker=speaker, topics=["ferries", "roads"], language="en", snapshot=first
    )
    quote = make_claim().appearances.get().quote
    make_claim(
        "unverified", speaker=speaker, topics=["roads"], language="en",
        appearances=[{"snapshot": snapshot, "quote": quote} for snapshot in (first, second, other)],
    )  # fmt: skip
    make_claim("unverified", speaker=None, snapshot=other)
    make_claim("dismissed", speaker=make_speaker("Unheard"), topics=["hidden"], language="gd")
    return {"paper": str(paper.pk), "herald": str(herald.pk), "speaker": str(speaker.pk)}


def test_it_works(client, desk):
    body = client.get(URL).json()
    assert (body["counted"], body["complete"]) == (3, True)
    assert body["status"][0] == {"value": "unverified", "label": "Unverified", "count": 2}
    assert counts(body, "status") == {"unverified": 2, "checked": 1}
    assert counts(body, "verdict") == {None: 2, "half_true": 1}
    assert counts(body, "speaker") == {desk["speaker"]: 2, None: 1}
    assert body["speaker"][0]["label"] == "Mara Quill"
    assert counts(body, "source") == {desk["paper"]: 2, desk["herald"]: 2}, "once a claim, however often it appears"
    assert counts(body, "topic") == {"roads": 2, "ferries": 1}
    assert counts(body, "language") == {"en": 2, None: 1}


def test_it_counts_what_the_filters_keep(client, desk):
    body = client.get(URL, {"status": "unverified", "topic": "roads"}).json()
    assert body["counted"] == 1
    assert (counts(body, "status"), counts(body, "topic")) == ({"unverified": 1}, {"roads": 1})
    nothing = client.get(URL, {"q": "nowhere"}).json()
    assert nothing == {"counted": 0, "complete": True, **{name: [] for name in facets.NAMES}}


def test_it_counts_what_one_may_see(client, desk):
    client.force_login(make_user("moderator"))
    assert counts(client.get(URL).json(), "topic") == {"roads": 2, "ferries": 1, "hidden": 1}


def test_of_many_claims_it_counts_the_newest_and_says_so(client, desk, monkeypatch):
    monkeypatch.setattr(facets, "MAX_COUNTED", 2)
    body = client.get(URL).json()
    assert (body["counted"], body["complete"]) == (2, False)
    assert counts(body, "status") == {"unverified": 2}


def test_it_names_the_most_frequent_of_many(client):
    for number in range(facets.TOP + 1):
        make_claim("unverified", topics=[f"topic-{number}"])
    curating.edit_claim(claim=make_claim("unverified"), by=make_user("editor"), expected=None, topics=["topic-20"])
    named = client.get(URL).json()["topic"]
    assert len(named) == facets.TOP
    assert named[0] == {"value": "topic-20", "label": "Topic-20", "count": 2}


@pytest.mark.parametrize("name", ["limit", "cursor", "ordering", "statuss"])
def test_it_takes_the_filters_and_nothing_else(client, name):
    problem = client.get(URL, {name: "1"}).json()
    assert (problem["status"], problem["code"], problem["field"]) == (400, "unknown_parameter", name)


def test_it_is_one_query(client, desk, django_assert_num_queries):
    with django_assert_num_queries(2):  # the revision, and the counts
        client.get(URL)

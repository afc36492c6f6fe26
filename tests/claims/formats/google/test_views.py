"""GET /v1alpha1/claims:search, as Google's Fact Check Tools API answers it."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from urllib.parse import urlsplit

import pytest
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from claims import curating
from claims.defaults import ensure_desk
from claims.formats.claimreview import Claimant, ClaimReview
from claims.importing import external_reviews
from tests.factories import make_claim, make_speaker, make_user, step

PATH = "/v1alpha1/claims:search"
TODAY = datetime.now(UTC).date()

db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(settings):
    settings.CLAIMTRACK_SITE_URL = "https://www.checks.example"
    settings.CLAIMTRACK_DESK_NAME = "The Harbour Desk"


def lantern(**members):
    """A review by another publisher, whose claim is accepted."""
    given = {
        "url": "https://www.lantern.example/checks/1",
        "text": "The ferries run empty.",
        "publisher": "Lantern Checks",
        "site": "lantern.example",
        "label": "Wide of the mark",
        "claimant": Claimant("Ottoline Brandt"),
        "published": "2025-03-04",
        "language": "en-GB",
        **members,
    }
    return external_reviews.record_review(item=ClaimReview(**given), by=make_user("moderator"), accept=True).review


def search(client, **parameters):
    response = client.get(PATH, parameters)
    assert response.status_code == 200, response.content
    return response.json()


def texts(client, **parameters):
    return [claim["text"] for claim in search(client, **parameters).get("claims", [])]


@db
def test_it_works(client):
    claim = make_claim(
        "checked",
        verdict="false",
        text="The ferries carry nine thousand cars.",
        speaker=make_speaker("Mara Quill"),
        said_at="2025-09",
        language="en",
    )
    lantern()
    assert search(client, query="ferries", key="any", prettyPrint="false") == {
        "claims": [
            {
                "text": "The ferries run empty.",
                "claimant": "Ottoline Brandt",
                "claimReview": [
                    {
                        "publisher": {"name": "Lantern Checks", "site": "lantern.example"},
                        "url": "https://www.lantern.example/checks/1",
                        "reviewDate": "2025-03-04T00:00:00Z",
                        "textualRating": "Wide of the mark",
                        "languageCode": "en-GB",
                    }
                ],
            },
            {
                "text": "The ferries carry nine thousand cars.",
                "claimant": "Mara Quill",
                "claimDate": "2025-09-01T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "The Harbour Desk", "site": "checks.example"},
                        "url": f"https://www.checks.example/claims/{claim.pk}/",
                        "reviewDate": f"{TODAY}T00:00:00Z",
                        "textualRating": "False",
                        "languageCode": "en",
                    }
                ],
            },
        ]
    }


@db
def test_nothing_found_is_an_empty_object(client):
    assert search(client, query="ferries") == {}


@db
def test_a_claim_has_the_reviews_of_all_that_fit(client):
    claim = make_claim("checked", text="The ferries run empty.", language="en")
    for number, label in enumerate(("Nonsense", "Unfug"), 1):
        item = ClaimReview(
            url=f"https://lantern{number}.example/",
            text="",
            publisher="Lantern",
            site=f"lantern{number}.example",
            label=label,
            language="en" if number == 1 else "de",
        )
        external_reviews.record_review(item=item, by=make_user("moderator"), claim=claim)

    def labels(**parameters):
        [found] = search(client, query="ferries", **parameters)["claims"]
        return [review["textualRating"] for review in found["claimReview"]]

    assert labels() == ["False", "Nonsense", "Unfug"]
    assert labels(languageCode="de-AT") == ["Unfug"]
    assert labels(languageCode="en-US") == ["False", "Nonsense"]
    assert search(client, query="ferries", languageCode="zz") == {}, "a tag of no language finds nothing"
    assert labels(reviewPublisherSiteFilter="lantern1.example") == ["Nonsense"]
    assert labels(reviewPublisherSiteFilter="www.checks.example") == ["False"]


@db
def test_a_publisher_alone_is_a_question(client):
    lantern()
    lantern(url="https://other.example/", site="notlantern.example", text="Another.")
    assert texts(client, reviewPublisherSiteFilter="lantern.example") == ["The ferries run empty."]


@db
def test_age_counts_from_the_newer_of_both_dates(client):
    day = timedelta(days=1)
    dates = {
        "old": ("2020-01-01", "2020-01-01"),
        "new review": (str(TODAY - 3 * day), "2020-01-01"),
        "new claim": ("2020-01-01", str(TODAY - 3 * day)),
        "undated": ("", ""),
    }
    for text, (published, said) in dates.items():
        lantern(
            url=f"https://lantern.example/{text[-5:].strip()}{len(text)}", text=text, published=published, said=said
        )
    site = {"reviewPublisherSiteFilter": "lantern.example"}
    assert texts(client, **site, maxAgeDays=3) == ["new claim", "new review"]
    assert texts(client, **site, maxAgeDays=2) == []
    assert len(texts(client, **site, maxAgeDays=0)) == 4


@db
def test_pages_follow_one_another_to_the_end(client):
    for number in range(5):
        lantern(url=f"https://lantern.example/{number}", text=f"Ferry {number} runs empty.")
    first = search(client, query="ferry", pageSize=2, offset=1)
    rest = search(client, query="ferry", pageSize=2, offset=1, pageToken=first["nextPageToken"])
    assert [claim["text"][6] for page in (first, rest) for claim in page["claims"]] == ["3", "2", "1", "0"]
    assert "nextPageToken" not in rest


@db
def test_a_mask_names_the_members(client):
    lantern()
    assert search(client, query="ferries", fields="claims(text,claimReview/textualRating)") == {
        "claims": [{"text": "The ferries run empty.", "claimReview": [{"textualRating": "Wide of the mark"}]}]
    }


@pytest.mark.parametrize(
    ("parameters", "word", "reason"),
    [
        ({}, "query", "neither question"),
        ({"query": "  "}, "query", "an empty one"),
        ({"query": "x", "pageSize": "-1"}, "pageSize", "less than nothing"),
        ({"query": "x", "offset": "one"}, "offset", "no number"),
        ({"query": "x", "pageToken": "x"}, "pageToken", "no token"),
        ({"query": "x", "fields": "claims("}, "fields", "no mask"),
        ({"query": "x", "alt": "media"}, "alt", "another format"),
        ({"query": "x", "langauge": "en"}, "langauge", "a misspelt parameter"),
        ({"query": ["x", "y"]}, "query", "a parameter twice"),
        (
            {"reviewPublisherSiteFilter": "lantern\0.example"},
            "reviewPublisherSiteFilter",
            "what PostgreSQL cannot read",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@db
def test_what_does_not_fit_is_an_invalid_argument(client, parameters, word, reason):
    response = client.get(PATH, parameters)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    assert word in error["message"]
    assert response.headers["Content-Type"] == "application/json"


@db
def test_a_token_with_other_parameters_is_refused(client):
    for number in range(2):
        lantern(url=f"https://lantern.example/{number}", text=f"Ferry {number} runs empty.")
    token = search(client, query="ferry", pageSize=1)["nextPageToken"]
    response = client.get(PATH, {"query": "ferry", "pageSize": 1, "languageCode": "en", "pageToken": token})
    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


@db
def test_only_what_is_public_is_found(client):
    """Whoever asks: a claim that is hidden, merged away or has no verdict in force, and reviews beside such."""
    editor = make_user("editor")
    for status in ("proposed", "unverified", "in_review", "awaiting_approval", "dismissed", "withdrawn"):
        make_claim(status, text=f"Ferries {status}.")
    item = ClaimReview("https://lantern.example/9", "Ferries hidden.", "Lantern", "lantern.example", "Nonsense")
    hidden = external_reviews.record_review(item=item, by=editor).review.claim
    merged = make_claim("withdrawn", text="Ferries merged.", speaker=None)
    curating.merge_claims(loser=merged, winner=make_claim("unverified", speaker=None), reason="Same.", by=editor)
    client.force_login(editor)
    assert search(client, query="ferries") == {}
    assert search(client, reviewPublisherSiteFilter="lantern.example") == {}
    step(hidden, "unverified", by=editor)
    assert texts(client, query="ferries") == ["Ferries hidden."]


@db
def test_its_queries_do_not_grow(client, django_assert_num_queries):
    for count in (1, 3):
        for number in range(count):
            make_claim("checked", text="The ferries run empty.")
            lantern(url=f"https://lantern.example/{count}{number}", text=f"Ferries {count} {number}.")
        with django_assert_num_queries(8):  # one of them reads the query
            search(client, query="ferries")


DISCOVERY = files("googleapiclient") / "discovery_cache/documents/factchecktools.v1alpha1.json"


class Answer(dict):
    """What the client takes for httplib2.Response: headers by their names in lower case, and the status."""

    def __init__(self, response):
        super().__init__({name.lower(): value for name, value in response.headers.items()})
        self.status, self.reason = response.status_code, response.reason_phrase


class Wire:
    """What the client takes for httplib2.Http: its requests reach the view through the test client."""

    def __init__(self, client):
        self.client = client

    def request(self, uri, method="GET", body=None, headers=None, **_):
        address = urlsplit(uri)
        assert (address.scheme, address.netloc, method) == ("https", "www.checks.example", "GET")
        response = self.client.get(f"{address.path}?{address.query}", headers={"Accept": headers["accept"]})
        return Answer(response), response.content

    def close(self):
        pass


@pytest.fixture
def google(client):
    document = json.loads(DISCOVERY.read_text())
    document |= dict.fromkeys(("rootUrl", "baseUrl"), "https://www.checks.example/")
    with build_from_document(document, http=Wire(client)) as service:
        yield service.claims()


@db
def test_the_python_client_reads_to_the_end(google):
    for number in range(7):
        lantern(url=f"https://lantern.example/{number}", text=f"Ferry {number} runs empty.")
    found = []
    request = google.search(query="ferry", pageSize=3, languageCode="en")
    while request is not None:
        page = request.execute()
        found.append([claim["text"] for claim in page["claims"]])
        request = google.search_next(request, page)
    assert [len(page) for page in found] == [3, 3, 1]
    assert sorted(text for page in found for text in page) == [f"Ferry {number} runs empty." for number in range(7)]


@db
def test_the_python_client_reads_what_is_wrong(google):
    with pytest.raises(HttpError) as refusal:
        google.search(pageSize=3).execute()
    assert (refusal.value.status_code, refusal.value.reason) == (400, "Give a query or a reviewPublisherSiteFilter.")


NODE = """
const {factchecktools} = require('@googleapis/factchecktools');
const client = factchecktools({version: 'v1alpha1', rootUrl: process.argv[1], auth: 'any'});
client.claims.search({query: 'ferries'}).then(answer => console.log(JSON.stringify(answer.data)));
"""


@pytest.mark.django_db(transaction=True)
def test_the_node_client_reads_it(live_server):
    try:
        subprocess.run(["node", "-e", "require.resolve('@googleapis/factchecktools')"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("node, or its package @googleapis/factchecktools, is not installed")
    ensure_desk()
    lantern()
    ran = subprocess.run(["node", "-e", NODE, f"{live_server.url}/"], check=True, capture_output=True, timeout=60)
    assert json.loads(ran.stdout)["claims"][0]["text"] == "The ferries run empty."


@pytest.mark.parametrize(
    ("path", "code", "status"),
    [
        ("claims:imageSearch?imageUri=x", 501, "UNIMPLEMENTED"),
        ("pages", 501, "UNIMPLEMENTED"),
        ("pages/17", 501, "UNIMPLEMENTED"),
        ("claims:other", 404, "NOT_FOUND"),
        ("", 404, "NOT_FOUND"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_other_methods_are_refused_as_google_refuses(client, method, path, code, status):
    response = getattr(client, method)(f"/v1alpha1/{path}")
    assert (response.status_code, response["Content-Type"]) == (code, "application/json")
    error = response.json()["error"]
    assert (error["code"], error["status"], bool(error["message"])) == (code, status, True)

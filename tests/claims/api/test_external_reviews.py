"""/api/v1/external-reviews/: anybody reads other publishers' reviews, and the desk records them."""

import gzip
import json

import pytest

from claims.models import Claim, ExternalReview
from tests.claims.formats.claimreview.test_files import PAGE, TABLE
from tests.claims.formats.claimreview.test_reading import NODE
from tests.factories import make_claim, make_external_review, make_user, step

pytestmark = pytest.mark.django_db

URL = "/api/v1/external-reviews/"


@pytest.fixture
def desk(client):
    """Return the client of a signed-in Moderator."""
    client.force_login(make_user("moderator"))
    return client


def send(client, body, content_type="application/ld+json", query=""):
    body = json.dumps(body) if isinstance(body, dict | list) else body
    return client.post(f"{URL}{query}", body, content_type=content_type)


def test_it_works(desk, client):
    response = send(desk, NODE, query="?accept=true")
    assert (response.status_code, response.json()) == (
        200,
        {"new": 1, "changed": 0, "known": 0, "gone": 0, "proposed": 1, "accepted": 1, "warnings": [], "refused": []},
    )
    assert send(desk, NODE).json()["known"] == 1
    client.logout()
    [shown] = client.get(URL).json()["results"]
    assert shown.pop("imported_at")
    row = ExternalReview.objects.get()
    assert shown == {
        "id": row.pk,
        "claim": row.claim_id,
        "publisher": {"name": "Lantern Checks", "site": "lantern.example"},
        "url": "https://www.lantern.example/checks/lighthouse",
        "title": "No, the lighthouse was not sold",
        "label": "Wide of the mark",
        "rating": {"value": 2.0, "best": 5.0, "worst": 1.0},
        "reviewed_at": "2025-03-04",
        "language": "en-GB",
        "claimant": "Ottoline Brandt",
        "claim_reviewed": "The town sold the lighthouse to a brewery.",
        "claimed_at": "2025-03-01",
        "gone_at": None,
    }
    claim = client.get(f"/api/v1/claims/{row.claim_id}/").json()
    assert (claim["status"], claim["verdict"], claim["provenance"]) == ("unverified", None, [])


def test_what_looks_wrong_stands_in_the_answer(desk):
    report = send(desk, {**NODE, "datePublished": "03/05/2025"}).json()
    [warned] = report["warnings"]
    assert (report["new"], warned["place"], warned["code"], warned["field"]) == (
        *(1, "item 1"),
        *("date_left_out", "datePublished"),
    )


def test_what_is_not_known_is_null(client):
    make_external_review(make_claim("unverified"), label="", rating=None)
    [shown] = client.get(URL).json()["results"]
    assert [shown[name] for name in ("title", "label", "rating", "reviewed_at", "language", "claimed_at")] == [None] * 6


def test_by_claim_and_publisher(client):
    first = make_external_review(make_claim("unverified"))
    second = make_external_review(make_claim("unverified"), site="other.example")

    def found(**parameters):
        return [row["id"] for row in client.get(URL, parameters).json()["results"]]

    assert found(claim=first.claim_id) == found(publisher_site="www.lantern.example") == [first.pk]
    assert found() == [first.pk, second.pk]
    assert client.get(f"{URL}{second.pk}/").json()["publisher"]["site"] == "other.example"


def test_a_hidden_claims_review_is_hidden(client):
    review = make_external_review(text="Nobody accepted this.")
    assert client.get(URL).json()["results"] == []
    assert client.get(f"{URL}{review.pk}/").status_code == 404
    step(review.claim, "unverified", by=make_user("moderator"))
    assert client.get(f"{URL}{review.pk}/").status_code == 200


def test_a_claim_may_be_named(desk):
    claim = make_claim("checked")
    assert send(desk, {**NODE, "claimReviewed": ""}, query=f"?claim={claim.pk}").json()["new"] == 1
    assert claim.external_reviews.count() == 1
    assert Claim.objects.get().verdict.code == "false"


@pytest.mark.parametrize(
    ("body", "content_type", "counts"),
    [
        (NODE, "application/json", (1, 0)),
        ({"@graph": [NODE, {**NODE, "claimReviewed": ""}]}, "application/ld+json", (1, 1)),
        (PAGE, "text/html", (1, 0)),
        (TABLE, "text/tab-separated-values", (1, 1)),
        (gzip.compress(TABLE.encode()), "text/tab-separated-values", (1, 1)),
    ],
    ids=["json", "graph", "page", "table", "gzip"],
)
def test_kinds_of_bodies(desk, body, content_type, counts):
    report = send(desk, body, content_type).json()
    assert (report["new"], len(report["refused"])) == counts


def test_what_is_refused_says_where_and_why(desk):
    assert send(desk, TABLE, "text/tab-separated-values").json()["refused"] == [
        {
            "place": "line 3",
            "code": "required",
            "detail": "It does not say which claim it reviews (claimReviewed).",
        }
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"datePublished": "2025-\ud83d"}, [("warnings", "date_left_out", "2025-�")]),
        ({"inLanguage": "e\udfff"}, [("warnings", "language_left_out", "e�")]),
        ({"reviewRating": {"alternateName": "Wrong \ud83d"}}, [("refused", "bad_character", "surrogate")]),
        (
            {"reviewRating": {"alternateName": "Wrong", "ratingValue": "\ud83d5"}},
            [("warnings", "rating_left_out", "�5")],
        ),
        ({"claimReviewed": "The town \ud83d"}, [("refused", "bad_character", "surrogate")]),
    ],
    ids=["date", "language", "label", "rating", "wording"],
)
def test_half_of_a_surrogate_pair_is_shown_as_a_replacement_character(desk, changes, told):
    report = send(desk, {**NODE, **changes}).json()
    found = [(kind, row["code"], row["detail"]) for kind in ("warnings", "refused") for row in report[kind]]
    for (kind, code, words), (given, said, detail) in zip(told, found, strict=True):
        assert (kind, code) == (given, said) and words in detail


@pytest.mark.parametrize(
    ("body", "query", "status", "code"),
    [
        ("name,value", "", 400, "not_claimreview"),
        ("", "", 400, "not_claimreview"),
        ("[]", "", 400, "not_claimreview"),
        (NODE, "?claim=999999", 400, "not_found"),
        (NODE, "?accept=maybe", 400, "parameter"),
        (NODE, "?acept=true", 400, "unknown_parameter"),
        ([NODE] * 1001, "", 400, "too_many"),
        (gzip.compress(b" " * 10_000_001), "", 400, "not_claimreview"),
        ("{" + " " * 10_000_000, "", 413, "body_too_large"),
    ],
    ids=["no reviews", "no body", "an empty list", "no claim", "value", "parameter", "many", "packed", "large"],
)
def test_it_is_refused(desk, body, query, status, code):
    response = send(desk, body, query=query)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not ExternalReview.objects.exists()


@pytest.mark.parametrize(
    ("role", "query", "status"), [(None, "", 403), ("contributor", "", 200), ("contributor", "?accept=true", 403)]
)
def test_who_may(client, role, query, status):
    client.force_login(make_user(role))
    assert send(client, NODE, query=query).status_code == status


def test_who_may_not_is_told_so_before_the_body_is_read(client):
    client.force_login(make_user(None))
    assert send(client, "no ClaimReview at all", "text/html").status_code == 403


def test_the_anonymous_may_not(client):
    assert send(client, NODE).status_code in (401, 403)
    assert not ExternalReview.objects.exists()


def test_its_queries_do_not_grow(client, django_assert_num_queries):
    for count in (1, 3):
        for _ in range(count):
            make_external_review(make_claim("unverified"))
        with django_assert_num_queries(2):
            client.get(URL)

"""The examples of the OpenAPI document: every operation has one, each fits its schema, and the API answers as they say."""

import csv
import io
import json
import re

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from rest_framework.exceptions import Throttled

from claims import curating, examples
from claims.api.problems import CONFLICTS, IN_PROGRESS
from claims.formats.claimreview.schema import EXAMPLE as CLAIM_REVIEW
from claims.models import Claim
from claimtrack import examples as shared
from claimtrack import server, tokens
from claimtrack.api.idempotency import _in_progress
from claimtrack.api.problems import PROBLEMS
from sources import examples as sources
from sources.models import Article
from tests.claimtrack.api.test_schema import closed
from tests.factories import make_claim, make_external_review, make_speaker, make_user

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
# Refusals that depend on the size of a body have no example.
WITHOUT = {"204", "308", "413"}


@pytest.fixture
def document(client):
    return client.get("/api/schema/").json()


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def values(document, content):
    """The examples of a media type, those of `components` looked up."""
    for example in content.get("examples", {}).values():
        if "$ref" in example:
            example = document["components"]["examples"][example["$ref"].rpartition("/")[2]]
        yield example["value"]


def test_every_answer_of_every_operation_has_one(document):
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            for media_type, content in response.get("content", {}).items():
                has_one = any(True for _ in values(document, content))
                assert has_one or status in WITHOUT, (method, path, status, media_type)
        if "requestBody" in operation:
            medias = operation["requestBody"]["content"].values()
            assert any("examples" in media for media in medias), (method, path)


def test_each_fits_its_schema(document):
    parts = {"components": closed(document["components"])}
    for path, method, operation in operations(document):
        contents = [response.get("content", {}) for response in operation["responses"].values()]
        for content in (*contents, operation.get("requestBody", {}).get("content", {})):
            for media_type, media in content.items():
                validator = Draft202012Validator({**closed(media["schema"]), **parts}, format_checker=FormatChecker())
                for value in values(document, media):
                    errors = [error.message for error in validator.iter_errors(value)]
                    assert errors == [], (method, path, media_type)


def plain(value, name=""):
    """The value without ids and times, which differ from desk to desk."""
    if isinstance(value, dict):
        return {key: plain(member, key) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(member, name) for member in value]
    if isinstance(value, bool) or name in (
        "start",
        "end",
        "value",
        "count",
        "counted",
        "version",
        "line",
        "ratingValue",
    ):
        return re.sub("^[0-9]+$", "N", value) if isinstance(value, str) else value
    if isinstance(value, int):
        return 0
    if isinstance(value, str):
        value = "0" if name.endswith("_id") and value.isdecimal() else value
        value = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", value)
        value = re.sub(r"^20\d\d-\d\d-\d\d$", "DAY", value)
        value = re.sub(r"\d+\.\d+\.\d+", "0.0.0", value) if "." in value and name in ("seq", "next") else value
        value = re.sub(r"(?<=\()\d+(?=\))", "0", value)
        return re.sub(r"(?<=/)\d+(?=/|$)|(?<=#)\d+|(?<=claim=)\d+", "0", value)
    return value


# How an answer that is no JSON is read.
READ = {
    "text/csv": lambda text: list(csv.DictReader(io.StringIO(text))),
    "application/x-ndjson": lambda text: [json.loads(line) for line in text.splitlines()],
    "application/atom+xml": str,
}


class Desk:
    """Sends requests as one person, and compares the answers with examples."""

    def __init__(self, client):
        self.client = client

    def sign_in(self, role):
        self.client.force_login(make_user(role))

    def check(self, expected, method, path, body=None, **headers):
        data = {} if body is None else {"data": body, "content_type": "application/json"}
        response = getattr(self.client, method)(path, **data, headers=headers)
        assert response.status_code < 300, response.getvalue()
        read = READ.get(response["Content-Type"].partition(";")[0], json.loads)
        answer = read(response.getvalue().decode())
        assert plain(answer) == plain(read(expected) if isinstance(expected, str) else expected), path
        return answer


def with_ids(value, ids):
    """The input with the ids of this desk for those of the examples."""
    return {name: ids.get(name, member) for name, member in value.items()}


def test_the_api_answers_as_they_say(client, settings, log_key):
    settings.CLAIMTRACK_SITE_URL, settings.CLAIMTRACK_PUBLIC_TEXT = shared.SITE, True
    make_speaker("Ada Brook", role="Painter")
    desk = Desk(client)
    desk.sign_in("editor")

    def page(row):
        return {"next": None, "previous": None, "results": [row]}

    source = desk.check(sources.SOURCE, "post", f"{V1}/sources/", sources.SOURCE_INPUT)
    waiting = {"Prefer": "respond-async"}
    desk.check(sources.FETCH_WAITING, "post", f"{V1}/articles/", {"url": sources.URL}, **waiting)
    article = desk.check(sources.ingested(is_new=True), "post", f"{V1}/articles/", sources.ARTICLE_INPUT)
    desk.check(sources.ingested(is_new=False), "post", f"{V1}/articles/", sources.ARTICLE_INPUT)
    speaker = desk.check(examples.WRITTEN_SPEAKER, "post", f"{V1}/speakers/", examples.SPEAKER_INPUT)
    desk.check(examples.TOPIC, "post", f"{V1}/topics/", examples.TOPIC_INPUT)

    body = with_ids(examples.CLAIM_INPUT, {"speaker": speaker["id"]})
    for answer, method, path, given in (
        (examples.CHANGED_CLAIM, "patch", "", examples.CLAIM_CHANGES),
        (examples.CLAIM_WITH_ANOTHER_PLACE, "post", "appearances/", examples.SECOND_PLACE_INPUT),
    ):
        spare = desk.check(examples.PROPOSED_CLAIM, "post", f"{V1}/claims/", body)
        desk.check(answer, method, f"{V1}/claims/{spare['id']}/{path}", given, If_Match=f'"{spare["version"]}"')
        # Otherwise the next one would be said to say the same.
        Claim.objects.filter(pk=spare["id"]).update(text="The harbour has a new clock.")
    claim = desk.check(examples.PROPOSED_CLAIM, "post", f"{V1}/claims/", body)
    here = f"{V1}/claims/{claim['id']}/"
    for step in (examples.ACCEPTANCE, {"to": "in_review"}):
        version = client.get(here).json()["version"]
        assert client.post(f"{here}reviews/", {**step, "expected": version}, "application/json").status_code == 201
    version = client.get(here).json()["version"]
    pieces = [with_ids(piece, {"snapshot": article["current_snapshot"]}) for piece in examples.PUBLICATION["evidence"]]
    given = {**examples.PUBLICATION, "expected": version, "evidence": pieces}
    desk.check(examples.WRITTEN_REVIEW, "post", f"{here}reviews/", given)
    desk.check(examples.IMPORTED, "post", f"{V1}/external-reviews/?claim={claim['id']}", examples.EXTERNAL_REVIEW_INPUT)
    for text, accept, answer in (
        ("One", "application/json", examples.BULK),
        ("Two", "application/x-ndjson", examples.LINE),
    ):
        line = json.dumps({**examples.LINE_INPUT, "claim": {"text": text}})
        response = client.post(
            f"{V1}/claims/bulk/", line, content_type="application/x-ndjson", headers={"Accept": accept}
        )
        assert plain(json.loads(response.content)) == plain(answer)

    ada, tom = make_user("editor", username="ada"), make_user("moderator", username="tom")
    client.force_login(ada)
    desk.check(examples.COMMENT, "post", f"{here}comments/", examples.COMMENT_INPUT)
    desk.check(page(examples.COMMENT), "get", f"{here}comments/")
    asked = desk.check(examples.DESK_INQUIRY, "post", f"{here}inquiries/", examples.INQUIRY_INPUT)
    desk.check(examples.DESK_OUTCOME, "post", f"{here}inquiries/{asked['id']}/outcomes/", examples.OUTCOME_INPUT)
    client.force_login(tom)
    told = desk.check(page(examples.NOTICE), "get", f"{V1}/notices/?unread=true")
    desk.check(examples.UNREAD, "post", f"{V1}/notices/read/", {"until": told["results"][0]["id"]})

    client.logout()
    desk.check(examples.CLAIM, "get", here)
    desk.check(page(examples.REVIEW), "get", f"{here}reviews/")
    matches = client.post(f"{V1}/claims/match/", examples.MATCH_INPUT, "application/json").json()
    matches["matches"][0]["score"] = examples.MATCHES["matches"][0]["score"]  # depends on all other claims
    assert plain(matches) == plain(examples.MATCHES)
    desk.check(page(sources.SOURCE), "get", f"{V1}/sources/")
    desk.check(page(sources.ARTICLE), "get", f"{V1}/articles/")
    desk.check(sources.ARTICLE_DETAIL, "get", f"{V1}/articles/{article['id']}/")
    desk.check(examples.QUOTATIONS, "get", f"{V1}/articles/{article['id']}/quotations/")
    desk.check(page(examples.SPEAKER), "get", f"{V1}/speakers/")
    desk.check(page(examples.TOPIC), "get", f"{V1}/topics/")
    desk.check(examples.VERDICT, "get", f"{V1}/verdicts/false/")
    desk.check(page(examples.EXTERNAL_REVIEW), "get", f"{V1}/external-reviews/")
    desk.check(examples.FACETS, "get", f"{V1}/claims/facets/")
    for path in ("", "claims.csv", "claims.ndjson", "claims.jsonld", "claims/dictionary/"):
        desk.check(shown(client, f"{V1}/{path}"), "get", f"{V1}/{path}")
    for path in ("/annotations/?claim=" + str(claim["id"]), "/feeds/claimreview/", "/feeds/verdicts/"):
        desk.check(shown(client, path.partition("?")[0]), "get", path)
    by_desk = {"query": "nine ferries", "reviewPublisherSiteFilter": CLAIM_REVIEW.site}
    answer = client.get("/v1alpha1/claims:search", by_desk).json()
    assert plain(answer) == plain(shown(client, "/v1alpha1/claims:search"))
    assert source["id"] == article["source"]["id"]

    desk.sign_in("editor")
    client.post(f"{V1}/articles/", {**sources.ARTICLE_INPUT, "text": examples.LATER_TEXT}, "application/json")
    curating.compare(Article.objects.get(pk=article["id"]), by=ada)
    [change] = desk.check(page(examples.SOURCE_CHANGE), "get", f"{V1}/source-changes/")["results"]
    given = with_ids(
        examples.SOURCE_DECISION_INPUT, {"change": change["id"], "later_snapshot": change["later_snapshot"]}
    )
    desk.check(examples.SOURCE_DECISION, "post", f"{here}source-decisions/", given)
    desk.check(page(examples.SOURCE_DECISION), "get", f"{here}source-decisions/")


def shown(client, path, method="get", status="200"):
    document = client.get("/api/schema/").json()
    [content, *_] = document["paths"][path][method]["responses"][status]["content"].values()
    [value] = values(document, content)
    return value


@pytest.mark.django_db(transaction=True)
def test_a_change_is_as_the_feed_says(client, settings):
    settings.CLAIMTRACK_SITE_URL = shared.SITE
    make_claim("unverified")
    answer = client.get(f"{V1}/claims/changes/").json()
    while answer["lag_seconds"]:
        answer = client.get(f"{V1}/claims/changes/").json()
    row = next(row for row in answer["results"] if row["kind"] == "claim")
    assert plain({**answer, "results": [row]}) == plain(examples.CHANGES)


def test_each_operation_refuses_a_parameter_as_it_says(client, document):
    claim = make_claim("checked", topics=["traffic"])
    review = make_external_review(claim)
    place = claim.appearances.get()
    ids = {
        "articles": place.snapshot.article_id,
        "sources": place.snapshot.article.source_id,
        "speakers": claim.speaker_id,
        "topics": "traffic",
        "verdicts": "false",
        "external-reviews": review.pk,
        "annotations": place.pk,
        "claims": claim.pk,
        "webhooks": 1,
        "fetches": 1,
    }
    for path, method, operation in operations(document):
        if method == "get":
            collection = next((name for name in ids if f"/{name}/" in path), "")
            response = client.get(re.sub("{.*?}", str(ids.get(collection)), path), {"statuss": "checked"})
            [content] = operation["responses"]["400"]["content"].values()
            [example] = values(document, content)
            if path.startswith("/v1alpha1/"):
                response = client.get(path)
            assert (response.status_code, response.json()) == (400, example), path


def test_a_reader_who_writes_is_told_so_as_each_operation_says(client, document):
    claim = make_claim("unverified")
    appearance = claim.appearances.get()
    user = make_user("editor")
    token = tokens.create_token(by=user, user=user, scope="read", name="reader")
    place = {"snapshot": appearance.snapshot_id, "quote": appearance.quote}
    bodies = {
        "articles_create": sources.ARTICLE_INPUT,
        "claims_appearances_create": place,
        "claims_assignee_create": {"expected": claim.version},
        "claims_assignee_update": {"to": None},
        "claims_bulk": examples.LINE_INPUT,
        "claims_comments_create": examples.COMMENT_INPUT,
        "claims_create": {"text": examples.CLAIM["text"], "appearances": [place]},
        "claims_inquiries_create": {**examples.INQUIRY_INPUT, "name": "The harbour"},
        "claims_inquiries_outcomes_create": examples.OUTCOME_INPUT,
        "claims_partial_update": examples.CLAIM_CHANGES,
        "claims_request_update": examples.REQUEST_INPUT,
        "claims_source_decisions_create": examples.SOURCE_DECISION_INPUT,
        "claims_reviews_create": {"to": "in_review", "expected": claim.version},
        "external_reviews_create": examples.EXTERNAL_REVIEW_INPUT,
        "notices_read": {"until": 1},
        "sources_create": sources.SOURCE_INPUT,
        "speakers_create": examples.SPEAKER_INPUT,
        "topics_create": examples.TOPIC_INPUT,
    }
    told = 0
    for path, method, operation in operations(document):
        if "403" in operation["responses"]:
            name = operation["operationId"]
            address = re.sub(
                "{(appearance|comment|inquiry)}",
                str(appearance.pk),
                re.sub("{(claim|id|webhook)}", str(claim.pk), path),
            )
            content_type = "application/x-ndjson" if name == "claims_bulk" else "application/json"
            headers = {"Authorization": f"Bearer {token.secret}", "If-Match": "*"}
            response = getattr(client, method)(
                address, json.dumps(bodies.get(name)), content_type=content_type, headers=headers
            )
            [example] = values(document, operation["responses"]["403"]["content"]["application/problem+json"])
            assert (response.status_code, response.json()) == (403, example), name
            told += 1
    assert told == 27


def test_refusals_are_as_they_say(client, document, settings):
    claim = make_claim("unverified")
    appearance = claim.appearances.get()
    checked = make_claim("checked")
    client.force_login(make_user("editor"))
    here = f"/api/v1/claims/{claim.pk}/"
    asked = {"content_type": "application/json"}
    seen = {"If-Match": "*"}
    answers = {
        401: client.get(here, headers={"Authorization": "Basic YTpi"}),
        404: client.get("/api/v1/claims/999999/"),
        406: client.get("/api/v1/claims/", headers={"Accept": "image/png"}),
        412: client.patch(here, {}, headers={"If-Match": f'"{claim.version - 1}"'}, **asked),
        415: client.post("/api/v1/topics/", "a", content_type="text/plain"),
        428: client.patch(here, {}, **asked),
    }
    for name, key in (("A", "1"), ("B", "1")):
        answers[422] = client.post("/api/v1/topics/", {"name": name}, headers={"Idempotency-Key": key}, **asked)
    for status, response in answers.items():
        example = PROBLEMS[status][1]
        assert (response.status_code, numbered(response.json())) == (status, numbered(example))
        assert document["components"]["examples"][f"Problem{status}"]["value"] == example
    refused = {
        "claims_appearances_destroy": client.delete(f"{here}appearances/{appearance.pk}/", headers=seen),
        "claims_partial_update": client.patch(f"/api/v1/claims/{checked.pk}/", {"text": "A"}, headers=seen, **asked),
        "claims_reviews_create": client.post(f"{here}reviews/", {"to": "in_review", "expected": 0}, **asked),
    }
    for name, response in refused.items():
        assert (response.status_code, numbered(response.json())) == (409, numbered(CONFLICTS[name]))
    gone = client.get("/api/v1/claims/changes/?since=0.1.999999999")
    assert (gone.status_code, gone.json()) == (410, shown(client, "/api/v1/claims/changes/", status="410"))
    missing = client.post("/api/v1/claims/", {"appearances": []}, **asked)
    assert missing.json() == shown(client, "/api/v1/claims/", "post", "400")


def test_what_no_request_provokes_here_is_worded_as_it_is_where_it_happens():
    assert PROBLEMS[414][1]["detail"] == server.TOO_LONG
    assert PROBLEMS[429][1]["detail"] == str(Throttled(42).detail)
    assert IN_PROGRESS["detail"] == str(_in_progress())


def numbered(problem):
    """The problem without the versions in it, which differ."""
    return {**problem, "version": 0, "detail": re.sub("[0-9]+", "N", problem["detail"])}

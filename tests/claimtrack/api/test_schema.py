"""The OpenAPI document is valid and complete, and describes what the routes really answer."""

import re

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from claims import curating
from claims.formats.representations import CLAIM_FORMATS
from claims.proof import sequencing
from claims.transitions import Status
from claims.webhooks.subscribing import create_webhook, send_test
from claimtrack import __version__
from sources.ingesting import fetches
from tests.factories import make_claim, make_external_review, make_snapshot, make_user, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    response = client.get("/api/schema/")
    assert response.status_code == 200
    return response.json()


def ours(document):
    # Whatever lies outside /api/ speaks as another API does, and is tested with that one's client.
    return {path: methods for path, methods in document["paths"].items() if path.startswith("/api/")}


def operations(document):
    return [(path, operation) for path, methods in ours(document).items() for operation in methods.values()]


def reads(document):
    return [(path, methods["get"]) for path, methods in ours(document).items() if "get" in methods]


def test_it_is_valid_and_complete(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_it_is_valid_openapi_with_no_reference_to_nowhere(document):
    validate(document)


def test_each_operation_has_a_summary_and_a_tag_that_is_declared(document):
    tags = {tag["name"] for tag in document["tags"]}
    names = []
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"] and set(operation["tags"]) <= tags, path
            names.append(operation["operationId"])
    assert len(names) == len(set(names))


def test_what_is_public_says_that_it_needs_no_token(document):
    for path, methods in document["paths"].items():
        if "get" in methods:
            assert {} in methods["get"]["security"], path


def test_one_address_answers_in_one_form(document):
    for path, operation in reads(document):
        assert len(operation["responses"]["200"]["content"]) == 1, path


def test_the_list_of_claims_names_each_of_its_forms(document):
    described = document["paths"]["/api/v1/claims/"]["get"]
    named = {*re.findall(r"[a-z]+/[a-z+-]+", described["description"]), *described["responses"]["200"]["content"]}
    assert {form.media_type for form in CLAIM_FORMATS} <= named


def test_the_annotations_list_their_parameters(document):
    parameters = {parameter["name"] for parameter in document["paths"]["/annotations/"]["get"]["parameters"]}
    assert parameters == {"claim", "article", "article_url", "cursor", "limit"}


def test_it_says_where_the_api_is_and_what_answers_there(document, settings, client):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == client.get("/api/v1/").json()["version"] == __version__
    assert document["servers"] == [{"url": settings.CLAIMTRACK_SITE_URL}]
    assert all(path.startswith(("/api/v1/", "/annotations/", "/feeds/", "/v1alpha1/")) for path in document["paths"])


def test_it_names_each_status_of_the_table(document):
    assert document["components"]["schemas"]["Status"]["enum"] == list(Status)
    [status] = [p for p in document["paths"]["/api/v1/claims/"]["get"]["parameters"] if p["name"] == "status"]
    assert status["schema"]["items"]["enum"] == list(Status)


def test_each_operation_and_parameter_is_described(document):
    for path, operation in operations(document):
        assert operation["description"], path
        for parameter in operation.get("parameters", []):
            assert parameter["in"] == "path" or parameter["description"], (path, parameter)


def test_each_operation_names_its_errors(document):
    for path, methods in ours(document).items():
        for method, operation in methods.items():
            headers = {
                parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"
            }
            expected = {"400", "401", "406", "414", "429", "503"}
            expected |= {"404"} if "{" in path else set()
            expected |= {"410"} if path.endswith("/changes/") else set()
            reads = method == "get" or operation.get("x-reads", False)
            expected |= set() if reads else {"403", "409"}
            expected |= {"413", "415"} if method in ("post", "patch", "put") else set()
            expected |= {"422"} if method == "post" and not reads else set()
            expected |= {"412", "428"} if "If-Match" in headers else set()
            refusals = {status for status in operation["responses"] if status >= "400"}
            assert refusals == expected, (method, path)
            for status in expected:
                assert set(operation["responses"][status]["content"]) == {"application/problem+json"}


def test_each_write_has_an_example_a_key_and_an_address(document):
    for path, methods in ours(document).items():
        for method in set(methods) - {"get", "delete"}:
            operation = methods[method]
            medias = operation["requestBody"]["content"].values()
            assert any(media.get("examples") for media in medias), (method, path)
            headers = {parameter["name"] for parameter in operation.get("parameters", [])}
            assert ("Idempotency-Key" in headers) is (method == "post" and "x-reads" not in operation)
            if "201" in operation["responses"]:
                assert "Location" in operation["responses"]["201"]["headers"]


def test_external_reviews_are_nodes_or_text(document):
    operation = document["paths"]["/api/v1/external-reviews/"]["post"]
    assert {"200"} == {status for status in operation["responses"] if status < "400"}
    content = operation["requestBody"]["content"]
    for media_type in ("application/json", "application/ld+json"):
        assert [form["type"] for form in content[media_type]["schema"]["oneOf"]] == ["object", "array"]
    assert content["text/html"]["schema"]["type"] == "string"


def test_a_post_of_json_takes_a_body(document):
    """Or it takes `{}`, and so nothing."""
    optional = []
    for path, methods in ours(document).items():
        body = methods.get("post", {}).get("requestBody", {})
        if "application/json" in body.get("content", {}) and not body.get("required", False):
            optional.append(path)
    assert optional == ["/api/v1/webhooks/{id}/secret/"]


def test_reading_takes_no_account_and_writing_does(document):
    for methods in ours(document).values():
        for method, operation in methods.items():
            assert {"token": []} in operation["security"]
            assert ({} in operation["security"]) is (method == "get" or "x-reads" in operation)


def test_each_list_takes_the_parameters_that_it_names(client, document):
    for path, operation in reads(document):
        named = sorted(p["name"] for p in operation.get("parameters", []) if p["in"] == "query")
        if "{" not in path:
            detail = client.get(path, {"no_such_parameter": 1}).json()["detail"]
            assert (f"takes {', '.join(named)}." if named else "takes none.") in detail


def check(document, path, status, body):
    content = document["paths"][path]["get"]["responses"][str(status)]["content"]
    media = content.get("application/json") or content["application/problem+json"]
    Draft202012Validator(
        {**media["schema"], "components": document["components"]}, format_checker=FormatChecker()
    ).validate(body)


def closed(schema):
    """The schema with no room for members that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: closed(part) for name, part in schema.items()}
    return {"additionalProperties": False, **parts} if "properties" in schema else parts


# What only the desk may read.
QUOTATIONS = "/api/v1/articles/{article}/quotations/"
FETCHES = "/api/v1/fetches/{id}/"
DESK = (QUOTATIONS, FETCHES, *(f"/api/v1/claims/{{claim}}/{what}/" for what in ("assignee", "request", "comments")))
WEBHOOKS = ("/api/v1/webhooks/{id}/", "/api/v1/webhooks/{webhook}/deliveries/")


@pytest.mark.parametrize("role", [None, "editor"])
def test_answers_are_as_it_says(client, document, log, role):
    document = closed(document)
    claim = make_claim("checked", topics=["traffic"], said_at="2025-09", language="en")
    make_claim("withdrawn", speaker=None, snapshot=make_snapshot(canonical_url=None, title=""))
    step(claim, "checked", by=make_user("editor"), verdict="satire", note="Internal.")
    step(claim, "in_review", by=make_user("editor"), rationale="New numbers.")
    curating.take_over(claim=claim, by=make_user("editor"), expected=None)
    curating.ask(claim=claim, by=make_user("editor"), person=make_user("moderator"))
    editor = make_user("editor")
    curating.comment(claim=claim, by=editor, text="Which year?")
    curating.withdraw_comment(comment=curating.comment(claim=claim, by=editor, text="None."), by=editor)
    if role:
        client.force_login(user := make_user(role))
        curating.comment(claim=claim, by=editor, text=f"@{user}")
    sequencing.number()
    webhook = create_webhook(by=editor, name="Newsroom", endpoint="https://news.example/hook")
    send_test(webhook=webhook, by=editor)
    article = claim.appearances.get().snapshot.article
    values = {
        "/api/v1/claims/{id}/": claim.pk,
        "/api/v1/claims/{claim}/reviews/": claim.pk,
        "/api/v1/claims/{claim}/receipt/": claim.pk,
        "/api/v1/claims/{claim}/inquiries/": claim.pk,
        "/api/v1/claims/{claim}/source-decisions/": claim.pk,
        **dict.fromkeys(DESK, claim.pk),
        **dict.fromkeys(WEBHOOKS, webhook.pk),
        QUOTATIONS: article.pk,
        FETCHES: fetches.ask(by=editor, url="https://paper.example/slow").pk,
        "/api/v1/speakers/{id}/": claim.speaker_id,
        "/api/v1/articles/{id}/": article.pk,
        "/api/v1/sources/{id}/": article.source_id,
        "/api/v1/topics/{slug}/": "traffic",
        "/api/v1/verdicts/{code}/": "satire",
        "/api/v1/external-reviews/{id}/": make_external_review(claim).pk,
    }
    for path, operation in reads(document):
        if "application/json" not in operation["responses"]["200"]["content"]:
            continue  # an export
        response = client.get(re.sub("{.*}", str(values.get(path)), path))
        if path in (*DESK, *WEBHOOKS) and not role:
            check(document, path, 404, response.json())
            continue
        assert response.status_code == 200, path
        check(document, path, 200, response.json())
        refused = client.get(re.sub("{.*}", str(values.get(path)), path), {"no_such_parameter": 1})
        check(document, path, 400, refused.json())
        if path in values:
            check(document, path, 404, client.get(re.sub("{.*}", "999999", path)).json())


def test_the_page_works_under_the_content_security_policy(client):
    response = client.get("/api/docs/")
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy and "img-src 'self' data:" in policy
    html = response.content.decode()
    assert not re.search(r"<style|<script>|style=|https?://", html)
    script = client.get(re.findall(r'<script src="(/api/docs/[^"]*)"', html)[0])
    assert "/api/schema/" in script.content.decode()
    assert script["Content-Type"].startswith("application/javascript")

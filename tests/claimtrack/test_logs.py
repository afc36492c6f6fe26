"""The lines of the log, captured as they are written and read as JSON."""

import io
import json
import logging
import logging.config

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest

from claimtrack import logs, tokens
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db

ID = "7f1d6f0c-8a55-4c0e-9e64-0d6f3a1b2c3d"
SECRET = "swordfish-4711"  # what must be in no line


@pytest.fixture
def lines(settings):
    """A function that returns the lines of production's log so far."""
    out = io.StringIO()
    config = logs.logging_config(as_json=True, requests=True)
    for handler in config["handlers"].values():
        handler["stream"] = out
    logging.config.dictConfig(config)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    logging.config.dictConfig(settings.LOGGING)


@pytest.fixture
def moderator():
    return make_user("moderator")


@pytest.fixture
def token(moderator):
    return tokens.create_token(by=moderator, user=moderator, scope="review", name="desk").secret


def test_a_request_has_one_line(client, lines):
    claim = make_claim("unverified")
    response = client.get(f"/api/v1/claims/{claim.pk}/", headers={"X-Request-ID": ID})
    [line] = lines()
    assert 0 < line.pop("seconds") < 60
    assert line.pop("timestamp")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "claimtrack.requests",
        "request_id": ID,
        "method": "GET",
        "route": "api/v1/claims/<int:pk>/",
        "path": f"/api/v1/claims/{claim.pk}/",
        "status": 200,
        "user": None,
    }
    assert response["X-Request-ID"] == ID


def test_it_says_who_asked_with_a_token(client, lines, moderator, token):
    client.get("/api/v1/claims/", headers={"Authorization": f"Bearer {token}"})
    assert lines()[0]["user"] == moderator.pk


def test_it_says_who_is_signed_in(client, lines, moderator):
    client.force_login(moderator)
    client.get("/admin/claims/speaker/")
    assert (lines()[0]["user"], lines()[0]["route"]) == (moderator.pk, "admin/claims/speaker/")


@pytest.mark.parametrize(
    ("path", "status", "route"),
    [
        ("/api/v1/nothing/", 404, "^api(?:/|$)"),
        ("/nothing-of-ours", 404, "none"),
        ("/static/desk/desk.css", 200, "static"),
        ("/api/v1/claims/?speeker=3", 400, "api/v1/claims/"),
    ],
)
def test_every_answer_has_its_line_and_an_id(client, lines, path, status, route):
    response = client.get(path)
    response.close()
    [line] = lines()
    assert (line["status"], line["route"]) == (status, route)
    assert response["X-Request-ID"] == line["request_id"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("", "empty"),
        ("a" * 129, "too long"),
        ("two words", "a blank"),
        ('"quoted"', "not of a token's characters"),
        ("id\r\nSet-Cookie: a=b", "a line end"),
        ("número", "not ASCII"),
    ],
)
def test_an_odd_request_id_is_replaced(client, lines, given, why):
    response = client.get("/api/v1/", HTTP_X_REQUEST_ID=given)
    assert len(response["X-Request-ID"]) == 32
    assert lines()[0]["request_id"] == response["X-Request-ID"]


def test_an_export_has_its_line_at_its_end(client, lines):
    make_claim("unverified")
    response = client.get("/api/v1/claims.ndjson")
    assert lines() == []
    b"".join(response.streaming_content)
    [line] = lines()
    assert (line["status"], "cut" in line) == (200, False)


def test_other_lines_have_the_id_of_their_request(client, lines, monkeypatch):
    def broken(*args):
        raise RuntimeError("A bug.")

    monkeypatch.setattr("claims.formats.json.fetch", broken)
    client.raise_request_exception = False
    assert client.get("/api/v1/claims/", headers={"X-Request-ID": ID}).status_code == 500
    fault, request = lines()
    assert (fault["request_id"], fault["level"]) == (ID, "error")
    assert "RuntimeError: A bug." in fault["exception"]
    assert (request["status"], request["request_id"]) == (500, ID)
    logging.getLogger("elsewhere").warning("Later.")
    assert "request_id" not in lines()[-1]


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "why"),
    [
        ("get", f"/api/v1/claims/?q={SECRET}", {}, None, "a search"),
        ("get", f"/v1alpha1/claims:search?query=a&key={SECRET}", {}, None, "a key in the query string"),
        ("get", f"/api/v1/claims/?speeker={SECRET}", {}, None, "a refused parameter"),
        ("get", "/api/v1/claims/", {"Authorization": f"Bearer ct_{SECRET}"}, None, "a token that opens nothing"),
        ("get", f"/reset/{SECRET}/", {}, None, "a path beyond the API"),
        ("get", f"/admin/{SECRET}/", {}, None, "a path of the desk"),
        ("post", "/api/v1/claims/", {"Idempotency-Key": SECRET}, {"text": SECRET}, "a key and a body"),
        ("post", "/admin/login/", {}, {"username": "x", "password": SECRET}, "a password"),
        ("get", "/api/v1/claims/", {"Cookie": f"sessionid={SECRET}"}, None, "a session"),
        ("get", "/api/v1/claims/", {"Referer": f"https://a.example/{SECRET}"}, None, "where one came from"),
        ("get", "/api/v1/claims/", {"X-Request-ID": f"{SECRET} {SECRET}"}, None, "an odd request id"),
    ],
)
def test_what_a_client_sends_is_in_no_line(client, lines, method, path, headers, body, why):
    client.raise_request_exception = False
    data = {} if body is None else {"data": body, "content_type": "application/json"}
    getattr(client, method)(path, headers=headers, **data)
    assert lines()
    assert SECRET not in json.dumps(lines())


def test_a_token_and_an_idempotency_key_that_work_are_in_no_line(client, lines, token):
    sent = {"Authorization": f"Bearer {token}", "Idempotency-Key": SECRET}
    response = client.post("/api/v1/topics/", {"name": "Water"}, content_type="application/json", headers=sent)
    assert response.status_code == 201
    assert SECRET not in json.dumps(lines())
    assert token not in json.dumps(lines())


def test_csrf_refusals_say_no_path(lines, moderator):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)
    strict.post(f"/admin/{SECRET}/")
    assert any(line["event"].startswith("Forbidden") for line in lines())
    assert SECRET not in json.dumps(lines())


DRAFT = f"A draft\nof several lines\n\n{SECRET}"


@pytest.mark.parametrize(
    ("statement", "kept", "why"),
    [
        ("INSERT INTO claims_topic (name, slug) VALUES (%s, NULL)", "NotNullViolation: null value in", "the row"),
        ("SELECT %s::bigint", "InvalidTextRepresentation: invalid input syntax for type bigint (", "the value"),
        ("SELECT nothing, %s", 'UndefinedColumn: column "nothing" does not exist (', "the statement"),
        ("SELECT to_tsquery(%s)", "SyntaxError: syntax error in tsquery (", "a search"),
    ],
)
def test_the_values_that_the_database_shows_are_left_out(lines, statement, kept, why):
    with pytest.raises(DatabaseError) as refused, connection.cursor() as cursor:
        cursor.execute(statement, [DRAFT])
    logging.getLogger("django.request").error("Internal Server Error", exc_info=refused.value)
    [line] = lines()
    assert kept in line["exception"]
    assert line["exception"].count("(values left out)") == 2, "psycopg's and Django's"
    assert SECRET not in line["exception"]


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (f"Invalid request from ip=10.0.0.1: Invalid HTTP Header: 'Authorization Bearer {SECRET}'", "ValueError"),
        (f"Error handling request GET /api/v1/?key={SECRET}", "A request failed."),
    ],
)
def test_gunicorns_lines_hold_nothing_of_the_request(lines, message, kept):
    try:
        raise ValueError
    except ValueError:
        logging.getLogger("gunicorn.error").warning(message)
    assert kept in lines()[0]["event"]
    assert SECRET not in json.dumps(lines())


def test_a_path_that_django_would_log_is_left_out(lines):
    request = HttpRequest()
    request.path = f"/reset/{SECRET}/"
    logging.getLogger("django.request").error(
        "%s: %s", "Internal Server Error", request.path, extra={"request": request}
    )
    assert lines()[0]["event"] == "Internal Server Error"


def test_lines_for_requests_can_be_switched_off(client, settings):
    config = logs.logging_config(as_json=True, requests=False)
    assert config["loggers"]["claimtrack.requests"]["level"] == "WARNING"

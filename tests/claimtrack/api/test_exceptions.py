"""Errors of the API are problem documents, whoever raises them."""

import pytest
from django.db import connection
from django.http import Http404
from rest_framework import exceptions, serializers

from claims.api.views.claims import ClaimViewSet
from claims.pages.front import FrontPage
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Stale
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def problem(response, status):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    body = response.json()
    assert body["status"] == status
    assert {"type", "title", "code", "detail", "field"} <= set(body)
    return body


def test_it_works(client):
    assert problem(client.get("/api/v1/claims/", {"limit": "many"}), 400) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "code": "parameter",
        "detail": "“many” does not fit “limit”: this takes a whole number from 1 to 200.",
        "field": "limit",
    }


# path, reason
NOWHERE = [
    ("/api/v1/claims/1/", "no such claim"),
    ("/api/v1/claims/99999999999999999999999999/", "an id too large for the database"),
    ("/api/v1/claims/one/", "no id"),
    ("/api/v1/nothing/", "no such route"),
    ("/api/v2/claims/", "no such version"),
    ("/api/", "nothing at the root"),
    ("/api", "nor without the slash"),
    ("/annotations/x/", "nor outside, where programs ask"),
    ("/feeds/nothing/", "feed readers among them"),
    ("/api/v1/%00/", "U+0000"),
]


@pytest.mark.parametrize(("path", "reason"), NOWHERE)
def test_nothing_there_is_404(client, path, reason):
    body = problem(client.get(path), 404)
    assert (body["code"], body["detail"]) == ("not_found", "There is nothing here, or nothing that you may see.")


def test_a_missing_slash_is_told_and_not_redirected(client):
    assert problem(client.get("/api/v1/claims"), 404)["detail"].endswith("with a slash: /api/v1/claims/")


def test_the_rest_of_the_site_keeps_its_pages(client):
    assert client.get("/apiary/")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_method_that_is_not_served_is_405(client, method):
    client.force_login(make_user("moderator"))
    response = getattr(client, method)("/api/v1/claims/")
    assert problem(response, 405)["code"] == "method_not_allowed"
    assert "GET" in response["Allow"]


def test_an_answer_that_is_not_json_is_406(client):
    assert problem(client.get("/api/v1/claims/", headers={"accept": "text/html"}), 406)["code"] == "not_acceptable"


def test_more_parameters_than_django_reads_are_400(client):
    query = "&".join(f"speaker={number}" for number in range(1, 1_500))
    assert problem(client.get(f"/api/v1/claims/?{query}"), 400)["code"] == "bad_request"


def test_a_host_that_is_not_ours_is_400(client):
    assert problem(client.get("/api/v1/claims/", headers={"host": "elsewhere.example"}), 400)["code"] == "bad_request"
    assert client.get("/admin/", headers={"host": "elsewhere.example"})["Content-Type"].startswith("text/html")


def fault(exception):
    def page(self, *args):
        raise exception

    return page


def test_a_fault_of_ours_is_500_and_tells_nothing(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(ClaimViewSet, "read_filters", fault(RuntimeError("the password is 1234")))
    body = problem(client.get("/api/v1/claims/"), 500)
    assert body["code"] == "server_error" and "1234" not in str(body)


def test_pages_say_it_in_the_desks_language(client, monkeypatch, settings):
    """Django's own pages for it are in English and bare."""
    settings.CLAIMTRACK_LANGUAGE = "de"
    client.raise_request_exception = False
    monkeypatch.setattr(FrontPage, "read_filters", fault(RuntimeError("the password is 1234")))
    broken = client.get("/")
    assert broken.status_code == 500 and "Etwas ist schiefgegangen" in broken.text and "1234" not in broken.text
    unread = client.get("/admin/", headers={"host": "elsewhere.example"})
    assert unread.status_code == 400 and "Diese Anfrage lässt sich nicht lesen" in unread.text
    assert all('<html lang="de"' in answer.text for answer in (broken, unread))


@pytest.mark.django_db(transaction=True)
def test_what_takes_the_database_too_long_is_503(client, monkeypatch):
    def page(self, *args):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 10")
            cursor.execute("SELECT count(*) FROM generate_series(1, 1000000000)")

    monkeypatch.setattr(ClaimViewSet, "read_filters", page)
    try:
        assert problem(client.get("/api/v1/claims/"), 503)["code"] == "too_slow"
    finally:
        connection.close()


class Given(serializers.Serializer):
    text = serializers.CharField()
    appearances = serializers.ListField(child=serializers.DictField(child=serializers.IntegerField()))


def unfit(data):
    given = Given(data=data)
    given.is_valid()
    return exceptions.ValidationError(given.errors)


# what is raised, status, code, field
RAISED = [
    (Invalid("No.", code="quote_absent", field="appearances.0.quote"), 400, "quote_absent", "appearances.0.quote"),
    (NotAllowed("No."), 403, "not_allowed", None),
    (Conflict("No.", code="transition", field="to"), 409, "transition", "to"),
    (Stale("No."), 409, "stale", None),
    (Http404("No Claim matches the given query."), 404, "not_found", None),
    (exceptions.NotAuthenticated(), 401, "not_authenticated", None),
    (exceptions.ParseError(), 400, "parse_error", None),
    (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type", None),
    (unfit({"appearances": []}), 400, "required", "text"),
    (unfit({"text": "a", "appearances": [{"start": 1}, {"start": "x"}]}), 400, "invalid", "appearances.1.start"),
    (unfit([]), 400, "invalid", None),
]


@pytest.mark.parametrize(("raised", "status", "code", "field"), RAISED)
def test_every_refusal_has_its_status_code_and_field(client, monkeypatch, raised, status, code, field):
    monkeypatch.setattr(ClaimViewSet, "read_filters", fault(raised))
    body = problem(client.get("/api/v1/claims/"), status)
    assert (body["code"], body["field"]) == (code, field)
    assert "Claim" not in body["detail"]


def test_a_refusal_hands_on_what_helps(client, monkeypatch):
    refusal = Invalid("It is not there.", code="quote_absent", field="quote", nearest="It was there.")
    monkeypatch.setattr(ClaimViewSet, "read_filters", fault(refusal))
    assert problem(client.get("/api/v1/claims/"), 400)["nearest"] == "It was there."


def test_a_validation_tells_every_error(client, monkeypatch):
    monkeypatch.setattr(ClaimViewSet, "read_filters", fault(unfit({})))
    errors = problem(client.get("/api/v1/claims/"), 400)["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [("text", "required"), ("appearances", "required")]

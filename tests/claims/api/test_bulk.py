"""POST /api/v1/claims/bulk/: the import's table of bad lines, over HTTP."""

import json

import pytest

from claims.models import Claim
from tests.claims.bad_lines import BAD, line, make_ledger
from tests.claimtrack.test_tokens import bearing, make_token

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/bulk/"


@pytest.fixture
def send(client):
    def send(*lines, by=None, query="", **headers):
        body, headers = b"\n".join(lines), {**bearing(by or make_token()), **headers}
        return client.post(f"{URL}{query}", body, content_type="application/x-ndjson", headers=headers)

    return send


def told(response):
    assert response.status_code == 200, response.content
    return response.json()


def test_it_works(send):
    make_ledger()
    bad = line(quote="Nine boats sail each night")
    body = told(send(line(), b"", bad, line(), line(id=2, quote="Ten,"), by=make_token("contributor", "propose")))
    assert {name: body[name] for name in ("new", "known", "accepted", "refused", "kept")} == {
        **dict.fromkeys(("known", "refused"), 1), "new": 2, "accepted": 0, "kept": True,
    }  # fmt: skip
    one, two = Claim.objects.order_by("pk")
    assert [(row["line"], row["result"], row["claim"]) for row in body["results"]] == [
        (1, "new", one.pk),
        (3, "refused", None),
        (4, "known", one.pk),
        (5, "new", two.pk),
    ]
    refused = body["results"][1]
    assert (refused["code"], refused["pointer"]) == ("quote_absent", "/quote")
    assert refused["nearest"]["quote"].startswith("Nine boats sail each day")


def test_a_body_without_a_line_is_refused(send):
    response = send(b"", b"  ")
    assert (response.status_code, response.json()["code"]) == (400, "required")


def test_what_looks_wrong_is_told_with_its_line(send):
    make_ledger()
    first, second, third = (
        line(id=n, speaker={"name": name}) for n, name in enumerate(["Søren Bjørk", "Soren Bjork", "N/A"])
    )
    rows = told(send(first, second, third))["results"]
    assert [[warning["code"] for warning in row["warnings"]] for row in rows] == [
        [],
        ["speaker_alike"],
        ["speaker_nobody"],
    ]
    warning = rows[1]["warnings"][0]
    assert warning["field"] == "/speaker/name" and "Søren Bjørk" in warning["detail"]


def test_the_answer_comes_as_a_line_for_each_line_to_whoever_asks_for_that(send):
    make_ledger()
    given = (line(), line(quote="Nine boats sail each night"))
    asked = {"by": make_token(), "accept": "application/x-ndjson", "Idempotency-Key": "one"}
    first, again = send(*given, **asked), send(*given, **asked)
    assert first["Content-Type"] == "application/x-ndjson"
    rows = [json.loads(row) for row in first.content.splitlines()]
    assert [(row["line"], row["result"]) for row in rows] == [(1, "new"), (2, "refused")]
    assert again["Idempotent-Replayed"] == "true" and again.content == first.content
    problem = send(*given, query="?dry_run=perhaps", accept="application/x-ndjson")
    assert (problem["Content-Type"], problem.json()["code"]) == ("application/problem+json", "parameter")


def test_again_changes_nothing(send):
    make_ledger()
    told(send(line()))
    assert told(send(line()))["known"] == 1 and Claim.objects.count() == 1


def test_a_dry_run_changes_nothing(send):
    make_ledger()
    body = told(send(line(), query="?dry_run=true"))
    assert (body["new"], body["kept"], body["results"][0]["claim"]) == (1, False, None)
    assert not Claim.objects.exists()


def test_accept_takes_a_moderator(send):
    make_ledger()
    refused = send(line(), query="?accept=true", by=make_token("moderator", "propose"))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert told(send(line(), query="?accept=true"))["accepted"] == 1
    assert Claim.objects.get().status == "unverified"


def test_every_bad_line_is_refused_as_the_command_refuses_it(send):
    make_ledger()
    rows = told(send(*(bad.line for bad in BAD if len(bad.line) < 500_000)))["results"]
    expected = [(bad.code, bad.pointer) for bad in BAD if len(bad.line) < 500_000]
    assert [(row["code"], row["pointer"]) for row in rows] == expected


def test_the_same_key_is_answered_the_same(send):
    make_ledger()
    by = make_token()
    first = told(send(line(), by=by, **{"Idempotency-Key": "k"}))
    assert first["new"] == 1
    assert told(send(line(), by=by, **{"Idempotency-Key": "k"})) == first


# lines, content type, query, status, code, reason
REFUSED = [
    ([b"{}"] * 1_001, "application/x-ndjson", "", 413, "body_too_large", "more than a thousand lines"),
    ([b"a" * 10_000_001], "application/x-ndjson", "", 413, "body_too_large", "more than ten million bytes"),
    ([json.dumps([]).encode()], "application/json", "", 415, "unsupported_media_type", "an array"),
    ([b"{}"], "application/x-ndjson", "?dry_run=yes", 400, "parameter", "yes or no?"),
    ([b"{}"], "application/x-ndjson", "?dryrun=true", 400, "unknown_parameter", "a dry run misspelt is none"),
]


@pytest.mark.parametrize(("lines", "media", "query", "status", "code", "reason"), REFUSED)
def test_what_is_no_import_is_refused(client, lines, media, query, status, code, reason):
    body = b"\n".join(lines)
    response = client.post(URL + query, body, content_type=media, headers=bearing(make_token()))
    assert (response.status_code, response.json()["code"]) == (status, code), reason

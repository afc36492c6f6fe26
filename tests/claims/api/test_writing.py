"""Writing claims over the API: the happy path, then refusals."""

import json

import pytest
from django.test import Client

from claims import curating
from claims.models import Claim
from sources.models import Snapshot
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import EVIDENCE, QUOTE, make_claim, make_snapshot, make_speaker, make_topic, make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"


def free_claim():
    """A claim in review that nobody has, so that anybody may publish it."""
    claim = make_claim("in_review")
    return curating.assign(claim=claim, by=claim.assignee, to=None)


@pytest.fixture
def send(client):
    """send(method, path, body, by=token, **headers) → response"""

    def send(method, path, body=None, *, by, **headers):
        given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(client, method)(f"/api/v1/{path}", **given, headers={**bearing(by), **headers})

    return send


def refused(response, status, code, pointer=None):
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert response["Content-Type"] == "application/problem+json"
    assert body.get("pointer") == pointer, body
    return body


def made(response):
    assert response.status_code == 201, response.content
    return response.json()


def test_it_works(client, send, settings):
    """From a new article to a published verdict."""
    settings.CLAIMTRACK_SITE_URL = "https://claims.example"
    desk, contributor = make_token("moderator"), make_token("contributor")
    text = "Monday. “Nine boats sail each day,” said Ada Brook. Nobody asked."
    url = "https://harbour.example/ferry"
    article = made(send("post", "articles/", {"url": url, "text": text, "source_name": "Harbour Post"}, by=contributor))
    speaker = made(send("post", "speakers/", {"name": "Ada Brook", "aliases": ["A. Brook"]}, by=contributor))
    topic = made(send("post", "topics/", {"name": "Ferries"}, by=contributor))
    body = {
        "text": "Nine ferries sail a day.",
        "speaker": speaker["id"],
        "speaker_role": "Harbour master",
        "said_at": "2026-03",
        "language": "en",
        "topics": [topic["slug"]],
        "appearances": [{"article_url": f"{url}?utm_source=x", "quote": "Nine boats sail each day"}],
    }
    response = send("post", "claims/", body, by=contributor)
    claim = made(response)
    assert response["Location"] == claim["url"] == f"https://claims.example/api/v1/claims/{claim['id']}/"
    assert response["ETag"] == '"1"' and claim["version"] == 1
    assert {name: claim[name] for name in ("text", "said_at", "language", "topics", "status")} == {
        **{name: body[name] for name in ("text", "said_at", "language", "topics")},
        "status": "proposed",
    }
    [place] = claim["provenance"]
    assert place["snapshot"]["id"] == article["ingested"]["snapshot"]
    assert text[place["start"] : place["end"]] == place["quote"] == "Nine boats sail each day"
    assert Claim.objects.get().origin == "api" and Claim.objects.get().created_by == contributor.user

    path = f"claims/{claim['id']}/"
    patched = send("patch", path, {"text": "Nine ferries sail each day."}, by=contributor, If_Match='"1"')
    assert (patched.status_code, patched["ETag"], patched.json()["version"]) == (200, '"2"', 2)
    assert patched.json()["text"] == "Nine ferries sail each day."

    place = {"snapshot": article["ingested"]["snapshot"], "quote": "Nobody asked", "prefix": "Brook. "}
    response = send("post", f"{path}appearances/", place, by=contributor, If_Match=patched["ETag"])
    assert [found["quote"] for found in made(response)["provenance"]] == ["Nine boats sail each day", "Nobody asked"]
    address = response["Location"].removeprefix("https://claims.example/api/v1/")
    gone = send("delete", address, by=contributor, If_Match=response["ETag"])
    assert (gone.status_code, gone.content) == (204, b"")

    version = 4
    for to in ("unverified", "in_review"):
        review = made(send("post", f"{path}reviews/", {"to": to, "expected": version}, by=desk))
        assert (review["claim"], review["to_status"]) == (claim["id"], to)
        version += 1
    judged = {"to": "checked", "expected": version, "verdict": "false", "rationale": "Four.", "evidence": EVIDENCE}
    review = made(send("post", f"{path}reviews/", {**judged, "note": "Rang them."}, by=desk))
    assert (review["kind"], review["verdict"]["code"], review["note"]) == ("publication", "false", "Rang them.")
    assert review["evidence"][0]["publisher"] == "Roads Office"
    public = client.get(f"/api/v1/{path}").json()
    assert (public["status"], public["verdict"]["code"], public["version"]) == ("checked", "false", version + 1)


# body of POST /claims/ as it differs from a good one, code, pointer, reason
UNFIT = [
    ({"txt": "a"}, "unknown_field", "/txt", "a misspelt member"),
    ({"a/b~": 1}, "unknown_field", "/a~1b~0", "a pointer escapes / and ~"),
    ({"text": None}, "null", "/text", "no wording"),
    ({"text": 5}, "invalid", "/text", "a number is no text"),
    ({"text": " "}, "required", "/text", "blank wording"),
    ({"text": "a" * 10_001}, "too_long", "/text", "wording without end"),
    ({"text": "a\0b"}, "null_characters_not_allowed", "/text", "PostgreSQL holds no U+0000"),
    ({"said_at": "2026-02-30"}, "invalid", "/said_at", "no day of the calendar"),
    ({"language": "English"}, "invalid", "/language", "no tag"),
    ({"speaker": "3"}, "invalid", "/speaker", "an id in a string"),
    ({"speaker": True}, "invalid", "/speaker", "true is no id"),
    ({"speaker": 2**63}, "max_value", "/speaker", "more than the database holds"),
    ({"speaker": 999_999}, "not_found", "/speaker", "nobody"),
    ({"topics": ["none-such"]}, "not_found", "/topics", "no topic"),
    ({"topics": "ferries"}, "not_a_list", "/topics", "one topic, not in an array"),
    ({"appearances": []}, "required", "/appearances", "a claim appears somewhere"),
    ({"appearances": [{"quote": QUOTE}]}, "place", "/appearances/0/snapshot", "which snapshot?"),
    ({"appearances": [{"snapshot": 1, "article": 1, "quote": QUOTE}]}, "place", "/appearances/0/snapshot", "both"),
    ({"appearances": [{"snapshot": 0, "quote": QUOTE}]}, "not_found", "/appearances/0/snapshot", "no snapshot"),
    ({"appearances": [{"article": 0, "quote": QUOTE}]}, "not_found", "/appearances/0/article", "no article"),
    ({"appearances": [{"article_url": "x", "quote": QUOTE}]}, "url", "/appearances/0/article_url", "no address"),
    ({"appearances": [{"article": 1}]}, "required", "/appearances/0/quote", "no quote"),
    ({"status": "checked"}, "unknown_field", "/status", "a status comes with reviews alone"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "pointer", "reason"), UNFIT)
def test_what_does_not_fit_is_refused_by_name(send, change, code, pointer, reason):
    body = {"text": "A.", "appearances": [{"snapshot": make_snapshot().pk, "quote": QUOTE}], **change}
    refused(send("post", "claims/", body, by=make_token("contributor")), 400, code, pointer)
    assert not Claim.objects.exists(), reason


def test_a_speaker_who_looks_like_several_is_kept_with_a_warning(send):
    [warning] = made(send("post", "speakers/", {"name": "Anna Berg and Carl Lund"}, by=make_token("contributor")))[
        "warnings"
    ]
    assert (warning["code"], warning["field"]) == ("speaker_several", "name")


def test_a_day_to_come_is_kept_with_a_warning_that_only_the_answer_has(client, send):
    desk = make_token("moderator")
    warning = {
        "code": "date_to_come",
        "field": "said_at",
        "detail": "2998-09-03 lies after tomorrow. Are day and month in their places?",
    }
    place = {"snapshot": make_snapshot().pk, "quote": QUOTE}
    body = {"text": "The bridge carries 9,000 cars.", "said_at": "2998-09-03", "appearances": [place]}
    claim = made(send("post", "claims/", body, by=desk))
    assert claim["warnings"] == [warning]
    path = f"claims/{claim['id']}/"
    assert send("patch", path, {"said_at": "2026"}, by=desk, If_Match='"1"').json()["warnings"] == []
    answer = send("patch", path, {"said_at": "2998-09-03"}, by=desk, If_Match='"2"').json()
    assert answer["warnings"] == [warning]
    assert "warnings" not in send("get", path, by=desk).json()


def test_a_day_to_come_among_the_changes_of_a_review_is_kept_with_a_warning(send):
    claim = free_claim()
    judged = {"verdict": "false", "rationale": "No.", "evidence": EVIDENCE, "changes": {"said_at": "2998"}}
    body = {"to": "checked", "expected": claim.version, **judged}
    [warning] = made(send("post", f"claims/{claim.pk}/reviews/", body, by=make_token()))["warnings"]
    assert (warning["code"], warning["field"]) == ("date_to_come", "changes.said_at")


def test_a_quote_that_cuts_a_word_is_refused_with_the_whole(send):
    snapshot = make_snapshot("He is unable to pay.")
    body = {"text": "He can pay.", "appearances": [{"snapshot": snapshot.pk, "quote": "able to pay"}]}
    problem = refused(send("post", "claims/", body, by=make_token()), 400, "quote_cut", "/appearances/0/quote")
    assert problem["nearest"] == {"quote": "unable to pay", "start": 6, "end": 19}
    assert problem["detail"] == "The quote splits a word: take in the whole of it."


def test_a_missing_quote_is_refused_with_the_nearest_passage(send):
    place = {"snapshot": make_snapshot().pk, "quote": "The bridge carries ten thousand cars a day"}
    body = {"text": "A.", "appearances": [place]}
    problem = refused(
        send("post", "claims/", body, by=make_token("contributor")), 400, "quote_absent", "/appearances/0/quote"
    )
    assert problem["nearest"]["quote"] == QUOTE
    start, end = problem["nearest"]["start"], problem["nearest"]["end"]
    assert Snapshot.objects.get().text[start:end] == QUOTE


def test_every_member_that_does_not_fit_is_named(send):
    body = {"text": 1, "appearances": [{"snapshot": "x", "quote": None}]}
    problem = refused(send("post", "claims/", body, by=make_token("contributor")), 400, "invalid", "/text")
    assert [error["pointer"] for error in problem["errors"]] == [
        "/text",
        "/appearances/0/snapshot",
        "/appearances/0/quote",
    ]


# body, content type, status, code, reason
BODIES = [
    (b"{", "application/json", 400, "parse_error", "cut short"),
    (b'{"text": NaN}', "application/json", 400, "parse_error", "Python's NaN is no JSON"),
    (b'{"text": "\\ud800"}', "application/json", 400, "parse_error", "half a surrogate pair"),
    (b'{"text": "\xe9"}', "application/json", 400, "parse_error", "Latin-1"),
    (b"[" * 100_000, "application/json", 400, "parse_error", "nested without end"),
    (b"[]", "application/json", 400, "invalid", "no object"),
    (b"null", "application/json", 400, "null", "nothing"),
    (b"", "application/json", 400, "required", "empty"),
    (b"text=a", "application/x-www-form-urlencoded", 415, "unsupported_media_type", "a form"),
    (b'{"text": "' + b"a" * 1_000_000 + b'"}', "application/json", 413, "body_too_large", "over a million bytes"),
]


@pytest.mark.parametrize(("body", "media", "status", "code", "reason"), BODIES)
def test_a_body_that_cannot_be_read_is_refused(client, body, media, status, code, reason):
    response = client.post(URL, body, content_type=media, headers=bearing(make_token("contributor")))
    assert (response.status_code, response.json()["code"]) == (status, code), reason


def test_a_write_takes_no_query_parameter(client, send):
    refused(send("post", "topics/?name=A", {"name": "A"}, by=make_token()), 400, "unknown_parameter")


def test_who_is_not_known_does_not_write(client):
    response = client.post(URL, {}, content_type="application/json")
    refused(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_session_writes_with_its_csrf_token_alone():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("contributor"))
    body = {"name": "Ferries"}
    refused(client.post("/api/v1/topics/", body, content_type="application/json"), 403, "permission_denied")
    client.cookies["csrftoken"] = secret = "a" * 32
    headers = {"X-CSRFToken": secret}
    assert client.post("/api/v1/topics/", body, content_type="application/json", headers=headers).status_code == 201


# If-Match, with {} for the claim's version; status, code, reason
PRECONDITIONS = [
    (None, 428, "if_match_required", "missing"),
    ('"1"', 412, "stale", "an older version"),
    ('"999"', 412, "stale", "one that never was"),
    ('"9999999999999999999"', 412, "stale", "more than a column can hold"),
    ('W/"{}"', 400, "if_match_malformed", "a weak one never matches"),
    ("{}", 400, "if_match_malformed", "no entity tag"),
    ('"{}", "1"', 400, "if_match_malformed", "a decision rests on one version"),
    ('"' + "9" * 5_000 + '"', 400, "if_match_malformed", "more digits than Python reads"),
    ('W/"1b-3e"', 400, "if_match_malformed", "that of an answer for everybody"),
]


@pytest.mark.parametrize(("header", "status", "code", "reason"), PRECONDITIONS)
def test_a_change_of_a_claim_names_the_version_that_was_seen(send, header, status, code, reason):
    claim, token = make_claim("proposed"), make_token()
    snapshot = claim.appearances.get().snapshot
    appearance = curating.add_appearance(claim=claim, by=token.user, snapshot=snapshot, quote="Nobody asked")
    version = Claim.objects.get().version
    headers = {"If_Match": header.format(version)} if header else {}
    path, place = f"claims/{claim.pk}/", {"snapshot": snapshot.pk, "quote": "spoke on Monday"}
    refused(send("patch", path, {"text": "B."}, by=token, **headers), status, code)
    refused(send("post", f"{path}appearances/", place, by=token, **headers), status, code)
    refused(send("delete", f"{path}appearances/{appearance.pk}/", by=token, **headers), status, code)
    assert Claim.objects.get().version == version, reason


def test_a_star_stands_for_any_version(send):
    claim = make_claim("unverified")
    assert send("patch", f"claims/{claim.pk}/", {"text": "B."}, by=make_token(), If_Match="*").status_code == 200


def test_the_etag_of_the_detail_is_what_if_match_takes(client, send):
    claim, token = make_claim("unverified"), make_token()
    etag = client.get(f"{URL}{claim.pk}/", headers=bearing(token))["ETag"]
    assert etag == f'"{claim.version}"'
    assert send("patch", f"claims/{claim.pk}/", {"text": "B."}, by=token, If_Match=etag)["ETag"] != etag


def test_a_stale_review_is_409(send):
    claim = make_claim("proposed")
    body = {"to": "unverified", "expected": claim.version + 1}
    problem = refused(send("post", f"claims/{claim.pk}/reviews/", body, by=make_token()), 409, "stale")
    assert problem["version"] == claim.version


def test_a_review_says_what_it_was_decided_on(send):
    claim = make_claim("proposed")
    body = {"to": "unverified"}
    refused(send("post", f"claims/{claim.pk}/reviews/", body, by=make_token()), 400, "required", "/expected")


def test_a_piece_of_evidence_that_does_not_fit_is_pointed_at(send):
    claim = free_claim()
    body = {
        "to": "checked",
        "expected": claim.version,
        "verdict": "false",
        "rationale": "No.",
        "evidence": EVIDENCE * 2,
    }
    body["evidence"] = [EVIDENCE[0], {**EVIDENCE[0], "url": "archive"}]
    path = f"claims/{claim.pk}/reviews/"
    refused(send("post", path, body, by=make_token()), 400, "invalid", "/evidence/1/url")
    body["evidence"] = [{**EVIDENCE[0], "URL": "x"}]
    refused(send("post", path, body, by=make_token()), 400, "unknown_field", "/evidence/0/URL")


def test_a_submission_carries_its_changes(send):
    claim = free_claim()
    judged = {"verdict": "false", "rationale": "No.", "evidence": EVIDENCE}
    body = {
        "to": "checked",
        "expected": claim.version,
        **judged,
        "changes": {"text": "C.", "speaker": None, "said_at": None},
    }
    made(send("post", f"claims/{claim.pk}/reviews/", body, by=make_token()))
    claim.refresh_from_db()
    assert (claim.text, claim.speaker) == ("C.", None)


def test_a_claim_that_one_may_not_see_does_not_exist(send):
    claim, contributor = make_claim("dismissed"), make_token("contributor")
    appearance = claim.appearances.get()
    path = f"claims/{claim.pk}/"
    refused(send("patch", path, {"text": "B."}, by=contributor, If_Match="*"), 404, "not_found")
    refused(send("post", f"{path}appearances/", {}, by=contributor, If_Match="*"), 404, "not_found")
    refused(send("delete", f"{path}appearances/{appearance.pk}/", by=contributor, If_Match="*"), 404, "not_found")
    refused(send("post", f"{path}reviews/", {"to": "checked", "expected": 1}, by=contributor), 404, "not_found")


def test_an_appearance_of_another_claim_does_not_exist(send):
    one, other = make_claim("unverified"), make_claim("unverified")
    path = f"claims/{one.pk}/appearances/{other.appearances.get().pk}/"
    refused(send("delete", path, by=make_token(), If_Match="*"), 404, "not_found")


def test_null_and_left_out_are_told_apart(send):
    claim = make_claim("unverified", speaker=make_speaker("Ada"), language="en", topics=["roads"])
    token, path = make_token(), f"claims/{claim.pk}/"
    make_topic("ferries")
    body = send("patch", path, {"topics": ["ferries"]}, by=token, If_Match="*").json()
    assert (body["speaker"]["name"], body["language"], body["topics"]) == ("Ada", "en", ["ferries"])
    body = send("patch", path, {"speaker": None, "language": None, "said_at": None}, by=token, If_Match="*").json()
    assert (body["speaker"], body["language"], body["topics"]) == (None, None, ["ferries"])


def test_what_is_made_is_refused_as_the_verb_refuses_it(send):
    token = make_token()
    made(send("post", "speakers/", {"name": "Ada", "wikidata_id": "Q1"}, by=token))
    refused(
        send("post", "speakers/", {"name": "Eve", "wikidata_id": "Q1"}, by=token), 409, "wikidata_taken", "/wikidata_id"
    )
    refused(send("post", "speakers/", {"name": "Eve", "kind": "robot"}, by=token), 400, "invalid_choice", "/kind")
    made(send("post", "topics/", {"name": "Ferries"}, by=token))
    refused(send("post", "topics/", {"name": "Ferries"}, by=token), 409, "duplicate", "/slug")

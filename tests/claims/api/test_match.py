import pytest

from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/claims/match/"


def ask(client, text="The harbour board closed 14 bridges.", **given):
    return client.post(ADDRESS, {"text": text, **given}, content_type="application/json")


def test_it_works(client):
    claim = make_claim("checked", text="The harbour board closed 14 bridges.")
    answer = ask(client, "The harbour board closed 40 bridges!")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    [match] = body["matches"]
    assert match["claim"] == client.get(f"/api/v1/claims/{claim.pk}/").json()
    assert 0.5 < match["score"] <= 1 and match["same"] is False
    assert match["differences"] == [
        {"kind": "number", "here": ["40"], "there": ["14"], "detail": "Numbers differ: 40 here, 14 there."}
    ]
    assert body["sentences"] == []


def test_each_sentence_of_a_paragraph_has_its_answers(client):
    bridges = make_claim("unverified", text="The harbour board closed 14 bridges.")
    herons = make_claim("unverified", text="Herons nest on the lighthouse of Tarn.")
    text = "Herons nest on the lighthouse of Tarn.\nThe harbour board closed 14 bridges."
    body = ask(client, text, limit=1).json()
    found = [(text[one["start"] : one["end"]] == one["text"], one["matches"]) for one in body["sentences"]]
    assert [(exact, match["claim"]["id"], match["same"]) for exact, [match] in found] == [
        (True, herons.pk, True),
        (True, bridges.pk, True),
    ]


def test_what_is_not_public_is_for_those_who_see_it(client):
    claim = make_claim(text="The harbour board closed 14 bridges.")
    assert ask(client).json()["matches"] == []
    client.force_login(make_user("moderator"))
    assert [match["claim"]["id"] for match in ask(client).json()["matches"]] == [claim.pk]


REFUSED = [
    ({"text": ""}, "text", "required", "nothing to look for"),
    ({"text": "x" * 5_001}, "text", "too_long", "longer than a page of a newspaper"),
    ({"text": "It rained today. " * 21}, "text", "too_many", "as many as an article"),
    ({"text": "a\0b"}, "text", "null_characters_not_allowed", "no character of a text"),
    ({"text": "Rain.", "limit": 51}, "limit", "max_value", "more than anybody reads"),
    ({"text": "Rain.", "language": "klingonisch"}, "language", "invalid", "no language"),
    ({"text": "Rain.", "speaker": 3}, "speaker", "unknown_field", "nothing to filter by"),
]


@pytest.mark.parametrize(("body", "field", "code", "reason"), REFUSED, ids=[row[3] for row in REFUSED])
def test_it_refuses(client, body, field, code, reason):
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code == 400, reason
    [error] = answer.json().get("errors") or [answer.json()]
    assert (error["field"], error["code"]) == (field, code), reason


def test_it_counts_as_a_read_and_takes_the_scope_of_one(client, settings):
    settings.CLAIMTRACK_THROTTLE_WRITE, settings.CLAIMTRACK_THROTTLE_TOKEN = 1, 3
    make_claim("unverified", text="The harbour board closed 14 bridges.")
    asked = {"content_type": "application/json", "headers": bearing(make_token(scope="read"))}
    answers = [client.post(ADDRESS, {"text": "bridges"}, **asked).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_where_anonymous_reading_is_off_it_takes_an_account(client, settings):
    settings.CLAIMTRACK_ANONYMOUS_READ = False
    assert ask(client).status_code == 401


def test_whoever_proposes_a_claim_is_told_of_one_that_seems_to_say_the_same(client):
    claim = make_claim("unverified", text="The harbour board closed 14 bridges.")
    client.force_login(make_user("contributor"))
    place = {"snapshot": claim.appearances.get().snapshot_id, "quote": "Nobody asked how she knew"}
    body = {"text": "The harbour board closed 14 bridges!", "appearances": [place]}
    answer = client.post("/api/v1/claims/", body, content_type="application/json").json()
    assert [(one["code"], one["field"]) for one in answer["warnings"]] == [("claim_alike", "text")]
    assert str(claim.pk) in answer["warnings"][0]["detail"]

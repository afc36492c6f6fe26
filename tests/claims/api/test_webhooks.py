"""Webhooks over the API, with a token of the scope `admin`."""

import pytest

from claims.models import Delivery, Webhook
from claimtrack.models import KeptAnswer
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_claim

pytestmark = pytest.mark.django_db
URL = "/api/v1/webhooks/"
GIVEN = {"name": "Newsroom", "endpoint": "https://news.example/hook", "filters": "status=checked"}


@pytest.fixture
def ask(client):
    headers = bearing(make_token("editor"))

    def send(method, path="", body=None, **more):
        answer = getattr(client, method)(URL + path, body, content_type="application/json", headers=headers | more)
        return answer.status_code, answer.json() if answer.content else None

    return send


def test_it_works(ask):
    status, made = ask("post", "", GIVEN)
    assert status == 201 and made["secret"].startswith("whsec_")
    shown = {name: value for name, value in made.items() if name != "secret"}
    assert ask("get") == (200, {"next": None, "previous": None, "results": [shown]})
    path = f"{made['id']}/"
    assert made["url"].endswith(f"{URL}{path}")
    assert ask("get", path) == (200, shown)
    assert ask("patch", path, {"name": "Archive", "state": "paused"})[1] == {
        **shown,
        "name": "Archive",
        "state": "paused",
    }
    test = {"type": "webhook.test"}
    assert ask("post", f"{path}deliveries/", test)[1]["code"] == "not_active"
    assert ask("patch", path, {"state": "active"})[1]["state"] == "active"
    status, renewed = ask("post", f"{path}secret/", {"overlap_hours": 0})
    assert status == 200 and renewed["secret"] not in (None, made["secret"])
    make_claim("checked")
    assert ask("post", f"{path}replay/", {"since": "beginning"})[1]["place"] == "0.0.0"
    assert ask("post", f"{path}deliveries/", test)[0] == 201
    [waiting] = ask("get", f"{path}deliveries/")[1]["results"]
    assert (waiting["kind"], waiting["state"], waiting["attempts"]) == ("test", "waiting", 0)
    assert waiting["message"] == Delivery.objects.get().header
    assert ask("delete", path) == (204, None)
    assert not Webhook.objects.exists()


def test_a_repeated_request_is_not_shown_the_secret(ask):
    key = {"Idempotency-Key": "one"}
    _, first = ask("post", "", GIVEN, **key)
    status, again = ask("post", "", GIVEN, **key)
    assert (status, again) == (201, {**first, "secret": None})
    assert first["secret"] not in KeptAnswer.objects.get().body


# what is given, the code, the field, reason
REFUSED = [
    ({"filters": "statuss=checked"}, "unknown_parameter", "filters", "the list has no such filter"),
    ({"filters": "speaker=Ada"}, "parameter", "filters", "nor such a value"),
    ({"filters": "q=the"}, "stop_words", "filters", "nor does it search for that"),
    ({"endpoint": "http://news.example/"}, "url", "endpoint", "others could read it"),
    ({"endpoint": "mailto:desk@news.example"}, "url", "endpoint", "no web address"),
    ({"kinds": ["claims"]}, "invalid_choice", "kinds", "no such kind"),
    ({"kinds": []}, "invalid_choice", "kinds", "told of nothing"),
    ({"since": "yesterday"}, "invalid", "since", "no time"),
    ({"since": "0.5.5"}, "place_lost", "since", "no such place"),
    ({"secret": "whsec_MTIz"}, "unknown_field", "secret", "secrets are made here"),
]


@pytest.mark.parametrize(("given", "code", "field", "reason"), REFUSED, ids=[row[3] for row in REFUSED])
def test_what_does_not_fit_is_refused(ask, given, code, field, reason):
    status, problem = ask("post", "", GIVEN | given)
    assert (status, problem["code"], problem["field"]) == (400, code, field), reason
    assert not Webhook.objects.exists()


def test_a_name_is_taken_once(ask):
    ask("post", "", GIVEN)
    assert ask("post", "", GIVEN)[1]["code"] == "duplicate"

"""A day at the desk leaves no secret in the log, not even where libraries write all that they can."""

import io
import json
import logging.config
import re
import time

import pytest
import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from claimtrack import logs
from claimtrack.models import User
from tests import factories, oidc
from tests.claims.admin.test_review import DECISION
from tests.claims.admin.test_review import url as page_of
from tests.claims.bad_lines import line, make_ledger
from tests.claimtrack.signing_in.conftest import PASSWORD, with_password
from tests.claimtrack.signing_in.test_oidc import CALLBACK, LOGIN

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"
# What nobody would write by chance.
DRAFT, IMPORTED, KEY, WRONG, NEW = (f"{word}-swordfish-4711" for word in ("draft", "imported", "key", "wrong", "new"))
CLIENT_SECRET = "oidc-swordfish-4711"


@pytest.fixture
def log(settings):
    """A function that returns the lines so far, of every library and level, without the numbers that a code may equal by chance."""
    out = io.StringIO()
    config = logs.logging_config(as_json=True, requests=True)
    for handler in config["handlers"].values():
        handler["stream"] = out
    config["root"]["level"] = "DEBUG"
    logging.config.dictConfig(config)

    def read():
        lines = [json.loads(text) for text in out.getvalue().splitlines()]
        return [
            {name: line[name] for name in line if name not in ("timestamp", "seconds", "request_id")} for line in lines
        ]

    yield read
    logging.config.dictConfig(settings.LOGGING)


class Day:
    """Somebody's day: what they do, and what of it must be in no line."""

    def __init__(self, client):
        self.client, self.secrets = client, {}

    def post(self, path, data, status, **more):
        answer = self.client.post(path, data, **more)
        assert answer.status_code == status, answer.text
        return answer

    def sign_in(self, user):
        self.post(f"{ACCOUNT}login/", {"login": user.username, "password": WRONG}, 200)
        answer = self.post(f"{ACCOUNT}login/", {"login": user.username, "password": PASSWORD}, 302)
        self.secrets |= {"a wrong password": WRONG, "the password": PASSWORD, "the session": self.session()}
        return answer

    def session(self):
        return self.client.cookies["sessionid"].value

    def add_a_second_factor(self):
        page = f"{ACCOUNT}two-factor/totp/activate/"
        self.post(f"{ACCOUNT}reauthenticate/?next={page}", {"password": PASSWORD}, 302)
        secret = re.search(r'value="([A-Z2-7]{32})"', self.client.get(page).text)[1]
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        answer = self.post(page, {"code": code}, 302, follow=False)
        codes = re.search(r"<textarea[^>]*>\s*([\w\s]+)<", self.client.get(answer["Location"]).text)[1].split()
        self.secrets |= {
            "the app's secret": secret,
            "a code": code,
            **{f"a recovery code {n}": c for n, c in enumerate(codes)},
        }

    def enter_a_recovery_code(self):
        code = self.secrets["a recovery code 3"]
        self.post(f"{ACCOUNT}two-factor/authenticate/", {"code": "no-such-code"}, 200)
        self.post(f"{ACCOUNT}two-factor/authenticate/", {"code": code}, 302)

    def reset(self, user, outbox):
        self.post(f"{ACCOUNT}password/reset/", {"email": user.email}, 302)
        link = re.search(r"http\S+", outbox[-1].body)[0]
        form = self.client.get(link, follow=True).redirect_chain[-1][0]
        self.post(form, {"password1": NEW, "password2": NEW}, 302)
        self.secrets |= {"a link to a new password": link.rstrip("/").rpartition("/")[2], "the new password": NEW}

    def make_a_token(self):
        form = {"name": "Feed", "scope": "review", "expires_at_0": "", "expires_at_1": ""}
        page = self.post(reverse("admin:claimtrack_token_add"), form, 200).text
        [token] = re.findall("<code>(ct_[A-Za-z0-9_-]{43})</code>", page)
        self.secrets["a token"] = token
        return {"Authorization": f"Bearer {token}"}

    def save_a_draft(self, moderator):
        claim = factories.make_claim("unverified")
        factories.step(claim, "in_review", by=moderator)
        draft = {**DECISION, "rationale": DRAFT, "note": DRAFT, "expected": claim.version, "action": "draft"}
        self.post(page_of(claim), draft, 200, headers={"Accept": "application/json"})
        self.secrets["a draft"] = DRAFT


def test_it_works(client, log, mailoutbox):
    moderator = with_password(factories.make_user("moderator", email="mira@desk.example"))
    make_ledger()
    day = Day(client)
    day.sign_in(moderator)
    day.add_a_second_factor()
    day.save_a_draft(moderator)
    token = day.make_a_token()
    client.logout()
    day.sign_in(moderator)
    day.enter_a_recovery_code()
    day.secrets["the session after the second factor"] = day.session()
    client.logout()
    day.reset(moderator, mailoutbox)

    program = Client(headers=token, raise_request_exception=False)
    lines = b"\n".join([line(claim__text=IMPORTED), line(quote=f"Not there: {IMPORTED}"), IMPORTED.encode()])
    answer = program.post(
        "/api/v1/claims/bulk/", lines, content_type="application/x-ndjson", headers={"Idempotency-Key": KEY}
    )
    assert (answer.json()["new"], answer.json()["refused"]) == (1, 2)
    day.secrets |= {"an import": IMPORTED, "a key against repetition": KEY}

    assert len(log()) > 15
    written = json.dumps(log())
    assert [name for name, secret in day.secrets.items() if secret in written] == []


def test_single_sign_on(client, log, settings):
    with oidc.running() as provider:
        oidc.configure(settings, provider)
        settings.CLAIMTRACK_OIDC_CLIENT_SECRET = CLIENT_SECRET
        provider.say("8f3a")
        there = client.post(LOGIN)["Location"]
        back = requests.post(there, data={"sub": "8f3a"}, allow_redirects=False, timeout=5).headers["Location"]
        client.get(back[back.index(CALLBACK) :])
    assert User.objects.get().username == "noor"
    secrets = {"code": re.search("code=([^&]+)", back)[1], "state": re.search("state=([^&]+)", back)[1]}
    secrets |= {"client": CLIENT_SECRET, "session": client.cookies["sessionid"].value}
    # The test itself asks the provider, too.
    ours = [
        line for line in log() if line["logger"] != "urllib3.connectionpool" or "/oauth2/authorize" not in line["event"]
    ]
    assert ours
    written = json.dumps(ours)
    assert [name for name, secret in secrets.items() if secret in written] == []

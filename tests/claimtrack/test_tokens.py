"""Tokens over HTTP, in the admin and from the command line."""

import io
import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from claims.api.views.claims import ClaimViewSet
from claimtrack import tokens
from claimtrack.models import Token
from claimtrack.refusals import NotAllowed
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"


def make_token(role="moderator", scope="admin", **fields):
    user = fields.pop("user", None) or make_user(role)
    return tokens.create_token(by=user, user=user, scope=scope, name="test", **fields)


def bearing(token):
    return {"Authorization": f"Bearer {getattr(token, 'secret', token)}"}


def seen(client, token):
    response = client.get(URL, headers=bearing(token))
    assert response.status_code == 200, response.content
    return [claim["status"] for claim in response.json()["results"]]


def test_it_works(client):
    make_claim("proposed")
    token = make_token()
    assert re.fullmatch("ct_[A-Za-z0-9_-]{43}", token.secret)
    assert seen(client, token) == ["proposed"]
    assert token.secret not in str(Token.objects.values_list())
    tokens.revoke_token(by=token.user, token=token)
    refused = client.get(URL, headers=bearing(token))
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, 'Bearer realm="claimtrack"')
    assert (refused["Content-Type"], refused.json()["code"]) == ("application/problem+json", "token_revoked")


# role of the user, scope, whether a claim in proposed is seen, the role that is left
SCOPES = [
    ("editor", "read", False, "NONE"),
    ("editor", "propose", False, "CONTRIBUTOR"),
    ("editor", "review", True, "MODERATOR"),
    ("editor", "admin", True, "EDITOR"),
    ("contributor", "admin", False, "CONTRIBUTOR"),
    (None, "admin", False, "NONE"),
]


@pytest.mark.parametrize(("role", "scope", "sees", "left"), SCOPES)
def test_a_scope_narrows_the_role(client, role, scope, sees, left):
    make_claim("proposed")
    token = make_token(role, scope)
    assert bool(seen(client, token)) is sees
    assert tokens.opened_by(token.secret).user.role.name == left


def test_a_superusers_token_is_narrowed_too(client):
    make_claim("proposed")
    assert seen(client, make_token(user=make_user(is_superuser=True), scope="propose")) == []


def test_an_expired_token_is_401(client):
    token = make_token(expires_at=timezone.now() + timedelta(hours=1))
    assert client.get(URL, headers=bearing(token)).status_code == 200
    Token.objects.update(expires_at=timezone.now())
    assert client.get(URL, headers=bearing(token)).json()["code"] == "token_expired"


@pytest.mark.parametrize("secret", ["", "ct_", "ct_" + "a" * 43, "ct_é", "x y"])
def test_an_unknown_token_is_401(client, secret):
    refused = client.get(URL, headers=bearing(secret))
    assert (refused.status_code, refused.json()["code"]) == (401, "token_unknown")


def test_a_deactivated_users_token_is_401(client):
    token = make_token()
    token.user.is_active = False
    token.user.save()
    assert client.get(URL, headers=bearing(token)).json()["code"] == "token_unknown"


def test_a_role_that_was_taken_away_is_gone_from_the_token(client):
    make_claim("proposed")
    token = make_token()
    token.user.groups.clear()
    assert seen(client, token) == []


def test_a_token_is_not_taken_from_the_address(client):
    assert client.get(URL, {"token": make_token().secret}).status_code == 400


def test_last_use_is_written_once_a_minute(client, django_assert_num_queries):
    token = make_token(scope="read")
    seen(client, token)
    first = Token.objects.get().last_used_at
    with django_assert_num_queries(1):
        tokens.opened_by(token.secret)
    assert Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=2))
    seen(client, token)
    assert Token.objects.get().last_used_at > first


def test_no_token_stands_in_a_log(client, caplog, monkeypatch):
    def fail(self):
        raise RuntimeError("Broken.")

    client.raise_request_exception = False
    token = make_token()
    with caplog.at_level(logging.DEBUG):
        seen(client, token)
        client.get(URL, {"no": 1}, headers=bearing(token))
        client.get(URL, headers=bearing("ct_" + "a" * 43))
        monkeypatch.setattr(ClaimViewSet, "read_filters", fail)
        assert client.get(URL, headers=bearing(token)).status_code == 500
    assert caplog.records and token.secret not in caplog.text and "a" * 43 not in caplog.text


def test_anonymous_reading_can_be_switched_off(client, settings):
    settings.CLAIMTRACK_ANONYMOUS_READ = False
    claim = make_claim("checked")
    for path in (URL, f"{URL}{claim.pk}/", f"{URL}{claim.pk}/reviews/", "/api/v1/", "/api/v1/verdicts/"):
        refused = client.get(path)
        assert (refused.status_code, refused.json()["code"]) == (401, "not_authenticated"), path
        assert client.get(path, headers=bearing(make_token(None, "read"))).status_code == 200, path
    # They describe the program, not the ledger.
    assert client.get("/api/schema/").status_code == client.get("/api/docs/").status_code == 200


def test_nobody_makes_or_revokes_anothers(client):
    one, other = make_user("editor"), make_user("editor")
    with pytest.raises(NotAllowed):
        tokens.create_token(by=one, user=other, scope="read", name="theirs")
    token = make_token(user=other)
    with pytest.raises(NotAllowed):
        tokens.revoke_token(by=one, token=token)
    tokens.revoke_token(by=make_user(is_superuser=True), token=token)


def test_the_admin_makes_one_shows_it_once_and_revokes_it(client):
    user = make_user("contributor")
    client.force_login(user)
    form = {"name": "Feed", "scope": "propose", "expires_at_0": "", "expires_at_1": ""}
    page = client.post(reverse("admin:claimtrack_token_add"), form)
    [secret] = re.findall("<code>(ct_[A-Za-z0-9_-]{43})</code>", page.content.decode())
    assert "no-store" in page["Cache-Control"]
    token = tokens.opened_by(secret)
    assert (token.user, token.name, token.scope) == (user, "Feed", "propose")
    listing = reverse("admin:claimtrack_token_changelist")
    for url in (listing, reverse("admin:claimtrack_token_change", args=[token.pk])):
        shown = client.get(url)
        assert shown.status_code == 200 and secret not in shown.content.decode()
        assert token.digest not in shown.content.decode()
    client.post(listing, {"action": "revoke", "_selected_action": [token.pk]})
    with pytest.raises(tokens.BadToken):
        tokens.opened_by(secret)


def test_the_admin_refuses_one_that_has_expired(client):
    client.force_login(make_user("contributor"))
    form = {"name": "Feed", "scope": "read", "expires_at_0": "2020-01-01", "expires_at_1": "00:00:00"}
    assert "expired already" in client.post(reverse("admin:claimtrack_token_add"), form).content.decode()
    assert not Token.objects.exists()


def test_the_admin_shows_nobody_anothers(client):
    token = make_token()
    client.force_login(make_user("editor"))
    listing = reverse("admin:claimtrack_token_changelist")
    assert f"/{token.pk}/change/" not in client.get(listing).content.decode()
    client.post(listing, {"action": "revoke", "_selected_action": [token.pk]})
    assert Token.objects.get().revoked_at is None
    client.force_login(make_user("editor", is_superuser=True))
    assert f"/{token.pk}/change/" in client.get(listing).content.decode()


def test_the_command_prints_the_token_alone():
    user = make_user("moderator")
    out = io.StringIO()
    call_command("create_token", user.username, "--scope=review", "--name=Bot", "--expires=2999-01-31", stdout=out)
    token = tokens.opened_by(out.getvalue().strip())
    assert (token.user, token.name, token.expires_at) == (user, "Bot", datetime(2999, 1, 31, tzinfo=UTC))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nobody", "--scope=read"], "no user"),
        (["{user}", "--scope=all"], "invalid choice"),
        (["{user}", "--scope=read", "--expires=2020-01-01"], "expired already"),
        (["{user}", "--scope=read", "--expires=2999-01-01T10:00"], "--expires"),
        (["{user}", "--scope=read", "--name="], "Name the token"),
    ],
)
def test_the_command_refuses(arguments, reason):
    user = make_user("moderator")
    with pytest.raises(CommandError, match=reason):
        call_command("create_token", *[argument.format(user=user.username) for argument in arguments])
    assert not Token.objects.exists()

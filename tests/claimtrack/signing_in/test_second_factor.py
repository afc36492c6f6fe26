"""Second factors: an authenticator app, recovery codes, and the desk that requires one. Passkeys: tests/browser."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from tests.claimtrack.signing_in.conftest import PASSWORD

ACTIVATE, AUTHENTICATE = "/admin/account/two-factor/totp/activate/", "/admin/account/two-factor/authenticate/"
SECRET = "JBSWY3DPEHPK3PXP"


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def with_app(moderator):
    TOTP.activate(moderator, SECRET)
    return moderator


def test_it_works(client, moderator, sign_in):
    sign_in(moderator)
    # To add a factor, one says once more who one is.
    response = client.get(ACTIVATE, follow=True)
    assert "Please reauthenticate" in response.text
    response = client.post(response.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == ACTIVATE
    assert "<svg" in response.text and "data:image" not in response.text

    secret = re.search(r'value="([A-Z2-7]{32})"', response.text)[1]
    response = client.post(ACTIVATE, {"code": code(secret)}, follow=True)
    assert "recovery codes available" in response.text
    recovery = re.search(r"<textarea[^>]*>\s*(\w+)", response.text)[1]

    client.logout()
    assert sign_in(moderator)["Location"] == AUTHENTICATE
    assert client.get("/admin/").status_code == 302, "the password alone opens nothing"
    assert client.post(AUTHENTICATE, {"code": recovery})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200

    client.logout()
    sign_in(moderator)
    assert "Incorrect code" in client.post(AUTHENTICATE, {"code": recovery}).text, "a recovery code works once"


def test_a_code_opens_the_desk_once(client, with_app, sign_in):
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False):
        sign_in(with_app)
        assert client.post(AUTHENTICATE, {"code": code()})["Location"] == "/admin/"
        client.logout()
        sign_in(with_app)
        assert "Incorrect code" in client.post(AUTHENTICATE, {"code": code()}).text


def test_codes_cannot_be_guessed_without_end(client, with_app, sign_in):
    sign_in(with_app)
    guesses = [client.post(AUTHENTICATE, {"code": "000000"}, REMOTE_ADDR=f"10.0.0.{n}").text for n in range(7)]
    assert ["Incorrect code" in text for text in guesses] == [True] * 5 + [False] * 2
    assert "Too many failed" in guesses[-1]


def test_a_reset_does_not_pass_by_the_second_factor(client, with_app, sign_in, mailoutbox):
    client.post("/admin/account/password/reset/", {"email": with_app.email})
    page = client.get(re.search(r"http\S+", mailoutbox[0].body)[0], follow=True)
    new = {"password1": "a-bridge-too-far-9", "password2": "a-bridge-too-far-9"}
    client.post(page.redirect_chain[-1][0], new)
    assert client.get("/admin/").status_code == 302
    assert sign_in(with_app, "a-bridge-too-far-9")["Location"] == AUTHENTICATE
    assert Authenticator.objects.filter(user=with_app).exists()


def test_who_was_deactivated_meanwhile_does_not_enter(client, with_app, sign_in):
    sign_in(with_app)
    with_app.is_active = False
    with_app.save()
    client.post(AUTHENTICATE, {"code": code()})
    assert client.get("/admin/").status_code == 302


@pytest.fixture
def required(settings):
    settings.CLAIMTRACK_REQUIRE_MFA = True


@pytest.mark.parametrize("path", ["/admin/", "/admin/claims/claim/", "/admin/claimtrack/token/add/"])
def test_where_it_is_required_the_desk_opens_to_who_has_one(client, moderator, sign_in, required, path):
    sign_in(moderator)
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0] == "/admin/account/two-factor/"
    assert "This desk requires a second factor" in response.text
    TOTP.activate(moderator, SECRET)
    assert client.get(path).status_code == 200


def test_where_it_is_required_a_session_does_not_open_the_api_without_one(client, moderator, sign_in, required):
    sign_in(moderator)
    response = client.get("/api/v1/claims/")
    assert response.status_code in (401, 403)
    assert response.json()["code"] == "second_factor_required"
    TOTP.activate(moderator, SECRET)
    assert client.get("/api/v1/claims/").status_code == 200


def test_where_it_is_required_one_may_leave_without_one(client, moderator, sign_in, required):
    sign_in(moderator)
    assert client.post("/admin/logout/")["Location"] == "/admin/account/login/"


def test_recovery_codes_alone_are_no_second_factor(client, moderator, sign_in, required):
    Authenticator.objects.create(
        user=moderator, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )
    sign_in(moderator)
    assert client.get("/admin/")["Location"] == "/admin/account/two-factor/"

"""The pages to sign in by password, to sign out and to change the password."""

import pytest
from django.urls import NoReverseMatch, reverse

from claimtrack.signing_in.adapters import AccountAdapter
from claimtrack.signing_in.oidc import IdentityAdapter
from tests import factories
from tests.claimtrack.signing_in.conftest import PASSWORD


def test_it_works(client, moderator, sign_in):
    response = client.get("/admin/claims/claim/?view=open", follow=True)
    assert response.redirect_chain[-1][0] == "/admin/account/login/?next=%2Fadmin%2Fclaims%2Fclaim%2F%3Fview%3Dopen"
    assert "Sign in to the desk" in response.text

    data = {"login": moderator.username, "password": PASSWORD, "next": "/admin/claims/claim/?view=open"}
    response = client.post("/admin/account/login/", data)
    assert (response.status_code, response["Location"]) == (302, "/admin/claims/claim/?view=open")
    assert client.get(response["Location"]).status_code == 200

    response = client.post("/admin/logout/")
    assert (response.status_code, response["Location"]) == (302, "/admin/account/login/")
    assert client.get("/admin/").status_code == 302


def test_the_admins_own_addresses_lead_there(client, moderator):
    assert client.get("/admin/login/?next=/admin/x/")["Location"] == "/admin/account/login/?next=/admin/x/"
    client.force_login(moderator)
    assert client.get("/admin/password_change/")["Location"] == "/admin/account/password/change/"


@pytest.mark.parametrize(
    "name", ["account_signup", "socialaccount_signup", "account_email", "socialaccount_connections"]
)
def test_there_is_no_page_for_it(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "3rdparty/signup/", "email/", "signup/passkey/", "oidc/login/"])
def test_nobody_signs_up(client, db, path):
    assert client.post(f"/admin/account/{path}", {"username": "a", "email": "a@desk.example"}).status_code in (404, 302)
    assert not factories.User.objects.exists()


@pytest.mark.parametrize("adapter", [AccountAdapter, IdentityAdapter])
def test_no_page_of_allauths_that_comes_later_signs_up_either(rf, adapter):
    request = rf.get("/")
    arguments = [request] if adapter is AccountAdapter else [request, None]
    assert adapter(request).is_open_for_signup(*arguments) is False


def test_a_wrong_password_is_refused(moderator, sign_in):
    response = sign_in(moderator, "wrong")
    assert response.status_code == 200
    assert "are not correct" in response.text


def test_a_deactivated_account_does_not_enter(client, moderator, sign_in):
    moderator.is_active = False
    moderator.save()
    assert sign_in(moderator).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_a_session_ends_with_its_account(client, moderator, sign_in):
    sign_in(moderator)
    moderator.is_active = False
    moderator.save()
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_who_may_not_use_the_desk_is_told(client, moderator, sign_in):
    moderator.is_staff = False
    moderator.save()
    response = sign_in(moderator, follow=True)
    assert "Your account may not use the desk" in response.text
    assert "_auth_user_id" not in client.session


def test_who_may_not_use_the_desk_any_more_is_not_sent_in_a_circle(client, moderator, sign_in):
    sign_in(moderator)
    moderator.is_staff = False
    moderator.save()
    response = client.get("/admin/", follow=True)
    assert response.status_code == 200
    assert "Your account may not use the desk" in response.text


@pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_next_leads_nowhere_else(client, moderator, next_):
    data = {"login": moderator.username, "password": PASSWORD, "next": next_}
    assert client.post("/admin/account/login/", data)["Location"] == "/admin/"


def test_the_password_is_changed(client, moderator, sign_in):
    sign_in(moderator)
    assert (
        "<li>Your password must contain at least 12 characters." in client.get("/admin/account/password/change/").text
    )
    changed = {"oldpassword": PASSWORD, "password1": "a-bridge-too-far-9", "password2": "a-bridge-too-far-9"}
    assert client.post("/admin/account/password/change/", changed).status_code == 302
    assert client.get("/admin/").status_code == 200
    moderator.refresh_from_db()
    assert moderator.check_password("a-bridge-too-far-9")


def test_a_password_that_is_too_short_is_refused(client, moderator, sign_in):
    sign_in(moderator)
    changed = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert "at least 12 characters" in client.post("/admin/account/password/change/", changed).text


def test_who_has_no_password_changes_none(client, moderator):
    moderator.set_unusable_password()
    moderator.save()
    client.force_login(moderator)
    assert client.get("/admin/account/password/change/")["Location"] == "/admin/"


def test_the_policy_is_the_desks(client, db):
    policy = client.get("/admin/account/login/")["Content-Security-Policy"]
    assert "form-action 'self'" in policy
    assert policy == client.get("/api/v1/")["Content-Security-Policy"]

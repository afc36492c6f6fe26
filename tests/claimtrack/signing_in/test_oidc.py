"""Single sign-on, with a provider that runs in this process."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp

from claimtrack.models import User
from claimtrack.roles import Role
from tests import factories, oidc
from tests.claimtrack.signing_in.conftest import PASSWORD, with_password

LOGIN, CALLBACK = "/admin/account/oidc/login/", "/admin/account/oidc/callback/"


@pytest.fixture(scope="module")
def server():
    with oidc.running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings, db):
    oidc.configure(settings, server)
    return server


@pytest.fixture
def enter(client, provider):
    """Sign `sub` in with these statements of the provider, and return the last page."""

    def enter(sub="8f3a", next_="", **claims):
        provider.say(sub, **claims)
        return client.get(come_back(client, sub, next_), follow=True)

    return enter


def come_back(client, sub, next_=""):
    """Sign in at the provider; the address that it sends the browser back to."""
    there = client.post(LOGIN, {"next": next_})["Location"]
    back = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    return back[back.index(CALLBACK) :]


def signed_in(client):
    return User.objects.get(pk=client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def test_it_works(client, provider, enter):
    page = client.get("/admin/account/login/")
    assert "Sign in with the newsroom" in page.text
    assert f"form-action 'self' {provider.issuer}" in page["Content-Security-Policy"]

    page = enter(next_="/admin/claims/claim/")
    assert page.redirect_chain[-1][0] == "/admin/claims/claim/"
    user = signed_in(client)
    assert (user.username, user.email, user.get_full_name()) == ("noor", "noor@desk.example", "Noor Vasse")
    assert (user.role, user.is_superuser, user.has_usable_password()) == (Role.MODERATOR, False, False)
    identity = SocialAccount.objects.get()
    assert (identity.user, identity.provider, identity.uid) == (user, provider.issuer, "8f3a")

    client.logout()
    enter()
    assert signed_in(client) == user
    assert User.objects.count() == 1


def test_the_request_carries_pkce_and_a_state(client, provider):
    query = parse_qs(urlsplit(client.post(LOGIN)["Location"]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert set(query["scope"][0].split()) == {"openid", "profile", "email"}
    assert query["redirect_uri"] == ["http://127.0.0.1:8000/admin/account/oidc/callback/"]
    assert query["state"]


def test_an_identity_stays_itself_when_its_names_change(client, enter):
    enter()
    user = signed_in(client)
    client.logout()
    enter(email="noor.vasse@desk.example", preferred_username="nv")
    assert signed_in(client) == user


def test_the_same_sub_at_another_issuer_is_somebody_else(client, enter):
    other = factories.make_user("editor")
    SocialAccount.objects.create(user=other, provider="https://elsewhere.example", uid="8f3a")
    enter()
    assert signed_in(client) != other


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["chiefs"], Role.EDITOR),
        (["interns", "chiefs", "football"], Role.EDITOR),
        (["interns"], Role.CONTRIBUTOR),
        ("fact-check", Role.MODERATOR),
    ],
    ids=["one", "the highest of several", "a low one", "a single name for a list"],
)
def test_groups_give_the_role(client, enter, groups, role):
    enter(groups=groups)
    assert signed_in(client).role == role


def test_groups_are_read_at_each_sign_in(client, enter):
    roles = []
    for groups in (["chiefs"], ["interns"], ["fact-check"]):
        enter(groups=groups)
        roles.append(signed_in(client).role)
        client.logout()
    assert roles == [Role.EDITOR, Role.CONTRIBUTOR, Role.MODERATOR]


@pytest.mark.parametrize("groups", [None, [], ["football"], ["Chiefs"], [["chiefs"]], {"chiefs": True}, 7, "chief"])
def test_without_a_mapped_group_there_is_no_entry(client, enter, groups):
    page = enter(groups=groups)
    assert signed_in(client) is None
    assert "None of your groups may use this desk" in page.text
    assert not User.objects.exists()


def test_who_left_the_groups_loses_the_role(client, enter):
    enter(groups=["chiefs"])
    user = signed_in(client)
    client.logout()
    enter(groups=[])
    assert signed_in(client) is None
    user = User.objects.get(pk=user.pk)
    assert (user.role, user.is_staff) == (Role.NONE, False)


def test_a_superuser_who_left_the_groups_stays_one_without_a_role(client, enter):
    enter()
    User.objects.update(is_superuser=True)
    client.logout()
    enter(groups=[])
    assert signed_in(client) is None
    user = User.objects.get()
    assert (user.groups.count(), user.is_staff, user.is_superuser) == (0, True, True)


def test_an_account_with_that_address_is_not_joined(client, enter):
    mine = with_password(factories.make_user("editor", email="noor@desk.example"))
    page = enter()
    assert signed_in(client) is None
    assert "cannot be joined" in page.text
    assert list(User.objects.all()) == [mine]


@pytest.fixture
def joining(settings):
    settings.CLAIMTRACK_OIDC_JOIN_BY_EMAIL = True


def test_where_it_is_allowed_an_account_is_joined_by_a_verified_address(client, enter, joining, sign_in):
    mine = with_password(factories.make_user("editor", email="Noor@Desk.example"))
    enter()
    assert signed_in(client) == mine
    assert signed_in(client).role == Role.MODERATOR, "the groups decide from now on"
    client.logout()
    assert sign_in(mine, PASSWORD).status_code == 302, "the password stays"


@pytest.mark.parametrize(
    ("claims", "fields"),
    [
        ({"email_verified": False}, {}),
        ({"email_verified": None}, {}),
        ({"email_verified": "no"}, {}),
        ({}, {"is_superuser": True}),
    ],
    ids=["not verified", "nothing said", "a word", "a superuser"],
)
def test_where_it_is_allowed_it_is_not_always(client, enter, joining, claims, fields):
    factories.make_user("editor", email="noor@desk.example", **fields)
    assert "cannot be joined" in enter(**claims).text
    assert signed_in(client) is None


def test_an_address_of_several_accounts_joins_none(client, enter, joining):
    for _ in range(2):
        factories.make_user("moderator", email="noor@desk.example")
    assert "cannot be joined" in enter().text


def test_a_letter_that_looks_alike_joins_nobody(client, enter, joining):
    mine = factories.make_user("editor", email="mira@desk.example")
    enter(email="mıra@desk.example")
    assert signed_in(client) != mine


def test_an_address_that_is_not_verified_is_not_kept(client, enter):
    enter(email_verified=False)
    assert signed_in(client).email == ""


def test_a_name_that_is_taken_gets_another(client, enter):
    taken = factories.make_user("editor")
    enter(preferred_username=taken.username)
    assert signed_in(client).username.startswith(taken.username)
    assert signed_in(client) != taken


def test_a_deactivated_account_does_not_enter(client, enter):
    enter()
    User.objects.update(is_active=False)
    client.logout()
    assert "is deactivated" in enter().text
    assert signed_in(client) is None


def test_it_does_not_pass_by_the_second_factor(client, enter):
    enter()
    TOTP.activate(signed_in(client), "JBSWY3DPEHPK3PXP")
    client.logout()
    assert enter().redirect_chain[-1][0] == "/admin/account/two-factor/authenticate/"
    assert signed_in(client) is None


def test_where_a_second_factor_is_required_who_has_no_password_can_add_one(client, enter, settings):
    settings.CLAIMTRACK_REQUIRE_MFA = True
    assert enter().redirect_chain[-1][0] == "/admin/account/two-factor/"
    assert "<svg" in client.get("/admin/account/two-factor/totp/activate/").text


def test_later_it_takes_another_sign_in_to_add_one(client, enter):
    enter()
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 3600
    session.save()
    page = client.get("/admin/account/two-factor/totp/activate/", follow=True)
    assert "Sign in once more" in page.text
    assert signed_in(client) is None


def test_a_signed_in_account_is_connected_to_nothing(client, enter, provider):
    mine = factories.make_user("editor")
    client.force_login(mine)
    there = client.post(f"{LOGIN}?process=connect", {"process": "connect"})["Location"]
    provider.say("8f3a")
    back = requests.post(there, data={"sub": "8f3a"}, allow_redirects=False, timeout=5).headers["Location"]
    client.get(back[back.index(CALLBACK) :])
    assert not SocialAccount.objects.filter(user=mine).exists()


def test_an_answer_that_nobody_asked_for_is_refused(client, provider):
    page = client.get(f"{CALLBACK}?code=abc&state=def")
    assert "Single sign-on failed" in page.text
    assert signed_in(client) is None


def test_who_turns_back_at_the_issuer_is_told(client, provider):
    state = parse_qs(urlsplit(client.post(LOGIN)["Location"]).query)["state"][0]
    page = client.get(f"{CALLBACK}?error=access_denied&state={state}", follow=True)
    assert "Signing in was cancelled" in page.text


def test_the_issuer_is_compared_with_the_tokens(client, enter, provider, settings):
    settings.CLAIMTRACK_OIDC_ISSUER = provider.issuer + "/"
    assert "does not answer as it should" in enter().text
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("token", "info"),
    [
        ({"iss": "https://elsewhere.example", "sub": "8f3a"}, None),
        ({"sub": "8f3a"}, {"sub": "of somebody else"}),
        ({"sub": "8f3a"}, {"email": "noor@desk.example"}),
    ],
    ids=["another issuer's token", "another's user info", "nobody's user info"],
)
def test_what_does_not_belong_together_is_nobody(provider, rf, token, info):
    known = get_adapter().get_provider(rf.get("/"), provider.issuer)
    with pytest.raises((LookupError, ValueError)):
        known.extract_uid({"id_token": {"iss": provider.issuer, **token}, "userinfo": info})


@pytest.mark.parametrize("issuer", ["http://localhost:9", "http://localhost:9/realm"])
def test_an_issuer_that_is_away_is_no_error_of_ours(client, db, settings, provider, issuer):
    settings.CLAIMTRACK_OIDC_ISSUER = issuer
    assert "does not answer as it should" in client.post(LOGIN, follow=True).text


def test_the_button_is_the_only_way_there(client, provider):
    assert client.get(LOGIN)["Location"] == "/admin/account/login/"


def test_without_an_issuer_there_is_none(client, db):
    assert "Sign in with the" not in client.get("/admin/account/login/").text
    assert client.post(LOGIN).status_code == 404
    assert client.get(f"{CALLBACK}?code=abc").status_code == 404


def test_a_provider_in_the_database_is_not_asked(client, db):
    SocialApp.objects.create(
        provider="openid_connect", provider_id="x", name="sneaky", settings={"server_url": "http://localhost:9"}
    )
    assert "sneaky" not in client.get("/admin/account/login/").text

"""An administrator removes a lost second factor or an identity, and sees no secret."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount

from tests import factories

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def factor(moderator):
    return TOTP.activate(moderator, SECRET).instance


def test_it_works(client, moderator, factor):
    client.force_login(factories.make_user("editor", is_superuser=True))
    assert moderator.username in client.get("/admin/mfa/authenticator/").text
    page = client.get(f"/admin/mfa/authenticator/{factor.pk}/change/")
    assert page.status_code == 200
    assert SECRET not in page.text
    client.post(f"/admin/mfa/authenticator/{factor.pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.exists()


def test_an_identity_is_taken_away(client, moderator):
    identity = SocialAccount.objects.create(user=moderator, provider="https://login.example", uid="8f3a")
    client.force_login(factories.make_user("editor", is_superuser=True))
    assert "https://login.example" in client.get("/admin/socialaccount/socialaccount/").text
    client.post(f"/admin/socialaccount/socialaccount/{identity.pk}/delete/", {"post": "yes"})
    assert not SocialAccount.objects.exists()


def test_an_editor_takes_nothing_away(client, factor):
    client.force_login(factories.make_user("editor"))
    assert client.post(f"/admin/mfa/authenticator/{factor.pk}/delete/", {"post": "yes"}).status_code in (302, 403)
    assert Authenticator.objects.exists()


@pytest.mark.parametrize("path", ["account/emailaddress", "socialaccount/socialapp", "socialaccount/socialtoken"])
def test_other_tables_of_allauth_have_no_page(client, db, path):
    client.force_login(factories.make_user("editor", is_superuser=True))
    assert client.get(f"/admin/{path}/").status_code == 404

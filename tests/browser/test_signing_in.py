"""Signing in as people do it, in a real browser and under the policy: TOTP, passkeys, single sign-on; axe on each page."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

from claimtrack.models import User
from tests import oidc
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

ACCOUNT = "/admin/account/"


@pytest.fixture(autouse=True)
def site(settings, live_server):
    settings.CLAIMTRACK_SITE_URL = live_server.url


def by_password(page, user):
    page.goto("/admin/")
    page.fill("#id_login", user.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")


def totp(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_authenticator(page):
    """Plug a security key into the browser, which knows its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return devtools, devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})["authenticatorId"]


def use_key(page, button):
    """Press a button to which a script of the page gives its meaning, which it has once the page is loaded."""
    page.wait_for_selector(button)
    page.wait_for_load_state()
    page.click(button)


def leave(page):
    page.click("#user-tools summary")
    page.click("#logout-form button")
    page.wait_for_selector("h1:text('Sign in to the desk')")


def test_an_authenticator_app_from_the_menu_to_the_next_sign_in(sign_in, moderator):
    page = sign_in(moderator)
    page.click("#user-tools summary")
    page.click("text=Second factor")
    page.click("a[href$='totp/activate/']")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".qr svg path")
    page.fill("#id_code", totp(page.input_value("#authenticator_secret")))
    page.keyboard.press("Enter")
    page.wait_for_selector("#recovery_codes")
    recovery = page.input_value("#recovery_codes").split()
    assert len(recovery) == 10
    leave(page)

    by_password(page, moderator)
    page.wait_for_selector("h1:text('Two-Factor Authentication')")
    page.fill("#id_code", recovery[0])
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:text('The desk')")


def test_a_passkey_signs_in_without_a_password(sign_in, moderator):
    page = sign_in(moderator)
    devtools, authenticator = with_authenticator(page)
    page.goto(f"{ACCOUNT}two-factor/webauthn/add/")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.fill("#id_name", "My laptop")
    page.check("#id_passwordless")
    use_key(page, "#mfa_webauthn_add")
    page.wait_for_selector("text=recovery codes available")
    assert Authenticator.objects.filter(user=moderator, type="webauthn").count() == 1
    page.goto(f"{ACCOUNT}two-factor/webauthn/")
    page.wait_for_selector("text=My laptop")
    leave(page)

    use_key(page, "#passkey_login")
    page.wait_for_selector("h1:text('The desk')")
    leave(page)

    # The same key is the second factor after a password.
    by_password(page, moderator)
    use_key(page, "#mfa_webauthn_authenticate")
    page.wait_for_selector("h1:text('The desk')")
    leave(page)

    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    use_key(page, "#passkey_login")
    page.wait_for_selector("#passkey-error:visible")
    assert "/account/login/" in page.url


def test_single_sign_on(new_page, live_server, settings):
    with oidc.running() as provider:
        oidc.configure(settings, provider)
        provider.say("8f3a")
        page = new_page()
        # The provider's own page wants a style sheet and an icon from elsewhere.
        wanted = re.compile(r"favicon|^https?://(?!localhost)")
        page.route(wanted, lambda route: route.fulfill(status=204))
        page.goto("/admin/claims/claim/?view=open")
        page.click("text=Sign in with the newsroom")
        page.fill("input[name=sub]", "8f3a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/claims/claim/?view=open")
        assert "noor" in page.inner_text("#user-tools summary")


@pytest.fixture
def pages(moderator, settings, mailoutbox, new_page):
    """Each page by name: how to get there from a sign-in page."""
    settings.CLAIMTRACK_OIDC_ISSUER = "https://login.newsroom.example"
    settings.CLAIMTRACK_OIDC_NAME = "the newsroom"
    moderator.email = "mira@desk.example"
    moderator.set_password(PASSWORD)
    moderator.save()

    def wrong(page):
        page.fill("#id_login", moderator.username)
        page.fill("#id_password", "wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector(".errornote")

    def locked_out(page):
        for _ in range(6):
            wrong(page)
        page.wait_for_selector("text=Too many failed")
        cache.clear()

    def no_entry(page):
        User.objects.update(is_staff=False)
        by_password(page, moderator)
        page.wait_for_selector("text=may not use the desk")
        User.objects.update(is_staff=True)

    def at(path, ready="h1"):
        def go(page):
            page.goto(f"{ACCOUNT}{path}")
            page.wait_for_selector(ready)

        return go

    def sent(page):
        page.goto(f"{ACCOUNT}password/reset/")
        page.fill("#id_email", moderator.email)
        page.keyboard.press("Enter")
        page.wait_for_selector("text=is on its way")

    def new_password(page):
        page.goto(re.search(r"http\S+", mailoutbox[-1].body)[0])
        page.wait_for_selector("#id_password1")

    def replaced(page):
        new_password(page)
        page.fill("#id_password1", PASSWORD)
        page.fill("#id_password2", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:text('Your password is changed')")

    def too_often(page):
        settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
        sent(page)
        page.goto(f"{ACCOUNT}password/reset/")
        page.fill("#id_email", moderator.email)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:text('Too many requests')")
        settings.ACCOUNT_RATE_LIMITS = {}
        new_page.complaints.clear()  # the browser's own, of the status 429

    def issuer_failed(page):
        page.goto(f"{ACCOUNT}oidc/callback/?code=a&state=b")
        page.wait_for_selector("h1:text('Single sign-on failed')")
        new_page.complaints.clear()  # the browser's own, of the status 401

    def issuer_away(page):
        settings.CLAIMTRACK_OIDC_ISSUER = "http://localhost:9"
        page.reload()
        page.click("text=Sign in with the newsroom")
        page.wait_for_selector("text=does not answer as it should")
        settings.CLAIMTRACK_OIDC_ISSUER = "https://login.newsroom.example"

    def second(page):
        Authenticator.objects.filter(user=moderator).delete()
        page.context.clear_cookies()
        TOTP.activate(moderator, "JBSWY3DPEHPK3PXP")
        by_password(page, moderator)
        page.wait_for_selector("#mfa_webauthn_authenticate")

    def confirm(page):
        page.context.clear_cookies()
        by_password(page, moderator)
        page.wait_for_selector("h1:text('The desk')")
        page.goto(f"{ACCOUNT}two-factor/totp/activate/")
        page.wait_for_selector("h1:text('Confirm Access')")

    def signed_in(path, ready):
        def go(page):
            Authenticator.objects.filter(user=moderator).delete()
            page.goto(f"{ACCOUNT}{path}")
            if page.is_visible("#id_login"):
                by_password(page, moderator)
                page.wait_for_selector("h1:text('The desk')")
                page.goto(f"{ACCOUNT}{path}")
            if page.is_visible("h1:text('Confirm Access')"):
                page.fill("#id_password", PASSWORD)
                page.keyboard.press("Enter")
            page.wait_for_selector(ready)

        return go

    def codes(page):
        signed_in("two-factor/totp/activate/", ".qr svg")(page)
        page.fill("#id_code", totp(page.input_value("#authenticator_secret")))
        page.keyboard.press("Enter")
        page.wait_for_selector("#recovery_codes")

    def factors(path, ready):
        """With an authenticator app, a key and recovery codes."""

        def go(page):
            signed_in("two-factor/totp/activate/", ".qr svg")(page)
            TOTP.activate(moderator, "JBSWY3DPEHPK3PXP")
            RecoveryCodes.activate(moderator)
            data = {"name": "My laptop", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
            key = Authenticator.objects.create(user=moderator, type=Authenticator.Type.WEBAUTHN, data=data)
            page.goto(f"{ACCOUNT}two-factor/{path.format(key.pk)}")
            page.wait_for_selector(ready)

        return go

    def required(page):
        Authenticator.objects.filter(user=moderator).delete()
        page.context.clear_cookies()
        settings.CLAIMTRACK_REQUIRE_MFA = True
        by_password(page, moderator)
        page.wait_for_selector("text=requires a second factor")
        settings.CLAIMTRACK_REQUIRE_MFA = False

    return {
        "sign-in": lambda page: None,
        "wrong": wrong,
        "locked-out": locked_out,
        "no-entry": no_entry,
        "inactive": at("inactive/"),
        "reset": at("password/reset/"),
        "sent": sent,
        "new-password": new_password,
        "bad-link": at("password/reset/key/1-none/"),
        "replaced": replaced,
        "too-often": too_often,
        "issuer-away": issuer_away,
        "issuer-failed": issuer_failed,
        "issuer-cancelled": at("oidc/cancelled/"),
        "confirm": confirm,
        "factors": signed_in("two-factor/", ".panel"),
        "required": required,
        "all-factors": factors("", ".panel"),
        "app": signed_in("two-factor/totp/activate/", ".qr svg"),
        "app-away": factors("totp/deactivate/", "h1"),
        "key": signed_in("two-factor/webauthn/add/", "#mfa_webauthn_add"),
        "keys": factors("webauthn/", "text=My laptop"),
        "key-name": factors("webauthn/keys/{}/edit/", "#id_name"),
        "key-away": factors("webauthn/keys/{}/remove/", "h1"),
        "password": signed_in("password/change/", "#id_oldpassword"),
        "recovery-codes": codes,
        "new-codes": factors("recovery-codes/generate/", "h1"),
        "sign-out": signed_in("logout/", "h1"),
        "second-factor": second,
    }


def test_no_page_has_a_violation_or_is_wider_than_its_window(new_page, faults, pages):
    page = new_page()
    found = {}
    for name, go in pages.items():
        page.goto(f"{ACCOUNT}login/")
        go(page)
        found[name] = faults(page)
    assert {name: told for name, told in found.items() if told} == {}

"""Single sign-on by OpenID Connect, at the one issuer that the settings name.

Issuer and `sub` identify a person; an e-mail address does not. At the first sign-in, an identity gets an account of its own, or
joins the account with its e-mail address if CLAIMTRACK_OIDC_JOIN_BY_EMAIL allows it. At every sign-in, its groups decide its
role.
"""

import structlog
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from claimtrack.addresses import address
from claimtrack.languages import translated
from claimtrack.models import User, role_of_groups
from claimtrack.people import put_in_role
from claimtrack.refusals import NotAllowed
from claimtrack.roles import Role

log = structlog.get_logger(__name__)


class DeskOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return address("oidc_callback")


class DeskProvider(OpenIDConnectProvider):
    """Uses the issuer as `provider_id`, so that allauth stores an identity as issuer and `sub`."""

    oauth2_adapter_class = DeskOAuth2Adapter

    def get_login_url(self, request: HttpRequest, **kwargs: object) -> str:
        return reverse("oidc_login")

    def extract_uid(self, data: dict[str, dict[str, object]]) -> str:
        """Return the `sub`. Raises ValueError if the ID token has another issuer, or the user info another `sub`."""
        token, info = data["id_token"], data.get("userinfo")
        if token["iss"] != self.app.provider_id:
            raise ValueError(f"The ID token is of {token['iss']}.")
        if info is not None and info["sub"] != token["sub"]:
            raise ValueError("The user info is of another `sub` than the ID token.")
        return str(token["sub"])


class IdentityAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the issuer of the settings, and none from the database."""
        issuer = settings.CLAIMTRACK_OIDC_ISSUER
        if not issuer:
            return []
        app = SocialApp(
            provider=OpenIDConnectProvider.id,
            provider_id=issuer,
            name=settings.CLAIMTRACK_OIDC_NAME,
            client_id=settings.CLAIMTRACK_OIDC_CLIENT_ID,
            secret=settings.CLAIMTRACK_OIDC_CLIENT_SECRET,
            settings={
                "server_url": f"{issuer.rstrip('/')}/.well-known/openid-configuration",
                "oauth_pkce_enabled": True,
            },
        )
        return [app]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Decide whether this identity may sign in, to which account and with which role."""
        try:
            if sociallogin.state.get("process") != AuthProcess.LOGIN:
                raise NotAllowed("Identities cannot be connected by hand.")
            role = _role(sociallogin.account)
            if sociallogin.is_existing:
                put_in_role(sociallogin.user, role)
            if not role:
                raise NotAllowed("None of your groups may use this desk.")
            if not sociallogin.is_existing:
                with transaction.atomic():
                    sociallogin.connect(request, _account_for(sociallogin))
                    put_in_role(sociallogin.user, role)
        except NotAllowed as refusal:
            log.warning("oidc_refused", sub=sociallogin.account.uid, reason=refusal.message)
            messages.error(request, translated(refusal))
            raise ImmediateHttpResponse(redirect("account_login")) from refusal


def _role(identity: SocialAccount) -> Role:
    """Return the highest role that the groups of the identity are mapped to."""
    name = settings.CLAIMTRACK_OIDC_GROUPS_CLAIM
    claims: list[dict[str, object]] = [identity.extra_data.get(part) or {} for part in ("userinfo", "id_token")]
    groups = next((claim[name] for claim in claims if name in claim), [])
    groups = groups if isinstance(groups, list) else [groups]
    mapping: dict[str, str] = dict(settings.CLAIMTRACK_OIDC_ROLES)
    return role_of_groups(mapping[group] for group in groups if isinstance(group, str) and group in mapping)


def _account_for(sociallogin: SocialLogin) -> User:
    """Return the account that a new identity joins, or a new one. Raises NotAllowed if the e-mail address belongs to an account."""
    claimed: User = sociallogin.user
    verified = next((address.email for address in sociallogin.email_addresses if address.verified), "")
    email = verified or claimed.email
    holders = (
        [user for user in User.objects.filter(email__iexact=email) if _same_email(user.email, email)] if email else []
    )
    if holders:
        # Whatever an issuer says about an address, nobody joins the account of an administrator.
        joins = settings.CLAIMTRACK_OIDC_JOIN_BY_EMAIL and verified and len(holders) == 1
        if joins and not holders[0].is_superuser:
            return holders[0]
        raise NotAllowed("An account with your e-mail address exists and cannot be joined. Ask an administrator.")
    claimed.email = verified
    claimed.username = get_account_adapter().generate_unique_username([claimed.username, email, "user"])
    return claimed


def _same_email(one: str, other: str) -> bool:
    """Compare without the case of ASCII letters only. Other letters that look alike would open somebody else's account."""
    return one == other or (one.isascii() and other.isascii() and one.lower() == other.lower())

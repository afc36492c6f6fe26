"""allauth's adapters decide who may sign in, for which IP address an attempt counts, and what is sent by e-mail."""

import time
from smtplib import SMTPException

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from claimtrack.api.throttling import client_address
from claimtrack.languages import chosen_before_signing_in
from claimtrack.models import User

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: object) -> HttpResponse | None:
        """Refuse users who may not use the desk, whichever way they signed in."""
        refusal = super().pre_login(request, user, **kwargs)
        if refusal is None and not user.is_staff:
            messages.error(request, _("Your account may not use the desk. An administrator can allow it."))
            return redirect("account_login")
        return refusal

    def login(self, request: HttpRequest, user: User) -> None:
        """Save the language that was chosen on the sign-in page, if the user has none yet."""
        super().login(request, user)
        if not user.language and (chosen := chosen_before_signing_in(request)):
            user.language = chosen
            user.save(update_fields=["language"])

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Let users with neither password nor second factor reauthenticate by signing in again at the issuer."""
        request = context.request
        if self.get_reauthentication_methods(request.user):
            return super().is_reauthentication_required(app=app, **kwargs)
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT:
            return False
        logout(request)
        messages.info(request, _("Sign in once more to change how you sign in."))
        raise ImmediateHttpResponse(redirect_to_login(request.get_full_path()))

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, object]) -> None:
        """Send it only to users with a password. A reset must not give one to somebody who signs in at an issuer."""
        if not user.has_usable_password():
            return
        try:
            super().send_password_reset_mail(user, email, context)
        except (OSError, SMTPException):
            # An error on the page would reveal that the account exists.
            log.exception("password_reset_mail_failed", user=user.pk)


class MFAAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url: str) -> SafeString:
        """Return the code as SVG for the page itself, because the CSP forbids images in data: URLs."""
        code = QRCode(image_factory=SvgPathImage, border=2)
        code.add_data(url)
        # It is a path of numbers: the address is only drawn.
        return SafeString(code.make_image().to_string(encoding="unicode"))

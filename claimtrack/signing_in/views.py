"""Views that wrap those of allauth."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from requests import RequestException

from claimtrack.signing_in.oidc import DeskOAuth2Adapter

log = structlog.get_logger(__name__)

# Seconds. Every limit of allauth that is answered with 429 is of a minute (ACCOUNT_RATE_LIMITS).
LIMITED = 60


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page. Its button for single sign-on redirects to the issuer, which the CSP must allow."""
    view = account.login
    if settings.CLAIMTRACK_OIDC_ISSUER:
        issuer = urlsplit(settings.CLAIMTRACK_OIDC_ISSUER)
        view = csp_update({"form-action": [f"{issuer.scheme}://{issuer.netloc}"]})(view)
    return view(request)


@never_cache
def admin_login(request: HttpRequest) -> HttpResponse:
    """Redirect from the admin's login page to the sign-in page, with `next`."""
    if request.user.is_authenticated and not admin.site.has_permission(request):
        # The sign-in page redirects signed-in users back to the admin: without logout, this would be a loop.
        logout(request)
        messages.error(request, _("Your account may not use the desk. An administrator can allow it."))
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer what was asked too often. allauth takes it from the URL configuration, as `handler429`."""
    response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(LIMITED)
    return response


def change_password(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and not request.user.has_usable_password():
        messages.info(request, _("You sign in without a password."))
        return redirect("admin:index")
    return account.password_change(request)


def to_issuer(request: HttpRequest) -> HttpResponse:
    """Redirect to the issuer. Only POST, because only the CSP of the sign-in page allows the redirect."""
    if request.method != "POST":
        return redirect("account_login")

    def view(request: HttpRequest) -> HttpResponse:
        provider = get_adapter().get_provider(request, settings.CLAIMTRACK_OIDC_ISSUER)
        return provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))

    return _at_issuer(view, request)


def from_issuer(request: HttpRequest) -> HttpResponse:
    adapter = DeskOAuth2Adapter(request, settings.CLAIMTRACK_OIDC_ISSUER)
    return _at_issuer(OAuth2CallbackView.adapter_view(adapter), request)


def _at_issuer(view: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    if not settings.CLAIMTRACK_OIDC_ISSUER:
        raise Http404
    try:
        return view(request)
    except (RequestException, ImproperlyConfigured, LookupError, TypeError, ValueError):
        # The issuer cannot be reached, or does not answer as OpenID Connect demands.
        log.exception("oidc_issuer_failed", issuer=settings.CLAIMTRACK_OIDC_ISSUER)
        messages.error(request, _("Single sign-on does not answer as it should. Try again, or tell an administrator."))
        return redirect("account_login")

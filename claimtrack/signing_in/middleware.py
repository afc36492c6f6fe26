from collections.abc import Callable

from allauth.account.middleware import AccountMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claimtrack.signing_in.factors import lacks_second_factor

DESK = "/admin/"
# Pages for users who lack a required second factor: to add one, and to sign out.
EXEMPT = ("/admin/account/", "/admin/login/", "/admin/logout/", "/admin/jsi18n/")


def signing_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Run allauth for the desk's pages only, and keep out users who lack a required second factor."""
    with_allauth = AccountMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            return get_response(request)
        if not request.path_info.startswith(EXEMPT) and lacks_second_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        return with_allauth(request)

    middleware.process_exception = with_allauth.process_exception  # type: ignore[attr-defined]
    return middleware

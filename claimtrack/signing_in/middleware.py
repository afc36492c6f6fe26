from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from claimtrack.signing_in.factors import lacks_second_factor

DESK = "/admin/"
# Pages for users who lack a required second factor: to add one, and to sign out.
EXEMPT = ("/admin/account/", "/admin/login/", "/admin/logout/", "/admin/jsi18n/")


class SecondFactor(MiddlewareMixin):
    """Keeps users out of the desk who lack a second factor where one is required."""

    def process_request(self, request: HttpRequest) -> HttpResponseRedirect | None:
        path = request.path_info
        if path.startswith(DESK) and not path.startswith(EXEMPT) and lacks_second_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None

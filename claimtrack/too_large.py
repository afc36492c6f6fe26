"""The desk's answer to a form that is too large for the server or for a proxy in front of it."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claimtrack.api import exceptions


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig) and request.path.startswith("/admin/"):
        return page(request)
    return exceptions.bad_request(request, exception)


@require_http_methods(["GET", "HEAD", "POST"])
def size(request: HttpRequest) -> HttpResponse:
    """Answer 204 to a form that is not too large. The desk's script asks this before it sends a large form (desk/sizes.js).

    A proxy that refuses a form shows this page instead of its own (deploy/nginx.conf).
    """
    if request.method != "POST":
        return page(request)
    # Django parses a form at its first access, and refuses it then.
    request.POST.keys()
    return HttpResponse(status=204)


def page(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("This form is too large"),
        "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return TemplateResponse(request, "claimtrack/too_large.html", context, status=413).render()

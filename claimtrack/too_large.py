"""The desk's answer to a form that is larger than the server, or a proxy before it, takes."""

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
    """Answer 204 to a form that is not too large: the desk's script asks before it sends a large one (desk/sizes.js).

    A proxy that refuses a form shows this page in place of its own (deploy/nginx.conf).
    """
    if request.method != "POST":
        return page(request)
    # Django reads a form when it is asked for, and refuses it then.
    request.POST.keys()
    return HttpResponse(status=204)


def page(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("This form is too large"),
        "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return TemplateResponse(request, "claimtrack/too_large.html", context, status=413).render()

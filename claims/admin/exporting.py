"""Export the list of the queue as a file, in the format of the API's exports."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims.formats import json
from claims.formats.csv import BOM, ClaimCsv
from claims.formats.exports import ClaimExport, ClaimNdjson
from claimtrack.api.exports import ExportResponse, TooManyExports

# CSV begins with a byte order mark, since people open it in a spreadsheet.
FORMATS: dict[str, tuple[type[ClaimExport], list[str]]] = {"csv": (ClaimCsv, [BOM]), "ndjson": (ClaimNdjson, [])}


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    def view(request: HttpRequest, name: str) -> HttpResponseBase:
        return export(model_admin, request, name)

    guarded: Callable[..., HttpResponseBase] = model_admin.admin_site.admin_view(view)
    return [path(f"export.{name}", guarded, {"name": name}, name=f"claims_claim_{name}") for name in FORMATS]


def export(model_admin: admin.ModelAdmin, request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the claims on all pages of the list with this query string."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    back = f"{reverse('admin:claims_claim_changelist')}?{request.GET.urlencode()}"
    try:
        queue = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return HttpResponseRedirect(back)
    # An unfiltered file must not look like a filtered one: the list says which value is wrong.
    filters: list[Any] = queue.filter_specs
    if not all(spec.form.is_valid() for spec in filters):
        return HttpResponseRedirect(back)
    form, start = FORMATS[name]
    try:
        response = ExportResponse(
            chain(start, form().write(json.batches(queue.queryset))), content_type=form.content_type
        )
    except TooManyExports:
        messages.error(request, _("This server is sending as many files as it can. Try again in a few seconds."))
        return HttpResponseRedirect(back)
    response["Content-Disposition"] = f'attachment; filename="claims.{form.format}"'
    return response

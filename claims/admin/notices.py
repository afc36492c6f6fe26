"""The list of one's own notices."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from claims import notices
from claims.models import Notice
from claimtrack.admin import CappedPaginator
from claimtrack.roles import Role, role_of, signed_in

ON_A_PAGE = 50


def page(request: HttpRequest) -> HttpResponse:
    """Show the notices, newest first; on POST, mark one as read, or all that this page could show."""
    user = signed_in(request.user)
    if role_of(user) < Role.MODERATOR:
        raise PermissionDenied
    if request.method == "POST":
        one, until = (_id(request.POST.get(name, "")) for name in ("one", "until"))
        if one is not None or until is not None:
            notices.read(by=user, one=one, until=until)
        return HttpResponseRedirect(request.get_full_path())
    rows = Notice.objects.visible_to(user).for_list()
    only_unread = request.GET.get("show") == "unread"
    shown = CappedPaginator(rows.unread() if only_unread else rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Notices"),
        "notices": shown,
        "only_unread": only_unread,
        # Those that arrive while one reads stay unread.
        "newest": rows.values_list("pk", flat=True).first(),
    }
    return TemplateResponse(request, "desk/notices.html", context)


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None

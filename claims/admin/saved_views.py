"""The page of saved views: save the view that led here under a name, and remove views."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.forms import show_refusal
from claims.admin.queue import ADMIN_PARAMETERS, QueueFilterSet
from claims.curating.saved_views import remove_view, save_view
from claims.models import Claim, SavedView
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in


class SavedViewForm(forms.Form):
    query = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name of the view"), required=False)
    shared = forms.BooleanField(label=gettext_lazy("Show it to the whole desk"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if role_of(user) < Role.MODERATOR:
            del self.fields["shared"]

    def clean_query(self) -> str:
        query = canonical(QueryDict(self.cleaned_data["query"]))
        filters = QueueFilterSet(QueryDict(query), Claim.objects.none(), user=self.user).form
        filters.data = QueryDict(query)
        if not filters.is_valid():
            raise forms.ValidationError(_("This view has a filter that is not understood."))
        return query


def canonical(data: QueryDict) -> str:
    """Return the query string of a view, without its page and without empty parameters."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if (name == SEARCH_VAR or name not in ADMIN_PARAMETERS) and any(values):
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode()


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    def view(request: HttpRequest) -> HttpResponse:
        return page(model_admin, request)

    return [path("views/", model_admin.admin_site.admin_view(view), name="claims_claim_views")]


def page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """List one's own views and the shared ones, and save the view whose query string is in the address."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    by = signed_in(request.user)
    queue, status = reverse("admin:claims_claim_changelist"), 200
    form = SavedViewForm(initial={"query": canonical(request.GET)}, user=by)
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, by)
    if request.method == "POST":
        form = SavedViewForm(request.POST, user=by)
        try:
            if form.is_valid():
                view = save_view(by=by, **form.cleaned_data)
                messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
                return HttpResponseRedirect(f"{queue}?{view.query}")
        except Refused as refusal:
            show_refusal(form, refusal)
            status = refusal.status
    views = list(SavedView.objects.shown_to(by).select_related("owner"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Saved views"),
        "opts": model_admin.opts,
        "form": form if form["query"].value() else None,
        "views": [(view, view.owner_id == by.pk or role_of(by) >= Role.EDITOR) for view in views],
        "media": form.media,
    }
    return TemplateResponse(request, "admin/claims/claim/views.html", context, status=status)


def _remove(request: HttpRequest, by: User) -> HttpResponse:
    key = request.POST["remove"]
    view = SavedView.objects.shown_to(by).filter(pk=key).first() if key.isdecimal() else None
    if view:
        try:
            remove_view(by=by, view=view)
            messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})
        except Refused as refusal:
            messages.error(request, translated(refusal))
    return HttpResponseRedirect(reverse("admin:claims_claim_views"))

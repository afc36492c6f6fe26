"""Base classes of the admin.

Changes are attributed to the user, lists count a limited number of rows, and the history page shows the recorded edits.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib import admin
from django.contrib.admin import widgets
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Field, Model, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimtrack.admin.lists import DeskList, Label
from claimtrack.db.attribution import acting
from claimtrack.db.capped import CAP
from claimtrack.db.history import edits
from claimtrack.roles import signed_in

admin.site.site_header = admin.site.site_title = "claimtrack"
admin.site.index_title = gettext_lazy("The desk")
admin.site.enable_nav_sidebar = False


class LabelledDateTime(widgets.AdminSplitDateTime):
    """Gives the inputs for day and time accessible names, since Django only writes the names beside them."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], ("date_label", "time_label"), strict=True):
            part["attrs"]["aria-label"] = context[label].rstrip(" :")
        return context


class _OfIds(widgets.AutocompleteMixin):
    """Offers nothing for a value that is not an id. Django's own widgets would query the database with it."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, object] | None = None) -> list[Any]:
        return super().optgroups(name, [one for one in value if one.isdecimal()], attr)


class AutocompleteSelect(_OfIds, widgets.AutocompleteSelect):
    pass


class AutocompleteSelectMultiple(_OfIds, widgets.AutocompleteSelectMultiple):
    pass


class Suggestions(AutocompleteJsonView):
    """The suggestions of these widgets while somebody types. No name contains U+0000, which PostgreSQL refuses."""

    def process_request(self, request: HttpRequest) -> Any:
        term, *others = super().process_request(request)
        return (term.replace("\0", ""), *others)


def suggestions(request: HttpRequest) -> HttpResponseBase:
    return Suggestions.as_view(admin_site=admin.site)(request)


class CappedPaginator(Paginator):
    """Counts at most CAP rows, since an exact count of a million is slow and nobody pages that far."""

    CAP = CAP + 1
    object_list: QuerySet[Model]

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: self.CAP].count()


class DeskAdmin(admin.ModelAdmin):
    """A ModelAdmin that attributes changes to the user, and whose history page shows the recorded edits.

    `heading` and `lead` are shown above a list, and `nothing` says what to do while it is empty. Its filters are
    claimtrack.admin.lists.Choice and Days.
    """

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    sortable_by = ()
    change_list_template = "desk/list.html"
    change_form_template = "desk/record.html"
    actions: Sequence[Callable[..., HttpResponse] | str] | None = None
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateTimeField: {"widget": LabelledDateTime},
    }
    heading: Label = ""
    lead: Label = ""
    nothing: Label = ""
    add_label: Label = gettext_lazy("Add")

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[DeskList]:
        return DeskList

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: object) -> FormField | None:
        """Return the form field without `maxlength`, because browsers silently cut pasted text to it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.pop("maxlength", None)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = AutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @property
    def _heading(self) -> str:
        return str(self.heading or capfirst(self.opts.verbose_name_plural))

    def complete(self, request: HttpRequest, rows: QuerySet) -> None:
        """Add what the list shows besides columns, such as counts, to the rows of this page only."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        context = {
            "heading": self._heading,
            "add_label": self.add_label,
            # Of other rows, nothing would stand in their history.
            "recorded": hasattr(self.model, "events"),
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            **(extra_context or {}),
        }
        with _attributed(request):
            return super().changeform_view(request, object_id, form_url, context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        context = {
            "title": self._heading,
            "lead": self.lead,
            "add_label": self.add_label,
            "nothing": self.nothing,
            **(extra_context or {}),
        }
        with _attributed(request):
            return super().changelist_view(request, context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        with _attributed(request):
            return super().delete_view(request, object_id, extra_context)

    def not_found(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Redirect to the index, as Django's admin does for a row that does not exist or that the user may not see."""
        stock: Any = self
        return stock._get_obj_does_not_exist_redirect(request, self.opts, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show the recorded edits. Django's own log is deleted with its user and misses changes made outside the admin."""
        row = self.get_object(request, object_id)
        if row is None:
            return self.not_found(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        recorded = edits(row)[::-1] if hasattr(row, "events") else []
        context = {
            **self.admin_site.each_context(request),
            # Isolated, since the words of the row may run in another direction than those of the desk.
            "title": _("History of %(row)s") % {"row": f"\u2068{row}\u2069"},
            "opts": self.opts,
            "object": row,
            "edits": recorded,
        }
        return TemplateResponse(request, "desk/history.html", context)


def _attributed(request: HttpRequest) -> AbstractContextManager[None]:
    return acting(signed_in(request.user)) if request.method == "POST" else nullcontext()


class ReadOnlyAdmin(DeskAdmin):
    """For tables that only verbs change."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

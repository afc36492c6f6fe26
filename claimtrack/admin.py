"""Base classes of the admin, and its pages for users and tokens.

Changes are attributed to the user, lists count a limited number of rows, and the history page shows the recorded edits.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claimtrack import tokens
from claimtrack.db.attribution import acting
from claimtrack.db.history import edits
from claimtrack.languages import translated
from claimtrack.models import Token, User
from claimtrack.refusals import Invalid, Refused
from claimtrack.roles import signed_in

admin.site.site_header = admin.site.site_title = "claimtrack"
admin.site.index_title = _("The desk")
admin.site.enable_nav_sidebar = False


class CappedPaginator(Paginator):
    """Counts at most CAP rows, since an exact count of a million is slow and nobody pages that far."""

    CAP = 10_001
    object_list: QuerySet[Model]

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: self.CAP].count()


class DeskAdmin(admin.ModelAdmin):
    """A ModelAdmin that attributes changes to the user, and whose history page shows the recorded edits."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    actions: Sequence[Callable[..., HttpResponse] | str] | None = None
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        with _attributed(request):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        with _attributed(request):
            return super().changelist_view(request, extra_context)

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
            "title": gettext("History of %(row)s") % {"row": row},
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


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    """Users are deactivated, never deleted, because the ledger names them."""

    list_display = ["username", "public_name", "role_name", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    actions = None
    fieldsets = [
        (None, {"fields": ["username", "password", "public_name"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Role", {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description="Role")
    def role_name(self, user: User) -> str:
        return user.role.name.capitalize()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class TokenForm(ModelForm):
    def clean_expires_at(self) -> datetime | None:
        expires_at = self.cleaned_data["expires_at"]
        try:
            tokens.require_ahead(expires_at)
        except Invalid as refusal:
            raise ValidationError(translated(refusal), refusal.code) from refusal
        return expires_at


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    """Staff create and revoke their own tokens; a superuser sees and revokes all."""

    form = TokenForm
    list_display = ["name", "user", "scope", "created_at", "expires_at", "last_used_at", "revoked_at"]
    list_select_related = ["user"]
    ordering = ["-pk"]
    fields = ["name", "scope", "expires_at"]
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Token]:
        everyones = super().get_queryset(request)
        return everyones if request.user.is_superuser else everyones.filter(user=request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return request.user.is_staff and request.user.is_active

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Token, form: ModelForm, change: bool) -> None:
        user = signed_in(request.user)
        made = tokens.create_token(by=user, user=user, **form.cleaned_data)
        obj.pk, obj.secret = made.pk, made.secret

    def response_add(self, request: HttpRequest, obj: Token, post_url_continue: str | None = None) -> HttpResponse:
        """Show the secret once, without a redirect, so that no message, cookie or session stores it."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Token made"),
            "opts": self.opts,
            "token": obj,
        }
        return TemplateResponse(request, "claimtrack/token.html", context)

    @admin.action(description=_("Revoke"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        for token in queryset:
            try:
                tokens.revoke_token(by=signed_in(request.user), token=token)
            except Refused as refusal:
                self.message_user(request, f"{token}: {translated(refusal)}", messages.ERROR)
            else:
                self.message_user(request, gettext("%(token)s: revoked.") % {"token": token})

"""What all pages of the admin share: changes are attributed, lists never count a whole table, history is the ledger's own."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property

from claimtrack import tokens
from claimtrack.db.attribution import acting
from claimtrack.db.history import edits
from claimtrack.models import Token, User
from claimtrack.refusals import Invalid, Refused

admin.site.site_header = admin.site.site_title = "claimtrack"
admin.site.index_title = "The desk"
admin.site.enable_nav_sidebar = False


class CappedPaginator(Paginator):
    """Counts no further than CAP rows: an exact count of a million does not scale, and nobody pages that far."""

    CAP = 10_001

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: self.CAP].count()


class DeskAdmin(admin.ModelAdmin):
    """A stock admin whose changes are recorded under whoever makes them, and whose history page shows that record."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    actions: Any = None
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _attributed(request):
            return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _attributed(request):
            return super().changelist_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _attributed(request):
            return super().delete_view(request, *args, **kwargs)

    def not_found(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead back to the index, as the stock admin does for what is not there or not for this person."""
        stock: Any = self
        return stock._get_obj_does_not_exist_redirect(request, self.opts, object_id)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show the recorded edits; Django's own log dies with its user and misses whatever is done elsewhere."""
        row = self.get_object(request, object_id)
        if row is None:
            return self.not_found(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        recorded = edits(row)[::-1] if hasattr(row, "events") else []
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {row}",
            "opts": self.opts,
            "object": row,
            "edits": recorded,
        }
        return TemplateResponse(request, "desk/history.html", context)


def _attributed(request: HttpRequest) -> AbstractContextManager[None]:
    user: Any = request.user
    return acting(user) if request.method == "POST" else nullcontext()


class ReadOnlyAdmin(DeskAdmin):
    """For tables that only verbs write to."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    """Reviewers are deactivated, never deleted: the ledger names them."""

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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TokenForm(ModelForm):
    def clean_expires_at(self) -> Any:
        expires_at = self.cleaned_data["expires_at"]
        try:
            tokens.require_ahead(expires_at)
        except Invalid as refusal:
            raise ValidationError(refusal.message, refusal.code) from refusal
        return expires_at


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    """Everybody at the desk makes and revokes their own; a superuser sees and revokes all."""

    form = TokenForm
    list_display = ["name", "user", "scope", "created_at", "expires_at", "last_used_at", "revoked_at"]
    list_select_related = ["user"]
    ordering = ["-pk"]
    fields = ["name", "scope", "expires_at"]
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> Any:
        everyones = super().get_queryset(request)
        return everyones if request.user.is_superuser else everyones.filter(user=request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        user: Any = request.user
        return user.is_staff and user.is_active

    def has_add_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: bool) -> None:
        user: Any = request.user
        made = tokens.create_token(by=user, user=user, **form.cleaned_data)
        obj.pk, obj.secret = made.pk, made.secret

    def response_add(self, request: HttpRequest, obj: Token, post_url_continue: str | None = None) -> Any:
        """Show the secret, this once and not by way of a redirect: no message, cookie or session holds it."""
        context = {**self.admin_site.each_context(request), "title": "Token made", "opts": self.opts, "token": obj}
        return TemplateResponse(request, "claimtrack/token.html", context)

    @admin.action(description="Revoke")
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        for token in queryset:
            try:
                tokens.revoke_token(by=request.user, token=token)  # type: ignore[arg-type]
            except Refused as refusal:
                self.message_user(request, f"{token}: {refusal.message}", messages.ERROR)
            else:
                self.message_user(request, f"{token}: revoked.")

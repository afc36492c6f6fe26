"""Tokens for the API in the admin."""

from datetime import datetime

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimtrack import tokens
from claimtrack.admin.base import ReadOnlyAdmin
from claimtrack.admin.lists import Choice, Options
from claimtrack.languages import translated
from claimtrack.models import Token
from claimtrack.refusals import Invalid, Refused
from claimtrack.roles import signed_in


class TokenForm(ModelForm):
    def clean_expires_at(self) -> datetime | None:
        expires_at = self.cleaned_data["expires_at"]
        try:
            tokens.require_ahead(expires_at)
        except Invalid as refusal:
            raise ValidationError(translated(refusal), refusal.code) from refusal
        return expires_at


class State(Choice):
    names = ("state",)
    title = gettext_lazy("state")

    def options(self) -> Options:
        return [
            ("usable", _("Usable")),
            ("expired", _("Expired")),
            ("revoked", _("Revoked")),
        ]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        expired = Q(expires_at__lte=timezone.now())
        conditions = {
            "revoked": Q(revoked_at__isnull=False),
            "expired": Q(revoked_at=None) & expired,
            "usable": Q(revoked_at=None) & ~expired,
        }
        return rows.filter(conditions[value])


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    """Staff create and revoke their own tokens; a superuser sees and revokes all."""

    form = TokenForm
    heading = gettext_lazy("Tokens")
    lead = gettext_lazy(
        "With a token, a program acts for you: it may never do more than its scope and your role allow."
    )
    nothing = gettext_lazy("There are no tokens. Make one for each program that is to use the API.")
    add_label = gettext_lazy("Make a token")
    list_display = ["name", "user", "scope", "state", "created_at", "expires_at", "last_used_at"]
    list_filter = [State]
    list_select_related = ["user"]
    search_fields = ["name", "user__username"]
    search_help_text = gettext_lazy("What uses it, or whose it is")
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
        context = {**self.admin_site.each_context(request), "title": _("Token made"), "opts": self.opts, "token": obj}
        return TemplateResponse(request, "claimtrack/token.html", context)

    @admin.display(description=gettext_lazy("state"))
    def state(self, token: Token) -> str:
        if token.revoked_at:
            return _("Revoked")
        if token.expires_at and token.expires_at <= timezone.now():
            return _("Expired")
        return _("Usable")

    @admin.action(description=gettext_lazy("Revoke"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        for token in queryset:
            try:
                tokens.revoke_token(by=signed_in(request.user), token=token)
            except Refused as refusal:
                self.message_user(request, f"{token}: {translated(refusal)}", messages.ERROR)
            else:
                self.message_user(request, _("%(token)s is revoked.") % {"token": token})

"""Webhooks at the desk, for Editors: subscriptions, waiting and delivered messages, and the reasons of failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.admin.forms import show_refusal
from claims.models import Change, Delivery, Webhook
from claims.webhooks import subscribing
from claims.webhooks.collecting import MAX_WAITING
from claimtrack.admin import Choice, Options, ReadOnlyAdmin
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

SHOWN = 50  # deliveries
KINDS: Mapping[str, str | Promise] = {
    Change.Kind.CLAIM: gettext_lazy("Claims"),
    Change.Kind.SPEAKER: gettext_lazy("Speakers"),
    Change.Kind.SOURCE: gettext_lazy("Sources"),
    Change.Kind.ARTICLE: gettext_lazy("Articles"),
    Change.Kind.TOPIC: gettext_lazy("Topics"),
    Change.Kind.VERDICT: gettext_lazy("Verdict scale"),
}
ERRORS: Mapping[str, str | Promise] = {
    "address_refused": gettext_lazy("The address does not lead to a public server by https."),
    "connection": gettext_lazy("The server could not be reached, or closed the connection."),
    "gone": gettext_lazy("The receiver says that it is gone."),
    "http_status": gettext_lazy("The receiver did not accept it."),
    "secret": gettext_lazy("The secret cannot be read, since the key of the site has changed."),
    "timeout": gettext_lazy("The receiver took too long to answer."),
    "url": gettext_lazy("The address cannot be read."),
}


class AddressForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("Who is told."))
    endpoint = forms.CharField(label=gettext_lazy("Address"), widget=forms.URLInput({"placeholder": "https://"}))


class WebhookForm(AddressForm):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What it is told of"),
        choices=list(KINDS.items()),
        initial=[Change.Kind.CLAIM],
        widget=forms.CheckboxSelectMultiple,
    )
    filters = forms.CharField(
        label=gettext_lazy("Filters"),
        required=False,
        widget=forms.TextInput({"placeholder": "status=checked&topic=traffic", "dir": "ltr"}),
        help_text=gettext_lazy(
            "Which claims: the filters of the API’s list of claims, as in its address behind the question mark. "
            "Empty: every public claim. They cannot be changed later."
        ),
    )
    since = forms.ChoiceField(
        label=gettext_lazy("It begins"),
        choices=[
            (subscribing.NOW, gettext_lazy("with the next change")),
            (subscribing.BEGINNING, gettext_lazy("with everything that is public now")),
        ],
        initial=subscribing.NOW,
        widget=forms.RadioSelect,
    )


class ReplayForm(forms.Form):
    since = forms.CharField(
        label=gettext_lazy("Since"),
        widget=forms.TextInput({"dir": "ltr"}),
        help_text=gettext_lazy(
            "A time such as 2026-11-30T10:00, in UTC unless it has a zone; a place of the feed of changes; or “beginning”."
        ),
    )


class StateFilter(Choice):
    names = ("state",)
    title = gettext_lazy("state")

    def options(self) -> Options:
        return [(value, str(label)) for value, label in Webhook.State.choices]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(state=value)


def pause(webhook: Webhook, by: User) -> str:
    subscribing.pause_webhook(webhook=webhook, by=by)
    return _("Paused: nothing is sent until you resume it.")


def resume(webhook: Webhook, by: User) -> str:
    subscribing.resume_webhook(webhook=webhook, by=by)
    return _("Resumed: what waits is sent now.")


def test(webhook: Webhook, by: User) -> str:
    subscribing.send_test(webhook=webhook, by=by)
    return _("A test is on its way. Reload this page to see whether it arrived.")


ACTIONS: Mapping[str, Callable[[Webhook, User], str]] = {"pause": pause, "resume": resume, "test": test}


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    """The verbs of claims.webhooks.subscribing, for Editors."""

    heading = gettext_lazy("Webhooks")
    lead = gettext_lazy("Other systems that are told of every change of what is public, by signed messages.")
    nothing = gettext_lazy("Nobody is told. Add the address of a system that is to know of verdicts and corrections.")
    add_label = gettext_lazy("Add a webhook")
    list_display = ["name", "endpoint", "kinds_of_messages", "condition", "waiting", "delivered_at"]
    list_filter = [StateFilter]
    search_fields = ["name", "endpoint"]
    search_help_text = gettext_lazy("Part of a name or address")
    ordering = ["name"]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return role_of(request.user) >= Role.EDITOR and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request)

    def complete(self, request: HttpRequest, rows: Any) -> None:
        """Count the waiting messages of the webhooks of this page."""
        found = Delivery.objects.waiting().filter(webhook__in=[row.pk for row in rows]).values_list("webhook")
        counts = dict(found.annotate(n=Count("pk")).order_by())
        for row in rows:
            row.n = counts.get(row.pk, 0)

    @admin.display(description=gettext_lazy("told of"))
    def kinds_of_messages(self, webhook: Webhook) -> str:
        return ", ".join(str(KINDS[kind]) for kind in webhook.kinds)

    @admin.display(description=gettext_lazy("state"))
    def condition(self, webhook: Webhook) -> str:
        return render_to_string("admin/claims/webhook/state.html", {"webhook": webhook})

    @admin.display(description=pgettext_lazy("messages of a webhook", "waiting"))
    def waiting(self, webhook: Any) -> str:
        return _shown(webhook.n)

    def add_view(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, status = WebhookForm(request.POST or None), 200
        if request.method == "POST" and form.is_valid():
            try:
                made = subscribing.create_webhook(by=signed_in(request.user), **form.cleaned_data)
            except Refused as refusal:
                show_refusal(form, refusal)
                status = refusal.status
            else:
                return self._show(request, made)
        context = {**self._context(request), "title": self.add_label, "form": form, "media": form.media}
        return TemplateResponse(request, "admin/claims/webhook/add.html", context, status=status)

    def change_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        rows = Webhook.objects.select_related("created_by")
        webhook = get_object_or_404(rows, pk=object_id if object_id.isdecimal() else None)
        if not self.has_view_permission(request, webhook):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, webhook, signed_in(request.user))
        return self._show(request, webhook)

    def _act(self, request: HttpRequest, webhook: Webhook, by: User) -> HttpResponse:
        """Carry out the action of the button. Only a new secret is shown without a redirect, so that nothing stores it."""
        action = request.POST.get("action", "")
        forms_by_action = {"edit": AddressForm, "replay": ReplayForm}
        form = forms_by_action[action](request.POST) if action in forms_by_action else None
        try:
            if form and not form.is_valid():
                return self._show(request, webhook, {action: form}, 400)
            if action == "secret":
                return self._show(request, subscribing.rotate_secret(webhook=webhook, by=by))
            if action == "remove":
                subscribing.remove_webhook(webhook=webhook, by=by)
                messages.success(request, _("The webhook “%(name)s” is removed.") % {"name": webhook.name})
                return HttpResponseRedirect(reverse("admin:claims_webhook_changelist"))
            if form and action == "edit":
                subscribing.edit_webhook(webhook=webhook, by=by, **form.cleaned_data)
                messages.success(request, _("Saved."))
            elif form:
                subscribing.replay_webhook(webhook=webhook, by=by, **form.cleaned_data)
                messages.success(request, _("What changed since then is told again."))
            elif action in ACTIONS:
                messages.success(request, ACTIONS[action](webhook, by))
        except Refused as refusal:
            if form:
                show_refusal(form, refusal)
                return self._show(request, webhook, {action: form}, refusal.status)
            messages.error(request, translated(refusal))
        return HttpResponseRedirect(request.path)

    def _show(
        self, request: HttpRequest, webhook: Webhook, given: Mapping[str, forms.Form] | None = None, status: int = 200
    ) -> HttpResponse:
        stock = {
            "edit": AddressForm(initial={"name": webhook.name, "endpoint": webhook.endpoint}),
            "replay": ReplayForm(),
        }
        waiting = Delivery.objects.waiting().filter(webhook=webhook)[: MAX_WAITING + 1].count()
        rows = list(Delivery.objects.filter(webhook=webhook).order_by("-pk")[:SHOWN])
        context = {
            **self._context(request),
            "title": webhook.name,
            "webhook": webhook,
            "kinds_of_messages": self.kinds_of_messages(webhook),
            "waiting": _shown(waiting),
            "deliveries": [(row, ERRORS.get(row.error, ""), _subject(row)) for row in rows],
            "shown": len(rows),
            "forms": {**stock, **(given or {})},
            "opened": list(given or ()),
        }
        return TemplateResponse(request, "admin/claims/webhook/detail.html", context, status=status)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "heading": self.heading}


def _shown(n: int) -> str:
    return f"{MAX_WAITING}+" if n > MAX_WAITING else str(n)


def _subject(delivery: Delivery) -> str:
    """Return the subject of the message, with a link if it is a claim."""
    if delivery.kind == Change.Kind.CLAIM:
        address = reverse("admin:claims_claim_change", args=[delivery.row_id])
        return format_html('<a href="{}">{}</a>', address, delivery.row_id)
    return str(delivery.row_id or "")

"""Merge two claims or two speakers: compare them, choose the winner, give a reason. And undo a merge."""

from typing import Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import curating
from claims.admin.forms import TextField, show_refusal
from claims.models import Claim, Merge, Speaker
from claims.text.likeness import differences
from claimtrack.admin import Choice, Days, Options, ReadOnlyAdmin
from claimtrack.languages import translated
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

Row = TypeVar("Row", Claim, Speaker)
KINDS = {"claim": gettext_lazy("Claims"), "speaker": gettext_lazy("Speakers")}
MOVED = {
    "appearances": lambda n: ngettext("%(n)s appearance", "%(n)s appearances", n),
    "topics": lambda n: ngettext("%(n)s topic", "%(n)s topics", n),
    "external_reviews": lambda n: ngettext("%(n)s external review", "%(n)s external reviews", n),
    "claims": lambda n: ngettext("%(n)s claim", "%(n)s claims", n),
    "aliases": lambda n: ngettext("%(n)s name", "%(n)s names", n),
}


class MergeForm(forms.Form):
    winner = forms.ChoiceField(label=gettext_lazy("Which one stays?"), widget=forms.RadioSelect)
    reason = TextField(
        required=False, label=gettext_lazy("Reason"), help_text=gettext_lazy("On record with the merge.")
    )


def page(model_admin: Any, request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Preview the merge of two rows of the admin's model, side by side, and make it."""
    if role_of(request.user) < Role.EDITOR:
        raise PermissionDenied
    rows = model_admin.get_queryset(request)
    pair = [get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other)]
    refusals = {row.pk: _refusal(row, pair) for row in pair}
    possible = [row for row in pair if not refusals[row.pk]]
    form = MergeForm(request.POST or None, initial={"winner": str(_suggested_winner(possible or pair).pk)})
    winner_field: Any = form.fields["winner"]
    winner_field.choices = [(str(row.pk), str(row)) for row in pair]
    if request.method == "POST" and form.is_valid():
        winner, loser = sorted(pair, key=lambda row: str(row.pk) != form.cleaned_data["winner"])
        merge: Any = curating.merge_claims if isinstance(winner, Claim) else curating.merge_speakers
        try:
            done = merge(loser=loser, winner=winner, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Merged. It can be undone on this page."))
            return HttpResponseRedirect(reverse("admin:claims_merge_change", args=[done.pk]))
        except Refused as refusal:
            show_refusal(form, refusal)
    claims = isinstance(pair[0], Claim)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Merge two claims") if claims else _("Merge two speakers"),
        "opts": model_admin.opts,
        "pair": [(row, _count_moves(row), refusals[row.pk]) for row in pair],
        "refusal": None if possible else refusals[pair[0].pk],
        "are_claims": claims,
        "differences": differences(pair[0].text, pair[1].text) if claims else [],
        "form": form,
    }
    return TemplateResponse(request, "admin/claims/merge/preview.html", context)


def choose(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect to the preview, given the id of the other row."""
    name = f"admin:claims_{model_admin.opts.model_name}"
    other = request.GET.get("other", "").strip()
    if not other.isdecimal() or not model_admin.get_queryset(request).filter(pk=other).exists():
        messages.error(request, _("Choose the other one."))
        return HttpResponseRedirect(reverse(f"{name}_change", args=[pk]))
    return HttpResponseRedirect(reverse(f"{name}_merge", args=[pk, other]))


def _suggested_winner(pair: list[Row]) -> Row:
    """Return the row to suggest as winner: one with a verdict in force or a Wikidata id, else the older one."""
    return min(
        pair, key=lambda row: (not (getattr(row, "verdict_id", None) or getattr(row, "wikidata_id", None)), row.pk)
    )


def _refusal(winner: Row, pair: list[Row]) -> str:
    """Return why the other one cannot be merged into this one, or None."""
    [loser] = [row for row in pair if row.pk != winner.pk] or [winner]
    try:
        curating.check_merge(loser=loser, winner=winner)
    except Refused as refusal:
        return translated(refusal)
    return ""


def _count_moves(row: Claim | Speaker) -> list[str]:
    """Return how many rows of each kind a merge would move if this row lost."""
    kinds = ("appearances", "topics") if isinstance(row, Claim) else ("claims", "aliases")
    return [moved(kind, getattr(row, kind).count()) for kind in kinds]


def moved(kind: str, n: int) -> str:
    return MOVED[kind](n) % {"n": n}


class KindFilter(Choice):
    names = ("kind",)
    title = gettext_lazy("kind")

    def options(self) -> Options:
        return list(KINDS.items())

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(**{f"loser_{value}__isnull": False})


class StateFilter(Choice):
    names = ("state",)
    title = gettext_lazy("state")

    def options(self) -> Options:
        return [("in_force", _("In force")), ("undone", _("Undone"))]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(undone_at__isnull=value == "in_force")


class MergeDays(Days):
    names = ("after", "before")
    title = gettext_lazy("merged")
    column = "at"


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    """The merges on record, and the way to undo one."""

    heading = gettext_lazy("Merges")
    lead = gettext_lazy("Claims and speakers that were joined, and by whom. An Editor can undo each.")
    nothing = gettext_lazy("Nothing has been merged. Claims are merged on their page, speakers too.")
    list_display = ["title", "kind_of", "reason", "by", "at", "state"]
    list_filter = [KindFilter, StateFilter, MergeDays]
    search_fields = ["reason", "loser_speaker__name", "winner_speaker__name", "loser_claim__text", "winner_claim__text"]
    search_help_text = gettext_lazy("Words of a name, a claim or the reason")
    list_select_related = ["loser_claim", "winner_claim", "loser_speaker", "winner_speaker", "by", "undone_by"]
    ordering = ["-pk"]

    @admin.display(description=gettext_lazy("merge"))
    def title(self, merge: Merge) -> str:
        return f"{merge.loser} → {merge.winner}"

    @admin.display(description=gettext_lazy("kind"))
    def kind_of(self, merge: Merge) -> str:
        return str(KINDS[merge.kind])

    @admin.display(description=gettext_lazy("state"))
    def state(self, merge: Merge) -> str:
        return _("Undone") if merge.undone_at else _("In force")

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/undo/", self.admin_site.admin_view(self.undo_view), name="claims_merge_undo"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        merge = get_object_or_404(self._merges(), pk=object_id if object_id.isdecimal() else None)
        if not self.has_view_permission(request, merge):
            raise PermissionDenied
        return self._show(request, merge)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        merge = get_object_or_404(self._merges(), pk=pk)
        if request.method != "POST" or not self.has_view_permission(request, merge):
            raise PermissionDenied
        try:
            curating.undo_merge(merge=merge, by=signed_in(request.user))
        except Refused as refusal:
            return self._show(request, merge, refusal)
        messages.success(request, _("Undone: what had moved is back."))
        return HttpResponseRedirect(reverse("admin:claims_merge_change", args=[pk]))

    def _merges(self) -> QuerySet[Merge]:
        return Merge.objects.select_related(*self.list_select_related)

    def _show(self, request: HttpRequest, merge: Merge, refusal: Refused | None = None) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge of two claims") if merge.kind == "claim" else _("Merge of two speakers"),
            "opts": self.opts,
            "merge": merge,
            "moved": [moved(kind, len(ids)) for kind, ids in merge.moved.items()],
            "refusal": refusal,
            "may_undo": not merge.undone_at and role_of(request.user) >= Role.EDITOR,
            "loser_url": reverse(f"admin:claims_{merge.kind}_change", args=[merge.loser.pk]),
            "winner_url": reverse(f"admin:claims_{merge.kind}_change", args=[merge.winner.pk]),
        }
        status = refusal.status if refusal else 200
        return TemplateResponse(request, "admin/claims/merge/detail.html", context, status=status)

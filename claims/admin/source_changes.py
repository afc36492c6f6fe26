"""Changes of passages that public claims quote, which wait for a decision, and the decisions."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims import curating
from claims.models import SourceChange, SourceDecision
from claims.models.source_change import Decision
from claimtrack.admin import Choice, Options, ReadOnlyAdmin
from claimtrack.languages import translated
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in
from sources.pages.diffing import changes

SHOWN = 50
# The labels of the buttons, in their order.
BUTTONS = {
    Decision.SAME_CLAIM: gettext_lazy("Same claim"),
    Decision.CHANGED_CLAIM: gettext_lazy("Changed claim"),
    Decision.CORRECTED: gettext_lazy("Corrected by the paper"),
    Decision.REMOVED: gettext_lazy("Removed by the paper"),
}


@admin.register(SourceChange)
class SourceChangeAdmin(ReadOnlyAdmin):
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """List waiting changes, oldest first. A POST of `change`, `later` and `decision` decides about one."""
        user = signed_in(request.user)
        if role_of(user) < Role.MODERATOR:
            raise PermissionDenied
        if request.method == "POST":
            return self._decide(request)
        rows = list(SourceChange.objects.visible_to(user).waiting().for_list()[: SHOWN + 1])
        for row in rows:
            row.pieces = changes(row.quote, row.later_quote or "")
            row.open = role_of(user) >= (Role.EDITOR if row.claim.verdict_id else Role.MODERATOR)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changed at the source"),
            "opts": self.opts,
            "rows": rows[:SHOWN],
            "more": len(rows) > SHOWN,
            "buttons": BUTTONS.items(),
        }
        return TemplateResponse(request, "admin/claims/sourcechange/waiting.html", context)

    def _decide(self, request: HttpRequest) -> HttpResponse:
        pk, later = (
            int(value) if (value := request.POST.get(name, "")).isdecimal() else 0 for name in ("change", "later")
        )
        try:
            made = curating.decide_source(
                change=pk, later=later, by=signed_in(request.user), decision=request.POST.get("decision", "")
            )
            messages.success(request, _("Decided: %(decision)s.") % {"decision": BUTTONS[Decision(made.decision)]})
        except Refused as refusal:
            messages.error(request, translated(refusal))
        return HttpResponseRedirect(request.get_full_path())


class DecisionFilter(Choice):
    names = ("decision",)
    title = gettext_lazy("decision")

    def options(self) -> Options:
        return Decision.choices


@admin.register(SourceDecision)
class SourceDecisionAdmin(ReadOnlyAdmin):
    heading = gettext_lazy("Decisions about sources")
    lead = gettext_lazy("What the desk decided about changes of what claims quote. Readers see them beside the claim.")
    nothing = gettext_lazy("Nothing was decided yet.")
    list_display = ["of_claim", "kind", "decision", "by", "at"]
    list_display_links = None
    list_filter = [DecisionFilter]
    list_select_related = ["claim", "by"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDecision]:
        return SourceDecision.objects.visible_to(request.user).defer("claim__search")

    @admin.display(description=pgettext_lazy("what was said", "claim"))
    def of_claim(self, row: SourceDecision) -> str:
        address = reverse("admin:claims_claim_change", args=[row.claim_id])
        return format_html('<a href="{}" class="claim-cell" lang="{}">{}</a>', address, row.claim.language, row.claim)

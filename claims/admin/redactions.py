"""Remove a passage of an article: enter it, see everything that would change, confirm. With approval, another Editor confirms."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims import curating
from claims.admin.forms import TextField, show_refusal
from claims.curating import redactions
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in
from sources.models import Article, RedactedSnapshot, RedactionProposal, Snapshot
from sources.pages.masking import Range

CONTEXT = 60

# The desk's words for the changes of a redaction, by table.
LABELS = {
    "sources_snapshot": gettext_lazy("Texts of the article"),
    "claims_appearance": gettext_lazy("Quotes of claims"),
    "claims_claim": gettext_lazy("Wordings of claims"),
    "claims_review": gettext_lazy("Steps in the history of claims: wordings, rationales, notes"),
    "claims_evidence": gettext_lazy("Pieces of evidence"),
    "claims_externalreview": gettext_lazy("Reviews of other publishers"),
    "claims_draft": gettext_lazy("Drafts"),
    "claims_comment": gettext_lazy("Comments"),
    "claims_merge": gettext_lazy("Reasons of merges"),
    "claims_rationaletemplate": gettext_lazy("Templates for rationales"),
    "claims_logopening": gettext_lazy("Entries of the log, whose text can no longer be opened"),
    "sources_article": gettext_lazy("Title, byline and hash of the article"),
    "claimtrack_keptanswer": gettext_lazy("Answers that the API keeps for a day"),
}
HISTORY = gettext_lazy("Earlier versions in the history of edits")
OTHERS = gettext_lazy("Other records of the desk")


class RedactionForm(forms.Form):
    """The passage, and why it has to be removed. On the second page, the passage is given by its places."""

    text = TextField(
        required=False,
        marked=True,
        label=gettext_lazy("Passage"),
        help_text=gettext_lazy(
            "Word for word. Each place where the article has it goes, whatever the case and the punctuation."
        ),
    )
    reason = TextField(
        required=False,
        marked=True,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Readers see it. Do not repeat what has to go."),
    )
    order = TextField(
        required=False,
        marked=True,
        widget=forms.TextInput,
        label=pgettext_lazy("of a court", "Order"),
        help_text=gettext_lazy("What it rests on, such as the reference of a court. For the desk."),
    )
    ranges = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_ranges(self) -> list[Range]:
        given = self.cleaned_data["ranges"] or []
        try:
            return [(int(start), int(length)) for start, length in given]
        except (TypeError, ValueError):
            raise forms.ValidationError(_("Begin again with the passage.")) from None


class RedactionPage:
    """One request to the page."""

    def __init__(self, request: HttpRequest, article: Article, snapshot: Snapshot | None, site: AdminSite) -> None:
        if role_of(request.user) < Role.EDITOR or snapshot is None:
            raise PermissionDenied
        self.request, self.article, self.snapshot, self.site = request, article, snapshot, site
        self.by: User = signed_in(request.user)
        self.form = RedactionForm(request.POST or None)
        self.status = 200

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            proposal = self._proposals().filter(pk=self._number(self.request.GET.get("proposal"))).first()
            return self._show(proposal=proposal) if proposal else self._show()
        actions = {
            "preview": self._preview,
            "confirm": self._confirm,
            "approve": self._approve,
            "decline": self._decline,
        }
        act = actions.get(self.request.POST.get("action", ""), self._preview)
        try:
            return act()
        except Refused as refusal:
            self.status = refusal.status
            if act in (self._approve, self._decline):
                messages.error(self.request, translated(refusal))
                return HttpResponseRedirect(self.request.get_full_path())
            show_refusal(self.form, refusal)
            return self._show()

    def _preview(self) -> HttpResponse:
        if not self.form.is_valid():
            return self._show()
        given = self.form.cleaned_data
        ranges = redactions.parts(self.snapshot, text=given["text"])
        redactions.clean_reason_and_order(self.snapshot, ranges, given["reason"], given["order"])
        return self._show(ranges=ranges)

    def _confirm(self) -> HttpResponse:
        if not self.form.is_valid():
            return self._show()
        given = self.form.cleaned_data
        ranges = redactions.parts(self.snapshot, ranges=given["ranges"])
        why = {"ranges": ranges, "reason": given["reason"], "order": given["order"]}
        if settings.CLAIMTRACK_REQUIRE_APPROVAL:
            curating.propose_redaction(snapshot=self.snapshot, by=self.by, **why)
            messages.success(self.request, _("Proposed. Another Editor removes it, or declines."))
            return HttpResponseRedirect(self.request.get_full_path())
        curating.redact(snapshot=self.snapshot, by=self.by, **why)
        return self._done()

    def _approve(self) -> HttpResponse:
        curating.approve_redaction(proposal=self._proposal(), by=self.by)
        return self._done()

    def _decline(self) -> HttpResponse:
        curating.decline_redaction(proposal=self._proposal(), by=self.by)
        messages.success(self.request, _("Declined: nothing was removed."))
        return HttpResponseRedirect(self.request.path)

    def _done(self) -> HttpResponse:
        messages.success(
            self.request, _("Removed. Backups and copies elsewhere still have it: see the page about proof.")
        )
        return HttpResponseRedirect(reverse("admin:sources_article_change", args=[self.article.pk]))

    def _proposals(self) -> QuerySet[RedactionProposal]:
        rows = RedactionProposal.objects.filter(snapshot__article=self.article, decided_by=None)
        return rows.select_related("by", "snapshot").order_by("pk")

    def _proposal(self) -> RedactionProposal:
        return self._proposals().filter(pk=self._number(self.request.POST.get("proposal"))).first() or self._gone()

    def _gone(self) -> RedactionProposal:
        raise redactions.decided()

    def _number(self, given: str | None) -> int:
        return int(given) if given and given.isdecimal() and len(given) < 19 else 0

    def _show(self, ranges: list[Range] | None = None, proposal: RedactionProposal | None = None) -> HttpResponse:
        snapshot = proposal.snapshot if proposal else self.snapshot
        if proposal:
            ranges = redactions.parts(snapshot, ranges=[(start, length) for start, length in proposal.ranges])
        found = curating.preview_redaction(snapshot=snapshot, ranges=ranges, by=self.by) if ranges else None
        context: dict[str, Any] = {
            **self.site.each_context(self.request),
            "title": _("Remove a passage"),
            "opts": Article._meta,
            "article": self.article,
            "snapshot": snapshot,
            "form": self.form,
            "ranges": [list(part) for part in ranges or ()],
            "preview": found,
            "counts": _in_words(found.counts) if found else [],
            "passages": [_around(snapshot.text, part) for part in ranges or ()],
            "proposal": proposal,
            "own": proposal is not None and proposal.by_id == self.by.pk,
            "proposals": [] if found else list(self._proposals()),
            "done": [] if found else redacted(self.article),
            "approval": settings.CLAIMTRACK_REQUIRE_APPROVAL,
        }
        return TemplateResponse(self.request, "admin/sources/article/redact.html", context, status=self.status)


def redacted(article: Article) -> QuerySet[RedactedSnapshot]:
    """Return the redactions of an article, each once."""
    return RedactedSnapshot.objects.filter(snapshot__article=article).once()


def _in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    words: dict[str, int] = {}
    for table, number in counts.items():
        label = str(HISTORY if table.endswith("event") else LABELS.get(table, OTHERS))
        words[label] = words.get(label, 0) + number
    return list(words.items())


def _around(text: str, part: Range) -> tuple[str, str, str]:
    start, length = part
    end = start + length
    return text[max(start - CONTEXT, 0) : start], text[start:end], text[end : end + CONTEXT]

"""The review page: a claim with its appearances, evidence and history, and the steps that this person may take."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from claims import curating, reviewing
from claims.admin.forms import (
    AppearanceForm,
    AskForm,
    DecisionForm,
    EditForm,
    EvidenceFormSet,
    asked,
    tell,
    tell_warnings,
)
from claims.admin.people import assignees
from claims.admin.queue import neighbours
from claims.admin.timeline import Entry, timeline
from claims.models import Appearance, Claim, Draft, Request, Review
from claims.models.claim import ClaimQuerySet
from claims.models.queue import similar_claims
from claims.text.likeness import differences
from claims.transitions import BY_NAME, Status
from claimtrack.refusals import Refused, Stale
from claimtrack.roles import Role, role_of, signed_in

# The page stays on the claim after these steps; after any other, the next claim of the queue opens.
STAYS = ("accept", "take", "restore", "reopen")
PRIMARY = ("publish", "submit", "approve", "correct", "take", "accept")


class ReviewPage:
    """One request to the page. After a refused action, the page keeps what was typed and shows the refusal at its field."""

    def __init__(self, request: HttpRequest, claim: Claim, site: AdminSite) -> None:
        self.request, self.claim, self.site, self.user = request, claim, site, signed_in(request.user)
        self.address = request.GET.get("_changelist_filters", "")
        self.moderates = role_of(self.user) >= Role.MODERATOR
        self.since: list[Entry] = []
        self.problems: dict[str, str] = {}
        self.status = 200
        self._load()

    def _load(self) -> None:
        self._find_steps()
        self.draft = Draft.objects.filter(claim=self.claim).select_related("author", "verdict").first()
        mine = (self.draft and self.draft.author_id == self.user.pk) or self.claim.assignee_id == self.user.pk
        draft = self.draft if mine else None
        self.decision = DecisionForm(initial=self._decision_initial(draft))
        self.evidence: Any = EvidenceFormSet(initial=draft.evidence if draft else [], prefix="evidence")
        self.edit = EditForm(initial=self._edit_initial(), prefix="edit")
        self.appearance = AppearanceForm(prefix="appearance")
        self.request_row = Request.objects.filter(claim=self.claim).select_related("person", "by").first()
        self.asking = AskForm(initial=asked(self.request_row), prefix="ask")

    def _find_steps(self) -> None:
        """The steps open now, the one that the page is for first."""
        steps = reviewing.allowed_steps(self.claim, self.user)
        self.steps = sorted(steps, key=lambda step: PRIMARY.index(step.name) if step.name in PRIMARY else len(PRIMARY))

    def _decision_initial(self, draft: Draft | None) -> dict[str, Any]:
        claim, changes = self.claim, draft.changes if draft else {}
        initial = {
            "expected": claim.version,
            "seen": claim.updated_at.isoformat(),
            "change_text": changes.get("text", claim.text),
            "change_speaker": changes.get("speaker", claim.speaker_id),
            "change_speaker_role": changes.get("speaker_role", claim.speaker_role),
            "change_said_at": changes.get("said_at", claim.said) or "",
        }
        if draft:
            verdict = draft.verdict.code if draft.verdict else None
            initial |= {"verdict": verdict, "rationale": draft.rationale, "note": draft.note}
        return initial

    def _edit_initial(self) -> dict[str, Any]:
        claim = self.claim
        initial = {name: getattr(claim, name) for name in ("text", "speaker", "speaker_role", "language")}
        return initial | {"expected": claim.version, "said_at": claim.said or "", "topics": claim.topics.all()}

    # Actions. Each returns a response, or None to show the page again.

    def act(self) -> HttpResponse:
        action, _, argument = self.request.POST.get("action", "").partition(":")
        if action not in (
            "step",
            "draft",
            "discard",
            "edit",
            "assign",
            "take_over",
            "ask",
            "add",
            "remove",
            "distinct",
        ):
            return self.render()
        try:
            done = getattr(self, f"do_{action}")(argument)
        except Refused as refusal:
            self.problems["page"] = refusal.message
            self.status = refusal.status
            done = None
        return done or self.render()

    def do_step(self, name: str) -> HttpResponse | None:
        step = BY_NAME.get(name)
        if step is None or not self._read_decision():
            return None
        given = self.decision.cleaned_data
        rows = self.evidence.given()
        judged: dict[str, Any] = {}
        if "verdict" in step.needs:
            changes = self.decision.changes(self.claim)
            judged = {"verdict": given["verdict"], "evidence": [row for _, row in rows], "changes": changes}
        following = neighbours(self.claim, self.address, self.user)[1]
        try:
            review = reviewing.review(
                claim=self.claim,
                to=step.target,
                by=self.user,
                expected=given["expected"],
                rationale=given["rationale"],
                note=given["note"],
                **judged,
            )
        except Stale as refusal:
            self._stale(refusal)
            return None
        except Refused as refusal:
            self._refuse_decision(refusal, [place for place, _ in rows])
            return None
        messages.success(self.request, f"{TOLD[name][0]} “{self.claim.text}”")
        tell_warnings(self.request, review.warnings)
        if name in STAYS:
            return self.back()
        if following is None:
            messages.info(self.request, "That was the last claim of this queue.")
            return HttpResponseRedirect(self.queue_url())
        return HttpResponseRedirect(self.url(following))

    def _read_decision(self) -> bool:
        data = self.request.POST
        self.decision, self.evidence = DecisionForm(data), EvidenceFormSet(data, prefix="evidence")
        return self.decision.is_valid() and self.evidence.is_valid()

    def _stale(self, refusal: Stale) -> None:
        """Say who did what meanwhile, and let the same form, once read again, decide on the claim as it is now."""
        seen = self.decision.cleaned_data["seen"]
        self.claim.refresh_from_db()
        self.since = [e for e in timeline(self.claim, self.user) if e.at.isoformat() > seen]
        self._find_steps()
        data = self.request.POST.copy()
        data["expected"], data["seen"] = str(self.claim.version), self.claim.updated_at.isoformat()
        self.decision = DecisionForm(data)
        self.problems["stale"] = refusal.message
        self.status = refusal.status

    def _refuse_decision(self, refusal: Refused, places: list[int]) -> None:
        self.status = refusal.status
        part, _, rest = refusal.field.partition(".")
        row, _, column = rest.partition(".")
        if part == "evidence" and row.isdigit():
            form = self.evidence.forms[places[int(row)]]
            form.add_error(column if column in form.fields else None, refusal.message)
        elif part == "evidence":
            self.problems["evidence"] = refusal.message
        elif part == "changes":
            tell(self.decision, refusal, at=f"change_{rest}")
        elif self.steps and refusal.field in self.decision.fields:
            tell(self.decision, refusal)
        else:
            self.problems["page"] = refusal.message

    def do_draft(self, _: str) -> HttpResponse | None:
        if not self._read_decision():
            return None
        given = self.decision.cleaned_data
        wants_json = self.request.accepts("application/json") and not self.request.accepts("text/html")
        try:
            reviewing.save_draft(
                claim=self.claim,
                by=self.user,
                verdict=given["verdict"],
                rationale=given["rationale"],
                note=given["note"],
                evidence=[row for _, row in self.evidence.given()],
                changes=self.decision.changes(self.claim),
            )
        except Refused as refusal:
            if wants_json:
                return JsonResponse({"refused": refusal.message}, status=refusal.status)
            raise
        if wants_json:
            return JsonResponse({"saved": True})
        messages.success(self.request, "Draft kept.")
        return self.back()

    def do_discard(self, _: str) -> HttpResponse:
        reviewing.discard_draft(claim=self.claim, by=self.user)
        messages.success(self.request, "Draft thrown away.")
        return self.back()

    def do_edit(self, _: str) -> HttpResponse | None:
        self.edit = EditForm(self.request.POST, prefix="edit")
        if not self.edit.is_valid():
            return None
        try:
            edited = curating.edit_claim(
                claim=self.claim,
                by=self.user,
                expected=self.edit.cleaned_data["expected"],
                **{name: value for name, value in self.edit.columns().items() if f"edit-{name}" in self._sent("edit")},
            )
        except Refused as refusal:
            tell(self.edit, refusal)
            self.status = refusal.status
            return None
        messages.success(self.request, "Saved.")
        if "edit-said_at" in self.request.POST:
            tell_warnings(self.request, edited.warnings)
        return self.back()

    def _sent(self, prefix: str) -> set[str]:
        # A list of topics with none chosen sends nothing; fields that are closed are not shown, and send nothing either.
        return {*self.request.POST, f"{prefix}-topics"}

    def do_add(self, _: str) -> HttpResponse | None:
        self.appearance = AppearanceForm(self.request.POST, prefix="appearance")
        if not self.appearance.is_valid():
            return None
        given = self.appearance.cleaned_data
        try:
            curating.add_appearance(
                claim=self.claim, by=self.user, snapshot=given["article"].current_snapshot, quote=given["quote"]
            )
        except Refused as refusal:
            tell(self.appearance, refusal)
            self.problems["nearest"] = refusal.extra.get("nearest", {}).get("quote", "")
            self.status = refusal.status
            return None
        messages.success(self.request, "Quote added.")
        return self.back()

    def do_remove(self, pk: str) -> HttpResponse:
        appearance = get_object_or_404(Appearance, pk=pk if pk.isdecimal() else None, claim=self.claim)
        curating.remove_appearance(appearance=appearance, by=self.user)
        messages.success(self.request, "Quote removed.")
        return self.back()

    def do_assign(self, _: str) -> HttpResponse:
        chosen = self.request.POST.get("to", "")
        to = next((person for person in assignees() if str(person.pk) == chosen), None)
        curating.assign(claim=self.claim, by=self.user, to=to)
        messages.success(self.request, f"Handed to {to}." if to else "Nobody has this claim now.")
        return self.back()

    def do_take_over(self, _: str) -> HttpResponse:
        seen = self.request.POST.get("version", "")
        taken = curating.take_over(
            claim=self.claim, by=self.user, expected=int(seen) if seen.isdecimal() else self.claim.version
        )
        messages.success(self.request, f"Taken over from {taken.taken_from}. It is yours now.")
        return self.back()

    def do_ask(self, _: str) -> HttpResponse | None:
        self.asking = AskForm(self.request.POST, prefix="ask")
        if not self.asking.is_valid():
            return None
        asked = curating.ask(claim=self.claim, by=self.user, **self.asking.cleaned_data)
        messages.success(self.request, f"{asked.person} is asked." if asked else "Nobody is asked any more.")
        return self.back()

    def do_distinct(self, pk: str) -> HttpResponse:
        other = get_object_or_404(Claim.objects.visible_to(self.user), pk=pk if pk.isdecimal() else None)
        curating.judge_distinct(a=self.claim, b=other, by=self.user)
        messages.success(self.request, "Remembered: not the same claim.")
        return self.back()

    # Addresses.

    def url(self, pk: int) -> str:
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        return reverse("admin:claims_claim_change", args=[pk]) + query

    def queue_url(self) -> str:
        return f"{reverse('admin:claims_claim_changelist')}?{self.address or 'view=open'}"

    def back(self) -> HttpResponse:
        return HttpResponseRedirect(self.url(self.claim.pk))

    def render(self) -> HttpResponse:
        claim = self.claim
        primary = self.steps[0].name if self.steps and self.steps[0].name in PRIMARY else ""
        needs = {need for step in self.steps for need in step.needs}
        before, after = neighbours(claim, self.address, self.user)
        shown = Appearance.objects.filter(claim=claim).for_list().defer(None)
        alike = similar_claims(claim, self.user) if self.moderates and not claim.merged_into_id else []
        context = {
            **self.site.each_context(self.request),
            "title": f"Claim {claim.pk}",
            "opts": Claim._meta,
            "page": self,
            "claim": claim,
            "needs": needs,
            "judging": "verdict" in needs,
            "closed": bool(claim.verdict_id) or claim.status == Status.AWAITING_APPROVAL,
            "may_edit": curating.may_edit(claim, self.user),
            "may_merge": role_of(self.user) >= Role.EDITOR,
            "may_draft": claim.status in (Status.IN_REVIEW, Status.CHECKED) and "verdict" in needs,
            "told": [(step.name, TOLD[step.name][1]) for step in self.steps],
            "primary": primary,
            # These steps need no input, so the other fields are folded away.
            "brief": primary in ("take", "accept") and not self.decision.errors,
            "appearances": [(row, *in_paragraph(row)) for row in shown],
            "earlier": self._earlier(),
            "alike": [(other, differences(claim.text, other.text)) for other in alike],
            "timeline": timeline(claim, self.user),
            "submission": Review.objects.filter(claim=claim).for_history().last()
            if claim.status == Status.AWAITING_APPROVAL
            else None,
            "people": assignees() if self.moderates and self._may_assign() else [],
            "may_take_over": self.moderates
            and claim.status == Status.IN_REVIEW
            and claim.assignee_id not in (None, self.user.pk),
            "previous": self.url(before) if before else "",
            "next": self.url(after) if after else "",
            "media": self.decision.media + self.edit.media + self.appearance.media,
        }
        return TemplateResponse(self.request, "admin/claims/claim/review.html", context, status=self.status)

    def _may_assign(self) -> bool:
        mine = self.claim.assignee_id in (None, self.user.pk)
        return self.claim.status == Status.IN_REVIEW and (mine or role_of(self.user) >= Role.EDITOR)

    def _earlier(self) -> ClaimQuerySet | list[Claim]:
        """The speaker's latest verdicts on other claims."""
        if not self.claim.speaker_id:
            return []
        claims = Claim.objects.visible_to(self.user).filter(speaker=self.claim.speaker_id, verdict__isnull=False)
        return (
            claims.exclude(pk=self.claim.pk)
            .select_related("verdict")
            .defer("search")
            .order_by("-created_at", "-pk")[:5]
        )


# The message after each step, and the hint before it.
TOLD = {
    "accept": ("Accepted", "It goes public as unverified, and somebody may take it."),
    "dismiss": ("Dismissed", "Not for this desk: hidden from the public. Say why in the rationale."),
    "restore": ("Restored", "Back to unverified. Say why in the rationale."),
    "take": ("Taken", "You work on it; the form for the verdict opens."),
    "release": ("Released", "Back to unverified, for somebody else to take."),
    "submit": ("Submitted", "An Editor looks at the verdict before it is public."),
    "publish": ("Published", "The verdict is public at once."),
    "approve": ("Approved", "The verdict is public at once, as it was submitted."),
    "return": ("Returned", "Back to work. Say what is missing in the note."),
    "correct": ("Corrected", "The new verdict replaces the old one; readers see both."),
    "reopen": ("Reopened", "You look at it again; its verdict stays public meanwhile."),
    "withdraw": ("Withdrawn", "The verdict is no longer in force; readers see why."),
}


def in_paragraph(appearance: Appearance, around: int = 600) -> tuple[str, str]:
    """Return what stands before and after the quote in its paragraph, at most `around` code points each."""
    text, start, end = appearance.snapshot.text, appearance.start_offset, appearance.end_offset
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", end)
    closing = len(text) if closing < 0 else closing
    before, after = text[opening:start], text[end:closing]
    return (
        before if len(before) <= around else f"… {before[-around:]}",
        after if len(after) <= around else f"{after[:around]} …",
    )

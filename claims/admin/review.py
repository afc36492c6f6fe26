"""The review page: a claim with its appearances, evidence and history, and the steps that this person may take."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims import curating, reviewing
from claims.admin import amending, asking, deciding, evidence, talking, texts
from claims.admin.forms import (
    NOT_PUBLIC,
    AmendForm,
    AppearanceForm,
    AskForm,
    DecisionForm,
    EvidenceFormSet,
    asked,
    written,
)
from claims.admin.people import assignees
from claims.admin.queue import neighbours
from claims.admin.steps import KINDS, STEPS
from claims.admin.timeline import Entry, timeline
from claims.curating import drafts, shelf_life
from claims.matching import look_alikes
from claims.models import (
    Appearance,
    Claim,
    Draft,
    ExternalReview,
    Request,
    Review,
    SourceChange,
    SourceDecision,
    Suggestion,
)
from claims.models.claim import ClaimQuerySet
from claims.transitions import PUBLIC, Status
from claimtrack.addresses import claim_page
from claimtrack.languages import translated
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in

PRIMARY = ("publish", "submit", "approve", "correct", "take", "accept")


class ReviewPage:
    """One request to the page. After a refused action, the page keeps what was typed and shows the refusal at its field."""

    def __init__(self, request: HttpRequest, claim: Claim, site: AdminSite) -> None:
        self.request, self.claim, self.site, self.user = request, claim, site, signed_in(request.user)
        self.address = request.GET.get("_changelist_filters", "")
        self.moderates = role_of(self.user) >= Role.MODERATOR
        self.since: list[Entry] = []
        self.problems: dict[str, str] = {}
        # Forms that were refused.
        self.inquiry: asking.InquiryForm | None = None
        self.outcomes: dict[int, asking.OutcomeForm] = {}
        self.conflict: curating.DraftMoved | None = None
        self.status = 200
        self._load()

    def _load(self) -> None:
        self.find_steps()
        self.draft = Draft.objects.filter(claim=self.claim, author=self.user).select_related("verdict").first()
        text = self._text()
        self.decision = DecisionForm(initial=self._decision_initial(text))
        self.evidence: Any = EvidenceFormSet(initial=text.get("evidence", []), prefix="evidence")
        self.edit = AmendForm(initial=self._edit_initial(), prefix="edit")
        self.appearance = AppearanceForm(prefix="appearance")
        self.request_row = Request.objects.filter(claim=self.claim).select_related("person", "by").first()
        self.asking = AskForm(initial=asked(self.request_row), prefix="ask")

    def find_steps(self) -> None:
        """The steps open now, the one that the page is for first."""
        steps = reviewing.allowed_steps(self.claim, self.user)
        self.steps = sorted(steps, key=lambda step: PRIMARY.index(step.name) if step.name in PRIMARY else len(PRIMARY))

    def _text(self) -> dict[str, Any]:
        """Return the initial content of the form: one's own draft, else for a correction the publication that it replaces."""
        if self.draft:
            return {name: getattr(self.draft, name) for name in ("verdict", "rationale", "note", "evidence", "changes")}
        if any(step.name == "correct" for step in self.steps):
            publications = Review.objects.filter(claim=self.claim).publications().select_related("verdict")
            return drafts.begun_from(publications.latest("pk"))
        return {}

    def _decision_initial(self, text: Mapping[str, Any]) -> dict[str, Any]:
        claim, changes = self.claim, text.get("changes", {})
        initial = {
            "expected": claim.version,
            "seen": claim.updated_at.isoformat(),
            "writer": self.user.pk,
            "page": uuid4(),
            "draft": self.draft.version if self.draft else "",
            "change_text": changes.get("text", claim.text),
            "change_speaker": changes.get("speaker", claim.speaker_id),
            "change_speaker_role": changes.get("speaker_role", claim.speaker_role),
            "change_said_at": changes.get("said_at", claim.said) or "",
            "change_due_on": changes.get("due_on", claim.due) or "",
            "change_review_by": changes.get("review_by", written(shelf_life.by_hand(claim))) or "",
        }
        if text:
            verdict = text["verdict"].code if text["verdict"] else None
            initial |= {"verdict": verdict, "rationale": text["rationale"], "note": text["note"]}
        return initial

    def _edit_initial(self) -> dict[str, Any]:
        claim = self.claim
        initial = {name: getattr(claim, name) for name in ("text", "speaker", "speaker_role", "language")}
        return initial | {
            "expected": claim.version,
            "said_at": claim.said or "",
            "due_on": claim.due or "",
            "review_by": written(claim.review_by) if claim.review_by_given else "",
            "topics": claim.topics.all(),
        }

    def act(self) -> HttpResponse:
        """Do what the form asks for. An action returns a response, or None to show the page again."""
        name, _, argument = self.request.POST.get("action", "").partition(":")
        action = ACTIONS.get(name)
        if action is None:
            return self.render()
        try:
            return action(self, argument) or self.render()
        except curating.DraftMoved as refusal:
            self.conflict, self.status = refusal, refusal.status
        except Refused as refusal:
            self.problems["page"], self.status = translated(refusal), refusal.status
        return self._refused_as_json() if self.wants_json else self.render()

    @property
    def wants_json(self) -> bool:
        return self.request.accepts("application/json") and not self.request.accepts("text/html")

    def _refused_as_json(self) -> HttpResponse:
        told = {"refused": translated(self.conflict) if self.conflict else self.problems["page"]}
        if self.conflict:
            told["conflict"] = render_to_string("desk/review/conflict.html", {"page": self}, self.request)
        return JsonResponse(told, status=self.status)

    # Addresses.

    def url(self, pk: int) -> str:
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        return reverse("admin:claims_claim_change", args=[pk]) + query

    @property
    def here(self) -> str:
        return self.url(self.claim.pk)

    def queue_url(self) -> str:
        return f"{reverse('admin:claims_claim_changelist')}?{self.address or 'view=open'}"

    def decided_url(self, review: Review) -> str:
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        return reverse("admin:claims_claim_decided", args=[review.claim_id, review.pk]) + query

    def readers_url(self) -> str:
        """The address that shows this claim as readers see it: its public page if there is one, else a page of the desk."""
        if settings.CLAIMTRACK_ANONYMOUS_READ and self.claim.status in PUBLIC and not self.claim.merged_into_id:
            return claim_page(self.claim.pk)
        return reverse("admin:claims_claim_readers", args=[self.claim.pk])

    def back(self) -> HttpResponse:
        return HttpResponseRedirect(self.here)

    def render(self) -> HttpResponse:
        claim = self.claim
        evidence.check_quotes(self)
        before, after = neighbours(claim, self.address, self.user)
        context = {
            **self.site.each_context(self.request),
            "title": _("Claim %(number)s") % {"number": claim.pk},
            "opts": Claim._meta,
            "page": self,
            "claim": claim,
            "closed": bool(claim.verdict_id) or claim.status == Status.AWAITING_APPROVAL,
            "may_edit": curating.may_edit(claim, self.user),
            "may_merge": role_of(self.user) >= Role.EDITOR,
            "previous": self.url(before) if before else "",
            "next": self.url(after) if after else "",
            "media": self.decision.media + self.edit.media + self.appearance.media,
            **self._deciding(),
            **self._facts(),
            **(asking.section(self) if self.moderates else {}),
        }
        return TemplateResponse(self.request, "admin/claims/claim/review.html", context, status=self.status)

    def _deciding(self) -> dict[str, Any]:
        """The context of the form for the decision."""
        claim = self.claim
        primary = self.steps[0] if self.steps and self.steps[0].name in PRIMARY else None
        needs = {need for step in self.steps for need in step.needs}
        last = Review.objects.filter(claim=claim).for_history().last()
        may_assign = self.moderates and self._may_assign()
        judging = "verdict" in needs or self.writes
        if not judging:
            self.decision.fields["rationale"].help_text = NOT_PUBLIC
        return {
            "needs": needs,
            "judging": judging,
            "may_draft": judging,
            "with_reason": any(step.name in deciding.WITH_REASON for step in self.steps),
            "with_rationale": any(
                "rationale" in step.needs and step.name not in deciding.WITH_REASON for step in self.steps
            ),
            "texts": texts.beside(claim, self.user),
            "steps": [(step, STEPS[step.name]) for step in self.steps],
            "primary": primary.name if primary else "",
            # The needs of the step that the page is for, else of all steps.
            "required": primary.needs if primary else {n for n in needs if all(n in step.needs for step in self.steps)},
            # These steps need no input, so the other fields are folded away.
            "brief": primary is not None and primary.name in ("take", "accept") and not self.decision.errors,
            "submission": last if claim.status == Status.AWAITING_APPROVAL else None,
            "undoable": last if last and reviewing.may_undo(claim, last, self.user) else None,
            "undoable_kind": KINDS[last.kind] if last else "",
            "people": [p for p in assignees() if p not in (self.user, claim.assignee)] if may_assign else [],
            "may_claim": may_assign and claim.assignee_id is None,
            "may_take_over": self.moderates
            and claim.status == Status.IN_REVIEW
            and claim.assignee_id not in (None, self.user.pk),
        }

    def _facts(self) -> dict[str, Any]:
        """The context about the claim itself."""
        claim = self.claim
        shown = Appearance.objects.filter(claim=claim).for_list().defer(None)
        return {
            "appearances": [(row, *in_paragraph(row)) for row in shown],
            "suggested": Suggestion.objects.visible_to(self.user).waiting().for_list().filter(claim=claim),
            "source_changes": SourceChange.objects.visible_to(self.user).waiting().filter(claim=claim).exists(),
            "source_decisions": SourceDecision.objects.visible_to(self.user).filter(claim=claim).for_list(),
            "earlier": self._earlier(),
            "elsewhere": ExternalReview.objects.visible_to(self.user).filter(claim=claim).order_by("reviewed_at", "pk"),
            "alike": look_alikes(claim, user=self.user) if self.moderates and not claim.merged_into_id else [],
            "timeline": timeline(claim, self.user),
        }

    @property
    def writes(self) -> bool:
        """Whether there is a text to show, even if its author may not decide (any more)."""
        asked_for = "draft" in self.request.GET or "rationale" in self.decision.data
        return self.moderates and (asked_for or self.draft is not None)

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


def in_paragraph(appearance: Appearance, around: int = 600) -> tuple[str, str]:
    """Return the text before and after the quote in its paragraph, at most `around` code points each."""
    text, start, end = appearance.snapshot.text, appearance.start_offset, appearance.end_offset
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", end)
    closing = len(text) if closing < 0 else closing
    before, after = text[opening:start], text[end:closing]
    return (
        before if len(before) <= around else f"… {before[-around:]}",
        after if len(after) <= around else f"{after[:around]} …",
    )


Action = Callable[[ReviewPage, str], HttpResponse | None]
ACTIONS: dict[str, Action] = {
    "step": deciding.step,
    "undo": deciding.undo,
    "edit_again": deciding.edit_again,
    "draft": deciding.draft,
    "take": deciding.take,
    "discard": deciding.discard,
    "copy": deciding.copy,
    "edit": amending.edit,
    "assign": amending.assign,
    "take_over": amending.take_over,
    "ask": amending.ask,
    "inquire": asking.inquire,
    "outcome": asking.record,
    "publish_told": asking.publish,
    "withdraw_told": asking.withdraw,
    "comment": talking.comment,
    "withdraw_comment": talking.withdraw,
    "look": evidence.look,
    "read": evidence.read,
    "fetched": evidence.fetched,
    "place": evidence.place,
    "leave": evidence.leave,
    "add": amending.add,
    "remove": amending.remove,
    "distinct": amending.distinct,
    "accept_suggestion": amending.accept_suggestion,
    "decline_suggestion": amending.decline_suggestion,
}

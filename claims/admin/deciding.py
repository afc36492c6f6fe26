"""The decision form of the review page: steps, drafts, and other texts put into one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims import curating, reviewing
from claims.admin import evidence, preview, texts
from claims.admin.forms import DecisionForm, EvidenceFormSet, show_refusal, show_warnings
from claims.admin.steps import STEPS
from claims.admin.timeline import timeline
from claims.curating.fields import ClaimChanges
from claims.models import Review
from claims.transitions import BY_NAME, Status
from claimtrack.languages import translated
from claimtrack.refusals import Conflict, Refused, Stale

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage

# The page stays on the claim after these steps. After any other step, it shows the decision.
STAYS = ("accept", "take", "restore", "reconsider", "reopen")
# These steps have their own field for the reason, since the rationale on the page is that of a verdict.
WITH_REASON = ("reopen", "withdraw")


def step(page: ReviewPage, name: str) -> HttpResponse | None:
    step = BY_NAME.get(name)
    if step is None or not _read(page):
        return None
    if "evidence" in step.needs:
        evidence.attach(page)
    given = page.decision.cleaned_data
    rows = page.evidence.given()
    rationale = "reason" if name in WITH_REASON else "rationale"
    judged: dict[str, Any] = {}
    if "verdict" in step.needs:
        changes = page.decision.changes(page.claim)
        judged = {"verdict": given["verdict"], "evidence": [row for __, row in rows], "changes": changes}
    decision: dict[str, Any] = {
        "claim": page.claim,
        "to": step.target,
        "by": page.user,
        "expected": given["expected"],
        # An approval takes the rationale of the submission, even if its Editor has a draft.
        "rationale": given[rationale] if name != "approve" else "",
        "note": given["note"],
        "draft": page.decision.based_on(),
        **judged,
    }
    if given["version"] and (name in WITH_REASON or not step.needs):
        # Text for a verdict is not part of this step, and stays as a draft.
        preview.keep(page)
    try:
        if asked := preview.question(page, step, decision):
            return asked
        review = reviewing.review(**decision)
    except Stale as refusal:
        _stale(page, refusal)
        return None
    except Refused as refusal:
        _refuse(page, refusal, [place for place, __ in rows], rationale)
        return None
    done = STEPS[name].done % {"claim": page.claim.text}
    messages.success(page.request, done, extra_tags=page.decision.used(page.claim))
    show_warnings(page.request, review.warnings)
    return page.back() if name in STAYS else HttpResponseRedirect(page.decided_url(review))


def undo(page: ReviewPage, pk: str) -> HttpResponse:
    row = get_object_or_404(Review, pk=pk if pk.isdecimal() else None, claim=page.claim)
    claim = reviewing.undo(row=row, by=page.user)
    status = translated(Status(claim.status).label)
    messages.success(page.request, _("Undone. The claim stands where it stood: %(status)s.") % {"status": status})
    return page.back()


def edit_again(page: ReviewPage, __: str) -> None:
    """Return from the page that asked before a step to the form, with the input as it was sent."""
    _read(page)


def draft(page: ReviewPage, seen: str) -> HttpResponse | None:
    """Keep the draft. `seen`: the version of the draft that was shown beside this text and is replaced by it."""
    if not _read(page):
        return JsonResponse({"refused": _("This form cannot be read.")}, status=400) if page.wants_json else None
    saved = preview.keep(page, seen)
    if page.wants_json:
        return JsonResponse({"saved": saved.version})
    messages.success(page.request, _("Draft kept."), extra_tags=page.decision.used(page.claim))
    return page.back()


def take(page: ReviewPage, __: str) -> HttpResponse | None:
    """Continue with the draft that was shown beside the typed text."""
    if not _read(page):
        return None
    messages.success(page.request, _("Your other draft is here."), extra_tags=page.decision.used(page.claim))
    return page.back()


def discard(page: ReviewPage, __: str) -> HttpResponse | None:
    if not _read(page):
        return None
    curating.discard_draft(claim=page.claim, by=page.user)
    messages.success(page.request, _("Draft thrown away."), extra_tags=page.decision.used(page.claim))
    return page.back()


def copy(page: ReviewPage, key: str) -> HttpResponse | None:
    """Add another text to one's own, below it if both have text."""
    if not _read(page):
        return None
    other = next((text for text in texts.beside(page.claim, page.user, own=True) if text.key == key), None)
    if other is None:
        raise Conflict("This text is gone: its author used it or threw it away.", code="not_found")
    given = page.decision.cleaned_data
    mine = texts.Given(given["verdict"], given["rationale"], given["note"], [row for __, row in page.evidence.given()])
    joined = texts.joined(mine, other)
    changes: ClaimChanges = {**other.changes, **page.decision.changes(page.claim)}
    curating.save_draft(
        claim=page.claim,
        by=page.user,
        expected=page.decision.based_on(other.version),
        verdict=joined.verdict,
        rationale=joined.rationale,
        note=joined.note,
        evidence=joined.evidence,
        changes=changes,
    )
    messages.success(
        page.request,
        _("%(title)s: copied into yours.") % {"title": other.title},
        extra_tags=page.decision.used(page.claim),
    )
    return page.back()


def _read(page: ReviewPage) -> bool:
    """Read the form. Raises Conflict if somebody else typed it, who was signed in here before."""
    data = page.request.POST
    if data.get("writer", str(page.user.pk)) != str(page.user.pk):
        raise Conflict(
            "Somebody else typed this, who was signed in here before. It was not saved.", code="other_writer"
        )
    page.decision, page.evidence = DecisionForm(data), EvidenceFormSet(data, prefix="evidence")
    return page.decision.is_valid() and page.evidence.is_valid()


def _stale(page: ReviewPage, refusal: Stale) -> None:
    """Show who did what meanwhile, and let the same form decide on the present claim when it is sent again."""
    seen = page.decision.cleaned_data["seen"]
    page.claim.refresh_from_db()
    page.since = [e for e in timeline(page.claim, page.user) if e.at.isoformat() > seen]
    page.find_steps()
    data = page.request.POST.copy()
    data["expected"], data["seen"] = str(page.claim.version), page.claim.updated_at.isoformat()
    page.decision = DecisionForm(data)
    page.problems["stale"] = translated(refusal)
    page.status = refusal.status


def _refuse(page: ReviewPage, refusal: Refused, places: Sequence[int], rationale: str) -> None:
    """Show the refusal at its field. `rationale` is the field in which the step's rationale was typed."""
    page.status = refusal.status
    part, _, rest = refusal.field.partition(".")
    row, _, column = rest.partition(".")
    if part == "evidence" and row.isdigit():
        form = page.evidence.forms[places[int(row)]]
        form.add_error(column if column in form.fields else None, translated(refusal))
    elif part == "evidence":
        page.problems["evidence"] = translated(refusal)
    elif part == "changes":
        show_refusal(page.decision, refusal, at=f"change_{rest}")
    elif page.steps and refusal.field == "rationale":
        show_refusal(page.decision, refusal, at=rationale)
    elif page.steps and refusal.field in page.decision.fields:
        show_refusal(page.decision, refusal)
    else:
        page.problems["page"] = translated(refusal)

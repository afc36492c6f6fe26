"""Previews: what readers will see, shown before publication, and the question before a dismissal drops evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from claims import curating, reviewing
from claims.admin.steps import STEPS
from claims.curating.decisions import EvidenceFields, piece
from claims.models import Claim, Draft, Evidence, Review
from claims.pages.dates import partial_date
from claims.pages.fact_check import FactCheck, fact_check, scale
from claims.transitions import PUBLIC, Status, Transition
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.refusals import Refused
from sources.models import Snapshot
from sources.pages import diffing

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage

# What a form sends beside what was given in it.
NOT_GIVEN = ("csrfmiddlewaretoken", "action", "draft", "confirmed")


@dataclass(frozen=True)
class Difference:
    """A change that a publication makes to the publication in force, paragraph by paragraph."""

    label: str
    paragraphs: list[diffing.Paragraph]


def question(page: ReviewPage, step: Transition, given: Mapping[str, Any]) -> HttpResponse | None:
    """Return the page between the button and the step, or None if there is nothing (more) to ask."""
    if "confirmed" in page.request.POST:
        return None
    if step.public and (page.user.preview or step.name == "correct"):
        return _before_readers_see(page, step, given)
    if step.name == "dismiss" and (page.decision.cleaned_data["verdict"] or page.evidence.given()):
        draft, pieces = _kept(page), [row for _, row in page.evidence.given()]
        return _ask(page, step, draft, {"pieces": pieces, "verdict": given.get("verdict")})
    return None


def _before_readers_see(page: ReviewPage, step: Transition, given: Mapping[str, Any]) -> HttpResponse:
    """Take the step, render the claim as readers see it, and roll back. So refusals come before the preview."""
    with transaction.atomic():
        row = reviewing.review(**given)
        claim = Claim.objects.for_list().get(pk=page.claim.pk)
        shown = {
            "readers": readers_view(page.request, fact_check(claim)),
            "publishes": step.target == Status.CHECKED,
            "in_force": row.replaces if page.claim.verdict_id else None,
            "kind": row.kind,
            "differences": differences(page.claim, row) if page.claim.verdict_id else [],
        }
        transaction.set_rollback(True)
    # Text for a verdict is kept also during the question before another step.
    typed = "evidence" in step.needs or page.decision.cleaned_data["version"]
    return _ask(page, step, _kept(page) if typed else page.decision.cleaned_data["draft"], shown)


def keep(page: ReviewPage, seen: str = "") -> Draft:
    """Keep the typed text as a draft. `seen`: the version of the draft that was shown beside the text. Raises DraftMoved."""
    given = page.decision.cleaned_data
    return curating.save_draft(
        claim=page.claim,
        by=page.user,
        expected=page.decision.based_on(seen),
        version=given["version"],
        verdict=given["verdict"],
        rationale=given["rationale"],
        note=given["note"],
        evidence=[row for _, row in page.evidence.given()],
        changes=page.decision.changes(page.claim),
    )


def _kept(page: ReviewPage) -> str:
    """Keep the typed text during this question, and return its version."""
    try:
        return keep(page).version
    except curating.DraftMoved:
        # Another text was kept meanwhile and stays. This one is in the hidden form of the page.
        return page.decision.cleaned_data["draft"]


def _ask(page: ReviewPage, step: Transition, draft: str, shown: Mapping[str, object]) -> HttpResponse:
    sent = page.evidence.data
    context = {
        **page.site.each_context(page.request),
        "title": translated(step.label),
        "opts": Claim._meta,
        "page": page,
        "claim": page.claim,
        "step": step,
        "words": STEPS[step.name],
        "given": [(name, value) for name in sent if name not in NOT_GIVEN for value in sent.getlist(name)],
        "draft": draft,
        **shown,
    }
    return TemplateResponse(page.request, "desk/review/question.html", context)


def differences(claim: Claim, row: Review) -> list[Difference]:
    """Return the changes from the replaced publication to this one, and from the claim, which is still unchanged."""
    before = row.replaces
    if before is None:
        return []
    said, speaker = row.changes.get("said_at", claim.said), row.claim.speaker
    pairs = [
        (_("Verdict"), before.verdict_label, row.verdict_label),
        (_("Wording"), claim.text, row.wording),
        (_("Speaker"), str(claim.speaker or ""), str(speaker or "")),
        (_("Role as it was then"), claim.speaker_role, row.changes.get("speaker_role", claim.speaker_role)),
        (_("Said"), *(partial_date(day) if day else "" for day in (claim.said, said))),
        (_("Due on"), *(partial_date(day) if day else "" for day in (claim.due, row.changes.get("due_on", claim.due)))),
        (_("Rationale"), before.rationale, row.rationale),
        (_("Evidence"), *(_lines(Evidence.objects.filter(review=review).for_list()) for review in (before, row))),
    ]
    found = [Difference(label, diffing.changes(old, new)) for label, old, new in pairs]
    return [difference for difference in found if difference.paragraphs]


def _lines(pieces: Iterable[Evidence]) -> str:
    """Return a line for each piece of evidence, so that it is one paragraph of the difference."""
    return "\n".join(
        " · ".join(
            " ".join(str(part).split())
            for part in (
                piece.get_stance_display(),
                piece.publisher,
                piece.title,
                piece.url,
                piece.quote,
                piece.archive_url,
                piece.accessed_at,
                _text_of(piece.snapshot),
            )
            if part
        )
        for piece in pieces
    )


def _text_of(snapshot: Snapshot | None) -> str:
    day = date_format(localtime(snapshot.taken_at), "DATE_FORMAT") if snapshot else ""
    return _("Text of %(day)s") % {"day": day} if day else ""


def readers_view(request: HttpRequest, check: FactCheck) -> str:
    """Return the claim as its public page shows it, in the language of the site."""
    with translation.override(settings.CLAIMTRACK_LANGUAGE):
        context = {
            "check": check,
            "site_language": settings.CLAIMTRACK_LANGUAGE,
            "right_to_left": translation.get_language_bidi(),
        }
        return render_to_string("desk/readers_view.html", context, request)


def _with(check: FactCheck, draft: Draft) -> FactCheck:
    verdict = draft.verdict or check.verdict
    return replace(
        check,
        status=Status.CHECKED if verdict else Status.IN_REVIEW,
        text=draft.changes.get("text", check.text),
        verdict=verdict,
        scale=scale(verdict),
        review_by=None,
        rationale=draft.rationale,
        evidence=[_shown(index, given) for index, given in enumerate(draft.evidence)],
        published=None,
        first=None,
    )


def _shown(index: int, given: EvidenceFields) -> Evidence | EvidenceFields:
    """Return a piece of evidence as it will be stored, or as it is in the draft if it cannot be stored yet."""
    try:
        return piece(index, given)
    except Refused:
        return given


def as_readers_see_it(request: HttpRequest, claim: Claim, user: User, site: AdminSite) -> HttpResponse:
    """Show a claim as readers see it, or will see it, with one's own draft if there is one."""
    check = fact_check(Claim.objects.for_list().get(pk=claim.pk))
    draft = Draft.objects.filter(claim=claim, author=user).select_related("verdict").first()
    with_draft = draft if draft and "without" not in request.GET else None
    if with_draft:
        check = _with(check, with_draft)
    elif claim.status not in PUBLIC:
        check = replace(check, status=Status.UNVERIFIED)
    context = {
        **site.each_context(request),
        "title": _("As readers see it"),
        "opts": Claim._meta,
        "claim": claim,
        "public": claim.status in PUBLIC and not claim.merged_into_id,
        "draft": draft,
        "with_draft": with_draft,
        "readers": readers_view(request, check),
        "back": reverse("admin:claims_claim_change", args=[claim.pk]),
    }
    return TemplateResponse(request, "desk/review/readers.html", context)

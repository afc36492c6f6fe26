"""What the text of its page says about a piece of evidence, shown in the form while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from claims import curating
from claims.admin.forms import DecisionForm, EvidenceFormSet
from claims.curating.evidence import is_of
from claims.models import Claim, Evidence
from claims.text import quoting
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.warnings import InputWarning
from sources.models import Article, Snapshot
from sources.pages.canonical import canonical_url

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage


@dataclass(frozen=True)
class Says:
    """What the text of a snapshot says about a quote: `found`, or why not, with the `nearest` passage or the `candidates`."""

    claim: Claim
    snapshot: Snapshot | None = None
    found: quoting.Slice | None = None
    refusal: str = ""
    nearest: quoting.Slice | None = None
    candidates: Sequence[quoting.Slice] = ()
    warnings: Sequence[str] = ()

    @property
    def published(self) -> date | None:
        return Evidence(snapshot=self.snapshot).published

    @property
    def is_after_verdict(self) -> bool:
        """Whether the page was published after the verdict in force."""
        given = self.claim.reviewed_at if self.claim.verdict_id else None
        return bool(self.published and given and self.published > localtime(given).date())


def says(claim: Claim, snapshot: Snapshot | None, quote: str, start: int | None) -> Says:
    if snapshot is None or not quote.strip():
        return Says(claim, snapshot)
    try:
        return Says(claim, snapshot, quoting.locate(quote, snapshot.text, start=start))
    except quoting.QuoteAmbiguous as refusal:
        return Says(claim, snapshot, refusal=translated(refusal.message), candidates=refusal.candidates)
    except quoting.QuoteRefused as refusal:
        nearest = getattr(refusal, "nearest", None)
        return Says(claim, snapshot, refusal=translated(refusal.message), nearest=nearest)


def tell(page: ReviewPage) -> None:
    """Give each row of the form what the text that it quotes says."""
    for form in page.evidence:
        if form.says is None:
            snapshot = _snapshot(_number(form["snapshot"].value()), page.user)
            form.says = says(page.claim, snapshot, form["quote"].value() or "", _number(form["start"].value()))


def look(page: ReviewPage, prefix: str) -> HttpResponse | None:
    """Look for the quote in the text that the ledger has of the page."""
    given = _given(page, prefix)
    return _answer(page, prefix, {}, _known(given, page.user)) if given else None


def read(page: ReviewPage, prefix: str) -> HttpResponse | None:
    """Fetch the page as it is now, and look for the quote in it."""
    given = _given(page, prefix)
    if not given:
        return None
    filled, warnings = curating.read_page(index=0, given=given, by=page.user)
    changed = {name: value for name, value in filled.items() if value != given.get(name)}
    return _answer(page, prefix, changed, _snapshot(filled.get("snapshot"), page.user), warnings)


def place(page: ReviewPage, argument: str) -> HttpResponse | None:
    """Take a passage of the text for the quote (`prefix:start-end`)."""
    prefix, _sep, span = argument.partition(":")
    start, _sep, end = span.partition("-")
    given = _given(page, prefix)
    if not given or not start.isdecimal() or not end.isdecimal():
        return None
    snapshot = _known(given, page.user)
    passage = snapshot.text[int(start) : int(end)] if snapshot else ""
    return _answer(page, prefix, {"quote": passage, "start": int(start)}, snapshot)


def leave(page: ReviewPage, prefix: str) -> HttpResponse | None:
    """Keep the quote as it is typed, without the text of its page."""
    return _answer(page, prefix, {}, None) if _given(page, prefix) else None


def _answer(
    page: ReviewPage,
    prefix: str,
    changed: Mapping[str, Any],
    snapshot: Snapshot | None,
    warnings: Sequence[InputWarning] = (),
) -> HttpResponse | None:
    """Put what was found into the row, and say what the text says: as JSON for the script, else on the page."""
    data = page.request.POST.copy()
    quote = changed.get("quote", data.get(f"{prefix}-quote", ""))
    start = changed.get("start", _number(data.get(f"{prefix}-start")) if snapshot else None)
    told = says(page.claim, snapshot, quote.replace("\r\n", "\n"), start)
    if told.refusal and start is not None and not told.candidates:
        # The offset is that of an earlier quote, or of an earlier text.
        told = says(page.claim, snapshot, quote.replace("\r\n", "\n"), None)
    told = replace(told, warnings=[translated(warning.detail) for warning in warnings])
    found = {"quote": told.found.quote, "start": told.found.start} if told.found else {"start": ""}
    fields = {**changed, **found, "snapshot": snapshot.pk if snapshot else ""}
    for name, value in fields.items():
        data[f"{prefix}-{name}"] = str(value)
    page.decision, page.evidence = DecisionForm(data), EvidenceFormSet(data, prefix="evidence")
    form = next((form for form in page.evidence if form.prefix == prefix), None)
    if form is None:
        return None
    form.says = told
    if not page.wants_json:
        return None
    html = render_to_string("desk/review/says.html", {"form": form, "page": page, "claim": page.claim}, page.request)
    return JsonResponse({"fields": fields, "says": html})


def _given(page: ReviewPage, prefix: str) -> curating.EvidenceFields | None:
    """Return what stands in the row, or say that it lacks an address."""
    data = page.request.POST
    page.decision, page.evidence = DecisionForm(data), EvidenceFormSet(data, prefix="evidence")
    page.evidence.is_valid()
    form = next((form for form in page.evidence if form.prefix == prefix), None)
    if form is None:
        return None
    given = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
    if "url" not in given:
        form.says = Says(page.claim, refusal=_("Give the address of the page first."))
        return None
    return cast(curating.EvidenceFields, given)


def _known(given: curating.EvidenceFields, user: User) -> Snapshot | None:
    """Return the snapshot that the row names if it is of this page, else the current one of the page, if the ledger has it."""
    snapshot = _snapshot(given.get("snapshot"), user)
    if snapshot and is_of(given["url"], snapshot.article):
        return snapshot
    try:
        address = canonical_url(given["url"])
    except ValueError:
        return None
    article = Article.objects.visible_to(user).filter(canonical_url=address).first()
    return _snapshot(article.current_snapshot_id, user) if article else None


def _snapshot(pk: int | None, user: User) -> Snapshot | None:
    rows = Snapshot.objects.visible_to(user).select_related("article__source")
    return rows.filter(pk=pk).first() if pk is not None else None


def _number(value: object) -> int | None:
    return int(str(value)) if str(value).isdecimal() else None

"""Compare each piece of evidence with the text of its page while the form is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from claims import curating
from claims.admin.forms import DecisionForm, EvidenceFormSet, show_warnings
from claims.curating.decisions import is_of
from claims.models import Claim, Evidence
from claims.text import quoting
from claimtrack.health import has_worker
from claimtrack.languages import translated
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.warnings import InputWarning
from sources import ingesting
from sources.ingesting import fetches
from sources.models import Article, Fetch, Snapshot
from sources.pages.canonical import canonical_url

if TYPE_CHECKING:
    from claims.admin.review import ReviewPage


@dataclass(frozen=True)
class QuoteCheck:
    """The result of looking for a quote in a snapshot: `found`, or why not, with the `nearest` passage or the `candidates`."""

    claim: Claim
    snapshot: Snapshot | None = None
    found: quoting.Slice | None = None
    refusal: str = ""
    nearest: quoting.Slice | None = None
    candidates: Sequence[quoting.Slice] = ()
    warnings: Sequence[str] = ()
    # The fetch of the page, while it runs or its result has not been used.
    fetch: Fetch | None = None
    works: bool = True

    @property
    def published(self) -> date | None:
        return Evidence(snapshot=self.snapshot).published

    @property
    def is_after_verdict(self) -> bool:
        """Whether the page was published after the verdict in force."""
        given = self.claim.reviewed_at if self.claim.verdict_id else None
        return bool(self.published and given and self.published > localtime(given).date())


def check_quote(claim: Claim, snapshot: Snapshot | None, quote: str, start: int | None) -> QuoteCheck:
    if snapshot is None or not quote.strip():
        return QuoteCheck(claim, snapshot)
    try:
        return QuoteCheck(claim, snapshot, quoting.locate(quote, snapshot.text, start=start))
    except quoting.QuoteAmbiguous as refusal:
        return QuoteCheck(claim, snapshot, refusal=translated(refusal.message), candidates=refusal.candidates)
    except quoting.QuoteRefused as refusal:
        nearest = getattr(refusal, "nearest", None)
        return QuoteCheck(claim, snapshot, refusal=translated(refusal.message), nearest=nearest)


def check_quotes(page: ReviewPage) -> None:
    """Add to each row of the form the comparison with the text that it quotes."""
    rows = [form for form in page.evidence if form.quote_check is None]
    named = {form: _number(form["snapshot"].value()) for form in rows}
    fetched = _fetches(page.user, [form["url"].value() or "" for form in rows if named[form] is None])
    for form in rows:
        snapshot = _snapshot(named[form], page.user)
        check = check_quote(page.claim, snapshot, form["quote"].value() or "", _number(form["start"].value()))
        form.quote_check = _about(check, fetched.get(form["url"].value() or "") if snapshot is None else None)


def look(page: ReviewPage, prefix: str) -> HttpResponse | None:
    """Look for the quote in the recorded text of the page."""
    given = _given(page, prefix)
    return _answer(page, prefix, {}, _known(given, page.user)) if given else None


def read(page: ReviewPage, prefix: str) -> HttpResponse | None:
    """Request the page anew. A job fetches it, so that nobody waits for a slow server."""
    given = _given(page, prefix)
    if not given:
        return None
    try:
        row = fetches.ask(
            by=page.user,
            url=given["url"],
            purpose=Fetch.Purpose.EVIDENCE,
            archive_url=given.get("archive_url") or None,
        )
    except (Invalid, Conflict) as refusal:
        return _answer(page, prefix, {}, _named(given, page.user), [curating.without_page(0, refusal)])
    return _answer(page, prefix, {}, _named(given, page.user), fetch=row)


def fetched(page: ReviewPage, prefix: str) -> HttpResponse | None:
    """Look for the quote in the requested page, if it has been fetched."""
    given = _given(page, prefix)
    if not given:
        return None
    row = _fetches(page.user, [given["url"]]).get(given["url"])
    if row is None:
        return look(page, prefix)
    if row.snapshot is None:
        return _answer(page, prefix, {}, _named(given, page.user), fetch=row)
    filled, warnings = curating.with_page(index=0, given=given, snapshot=row.snapshot, told=row.warnings)
    return _answer(page, prefix, _changed(given, filled), row.snapshot, warnings)


def attach(page: ReviewPage) -> None:
    """Before a step, give the rows the pages that were fetched meanwhile, and say which are still being fetched.

    A page that arrives after the preview of the step is left out, since nobody has seen it.
    """
    rows = {form: form.cleaned_data for form in page.evidence if not form.cleaned_data.get("snapshot")}
    found = _fetches(page.user, [given.get("url") or "" for given in rows.values()])
    data = page.request.POST.copy()
    for index, (form, given) in enumerate(rows.items()):
        row = found.get(given.get("url") or "")
        if row and row.state == Fetch.State.WAITING:
            sentence = _("“%(address)s” is still being fetched: this evidence has no text of its page.")
            messages.warning(page.request, sentence % {"address": row.url})
        elif row and row.snapshot and given.get("quote") and "confirmed" not in data:
            filled, warnings = curating.with_page(index=index, given=given, snapshot=row.snapshot, told=row.warnings)
            data.update({f"{form.prefix}-{name}": str(value) for name, value in _changed(given, filled).items()})
            show_warnings(page.request, warnings)
    page.evidence = EvidenceFormSet(data, prefix="evidence")
    page.evidence.is_valid()


def place(page: ReviewPage, argument: str) -> HttpResponse | None:
    """Replace the quote by a passage of the text (`prefix:start-end`)."""
    prefix, _sep, span = argument.partition(":")
    start, _sep, end = span.partition("-")
    given = _given(page, prefix)
    if not given or not start.isdecimal() or not end.isdecimal():
        return None
    snapshot = _known(given, page.user)
    passage = snapshot.text[int(start) : int(end)] if snapshot else ""
    return _answer(page, prefix, {"quote": passage, "start": int(start)}, snapshot)


def leave(page: ReviewPage, prefix: str) -> HttpResponse | None:
    """Keep the quote as typed, without the text of its page."""
    given = _given(page, prefix)
    if not given:
        return None
    fetches.forget(by=page.user, url=_address(given["url"]))
    return _answer(page, prefix, {}, None)


def _answer(
    page: ReviewPage,
    prefix: str,
    changed: Mapping[str, Any],
    snapshot: Snapshot | None,
    warnings: Sequence[InputWarning] = (),
    fetch: Fetch | None = None,
) -> HttpResponse | None:
    """Put the passage that was found into the row, and answer with the comparison: as JSON for the script, else on the page."""
    data = page.request.POST.copy()
    quote = changed.get("quote", data.get(f"{prefix}-quote", ""))
    start = changed.get("start", _number(data.get(f"{prefix}-start")) if snapshot else None)
    check = check_quote(page.claim, snapshot, quote.replace("\r\n", "\n"), start)
    if check.refusal and start is not None and not check.candidates:
        # The offset belongs to an earlier quote, or to an earlier text.
        check = check_quote(page.claim, snapshot, quote.replace("\r\n", "\n"), None)
    check = _about(replace(check, warnings=[translated(warning.detail) for warning in warnings]), fetch)
    found = {"quote": check.found.quote, "start": check.found.start} if check.found else {"start": ""}
    fields = {**changed, **found, "snapshot": snapshot.pk if snapshot else ""}
    for name, value in fields.items():
        data[f"{prefix}-{name}"] = str(value)
    page.decision, page.evidence = DecisionForm(data), EvidenceFormSet(data, prefix="evidence")
    form = next((form for form in page.evidence if form.prefix == prefix), None)
    if form is None:
        return None
    form.quote_check = check
    if not page.wants_json:
        return None
    html = render_to_string("desk/review/says.html", {"form": form, "page": page, "claim": page.claim}, page.request)
    return JsonResponse({"fields": fields, "says": html})


def _given(page: ReviewPage, prefix: str) -> curating.EvidenceFields | None:
    """Return the contents of the row, or show that it lacks an address."""
    data = page.request.POST
    page.decision, page.evidence = DecisionForm(data), EvidenceFormSet(data, prefix="evidence")
    page.evidence.is_valid()
    form = next((form for form in page.evidence if form.prefix == prefix), None)
    if form is None:
        return None
    given = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
    if "url" not in given:
        form.quote_check = QuoteCheck(page.claim, refusal=_("Give the address of the page first."))
        return None
    return cast(curating.EvidenceFields, given)


def _about(check: QuoteCheck, fetch: Fetch | None) -> QuoteCheck:
    """Add the state of the page's fetch."""
    if fetch is None:
        return check
    if fetch.state == Fetch.State.FAILED and fetch.refusal:
        return replace(check, warnings=[translated(curating.without_page(0, fetch.refusal).detail)])
    return replace(check, fetch=fetch, works=fetch.state == Fetch.State.DONE or has_worker())


def _changed(given: Mapping[str, Any], filled: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filled.items() if value != given.get(name)}


def _fetches(user: User, urls: Iterable[str]) -> dict[str, Fetch]:
    """Return the last fetch that this person requested, by the typed address."""
    addresses = {url: _address(url) for url in urls if url}
    rows = Fetch.objects.for_evidence(user, addresses.values()) if addresses else ()
    last = {row.url: row for row in rows}
    return {url: last[address] for url, address in addresses.items() if address in last}


def _address(url: str) -> str:
    """Return an address in the form that a fetch stores."""
    try:
        return ingesting.read(url=url).link
    except Invalid:
        return url


def _named(given: curating.EvidenceFields, user: User) -> Snapshot | None:
    """Return the snapshot that the row names, if it is of this page."""
    snapshot = _snapshot(given.get("snapshot"), user)
    return snapshot if snapshot and is_of(given["url"], snapshot.article) else None


def _known(given: curating.EvidenceFields, user: User) -> Snapshot | None:
    """Return the snapshot that the row names, if it is of this page, else the current snapshot of the page, if there is one."""
    if snapshot := _named(given, user):
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

"""What other publishers found: their reviews (claims.formats.claimreview) kept beside the ledger's claims, never as its verdicts.

A review belongs to the claim that is named, else to the one that it says it reviews, which is proposed when the ledger
does not have it. Which review it is, its address, the claimant and the wording of the claim say together
(claims.importing.identity). A publisher corrects both label and wording: the row is brought up to date, and what it was
stays in its history.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models.functions import Now

from claims import curating, importing, reviewing
from claims.formats.claimreview import Claimant, ClaimReview, Unreadable
from claims.importing import identity
from claims.importing.lines import GivenSpeaker, pointing
from claims.models import Claim, ExternalReview, Speaker
from claims.text import likeness, partial_dates, wikidata
from claims.text.limits import MAX_NAME, MAX_TEXT
from claims.transitions import Status
from claimtrack.addresses import absolute, address
from claimtrack.cleaning import clean_line, clean_text
from claimtrack.dates import warnings_about
from claimtrack.db.attribution import acting, retried
from claimtrack.models import User
from claimtrack.names import identity as name_identity
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Refused
from claimtrack.roles import Role, require
from claimtrack.warnings import InputWarning
from sources.pages.canonical import MAX_LENGTH, link

ALIKE = 0.6  # of 1: a wording that is at least so alike corrects the one before
# Where the fields of an import's line stand in a ClaimReview.
_POINTERS = {
    "/speaker/name": "itemReviewed.author.name",
    "/speaker/role": "itemReviewed.author.jobTitle",
    "/speaker/wikidata_id": "itemReviewed.author.sameAs",
    "said_at": "itemReviewed.datePublished",
    "speaker_role": "itemReviewed.author.jobTitle",
    "language": "inLanguage",
    "text": "claimReviewed",
}


@dataclass(frozen=True)
class Recorded:
    """`outcome` of the external review: new, changed or known. `accepted`: its claim was, now."""

    review: ExternalReview
    outcome: str
    claim_is_new: bool = False
    accepted: bool = False
    warnings: tuple[InputWarning, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why an item did not go in; `place` is where it stands in the file."""

    place: str
    code: str
    message: str


@dataclass(frozen=True)
class Warned:
    """What looks wrong with an item that went in. `field` is a path of schema.org's names."""

    place: str
    code: str
    field: str
    detail: str


@dataclass
class Report:
    """What an import came to, in numbers of reviews; `proposed` and `accepted` count claims, `gone` reviews that left their page."""

    new: int = 0
    changed: int = 0
    known: int = 0
    gone: int = 0
    proposed: int = 0
    accepted: int = 0
    warnings: list[Warned] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def add(self, place: str, done: Recorded) -> None:
        setattr(self, done.outcome, getattr(self, done.outcome) + 1)
        self.proposed += done.claim_is_new
        self.accepted += done.accepted
        self.warnings += [Warned(place, warning.code, warning.field, warning.detail) for warning in done.warnings]

    def refuse(self, place: str, refusal: Refused) -> None:
        self.refusals.append(Refusal(place, refusal.code, refusal.message))


def require_import(by: User, *, accept: bool) -> None:
    """Raise NotAllowed unless this user may import reviews; `accept`: and accept the claims that they propose."""
    require(by, Role.CONTRIBUTOR, "import reviews")
    if accept:
        require(by, Role.MODERATOR, "accept claims")


def import_reviews(
    *,
    items: Iterable[tuple[str, ClaimReview | Unreadable]],
    by: User,
    claim: Claim | None = None,
    accept: bool = False,
    page: str = "",
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Record each of the items (places and what is read there), each in a transaction of its own.

    `claim`: the one that all of them review, else each proposes its own. `accept`: also accept each of those claims that
    is still proposed. `page`: the address of a page whose reviews the items are, all of them: others on record there are
    marked as gone. `progress` is called with the report so far after each item. Raises NotAllowed below Contributor, and
    for `accept` below Moderator; what is wrong with an item is in the report and stops nothing.
    """
    require_import(by, accept=accept)
    report = Report()
    given = [(place, item, _key(item)) for place, item in items]
    keys = {key for _, _, key in given}
    seen: dict[str, ClaimReview | Unreadable] = {}
    for place, item, key in given:
        try:
            if key and _differs(item, seen.setdefault(key, item)):
                raise Conflict(
                    "The file holds this review twice, the first time with another verdict or date.", code="given_twice"
                )
            done = record_review(item=item, by=by, claim=claim, accept=accept, beside=keys, on_page=bool(page))
        except Refused as refusal:
            report.refuse(place, refusal)
        else:
            report.add(place, done)
        if progress:
            progress(report)
    if page:
        _mark_gone(page, keys, by, report)
    return report


@retried
def record_review(
    *,
    item: ClaimReview | Unreadable,
    by: User,
    claim: Claim | None = None,
    accept: bool = False,
    beside: Collection[str] = (),
    on_page: bool = False,
) -> Recorded:
    """Record one review: of this claim, else of the one that it names, proposing that without appearances.

    `beside`: the keys of the reviews that come with it, none of which it corrects. `on_page`: these are all of its page.

    Raises Invalid (unreadable, required, too_long, …), Conflict (own_review, speaker_ambiguous, already_recorded, merged) and
    NotAllowed: a Contributor adds to claims of their own while proposed, a Moderator to any.
    """
    if isinstance(item, Unreadable):
        raise Invalid(item.reason, code="unreadable")
    if item.url.startswith(absolute("/")):
        raise Conflict("This is one of this desk's own reviews.", code="own_review")
    columns = _columns(item)
    warnings = [*item.warnings]
    for name, path in (("reviewed_at", "datePublished"), ("claimed_at", "itemReviewed.datePublished")):
        warnings += warnings_about(columns[name], path)
    with acting(by):
        row = _on_record(columns, claim, beside, on_page=on_page)
        if row and not Claim.objects.visible_to(by).filter(pk=row.claim.winner.pk).exists():
            raise Conflict("This review is on record already, where you may not see it.", code="already_recorded")
        target, created = (row.claim if row else claim), False
        if target is None:
            target, created = _proposed(item, columns["key"], by, warnings)
        done, target = _record(target, row, columns, by, warnings)
        accepted = accept and target.origin == Claim.Origin.CLAIMREVIEW and target.status == Status.PROPOSED
        if accepted:
            reviewing.review(claim=target, to=Status.UNVERIFIED, by=by, expected=target.version)
        return Recorded(done.review, done.outcome, created, accepted, tuple(warnings))


def _on_record(
    columns: dict[str, Any], claim: Claim | None, beside: Collection[str], *, on_page: bool
) -> ExternalReview | None:
    """The row of this review, or of the one that it corrects: the same address and claimant, and a wording that is alike."""
    rows = ExternalReview.objects.select_related("claim__merged_into").order_by("pk")
    if claim:
        rows = rows.filter(claim=claim)
    if exact := rows.filter(key=columns["key"]).first():
        return exact
    others = rows.filter(address=columns["address"]).exclude(key__in=beside)
    corrected = [row for row in others if _corrects(row, columns, on_page=on_page)]
    alike = {row: likeness.alike(row.claim_reviewed, columns["claim_reviewed"]) for row in corrected}
    return max(alike, key=alike.__getitem__, default=None)


def _corrects(row: ExternalReview, columns: dict[str, Any], *, on_page: bool) -> bool:
    """Say whether a review with another wording corrects the one on record.

    A page shows all of its reviews. Elsewhere this may be one more of the same page: so with another label, other numbers
    or a denial it is.
    """
    before, now = row.claim_reviewed, columns["claim_reviewed"]
    if name_identity(row.claimant) != name_identity(columns["claimant"]) or likeness.alike(before, now) < ALIKE:
        return False
    return on_page or (row.label == columns["label"] and not likeness.differences(before, now))


def _proposed(item: ClaimReview, key: str, by: User, warnings: list[InputWarning]) -> tuple[Claim, bool]:
    """The claim that the review says it is about, and whether it is new."""
    if not item.text:
        raise Invalid("It does not say which claim it reviews (claimReviewed).", code="required", field="text")
    # People may have edited a claim on record since, so the claimant is ignored.
    known = Claim.objects.filter(origin_key=key).exists()
    speaker = None if known else _speaker(item.claimant, by, warnings)
    with pointing(_POINTERS):
        proposed = curating.propose(
            by=by,
            text=item.text,
            appearances=(),
            speaker=speaker,
            speaker_role=item.claimant.role if item.claimant and speaker else "",
            said_at=item.said,
            language=item.language,
            origin=Claim.Origin.CLAIMREVIEW,
            origin_key=key,
        )
    return proposed.claim, proposed.created


def _speaker(claimant: Claimant | None, by: User, warnings: list[InputWarning]) -> Speaker | None:
    if claimant is None:
        return None
    found: list[InputWarning] = []
    try:
        with pointing(_POINTERS):
            speaker = importing.speaker_of(_given(claimant), by=by, warnings=found)
    except Conflict as refusal:
        if refusal.code == "speaker_ambiguous":
            example = address("speakers-detail", refusal.extra["speakers"][0])
            listed = refusal.message.partition(". ")[0]
            refusal.message = f"{listed}. Give the address of the one that is meant, such as {example}, in sameAs."
        raise
    warnings += [replace(warning, field=_POINTERS.get(warning.field, "")) for warning in found]
    return speaker


def _given(claimant: Claimant) -> GivenSpeaker:
    wikidata_ids = [found for found in map(wikidata.id_of, claimant.same_as) if found]
    own = re.compile(rf"{re.escape(address('speakers-list'))}([1-9][0-9]{{0,17}})/?")
    ids = [int(match[1]) for match in map(own.fullmatch, claimant.same_as) if match]
    return GivenSpeaker(
        name=claimant.name,
        kind=Speaker.Kind.PERSON if claimant.kind == "Person" else Speaker.Kind.ORGANISATION,
        role=claimant.role,
        wikidata_id=next(iter(wikidata_ids), None),
        aliases=(),
        id=next(iter(ids), None),
    )


def _record(
    claim: Claim, row: ExternalReview | None, columns: dict[str, Any], by: User, warnings: list[InputWarning]
) -> tuple[Recorded, Claim]:
    """Make the row, or bring it up to date. Returns with it the claim as it is then."""
    claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    # The address that is on record is known to work, and leads to the same page.
    columns = {name: value for name, value in columns.items() if not (row and name == "url")}
    changed = [name for name, value in columns.items() if row and getattr(row, name) != value]
    if row and not changed:
        return Recorded(row, "known"), claim
    _require_recorder(claim, by)
    if row is None:
        if claim.merged_into_id:
            raise Conflict("This claim was merged into another: add the review to that one.", code="merged")
        return Recorded(ExternalReview.objects.create(claim=claim, imported_by=by, **columns), "new"), claim
    before = row.claim_reviewed
    for name in changed:
        setattr(row, name, columns[name])
    row.save(update_fields=changed)
    if "claim_reviewed" not in changed:
        return Recorded(row, "changed"), claim
    warnings.append(InputWarning("wording_corrected", "claimReviewed", f"Taken for a correction of “{before}”."))
    if claim.origin == Claim.Origin.CLAIMREVIEW:
        claim = _follow(claim, before, row.claim_reviewed, by, warnings)
    return Recorded(row, "changed"), claim


def _follow(claim: Claim, before: str, now: str, by: User, warnings: list[InputWarning]) -> Claim:
    """Reword a claim that is only known from this review, as its publisher did: not where the desk or others have a say."""
    decided = claim.verdict_id or claim.merged_into_id or claim.status == Status.AWAITING_APPROVAL
    if claim.text == before and not decided and claim.external_reviews.count() == 1:
        return curating.edit_claim(claim=claim, by=by, expected=claim.version, text=now)
    detail = f"The publisher words it “{now}” now; claim {claim.pk} keeps its wording."
    warnings.append(InputWarning("wording_kept", "claimReviewed", detail))
    return claim


def _mark_gone(page: str, keys: Collection[str], by: User, report: Report) -> None:
    """Mark what is on record for a page and no longer on it."""
    rows = ExternalReview.objects.filter(address=identity.review_address(page), gone_at=None)
    for row in rows.exclude(key__in=keys).select_related("claim").order_by("pk"):
        try:
            _require_recorder(row.claim, by)
        except NotAllowed as refusal:
            report.refuse("page", refusal)
            continue
        with acting(by):
            ExternalReview.objects.filter(pk=row.pk).update(gone_at=Now())
        report.gone += 1
        detail = f"The review of “{row.claim_reviewed}” is no longer on the page, and marked so."
        report.warnings.append(Warned("page", "review_gone", "claimReviewed", detail))


def _require_recorder(claim: Claim, by: User) -> None:
    own = claim.created_by_id == by.pk and claim.status == Status.PROPOSED
    require(by, Role.CONTRIBUTOR if own else Role.MODERATOR, "add reviews to this claim")


def _key(item: ClaimReview | Unreadable) -> str:
    """What tells this review from all others; "" for one that is refused."""
    try:
        return str(_columns(item)["key"]) if isinstance(item, ClaimReview) else ""
    except Invalid:
        return ""


def _differs(item: ClaimReview | Unreadable, other: ClaimReview | Unreadable) -> bool:
    if isinstance(item, Unreadable) or isinstance(other, Unreadable):
        return False
    return (item.label, item.rating, item.published) != (other.label, other.rating, other.published)


def _columns(item: ClaimReview) -> dict[str, Any]:
    # The index on addresses holds whole ones, up to some 2,700 bytes.
    if len(item.url.encode()) > MAX_LENGTH:
        raise Invalid(f"The review's address is longer than {MAX_LENGTH} bytes.", code="too_long", field="url")
    try:
        address = identity.review_address(item.url)
    except ValueError as error:
        raise Invalid(str(error), code="url", field="url") from error
    claimant = item.claimant.name if item.claimant and not _given(item.claimant).is_nobody else ""
    given = {
        "url": link(item.url),
        "address": address,
        "claimant": clean_line(claimant, "itemReviewed.author.name", limit=MAX_NAME),
        "claim_reviewed": clean_text(item.text, "claimReviewed", limit=MAX_TEXT),
    }
    key = identity.key_by_review(
        address=address, claimant=name_identity(given["claimant"]), text=given["claim_reviewed"]
    )
    return {
        **given,
        "key": key,
        "gone_at": None,
        "publisher": clean_line(item.publisher, "publisher", limit=MAX_NAME, required=True),
        "publisher_site": item.site,
        "title": clean_line(item.title, "title", limit=1000),
        "label": clean_line(item.label, "label", limit=1000),
        "rating_value": item.rating and item.rating.value,
        "rating_best": item.rating and item.rating.best,
        "rating_worst": item.rating and item.rating.worst,
        "language": item.language,
        **_date("reviewed", item.published),
        **_date("claimed", item.said),
    }


def _date(name: str, written: str) -> dict[str, Any]:
    try:
        day, precision = partial_dates.parse(written) if written else (None, "")
    except ValueError as error:
        raise Invalid(str(error), code="date", field=f"{name}_at") from error
    return {f"{name}_at": day, f"{name}_precision": precision}

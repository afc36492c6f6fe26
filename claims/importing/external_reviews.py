"""Import the reviews of other publishers (claims.formats.claimreview). They are recorded beside the ledger's claims, never as verdicts.

A review is attached to the claim that the caller names, else to the claim that it says it reviews, which is proposed if the
ledger does not have it. Address, claimant and wording of the claim identify a review (claims.importing.identity). Publishers
correct labels and wordings: then the row is updated, and its history keeps the old values.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models.functions import Now

from claims import curating, importing, reviewing
from claims.formats.claimreview import Claimant, ClaimReview, Unreadable
from claims.importing import identity
from claims.importing.lines import pointing
from claims.importing.review_rows import external_review, given_speaker
from claims.models import Claim, ExternalReview, Speaker
from claims.text import likeness
from claims.transitions import Status
from claimtrack.addresses import absolute, address
from claimtrack.dates import warnings_about
from claimtrack.db.attribution import acting, verb
from claimtrack.models import User
from claimtrack.names import identity as name_identity
from claimtrack.refusals import Conflict, Invalid, Message, NotAllowed, Refused
from claimtrack.roles import Role, require
from claimtrack.warnings import InputWarning

CORRECTION_LIKENESS = 0.6  # from 0 to 1: a wording at least this similar may be a correction
# Columns that a later import of the review updates. The URL on record stays: it leads to the same page.
UPDATED = (
    "address", "claimant", "claim_reviewed", "key", "gone_at", "publisher", "publisher_site", "title", "label", "language",
    "rating_value", "rating_best", "rating_worst", "reviewed_at", "reviewed_precision", "claimed_at", "claimed_precision",
)  # fmt: skip
# The paths in a ClaimReview of the fields that verbs name in refusals and warnings.
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
    """The result for one review. `outcome` is new, changed or known. `accepted` says whether its claim was accepted now."""

    review: ExternalReview
    outcome: str
    claim_is_new: bool = False
    accepted: bool = False
    warnings: tuple[InputWarning, ...] = ()


PAGE = Message("page")


@dataclass(frozen=True)
class Refusal:
    """Why a review was not recorded. `place` is its place in the file, and `refused` the refusal itself."""

    place: str
    code: str
    message: str
    refused: Refused


@dataclass(frozen=True)
class PlacedWarning:
    """A warning about a review that was recorded. `field` is a path of schema.org's names."""

    place: str
    code: str
    field: str
    detail: Message


@dataclass
class Report:
    """The result of an import. `proposed` and `accepted` count claims, the others reviews. `gone` ones are no longer on their page.

    `last` is the outcome of the item at `place`. `kept` is false after a dry run.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    gone: int = 0
    proposed: int = 0
    accepted: int = 0
    warnings: list[PlacedWarning] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    kept: bool = True
    place: str = ""
    last: Recorded | Refusal | None = None

    def add(self, place: str, done: Recorded) -> None:
        self.place, self.last = place, done
        setattr(self, done.outcome, getattr(self, done.outcome) + 1)
        self.proposed += done.claim_is_new
        self.accepted += done.accepted
        self.warnings += [
            PlacedWarning(place, warning.code, warning.field, warning.detail) for warning in done.warnings
        ]

    def refuse(self, place: str, refusal: Refused) -> None:
        self.place, self.last = place, Refusal(place, refusal.code, refusal.message, refusal)
        self.refusals.append(self.last)


def require_import(by: User, *, accept: bool) -> None:
    """Raise NotAllowed unless this user may import reviews and, with `accept`, accept the claims that they propose."""
    require(by, Role.CONTRIBUTOR, "You may not import reviews: this takes a Contributor.")
    if accept:
        require(by, Role.MODERATOR, "You may not accept claims: this takes a Moderator.")


def import_reviews(
    *,
    items: Iterable[tuple[str, ClaimReview | Unreadable]],
    by: User,
    claim: Claim | None = None,
    accept: bool = False,
    page: str = "",
    dry_run: bool = False,
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Record the items, pairs of a place and a review, each in a transaction of its own.

    If `claim` is given, all of them review it. Otherwise each proposes its own claim, and `accept` accepts those that are still
    proposed. If `page` is given, the items are all reviews at that address, and others on record there are marked
    as gone. `dry_run` reports what would happen and changes nothing. `progress` is called with the report after each item.

    Raises NotAllowed below Contributor, and with `accept` below Moderator. Errors of single items are in the report and stop
    nothing.
    """
    require_import(by, accept=accept)
    report = Report(kept=not dry_run)
    with transaction.atomic() if dry_run else nullcontext():
        _import(items, report, by=by, claim=claim, accept=accept, page=page, progress=progress)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _import(
    items: Iterable[tuple[str, ClaimReview | Unreadable]],
    report: Report,
    *,
    by: User,
    claim: Claim | None,
    accept: bool,
    page: str,
    progress: Callable[[Report], None] | None,
) -> None:
    given = [(place, item, _key(item)) for place, item in items]
    keys = {key for _, _, key in given}
    seen: dict[str, ClaimReview | Unreadable] = {}
    for place, item, key in given:
        try:
            if key and _differs(item, seen.setdefault(key, item)):
                raise Conflict(
                    "The file contains this review twice, the first time with another verdict or date.",
                    code="given_twice",
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


@verb
def record_review(
    *,
    item: ClaimReview | Unreadable,
    by: User,
    claim: Claim | None = None,
    accept: bool = False,
    beside: Collection[str] = (),
    on_page: bool = False,
) -> Recorded:
    """Record one review of `claim`, or else of the claim that it names, which is proposed without appearances.

    `beside` are the keys of the other reviews of the same file, which this one cannot correct. `on_page` says that they are all
    reviews of their page.

    Raises Invalid (unreadable, required, too_long, …) and Conflict (own_review, speaker_ambiguous, already_recorded, merged).
    Raises NotAllowed unless the user is a Moderator, or a Contributor whose own claim is still proposed.
    """
    if isinstance(item, Unreadable):
        raise Invalid(item.reason, code="unreadable")
    if item.url.startswith(absolute("/")):
        raise Conflict("This is one of this desk's own reviews.", code="own_review")
    given = external_review(item)
    warnings = [
        *item.warnings,
        *warnings_about(given.reviewed_at, "datePublished"),
        *warnings_about(given.claimed_at, "itemReviewed.datePublished"),
    ]
    row = _find_row(given, claim, beside, on_page=on_page)
    if row and not Claim.objects.visible_to(by).filter(pk=row.claim.winner.pk).exists():
        raise Conflict("This review is on record already, where you may not see it.", code="already_recorded")
    target, created = (row.claim if row else claim), False
    if target is None:
        target, created = _propose(item, given.key, by, warnings)
    done, target = _record(target, row, given, by, warnings)
    accepted = accept and target.origin == Claim.Origin.CLAIMREVIEW and target.status == Status.PROPOSED
    if accepted:
        reviewing.review(claim=target, to=Status.UNVERIFIED, by=by, expected=target.version)
    return Recorded(done.review, done.outcome, created, accepted, tuple(warnings))


def _find_row(
    given: ExternalReview, claim: Claim | None, beside: Collection[str], *, on_page: bool
) -> ExternalReview | None:
    """Return the row of this review, or the row that it corrects: with the same address and claimant, and a similar wording."""
    rows = ExternalReview.objects.select_related("claim__merged_into").order_by("pk")
    if claim:
        rows = rows.filter(claim=claim)
    if exact := rows.filter(key=given.key).first():
        return exact
    # A file may hold thousands of keys: too many to send to the database with each review.
    there = rows.filter(address=given.address).values_list("pk", "key")
    others = rows.filter(pk__in=[pk for pk, key in there if key not in beside])
    corrected = [row for row in others if _corrects(given, row, on_page=on_page)]
    alike = {row: likeness.alike(row.claim_reviewed, given.claim_reviewed) for row in corrected}
    return max(alike, key=alike.__getitem__, default=None)


def _corrects(given: ExternalReview, row: ExternalReview, *, on_page: bool) -> bool:
    """Return whether a review with another wording is a correction of the row.

    If the file is not the whole page, the page may contain both. Then another label, other numbers or a negation mean that it
    does.
    """
    before, now = row.claim_reviewed, given.claim_reviewed
    if (
        name_identity(row.claimant) != name_identity(given.claimant)
        or likeness.alike(before, now) < CORRECTION_LIKENESS
    ):
        return False
    return on_page or (row.label == given.label and not likeness.differences(before, now))


def _propose(item: ClaimReview, key: str, by: User, warnings: list[InputWarning]) -> tuple[Claim, bool]:
    """Propose the claim that the review says it is about. Return the claim, and whether it is new."""
    if not item.text:
        raise Invalid("It does not say which claim it reviews (claimReviewed).", code="required", field="text")
    # People may have edited the speaker of an existing claim, so the claimant is ignored.
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
            speaker = importing.speaker_of(given_speaker(claimant), by=by, warnings=found)
    except Conflict as refusal:
        if refusal.code == "speaker_ambiguous":
            example = address("speakers-detail", refusal.extra["speakers"][0])
            params = {
                "name": refusal.message.params["name"],
                "people": refusal.message.params["people"],
                "example": example,
            }
            refusal.message = Message(
                "“%(name)s” may be %(people)s. Give the address of the one that is meant, such as %(example)s, in sameAs.",
                params,
            )
        raise
    warnings += [replace(warning, field=_POINTERS.get(warning.field, "")) for warning in found]
    return speaker


def _record(
    claim: Claim, row: ExternalReview | None, given: ExternalReview, by: User, warnings: list[InputWarning]
) -> tuple[Recorded, Claim]:
    """Create or update the row. Return the result, and the claim as it is afterwards."""
    claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    changed = [name for name in UPDATED if row and getattr(row, name) != getattr(given, name)]
    if row and not changed:
        return Recorded(row, "known"), claim
    _require_recorder(claim, by)
    if row is None:
        if claim.merged_into_id:
            raise Conflict("This claim was merged into another: add the review to that one.", code="merged")
        given.claim, given.imported_by = claim, by
        given.save(force_insert=True)
        return Recorded(given, "new"), claim
    before = row.claim_reviewed
    for name in changed:
        setattr(row, name, getattr(given, name))
    row.save(update_fields=changed)
    if "claim_reviewed" not in changed:
        return Recorded(row, "changed"), claim
    warnings.append(
        InputWarning(
            "wording_corrected", "claimReviewed", Message("Taken for a correction of “%(before)s”.", {"before": before})
        )
    )
    if claim.origin == Claim.Origin.CLAIMREVIEW:
        claim = _follow_wording(claim, before, row.claim_reviewed, by, warnings)
    return Recorded(row, "changed"), claim


def _follow_wording(claim: Claim, before: str, now: str, by: User, warnings: list[InputWarning]) -> Claim:
    """Reword the claim as its publisher did, if it comes from this review only and the desk has not edited or judged it."""
    decided = claim.verdict_id or claim.merged_into_id or claim.status == Status.AWAITING_APPROVAL
    if claim.text == before and not decided and claim.external_reviews.count() == 1:
        return curating.edit_claim(claim=claim, by=by, expected=claim.version, text=now)
    detail = Message(
        "The publisher words it “%(now)s” now; claim %(claim)s keeps its wording.", {"now": now, "claim": claim.pk}
    )
    warnings.append(InputWarning("wording_kept", "claimReviewed", detail))
    return claim


def _mark_gone(page: str, keys: Collection[str], by: User, report: Report) -> None:
    """Mark the reviews on record for this page that are no longer on it."""
    rows = ExternalReview.objects.filter(address=identity.review_address(page), gone_at=None)
    for row in rows.exclude(key__in=keys).select_related("claim").order_by("pk"):
        try:
            _require_recorder(row.claim, by)
        except NotAllowed as refusal:
            report.refuse(PAGE, refusal)
            continue
        with acting(by):
            ExternalReview.objects.filter(pk=row.pk).update(gone_at=Now())
        report.gone += 1
        detail = Message(
            "The review of “%(claim_reviewed)s” is no longer on the page, and is marked as gone.",
            {"claim_reviewed": row.claim_reviewed},
        )
        report.warnings.append(PlacedWarning(PAGE, "review_gone", "claimReviewed", detail))


def _require_recorder(claim: Claim, by: User) -> None:
    own = claim.created_by_id == by.pk and claim.status == Status.PROPOSED
    require(
        by,
        Role.CONTRIBUTOR if own else Role.MODERATOR,
        "You may not add reviews to this claim: this takes a Moderator.",
    )


def _key(item: ClaimReview | Unreadable) -> str:
    """Return the key of a review, or "" if it will be refused."""
    try:
        return external_review(item).key if isinstance(item, ClaimReview) else ""
    except Invalid:
        return ""


def _differs(item: ClaimReview | Unreadable, other: ClaimReview | Unreadable) -> bool:
    if isinstance(item, Unreadable) or isinstance(other, Unreadable):
        return False
    return (item.label, item.rating, item.published) != (other.label, other.rating, other.published)

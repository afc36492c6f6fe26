"""What other publishers found: their reviews (claims.formats.claimreview) kept beside the ledger's claims, never as its verdicts.

A review belongs to the claim that is named, else to the one that it says it reviews, which is proposed when the ledger
does not have it. The key is (review's address, claim), so what is on record already is only brought up to date.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from claims import curating, importing, reviewing
from claims.formats.claimreview import Claimant, ClaimReview, Unreadable
from claims.importing import identity
from claims.importing.lines import GivenSpeaker
from claims.models import Claim, ExternalReview, Speaker
from claims.text import partial_dates
from claims.transitions import Status
from claimtrack.cleaning import clean_line
from claimtrack.db.attribution import acting, retried
from claimtrack.refusals import Conflict, Invalid, Refused
from claimtrack.roles import Role, require
from sources.pages.canonical import MAX_LENGTH

WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]*)/?")


@dataclass(frozen=True)
class Recorded:
    """`outcome` of the external review: new, changed or known. `accepted`: its claim was, now."""

    review: ExternalReview
    outcome: str
    claim_is_new: bool = False
    accepted: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why an item did not go in; `place` is where it stands in the file."""

    place: str
    code: str
    message: str


@dataclass
class Report:
    """What an import came to, in numbers of reviews; `proposed` and `accepted` count claims."""

    new: int = 0
    changed: int = 0
    known: int = 0
    proposed: int = 0
    accepted: int = 0
    refusals: list[Refusal] = field(default_factory=list)


def import_reviews(
    *,
    items: Iterable[tuple[str, ClaimReview | Unreadable]],
    by: Any,
    claim: Claim | None = None,
    accept: bool = False,
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Record each of the items (places and what is read there), each in a transaction of its own.

    `claim`: the one that all of them review, else each proposes its own. `accept`: also accept each of those claims that
    is still proposed. `progress` is called with the report so far after each item. Raises NotAllowed below Contributor,
    and for `accept` below Moderator; what is wrong with an item is in the report and stops nothing.
    """
    require(by, Role.CONTRIBUTOR, "import reviews")
    if accept:
        require(by, Role.MODERATOR, "accept claims")
    report = Report()
    for place, item in items:
        try:
            done = record_review(item=item, by=by, claim=claim, accept=accept)
        except Refused as refusal:
            report.refusals.append(Refusal(place, refusal.code, refusal.message))
        else:
            setattr(report, done.outcome, getattr(report, done.outcome) + 1)
            report.proposed += done.claim_is_new
            report.accepted += done.accepted
        if progress:
            progress(report)
    return report


@retried
def record_review(
    *, item: ClaimReview | Unreadable, by: Any, claim: Claim | None = None, accept: bool = False
) -> Recorded:
    """Record one review: of this claim, else of the one that it names, proposing that without appearances.

    Raises Invalid (unreadable, required, too_long, …), Conflict (own_review, speaker_ambiguous, already_recorded, merged) and
    NotAllowed: a Contributor adds to claims of their own while proposed, a Moderator to any.
    """
    if isinstance(item, Unreadable):
        raise Invalid(item.reason, code="unreadable")
    if item.url.startswith(f"{settings.CLAIMTRACK_SITE_URL}/"):
        raise Conflict("This is a review of this desk's own.", code="own_review")
    columns = _columns(item)
    with acting(by):
        if claim:
            return _record(claim, columns, by)
        key = identity.key_by_review(url=item.url, text=item.text)
        origin = Claim.objects.filter(origin_key=key).first()
        proposed = _propose(item, key, by, known=origin is not None)
        # Of two claims of one page that were merged, the loser keeps its review, for the winner has one with that address.
        keeps = origin and origin.external_reviews.filter(url=item.url).exists()
        done = _record(origin if origin and keeps else proposed.claim, columns, by)
        accepted = accept and proposed.claim.origin_key == key and proposed.claim.status == Status.PROPOSED
        if accepted:
            reviewing.review(claim=proposed.claim, to=Status.UNVERIFIED, by=by, expected=proposed.claim.version)
        return Recorded(done.review, done.outcome, proposed.created, accepted)


def _propose(item: ClaimReview, key: str, by: Any, *, known: bool) -> curating.Proposed:
    if not item.text:
        raise Invalid("It says nothing about which claim it reviews (claimReviewed).", code="required", field="text")
    # What is on record has been looked after since: the claimant is no longer asked about.
    speaker = importing.speaker_of(_given(item.claimant), by=by, warnings=[]) if item.claimant and not known else None
    return curating.propose(
        by=by,
        text=item.text,
        appearances=(),
        speaker=speaker,
        speaker_role=item.claimant.role if item.claimant else "",
        said_at=item.said,
        language=item.language,
        origin=Claim.Origin.CLAIMREVIEW,
        origin_key=key,
    )


def _given(claimant: Claimant) -> GivenSpeaker:
    ids = [match[1] for match in map(WIKIDATA.fullmatch, claimant.same_as) if match]
    kind = Speaker.Kind.PERSON if claimant.kind == "Person" else Speaker.Kind.ORGANISATION
    return GivenSpeaker(claimant.name, kind, claimant.role, next(iter(ids), None), ())


def _record(claim: Claim, columns: dict[str, Any], by: Any) -> Recorded:
    claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    row = claim.external_reviews.filter(url=columns["url"]).first()
    changed = [name for name, value in columns.items() if row and getattr(row, name) != value]
    if row and not changed:
        return Recorded(row, "known")
    own = claim.created_by_id == by.pk and claim.status == Status.PROPOSED
    require(by, Role.CONTRIBUTOR if own else Role.MODERATOR, "add reviews to this claim")
    if row is None:
        if claim.merged_into_id:
            raise Conflict("This claim was merged into another: add the review to that one.", code="merged")
        return Recorded(ExternalReview.objects.create(claim=claim, imported_by=by, **columns), "new")
    for name in changed:
        setattr(row, name, columns[name])
    row.save(update_fields=changed)
    return Recorded(row, "changed")


def _columns(item: ClaimReview) -> dict[str, Any]:
    # The unique index holds whole addresses, up to some 2,700 bytes.
    if len(item.url.encode()) > MAX_LENGTH:
        raise Invalid(f"The review's address is longer than {MAX_LENGTH} bytes.", code="too_long", field="url")
    return {
        "url": clean_line(item.url, "url", limit=MAX_LENGTH, required=True),
        "publisher": clean_line(item.publisher, "publisher", limit=300, required=True),
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
    day, precision = partial_dates.parse(written) if written else (None, "")
    return {f"{name}_at": day, f"{name}_precision": precision}

"""Turn a ClaimReview into a row of ExternalReview, and its claimant into a speaker."""

import re
from datetime import date

from claims.formats.claimreview import Claimant, ClaimReview
from claims.importing import identity
from claims.importing.lines import GivenSpeaker
from claims.models import ExternalReview, Speaker
from claims.text import partial_dates, wikidata
from claims.text.limits import MAX_NAME, MAX_TEXT
from claimtrack.addresses import address
from claimtrack.cleaning import clean_line, clean_text
from claimtrack.names import identity as name_identity
from claimtrack.refusals import Invalid, reason
from sources.pages.canonical import MAX_LENGTH, link


def external_review(item: ClaimReview) -> ExternalReview:
    """Return the review as a row that is not saved yet, without its claim. Raises Invalid."""
    # Addresses are indexed in full, and an entry of an index has at most 2,700 bytes.
    if len(item.url.encode()) > MAX_LENGTH:
        raise Invalid(
            "The review's address is longer than %(limit)s bytes.",
            code="too_long",
            field="url",
            params={"limit": MAX_LENGTH},
        )
    try:
        page = identity.review_address(item.url)
    except ValueError as error:
        raise Invalid(reason(error), code="url", field="url") from error
    claimant = item.claimant.name if item.claimant else ""
    # A placeholder may be an address. A name of megabytes would take minutes to compare with placeholders.
    if item.claimant and len(claimant) <= MAX_LENGTH and given_speaker(item.claimant).is_nobody:
        claimant = ""
    claimant = clean_line(claimant, "itemReviewed.author.name", limit=MAX_NAME)
    rating = item.rating
    text = clean_text(item.text, "claimReviewed", limit=MAX_TEXT)
    reviewed_at, reviewed_precision = _date(item.published, "reviewed_at")
    claimed_at, claimed_precision = _date(item.said, "claimed_at")
    return ExternalReview(
        url=link(item.url),
        address=page,
        claimant=claimant,
        claim_reviewed=text,
        key=identity.key_by_review(address=page, claimant=name_identity(claimant), text=text),
        publisher=clean_line(item.publisher, "publisher", limit=MAX_NAME, required=True),
        publisher_site=item.site,
        title=clean_line(item.title, "title", limit=1000),
        label=clean_line(item.label, "label", limit=1000),
        rating_value=rating.value if rating else None,
        rating_best=rating.best if rating else None,
        rating_worst=rating.worst if rating else None,
        language=item.language,
        reviewed_at=reviewed_at,
        reviewed_precision=reviewed_precision,
        claimed_at=claimed_at,
        claimed_precision=claimed_precision,
    )


def _date(written: str, field: str) -> tuple[date | None, str]:
    try:
        return partial_dates.parse(written) if written else (None, "")
    except ValueError as error:
        raise Invalid(reason(error), code="date", field=field) from error


def given_speaker(claimant: Claimant) -> GivenSpeaker:
    """Return the claimant as imports describe a speaker. Addresses of Wikidata and of this ledger give the id."""
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

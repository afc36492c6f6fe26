"""Turn rows into ClaimReviews: this desk's verdicts in force, and other publishers' reviews."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from claims.formats.claimreview import Claimant, ClaimReview, Correction, Rating, Work
from claims.formats.exports import licence
from claims.models import Appearance, ExternalReview, Review, Speaker
from claims.models.review import Evidence
from claims.proof.sequencing import started
from claims.text import wikidata
from claimtrack.addresses import address, claim_page

BEST, WORST = 5, 1


def site() -> str:
    """Return the host of this desk's reviews without www., which identifies it like other publishers."""
    return (urlsplit(settings.CLAIMTRACK_CLAIM_URL or settings.CLAIMTRACK_SITE_URL).hostname or "").removeprefix("www.")


def claim_review(claim: Any) -> ClaimReview:
    """Return the desk's review of a claim with a verdict in force. Fetch it with for_list().with_publications()."""
    publications: list[Review] = claim.publications
    latest, verdict = publications[-1], claim.verdict
    value = verdict.value if verdict else None
    return ClaimReview(
        url=claim_page(claim.pk),
        text=claim.text,
        publisher=settings.CLAIMTRACK_DESK_NAME,
        publisher_url=settings.CLAIMTRACK_SITE_URL,
        site=site(),
        label=latest.verdict_label,
        rating=Rating(value, BEST, WORST) if value else None,
        claimant=_claimant(claim.speaker, claim.speaker_role) if claim.speaker else None,
        said=claim.said or "",
        published=_day(publications[0]),
        modified=_day(latest),
        expires=claim.review_by.isoformat() if claim.review_by else "",
        explanation=latest.rationale,
        language=claim.language,
        appearances=_appearances(claim.appearances.all()),
        citations=tuple(_citation(piece) for piece in latest.evidence.all()),
        corrections=tuple(Correction(row.rationale, _day(row)) for row in publications if row.kind == "correction"),
        license=licence()["path"],
        receipt=address("claims-receipt", claim.pk) if started() else "",
    )


def external_review(row: ExternalReview) -> ClaimReview:
    """Return another publisher's review as they published it, but with the ledger's wording of the claim."""
    number: Any = row.rating_value, row.rating_best, row.rating_worst
    return ClaimReview(
        url=row.url,
        text=row.claim.text,
        publisher=row.publisher,
        site=row.publisher_site,
        label=row.label,
        rating=None if None in number else Rating(*number),
        claimant=_claimant(row.claim.speaker, row.claim.speaker_role) if row.claim.speaker else None,
        said=row.claimed or "",
        published=row.reviewed or "",
        language=row.language,
        title=row.title,
    )


def _claimant(speaker: Speaker, role: str) -> Claimant:
    page = wikidata.address_of(speaker.wikidata_id) if speaker.wikidata_id else ""
    kind = "Person" if speaker.kind == Speaker.Kind.PERSON else "Organization"
    return Claimant(speaker.name, kind, role, tuple(filter(None, [page, speaker.website])))


def _appearances(appearances: Iterable[Appearance]) -> tuple[Work, ...]:
    """Return each article once, in the order of provenance: the earliest first."""
    found: dict[int, Appearance] = {}
    for appearance in appearances:
        found.setdefault(appearance.snapshot.article_id, appearance)
    snapshots = [appearance.snapshot for appearance in found.values()]
    return tuple(
        Work(
            url=snapshot.article.url,
            title=snapshot.article.title,
            published=snapshot.article.published or "",
            publisher=snapshot.article.source.name,
            archived_at=snapshot.archive_url or "",
        )
        for snapshot in snapshots
    )


def _citation(piece: Evidence) -> Work:
    return Work(
        url=piece.url,
        title=piece.title,
        publisher=piece.publisher,
        archived_at=piece.archive_url or "",
        quote=piece.quote,
        read=piece.accessed_at.isoformat() if piece.accessed_at else "",
    )


def _day(row: Review) -> str:
    return row.created_at.astimezone(UTC).date().isoformat()

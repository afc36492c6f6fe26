from collections.abc import Iterator
from typing import ClassVar

import orjson
from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api.filters import ClaimFilterSet
from claims.formats.claimreview import publishing
from claims.formats.claimreview.views import JsonLdRenderer
from claims.formats.claimreview.writing import CONTEXT, feed_item
from claims.formats.exports import licence
from claims.formats.feeds import atom
from claims.models import Claim, Review
from claims.models.claim import ClaimQuerySet
from claims.models.review import ReviewQuerySet
from claimtrack.addresses import absolute, address, claim_page
from claimtrack.api.conditional import Answer, conditional
from claimtrack.api.exports import ExportResponse
from claimtrack.api.filters import StrictFilterSet
from claimtrack.api.renderers import Representation
from claimtrack.db import revision
from claimtrack.db.replicas import use_primary
from claimtrack.db.timeouts import streaming

NEWEST = 50
CHUNK = 200


class FeedFilterSet(StrictFilterSet):
    """The filters of claims that feeds have."""

    speaker = ClaimFilterSet.base_filters["speaker"]
    source = ClaimFilterSet.base_filters["source"]
    topic = ClaimFilterSet.base_filters["topic"]


PARAMETERS = [
    OpenApiParameter(name, found.schema()["schema"], description=found.schema()["description"])
    for name, found in FeedFilterSet.base_filters.items()
]


class AtomRenderer(Representation):
    """Lets clients accept XML. Problems are JSON all the same."""

    media_type = atom.MEDIA_TYPE
    format = "atom"


def _claims(request: Request) -> ClaimQuerySet:
    """Return public claims with a verdict in force that match the filters."""
    return FeedFilterSet.apply(Claim.objects.public().judged(), FeedFilterSet.read(request.query_params))


class VerdictFeed(APIView):
    """The newest 50 publications of verdicts in force, first verdicts and later ones alike, as Atom."""

    renderer_classes = (AtomRenderer, Representation)
    title: ClassVar[str] = "Verdicts"

    @extend_schema(parameters=PARAMETERS, responses={(200, atom.MEDIA_TYPE): str})
    @conditional
    def get(self, request: Request) -> Answer:
        number = revision.current()
        rows = self.chosen(Review.objects.publications().filter(claim__in=_claims(request)))
        entries = [_entry(row) for row in rows.for_history().select_related("claim").order_by("-pk")[:NEWEST]]
        feed = atom.atom(
            address=absolute(request.get_full_path()),
            title=f"{settings.CLAIMTRACK_DESK_NAME}: {self.title}",
            author=settings.CLAIMTRACK_DESK_NAME,
            rights=licence()["path"],
            entries=entries,
        )
        return HttpResponse(feed, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8"), number

    def chosen(self, publications: ReviewQuerySet) -> ReviewQuerySet:
        return publications


class CorrectionFeed(VerdictFeed):
    """The newest 50 corrections: publications that changed an earlier verdict or wording, as Atom."""

    title = "Corrections"

    def chosen(self, publications: ReviewQuerySet) -> ReviewQuerySet:
        return publications.corrections()


class ClaimReviewFeed(APIView):
    """All published reviews of this desk as one Data Commons feed of schema.org ClaimReview, newest claim first."""

    renderer_classes = (JsonLdRenderer, Representation)

    @extend_schema(parameters=PARAMETERS, responses={(200, JsonLdRenderer.media_type): {"type": "object"}})
    @conditional
    def get(self, request: Request) -> Answer:
        # What was sent cannot be asked again.
        use_primary()
        number = revision.current()
        claims = _claims(request).for_list().with_publications().order_by("-pk")
        # HEAD has no body.
        pieces = iter(()) if request.method == "HEAD" else _streamed(claims)
        return ExportResponse(pieces, content_type=JsonLdRenderer.media_type), number


def _streamed(claims: ClaimQuerySet) -> Iterator[bytes]:
    """Yield the feed in pieces, in constant memory."""
    name = settings.CLAIMTRACK_DESK_NAME
    head = {"@context": CONTEXT, "@type": "DataFeed", "name": name, "license": licence()["path"]}
    yield orjson.dumps(head)[:-1] + b',"dataFeedElement":['
    comma = b""
    with streaming():
        for claim in claims.iterator(chunk_size=CHUNK):
            yield comma + orjson.dumps(feed_item(publishing.claim_review(claim)))
            comma = b","
    yield b"]}"


def _entry(row: Review) -> atom.Entry:
    return atom.Entry(
        address=f"{address('reviews-list', row.claim_id)}#{row.pk}",
        page=claim_page(row.claim_id),
        title=f"{row.verdict_label}: {row.wording}",
        summary=row.rationale,
        author=row.reviewer.public_name or settings.CLAIMTRACK_DESK_NAME,
        updated=row.created_at,
    )

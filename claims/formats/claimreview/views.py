"""Claims with a verdict in force as schema.org ClaimReview, for requests that accept JSON-LD."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import orjson

from claims.formats.claimreview.publishing import claim_review
from claims.formats.claimreview.writing import CONTEXT, graph, write
from claims.formats.exports import ClaimExport
from claims.models.claim import ClaimQuerySet
from claimtrack.api.renderers import Representation, Row, Selection
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db import revision
from claimtrack.db.timeouts import streaming

CHUNK = 200


class JsonLdRenderer(Representation):
    """Adds `@context` to a single node."""

    media_type = "application/ld+json"
    format = "jsonld"

    def render(
        self, data: object, accepted_media_type: str | None = None, renderer_context: Mapping[str, object] | None = None
    ) -> bytes:
        if isinstance(data, dict) and "@type" in data:
            data = {"@context": CONTEXT, **data}
        return super().render(data, accepted_media_type, renderer_context)


class ClaimReviewGraph(ClaimExport, JsonLdRenderer):
    """All claims as one graph, streamed."""

    content_type = "application/ld+json"

    def narrow(self, rows: ClaimQuerySet) -> ClaimQuerySet:
        return rows.judged()

    def pieces(self, view: LedgerViewSet, rows: ClaimQuerySet) -> Iterator[str]:
        yield f'{{"@context":"{CONTEXT}","@graph":['
        comma = ""
        with streaming():
            for claim in rows.for_list().with_publications().iterator(chunk_size=CHUNK):
                yield comma + orjson.dumps(write(claim_review(claim))).decode()
                comma = ","
        yield "]}"


class ClaimReviewJsonLd(JsonLdRenderer):
    def narrow(self, rows: ClaimQuerySet) -> ClaimQuerySet:
        return rows.judged()

    def rows(self, view: LedgerViewSet, selection: Selection) -> tuple[Sequence[Row], int]:
        number = revision.current()
        claims = cast(ClaimQuerySet, selection.choose(selection.values)).for_list().with_publications()
        return [Row(write(claim_review(claim)), getattr(claim, selection.key), claim.pk) for claim in claims], number

    def render(
        self, data: object, accepted_media_type: str | None = None, renderer_context: Mapping[str, object] | None = None
    ) -> bytes:
        if isinstance(data, dict) and "results" in data:
            # Links to other pages are left out: schema.org has no term for them.
            data = graph(data["results"])
        return super().render(data, accepted_media_type, renderer_context)

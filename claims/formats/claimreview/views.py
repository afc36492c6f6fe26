from collections.abc import Sequence
from typing import Any

from claims.formats.claimreview.publishing import claim_review
from claims.formats.claimreview.writing import CONTEXT, graph, write
from claimtrack.api.renderers import OrjsonRenderer
from claimtrack.api.viewsets import ReadingViewSet
from claimtrack.db import revision


class JsonLdRenderer(OrjsonRenderer):
    """A page of nodes as one graph, without links to other pages: JSON-LD has no word for them."""

    media_type = "application/ld+json"
    format = "jsonld"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        if isinstance(data, dict) and "results" in data:
            data = graph(data["results"])
        elif isinstance(data, dict) and "@type" in data:
            data = {"@context": CONTEXT, **data}
        return super().render(data, accepted_media_type, renderer_context)


class AsClaimReview(ReadingViewSet):
    """Claims also as schema.org ClaimReview, to whoever asks for JSON-LD: those with a verdict in force."""

    renderer_classes: Any = (OrjsonRenderer, JsonLdRenderer)
    revision: int | None = None

    def _asked(self) -> bool:
        renderer = getattr(self.request, "accepted_renderer", None)
        return isinstance(renderer, JsonLdRenderer)

    def get_queryset(self) -> Any:
        claims = super().get_queryset()
        return claims.judged().with_publications() if self._asked() else claims

    def rows(self, queryset: Any, key: str) -> Sequence[tuple[Any, Any, int]]:
        if not self._asked():
            return super().rows(queryset, key)
        # The plain JSON's one query would read it with the rows.
        self.revision = revision.current()
        return [(write(claim_review(claim)), getattr(claim, key), claim.pk) for claim in queryset]

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims.formats.annotations import model
from claims.formats.claimreview.publishing import address
from claims.formats.claimreview.views import JsonLdRenderer
from claims.models import Appearance
from claimtrack.api import filters
from claimtrack.api.filters import IDENTIFIER, Parameter, among, refuse_unknown
from claimtrack.api.renderers import OrjsonRenderer
from claimtrack.api.viewsets import ReadingViewSet, unless_unchanged
from sources.filters import URL

PARAMETERS = (
    Parameter("claim", IDENTIFIER, among("claim"), "Where this claim is found."),
    Parameter("article", IDENTIFIER, among("snapshot__article"), "In this article."),
    Parameter("article_url", URL, among("snapshot__article__canonical_url"), "In the article of this address."),
)


# claims.formats.schema says which object.
@extend_schema_view(
    list=extend_schema(responses=OpenApiTypes.OBJECT, operation_id="annotations_list"),
    retrieve=extend_schema(responses=OpenApiTypes.OBJECT),
)
class AnnotationViewSet(ReadingViewSet):
    """Where public claims are found, as W3C annotations on the articles' pages."""

    queryset = Appearance.objects.none()
    parameters = PARAMETERS
    renderer_classes = (JsonLdRenderer, OrjsonRenderer)

    def get_queryset(self) -> Any:
        # Everybody sees the same, so that any cache may keep it.
        return Appearance.objects.visible_to(None).on_pages().for_list().select_related("claim__verdict")

    def rows(self, queryset: Any, key: str) -> Sequence[tuple[Any, Any, int]]:
        return [(_annotation(row), getattr(row, key), row.pk) for row in queryset]

    @unless_unchanged
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        links: Any = self.paginator
        items = links.page(request, self, filters.given(request, self))
        here = f"{settings.CLAIMTRACK_SITE_URL}{request.get_full_path()}"
        return self._answer(model.page(here, items, links.next, links.previous))

    @unless_unchanged
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request, ())
        for annotation, *_ in self.rows(self.get_queryset().filter(pk=kwargs["pk"]), "pk"):
            return self._answer(annotation)
        raise Http404

    def _answer(self, body: Any) -> Response:
        as_ld = isinstance(self.request.accepted_renderer, JsonLdRenderer)
        return Response(body, content_type=model.MEDIA_TYPE if as_ld else None)


def _annotation(row: Appearance) -> dict[str, Any]:
    claim, snapshot = row.claim, row.snapshot
    place = model.Place(
        page=snapshot.article.url,
        quote=row.quote,
        prefix=row.prefix,
        suffix=row.suffix,
        start=row.start_offset,
        end=row.end_offset,
        taken_at=_moment(snapshot.taken_at),
    )
    return model.annotation(
        address=f"{settings.CLAIMTRACK_SITE_URL}/annotations/{row.pk}/",
        place=place,
        claim=claim.text,
        claim_address=address(claim),
        language=claim.language,
        verdict=claim.verdict.label if claim.verdict else "",
        by=settings.CLAIMTRACK_DESK_NAME,
        created=_moment(claim.created_at),
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

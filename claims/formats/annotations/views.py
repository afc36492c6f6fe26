from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from claims.formats.annotations import model
from claims.models import Appearance
from claims.models.appearance import AppearanceQuerySet
from claimtrack.addresses import absolute, address
from claimtrack.api.filters import AnyOf, IdentifierField, StrictFilterSet
from claimtrack.api.pagination import KeysetPagination
from claimtrack.api.renderers import Representation, Row, Selection
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db import revision
from sources.filters import UrlField


class AnnotationFilterSet(StrictFilterSet):
    claim = AnyOf(IdentifierField(), "Where this claim is found.")
    article = AnyOf(IdentifierField(), "In this article.", "snapshot__article")
    article_url = AnyOf(UrlField(), "In the article of this address.", "snapshot__article__canonical_url")


class AnnotationJson(Representation):
    def rows(self, view: LedgerViewSet, selection: Selection) -> tuple[Sequence[Row], int]:
        number = revision.current()
        found = selection.choose(selection.values)
        return [Row(_annotation(row), getattr(row, selection.key), row.pk) for row in found], number

    def render(self, data: object, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        if isinstance(data, dict) and "results" in data:
            here = absolute(renderer_context["request"].get_full_path())
            data = model.page(here, data["results"], data["next"], data["previous"])
        return super().render(data)


class AnnotationJsonLd(AnnotationJson):
    media_type = "application/ld+json"
    content_type = model.MEDIA_TYPE
    format = "jsonld"


# claims.formats.annotations.schema says which object.
@extend_schema_view(
    list=extend_schema(
        responses=OpenApiTypes.OBJECT,
        operation_id="annotations_list",
        filters=True,
        parameters=[
            OpenApiParameter(given["name"], given["schema"], description=given["description"])
            for given in KeysetPagination().get_schema_operation_parameters(LedgerViewSet)
        ],
    ),
    retrieve=extend_schema(responses=OpenApiTypes.OBJECT),
)
class AnnotationViewSet(LedgerViewSet):
    """Where public claims are found, as W3C annotations on the articles' pages."""

    queryset = Appearance.objects.none()
    filterset_class = AnnotationFilterSet
    renderer_classes = (AnnotationJsonLd, AnnotationJson)

    def get_queryset(self) -> AppearanceQuerySet:
        # Every reader gets the same answer, so any cache may keep it.
        return Appearance.objects.visible_to(None).on_pages().for_list().select_related("claim__verdict")


def _annotation(row: Appearance) -> dict[str, object]:
    claim, snapshot = row.claim, row.snapshot
    place = model.Quotation(
        page=snapshot.article.url,
        quote=row.quote,
        prefix=row.prefix,
        suffix=row.suffix,
        start=row.start_offset,
        end=row.end_offset,
        taken_at=_moment(snapshot.taken_at),
    )
    return model.annotation(
        address=address("annotations-detail", row.pk),
        place=place,
        claim=claim.text,
        claim_address=address("claims-detail", claim.pk),
        language=claim.language,
        verdict=claim.verdict.label if claim.verdict else "",
        by=settings.CLAIMTRACK_DESK_NAME,
        created=_moment(claim.created_at),
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

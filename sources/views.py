from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claimtrack.addresses import address
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import signed_in
from sources.curating import create_source
from sources.filters import ArticleFilterSet, SourceFilterSet
from sources.ingesting import fields, ingest
from sources.models import Article, ArticleQuerySet, Source
from sources.serializers import (
    ArticleDetailSerializer,
    ArticleInput,
    ArticleSerializer,
    IngestedSerializer,
    SourceInput,
    SourceSerializer,
)


class SourceViewSet(LedgerViewSet):
    """Sources that have a public article."""

    queryset = Source.objects.for_list()
    serializer_class = SourceSerializer
    filterset_class = SourceFilterSet

    @extend_schema(request=SourceInput, responses={201: SourceSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Create a source. Takes a Moderator."""
        return self.shown(create_source(by=signed_in(request.user), **read_body(request, SourceInput)), 201)


class ArticleViewSet(LedgerViewSet):
    """Articles in which a public claim appears."""

    queryset = Article.objects.for_list()
    filterset_class = ArticleFilterSet
    orderings = ("-id",)
    # A transaction around it would stay open while a page is fetched. Repeating an ingest changes nothing.
    own_transactions = True
    # The size of the longest HTML in UTF-8, escaped.
    max_body = 12_000_000

    def get_queryset(self) -> ArticleQuerySet:
        articles = super().get_queryset().with_current_for(self.request.user)
        return articles.with_snapshots_for(self.request.user) if self.detail else articles

    def get_serializer_class(self) -> type[ArticleSerializer]:
        return ArticleDetailSerializer if self.detail else ArticleSerializer

    @extend_schema(request=ArticleInput, responses={201: IngestedSerializer, 200: IngestedSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Record the current text of an article: 201 if it is new, 200 if the ledger has it already. Takes a Contributor."""
        body = read_body(request, ArticleInput)
        published_at = fields.read_published(body.pop("published_at", ""))
        done = ingest(by=signed_in(request.user), published_at=published_at, **body)
        articles = self.get_queryset().with_snapshots_for(request.user)
        article: Any = articles.get(pk=done.article.pk)
        article.ingested = done
        status = 201 if done.article_is_new or done.snapshot_is_new else 200
        location = address("articles-detail", article.pk)
        return Response(IngestedSerializer(article).data, status, headers={"Location": location})

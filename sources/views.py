from typing import Any

from claimtrack.api.viewsets import ReadingViewSet, WrittenInSql
from sources import filters
from sources.models import Article, Source
from sources.serializers import ArticleDetailSerializer, ArticleSerializer, SourceSerializer
from sources.writing import WritesArticles, WritesSources


class SourceViewSet(WritesSources, WrittenInSql):
    """Sources that have a public article."""

    queryset = Source.objects.for_list()
    serializer_class = SourceSerializer
    parameters = filters.SOURCES


class ArticleViewSet(WritesArticles, ReadingViewSet):
    """Articles in which a public claim appears."""

    queryset = Article.objects.for_list()
    parameters = filters.ARTICLES
    orderings = ("-id",)

    def get_queryset(self) -> Any:
        articles = super().get_queryset().with_current_for(self.request.user)
        return articles.with_snapshots_for(self.request.user) if self.detail else articles

    def get_serializer_class(self) -> Any:
        return ArticleDetailSerializer if self.detail else ArticleSerializer

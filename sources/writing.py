"""The routes of the API that enter what was published, each by one verb."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claimtrack.api.conditional import MakingViewSet, address
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import given
from claimtrack.roles import signed_in
from sources.curating import create_source
from sources.ingesting import fields, ingest
from sources.models import Article
from sources.serializers import ArticleInput, IngestedSerializer, SourceInput, SourceSerializer


class WritesSources(MakingViewSet):
    @extend_schema(request=SourceInput, responses={201: SourceSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Make a source. Takes a Moderator."""
        return self.shown(create_source(by=request.user, **given(request, SourceInput)), 201)


class WritesArticles:
    # A page that is fetched would hold one open for seconds; the same again changes nothing.
    own_transactions = True
    # What the longest HTML comes to, in UTF-8 and escaped.
    max_body = 12_000_000

    @extend_schema(request=ArticleInput, responses={201: IngestedSerializer, 200: IngestedSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Record the text of an article as it stands now: 201 where it is new, 200 where the ledger has it. Takes a Contributor."""
        body = given(request, ArticleInput)
        published_at = fields.read_published(body.pop("published_at", ""))
        done: Any = ingest(by=signed_in(request.user), published_at=published_at, **body)
        articles = Article.objects.visible_to(request.user).for_list().with_current_for(request.user)
        article: Any = articles.with_snapshots_for(request.user).get(pk=done.article.pk)
        article.ingested = done
        status = 201 if done.article_is_new or done.snapshot_is_new else 200
        response = Response(IngestedSerializer(article).data, status)
        response["Location"] = address("articles-detail", article.pk)
        return response

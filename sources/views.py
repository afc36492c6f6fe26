from contextlib import nullcontext
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claimtrack.addresses import address
from claimtrack.api.fetching import RESPOND_ASYNC, fetch_slot, prefers_async
from claimtrack.api.filters import refuse_unknown
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import signed_in
from sources.curating import create_source
from sources.filters import ArticleFilterSet, SourceFilterSet
from sources.ingesting import fetches, fields, ingest
from sources.models import Article, ArticleQuerySet, Fetch, Source
from sources.serializers import (
    ArticleDetailSerializer,
    ArticleInput,
    ArticleSerializer,
    FetchSerializer,
    IngestedSerializer,
    SourceInput,
    SourceSerializer,
)

PREFER = OpenApiParameter(
    "Prefer",
    str,  # other preferences are ignored
    OpenApiParameter.HEADER,
    description="`respond-async`: where a page has to be fetched, answer 202 at once (RFC 7240).",
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

    @extend_schema(
        request=ArticleInput,
        parameters=[PREFER],
        responses={201: IngestedSerializer, 200: IngestedSerializer, 202: FetchSerializer},
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Record the current text of an article: 201 if it is new, 200 if the ledger has it already. Takes a Contributor.

        Fetching a page may take 20 seconds. With `Prefer: respond-async`, the answer is 202 at once, and its `Location` has the
        result later. Without it, a server fetches only a few pages at a time, and answers further requests with 503
        `too_many_fetches`.
        """
        body = read_body(request, ArticleInput)
        published_at = fields.read_published(body.pop("published_at", ""))
        by = signed_in(request.user)
        is_fetched = bool(body.get("url")) and body.get("text") is None and body.get("html") is None
        if is_fetched and prefers_async(request):
            given = {name: value for name, value in body.items() if name not in ("text", "html")}
            return _accepted(fetches.ask(by=by, published_at=published_at, **given))
        with fetch_slot() if is_fetched else nullcontext():
            done = ingest(by=by, published_at=published_at, **body)
        articles = self.get_queryset().with_snapshots_for(request.user)
        article: Any = articles.get(pk=done.article.pk)
        article.ingested = done
        status = 201 if done.article_is_new or done.snapshot_is_new else 200
        location = address("articles-detail", article.pk)
        return Response(IngestedSerializer(article).data, status, headers={"Location": location})


class FetchView(APIView):
    """A page that a job fetches."""

    @extend_schema(operation_id="fetches_retrieve", responses=FetchSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The result of fetching a page: `state` is waiting, done or failed. For the person who asked, and for Moderators.

        While it waits, `Retry-After` says when to look again, and `problem` why the last attempt failed. It is kept for seven
        days after its end.
        """
        refuse_unknown(request.query_params, ())
        rows = Fetch.objects.visible_to(request.user).select_related("snapshot")
        row = get_object_or_404(rows, pk=pk)
        waits = {"Retry-After": "2"} if row.state == Fetch.State.WAITING else {}
        return Response(FetchSerializer(row).data, headers=waits)


def _accepted(row: Fetch) -> Response:
    headers = {"Location": address("fetches-detail", row.pk), "Preference-Applied": RESPOND_ASYNC, "Retry-After": "2"}
    return Response(FetchSerializer(row).data, 202, headers=headers)

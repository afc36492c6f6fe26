from typing import Any

from django.conf import settings
from django.db.models import FloatField
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters
from claims.api.serializers.claims import ClaimSerializer
from claims.api.serializers.facets import FacetsSerializer
from claims.api.serializers.reviews import DeskReviewSerializer, ReviewSerializer
from claims.api.serializers.speakers import SpeakerSerializer
from claims.api.serializers.topics import TopicSerializer
from claims.api.serializers.verdicts import VerdictSerializer
from claims.api.views.exports import Exported
from claims.api.views.writing import WritesClaims, WritesReviews, WritesSpeakers, WritesTopics
from claims.formats.claimreview.views import AsClaimReview
from claims.models import Claim, Review, Speaker, Topic, Verdict
from claims.models.facets import facets
from claimtrack.api.filters import Given
from claimtrack.api.viewsets import ListingViewSet, ReadingViewSet, WrittenInSql, unless_unchanged
from claimtrack.refusals import Invalid
from claimtrack.roles import Role, role_of

# What ClaimQuerySet.ranked() annotates.
RANK = FloatField()
RANK.set_attributes_from_name("rank")


class FollowsMerges(ReadingViewSet):
    """The address of what was merged away leads on to the winner: but not for long, for a merge can be undone."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        # A reader's own claim would answer still; for the public, only one that is not there may have been merged.
        if request.user.is_authenticated and (response := self._leading_on(kwargs["pk"])):
            return response
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            if response := self._leading_on(kwargs["pk"]):
                return response
            raise

    def _leading_on(self, pk: int) -> Response | None:
        view: Any = self
        rows, user = view.queryset.model.objects, view.request.user
        loser = rows.merged_away_for(user).filter(pk=pk).first()
        if loser is None or not rows.visible_to(user).filter(pk=loser.winner.pk).exists():
            return None
        winner = f"{settings.CLAIMTRACK_SITE_URL}/api/v1/{view.basename}/{loser.winner.pk}/"
        return Response(status=308, headers={"Location": winner, "Cache-Control": "no-cache"})


MERGED = OpenApiResponse(description="Merged into another, whose address `Location` says.")


@extend_schema_view(retrieve=extend_schema(responses={200: ClaimSerializer, 308: MERGED}))
class ClaimViewSet(FollowsMerges, WritesClaims, Exported, AsClaimReview, WrittenInSql):
    """Claims, each with its speaker, verdict and provenance."""

    queryset = Claim.objects.for_list()
    serializer_class = ClaimSerializer
    parameters = filters.CLAIMS
    orderings = (
        "-created_at", "created_at", "-updated_at", "updated_at", "-reviewed_at", "reviewed_at", "-said_at", "said_at",
        "relevance",
    )  # fmt: skip

    def sorting(self, ordering: str) -> Any:
        return (RANK, True) if ordering == "relevance" else super().sorting(ordering)

    def chosen(self, given: Given, ordering: str) -> Any:
        claims = super().chosen(given, ordering)
        if ordering != "relevance":
            return claims
        if "q" not in given:
            raise Invalid("ordering=relevance takes a q to be relevant to.", code="parameter", field="ordering")
        return claims.ranked(given["q"])


class FacetViewSet(ListingViewSet):
    """How many of the claims that the filters keep have which status, verdict, speaker, source, topic, language.

    Counts are exact below 10,000 claims. Of more, the newest 10,000 are counted, and `complete` is false.
    """

    queryset = Claim.objects.all()
    parameters = filters.CLAIMS
    pagination_class = None

    @extend_schema(operation_id="claims_facets", responses=forced_singular_serializer(FacetsSerializer), filters=True)
    @unless_unchanged
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(facets(self.filter_queryset(self.get_queryset())))


@extend_schema(responses=DeskReviewSerializer(many=True))
class ReviewViewSet(WritesReviews, ListingViewSet):
    """The history of a claim, oldest first: publications, corrections, reopenings, withdrawals; of those merged into it too."""

    queryset = Review.objects.for_history()

    def get_queryset(self) -> Any:
        claim = get_object_or_404(Claim.objects.visible_to(self.request.user), pk=self.kwargs["claim"])
        return super().get_queryset().told_under(claim)

    def get_serializer_class(self) -> Any:
        return DeskReviewSerializer if role_of(self.request.user) >= Role.MODERATOR else ReviewSerializer


@extend_schema_view(retrieve=extend_schema(responses={200: SpeakerSerializer, 308: MERGED}))
class SpeakerViewSet(FollowsMerges, WritesSpeakers, WrittenInSql):
    """Speakers who made a public claim."""

    queryset = Speaker.objects.for_list()
    serializer_class = SpeakerSerializer
    parameters = filters.SPEAKERS


class TopicViewSet(WritesTopics, WrittenInSql):
    """Topics of public claims."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"


class VerdictViewSet(WrittenInSql):
    """The desk's scale, in its order."""

    queryset = Verdict.objects.all()
    serializer_class = VerdictSerializer
    orderings = ("position",)
    lookup_field = "code"
    lookup_value_converter = "slug"

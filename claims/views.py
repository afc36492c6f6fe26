from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema

from claims import filters
from claims.exchange.claimreview import AsClaimReview
from claims.models import Claim, Review, Speaker, Topic, Verdict
from claims.serializers import (
    ClaimSerializer,
    DeskReviewSerializer,
    ReviewSerializer,
    SpeakerSerializer,
    TopicSerializer,
    VerdictSerializer,
)
from claimtrack.roles import Role, role_of
from claimtrack.views import ListingViewSet, ReadingViewSet, WrittenInSql


class ClaimViewSet(AsClaimReview, WrittenInSql, ReadingViewSet):
    """Claims, each with its speaker, verdict and provenance."""

    queryset = Claim.objects.for_list()
    serializer_class = ClaimSerializer
    parameters = filters.CLAIMS
    orderings = (
        "-created_at", "created_at", "-updated_at", "updated_at", "-reviewed_at", "reviewed_at", "-said_at", "said_at",
    )  # fmt: skip


@extend_schema(responses=DeskReviewSerializer(many=True))
class ReviewViewSet(ListingViewSet):
    """The history of a claim, oldest first: publications, corrections, reopenings, withdrawals; of those merged into it too."""

    queryset = Review.objects.for_history()

    def get_queryset(self) -> Any:
        claim = get_object_or_404(Claim.objects.visible_to(self.request.user), pk=self.kwargs["claim"])
        return super().get_queryset().told_under(claim)

    def get_serializer_class(self) -> Any:
        return DeskReviewSerializer if role_of(self.request.user) >= Role.MODERATOR else ReviewSerializer


class SpeakerViewSet(WrittenInSql, ReadingViewSet):
    """Speakers who made a public claim."""

    queryset = Speaker.objects.for_list()
    serializer_class = SpeakerSerializer
    parameters = filters.SPEAKERS


class TopicViewSet(WrittenInSql, ReadingViewSet):
    """Topics of public claims."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"


class VerdictViewSet(WrittenInSql, ReadingViewSet):
    """The desk's scale, in its order."""

    queryset = Verdict.objects.all()
    serializer_class = VerdictSerializer
    orderings = ("position",)
    lookup_field = "code"
    lookup_value_converter = "slug"

    def get_queryset(self) -> Any:
        return Verdict.objects.all()

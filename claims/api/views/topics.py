from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating
from claims.api.serializers.topics import TopicInput, TopicSerializer
from claims.models import Topic
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.roles import signed_in


class TopicViewSet(LedgerViewSet):
    """Topics of public claims."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"

    @extend_schema(request=TopicInput, responses={201: TopicSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Create a topic. Takes a Contributor."""
        return self.shown(curating.create_topic(by=signed_in(request.user), **read_body(request, TopicInput)), 201)

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import ClaimFilterSet
from claims.api.serializers.facets import FacetsSerializer
from claims.models import Claim
from claims.models.facets import facets
from claimtrack.api.conditional import Answer, conditional
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db import revision


class FacetViewSet(LedgerViewSet):
    """Counts of the filtered claims by status, verdict, speaker, source, topic and language.

    Counts are exact below 10,000 claims. Of more, the newest 10,000 are counted, and `complete` is false.
    """

    queryset = Claim.objects.all()
    filterset_class = ClaimFilterSet
    pagination_class = None

    @extend_schema(operation_id="claims_facets", responses=forced_singular_serializer(FacetsSerializer), filters=True)
    @conditional
    def list(self, request: Request, *args: object, **kwargs: object) -> Answer:
        number = revision.current()
        return Response(facets(self.filter_queryset(self.get_queryset()))), number

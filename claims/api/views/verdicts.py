from claims.api.serializers.verdicts import VerdictSerializer
from claims.models import Verdict
from claimtrack.api.viewsets import LedgerViewSet


class VerdictViewSet(LedgerViewSet):
    """The desk's scale, in its order."""

    queryset = Verdict.objects.all()
    serializer_class = VerdictSerializer
    orderings = ("position",)
    lookup_field = "code"
    lookup_value_converter = "slug"

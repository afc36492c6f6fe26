from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims import curating
from claims.api.filters import SpeakerFilterSet
from claims.api.serializers.speakers import SpeakerInput, SpeakerSerializer, WrittenSpeakerSerializer
from claims.api.views.merged import MERGED, MergeableViewSet
from claims.models import Speaker
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.roles import signed_in


@extend_schema_view(retrieve=extend_schema(responses={200: SpeakerSerializer, 308: MERGED}))
class SpeakerViewSet(MergeableViewSet):
    """Speakers who made a public claim."""

    queryset = Speaker.objects.for_list()
    serializer_class = SpeakerSerializer
    filterset_class = SpeakerFilterSet

    @extend_schema(request=SpeakerInput, responses={201: WrittenSpeakerSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Create a speaker. Takes a Contributor.

        Namesakes are allowed, with a warning that lists them. A Wikidata id belongs to one speaker.
        """
        speaker = curating.create_speaker(by=signed_in(request.user), **read_body(request, SpeakerInput))
        warnings = [*curating.namesake_warnings(speaker), *curating.about_name(speaker.name, "name")]
        return self.shown(speaker, 201, warnings=warnings)

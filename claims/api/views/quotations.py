from typing import Any

from django.db.models import F
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.serializers.quotations import QuotationsSerializer
from claims.models import Appearance, Speaker
from claims.models.quotations import quoted
from claimtrack.api.filters import refuse_unknown
from sources.models import Snapshot


class QuotationsView(APIView):
    """The quotations of an article's current text with their speakers, proposed by a program.

    Nothing is recorded, and no name is linked to a speaker: `speakers` lists all that the name may mean. 404 for those who may not
    read the text.
    """

    @extend_schema(operation_id="articles_quotations", responses=QuotationsSerializer)
    def get(self, request: Request, article: int) -> Response:
        refuse_unknown(request.query_params, ())
        current = Snapshot.objects.visible_to(request.user).filter(article=article, article__current_snapshot=F("pk"))
        readable: Any = current.readable_by(request.user).select_related("article")
        found = quoted(
            get_object_or_404(readable.exclude(readable=None)),
            speakers=Speaker.objects.visible_to(request.user),
            appearances=Appearance.objects.visible_to(request.user),
        )
        return Response(QuotationsSerializer(found).data)

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.serializers.receipts import ReceiptSerializer
from claims.api.views.claims import visible_claim
from claims.proof.receipts import receipt
from claimtrack.api.filters import refuse_unknown


class ReceiptView(APIView):
    """The proof of what was published about a claim: entries of the log, their places in it, and its signed head.

    `tools/verify_receipt.py` checks it offline, and docs/proof.md says how. 404 for a claim without a publication in the log.
    """

    @extend_schema(operation_id="claims_receipt", responses=ReceiptSerializer)
    def get(self, request: Request, claim: int) -> Response:
        refuse_unknown(request.query_params, ())
        found = receipt(visible_claim(request, claim))
        if found is None:
            raise Http404
        # No ETag: the log grows without a public change.
        return Response(ReceiptSerializer(found).data, headers={"Cache-Control": "no-store"})

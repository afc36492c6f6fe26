from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.formats import csv
from claims.formats.exports import licence
from claimtrack.addresses import address
from claimtrack.api.conditional import Answer, conditional
from claimtrack.api.filters import refuse_unknown
from claimtrack.api.schema import reference
from claimtrack.db import revision
from claimtrack.examples import API


class DictionaryView(APIView):
    """The columns of the claims' CSV, and the data's licence: a Data Package (Frictionless)."""

    @extend_schema(
        operation_id="claims_dictionary",
        responses={200: reference("DataPackage")},
        examples=[OpenApiExample("Answer", csv.dictionary(f"{API}/claims.csv"))],
    )
    @conditional
    def get(self, request: Request) -> Answer:
        refuse_unknown(request.query_params, ())
        number = revision.current()
        package = csv.dictionary(address("claims-csv"))
        return Response(package, headers={"Link": f'<{licence()["path"]}>; rel="license"'}), number

"""GET /api/v1/claims/changes/: the changes that keep a copy of the public claims up to date."""

import re

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.serializers.changes import ChangesSerializer
from claims.models.change import FeedPosition, changes_since
from claimtrack.addresses import absolute
from claimtrack.api.filters import ParameterField, WholeNumberField, read_one, refuse_unknown
from claimtrack.db.replicas import use_primary
from claimtrack.refusals import Message

DEFAULT, MOST = 200, 1000
LIMIT = WholeNumberField(1, MOST)
PATTERN = "[0-9]{1,4}[.][0-9]{1,18}[.][0-9]{1,18}"


class PlaceField(ParameterField):
    takes = Message("a place that this feed gave out, or now")
    schema = {"type": "string", "pattern": f"^(now|{PATTERN})$"}

    def read(self, value: str) -> FeedPosition | None:
        if value == "now":
            return None
        if not re.fullmatch(PATTERN, value):
            raise ValueError
        return FeedPosition(*map(int, value.split(".")))


SINCE = PlaceField()
PARAMETERS = [
    OpenApiParameter(
        "since",
        SINCE.schema,
        description="Where to continue. Without it, the feed starts at its beginning; `now` starts at its end.",
    ),
    OpenApiParameter(
        "limit", {**LIMIT.schema, "default": DEFAULT}, description="The maximum number of changes on a page."
    ),
]


class ChangesView(APIView):
    """Every public change, at least once each, in an order that never changes.

    Keep `next` with your data: if you request a page again, it is the same page, except that the last one may have grown. After an
    upsert, request the current row (200 claims at once by `ids`). A tombstone means that the row is no longer public, because it was
    dismissed or merged. A claim that is withdrawn stays public, without a verdict. A changed speaker, source, article, topic or step
    of the scale has one row of its own, and its claims have none for that.
    """

    @extend_schema(operation_id="claims_changes", responses=ChangesSerializer, parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        # Only the primary knows the oldest open transaction for sure.
        use_primary()
        refuse_unknown(request.query_params, ("since", "limit"))
        limit = read_one(request.query_params, "limit", LIMIT, DEFAULT)
        since = read_one(request.query_params, "since", SINCE, FeedPosition())
        rows, lag = changes_since(since, limit + 1 if since else 1)
        page = rows[:limit]
        place = page[-1].place if page else since or FeedPosition()
        body = {
            "next": absolute(f"{request.path}?since={place}&limit={limit}"),
            "more": len(rows) > limit,
            "lag_seconds": lag,
            "results": page if since else [],
        }
        # No ETag: which rows are settled also depends on other transactions, which do not change the revision.
        return Response(ChangesSerializer(body).data, headers={"Cache-Control": "no-store"})

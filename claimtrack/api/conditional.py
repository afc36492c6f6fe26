"""What the writing routes of both apps share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from claimtrack.api.viewsets import ReadingViewSet
from claimtrack.refusals import Refused, Stale

IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": r'^("[0-9]+"|\*)$'},
    OpenApiParameter.HEADER,
    required=True,
    description='The version of the claim that you saw, in quotation marks: `"4"`. It is its `version`, and the ETag of '
    "each answer that a token is given. Another one meanwhile is 412; `*` stands for any.",
)


class PreconditionRequired(Refused):
    """RFC 6585: the claim may have moved since, so say which one is meant."""

    status = 428
    code = "if_match_required"


@contextmanager
def as_seen(request: Request) -> Iterator[int | None]:
    """Give the block the version that `If-Match` names, None for `*`. Raises PreconditionRequired; Stale becomes 412."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise PreconditionRequired('Send If-Match with the version of the claim that you saw, such as "4".')
    # A weak validator never matches (RFC 9110, 13.1.1), nor does what is no version.
    version = re.fullmatch('"([0-9]{1,9})"', header)
    try:
        yield None if header == "*" else int(version[1]) if version else -1
    except Stale as refusal:
        refusal.status = 412
        raise


class MakingViewSet(ReadingViewSet):
    """Answers with what it made, as whoever made it sees it."""

    def shown(self, row: Any, status: int = 200) -> Response:
        """The JSON of a row; 201 also tells its address."""
        view: Any = self
        [(json, *_)] = view.rows(view.get_queryset().filter(pk=row.pk), "pk")
        response = Response(json, status)
        if status == 201:
            response["Location"] = address(f"{view.basename}-detail", getattr(row, view.lookup_field))
        return response


def address(route: str, *args: Any) -> str:
    """The address of a route, beginning with the site's URL."""
    return settings.CLAIMTRACK_SITE_URL + reverse(route, args=args)

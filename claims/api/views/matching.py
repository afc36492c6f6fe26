from collections.abc import Mapping, Sequence

import orjson
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.serializers.matching import (
    MAX_LENGTH,
    MAX_SENTENCES,
    DifferenceSerializer,
    MatchesSerializer,
    MatchInput,
)
from claims.formats.json import fragments
from claims.matching import Match, match
from claims.models import Claim
from claims.text import checkworthy
from claimtrack.api.schema import READS
from claimtrack.api.serializers import read_body
from claimtrack.cleaning import clean_characters, clean_language, clean_text
from claimtrack.refusals import Invalid


class MatchView(APIView):
    """Whether a text was checked before."""

    # A read, although a text needs a body: it takes the same permission and counts as a read.
    reads = True

    @extend_schema(
        operation_id="claims_match", request=MatchInput, responses=MatchesSerializer, extensions={READS: True}
    )
    def post(self, request: Request) -> Response:
        """Find claims that may be the same as a text, such as a sentence or a post, with what differs. It changes nothing.

        A text of several sentences is matched as a whole and sentence by sentence. The claims are sorted by their score; among
        claims with similar scores, those that differ come later. The score decides nothing: compare the differences.
        """
        given = read_body(request, MatchInput)
        text = clean_characters(given["text"], "text")
        clean_text(text, "text", limit=MAX_LENGTH, required=True)
        spans = list(checkworthy.sentences(text))
        if len(spans) > MAX_SENTENCES:
            raise Invalid(
                "%(count)s sentences are too many: at most %(limit)s are matched.",
                code="too_many",
                field="text",
                params={"count": len(spans), "limit": MAX_SENTENCES},
            )
        parts = spans if len(spans) > 1 else []
        texts = [text, *(text[start:end] for start, end in parts)]
        language = clean_language(given.get("language", ""))
        found = match(texts, user=request.user, limit=given["limit"], language=language)
        ids = {one.claim.pk for matches in found for one in matches}
        claims = fragments(Claim.objects.visible_to(request.user).filter(pk__in=ids))
        whole, *others = [shown(matches, claims) for matches in found]
        sentences = [
            {"start": start, "end": end, "text": text[start:end], "matches": matches}
            for (start, end), matches in zip(parts, others, strict=True)
        ]
        return Response({"matches": whole, "sentences": sentences})


def shown(matches: Sequence[Match], claims: Mapping[int, orjson.Fragment]) -> list[dict[str, object]]:
    return [
        {
            "claim": claims[one.claim.pk],
            "score": round(one.score, 4),
            "same": one.same,
            "differences": DifferenceSerializer(one.differences, many=True).data,
        }
        for one in matches
        if one.claim.pk in claims
    ]

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.formats.claimreview import publishing
from claims.formats.google import answers
from claims.models import Claim, ExternalReview
from claims.models.claim import ClaimQuerySet
from claimtrack.api import exceptions, filters
from claimtrack.api.filters import LanguageField, ParameterField, read_one
from claimtrack.api.schema import reference
from claimtrack.db.languages import in_language
from claimtrack.refusals import Invalid, Message

DEFAULT_SIZE, MOST = 10, 100
# https://developers.google.com/fact-check/tools/api/reference/rest
_METHODS = re.compile(r"/v1alpha1/(?:claims:imageSearch|pages(?:/[^/]+)?)")
WHOLE = filters.WholeNumberField(0, 2**31 - 1)


class SiteField(ParameterField):
    takes = Message("a site such as lantern.example")
    schema = {"type": "string", "pattern": r"^[^\u0000]*$"}

    def read(self, value: str) -> str:
        if "\0" in value:
            raise ValueError
        return value.strip().lower().removeprefix("www.")


class MaskField(ParameterField):
    takes = Message("a field mask such as claims(text,claimReview/url)")

    def read(self, value: str) -> answers.Mask:
        return answers.read_mask(value)


class WordsField(ParameterField):
    takes = Message("words")

    def read(self, value: str) -> str:
        return value.strip()


WORDS, SITE, TAG, MASK = WordsField(), SiteField(), LanguageField(), MaskField()

PARAMETERS = {
    "query": (WORDS, "What the claim is about; required unless reviewPublisherSiteFilter is given."),
    "reviewPublisherSiteFilter": (SITE, "Reviews of this publisher's site; this desk's own host for its verdicts."),
    "languageCode": (TAG, "Reviews in this language, whatever its region."),
    "maxAgeDays": (WHOLE, "Reviews no older than this, by their own date or that of the claim, whichever is newer."),
    "pageSize": (WHOLE, f"At most so many claims; 0 stands for {DEFAULT_SIZE}, more than {MOST} for {MOST}."),
    "pageToken": (WORDS, "The nextPageToken of the page before, with all other parameters as they were."),
    "offset": (WHOLE, "How many claims to leave out; read only where pageToken is not given."),
    "fields": (MASK, "Which members to answer with, such as claims(text,claimReview/url),nextPageToken."),
}
# Standard parameters of all Google APIs: accepted because its clients send them, and ignored.
COMMON = (
    *("$.xgafv", "access_token", "alt", "key", "oauth_token"),
    *("prettyPrint", "quotaUser", "uploadType", "upload_protocol"),
)


class ClaimSearchView(APIView):
    """Search through fact-checked claims, as Google's Fact Check Tools API answers: this desk's verdicts and those of others.

    A drop-in for its clients: set their root URL to this site. No key is asked for.
    """

    @extend_schema(
        operation_id="factcheck_claims_search",
        parameters=[
            *(OpenApiParameter(name, field.schema, description=text) for name, (field, text) in PARAMETERS.items()),
            *(OpenApiParameter(name, str, description="Accepted and ignored.") for name in COMMON),
        ],
        responses={200: reference("FactCheckedClaims")},
    )
    def get(self, request: Request) -> Response:
        filters.refuse_unknown(request.query_params, (*PARAMETERS, *COMMON))
        asked = {name: read_one(request.query_params, name, field, None) for name, (field, _) in PARAMETERS.items()}
        if not asked["query"] and not asked["reviewPublisherSiteFilter"]:
            raise Invalid("Give a query or a reviewPublisherSiteFilter.", code="required", field="query")
        if request.query_params.get("alt", "json") != "json":
            raise Invalid("The answer is JSON only: alt=json.", code="parameter", field="alt")
        question = [asked[name] for name in PARAMETERS if name not in ("pageToken", "fields")]
        claims = _matching_claims(asked)
        start = 0 if asked["pageToken"] else asked["offset"] or 0
        if asked["pageToken"]:
            claims = claims.filter(pk__lt=_last(asked["pageToken"], question))
        size = min(asked["pageSize"] or DEFAULT_SIZE, MOST)
        rows = list(claims[start : start + size + 1])
        token = answers.page_token(rows[size - 1].pk, question) if len(rows) > size else ""
        answer = answers.answer([_claim_answer(claim) for claim in rows[:size]], token)
        return Response(answers.masked(answer, asked["fields"] or {}))

    def get_exception_handler(self) -> Callable[[Exception, dict[str, object]], Response | None]:
        return refused


@csrf_exempt
def unserved(request: HttpRequest) -> JsonResponse:
    """Refuse Google's other methods and unknown paths, in the form that its clients read."""
    if _METHODS.fullmatch(request.path):
        return JsonResponse(answers.error(501, "Only claims:search is served here."), status=501)
    return JsonResponse(answers.error(404, "There is no such method."), status=404)


def refused(exc: Exception, context: dict[str, object]) -> Response | None:
    """Return any error in the form that Google's clients read."""
    response = exceptions.handle(exc, context)
    if response is not None:
        response.data = answers.error(response.status_code, response.data["detail"])
        response.content_type = "application/json"
    return response


def _last(token: str, question: list[object]) -> int:
    try:
        return answers.read_token(token, question)
    except (ValueError, TypeError):
        message = Message(
            "pageToken is not one of this request: repeat the request that gave it with all its parameters."
        )
        raise Invalid(message, code="parameter", field="pageToken") from None


def _matching_claims(asked: Mapping[str, Any]) -> ClaimQuerySet:
    """Return public claims with a matching review, newest first. `by_desk` and `external` are their matching reviews."""
    judged, external = Claim.objects.public().judged(), ExternalReview.objects.public().still_published()
    if site := asked["reviewPublisherSiteFilter"]:
        own = publishing.site()
        judged = judged if own == site or own.endswith(f".{site}") else judged.none()
        external = external.on_site(site)
    if asked["languageCode"]:
        spoken = in_language([asked["languageCode"].partition("-")[0]])
        judged, external = judged.filter(spoken), external.filter(spoken)
    if asked["maxAgeDays"]:
        oldest = datetime.now(UTC).date() - timedelta(days=min(asked["maxAgeDays"], 500_000))
        judged = judged.filter(Q(reviewed_at__date__gte=oldest) | Q(said_at__gte=oldest))
        external = external.filter(Q(reviewed_at__gte=oldest) | Q(claimed_at__gte=oldest))
    claims = Claim.objects.public().for_list().with_publications().order_by("-pk")
    if asked["query"]:
        claims = claims.search(asked["query"])
    mine = judged.filter(pk=OuterRef("pk"))
    fitting = external.order_by(F("reviewed_at").desc(nulls_last=True), "pk")
    return (
        claims.filter(Exists(mine) | Exists(external.filter(claim=OuterRef("pk"))))
        .annotate(by_desk=Exists(mine))
        .prefetch_related(Prefetch("external_reviews", fitting, to_attr="external"))
    )


def _claim_answer(claim: Any) -> dict[str, object]:
    reviews = [publishing.claim_review(claim)] if claim.by_desk else []
    reviews += [publishing.external_review(row) for row in claim.external]
    claimant = claim.speaker.name if claim.speaker else ""
    return answers.claim(claim.text, claimant, claim.said or "", reviews)

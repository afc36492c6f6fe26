"""Who works on a claim, and who is asked to. Only the desk sees this."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import request as rest
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import curating
from claims.api.serializers.assignments import (
    AssigneeInput,
    AssigneeSerializer,
    RequestInput,
    RequestSerializer,
    TakeoverInput,
)
from claims.api.views.claims import visible_claim
from claims.models import Claim, Request
from claimtrack.api.conditional import IF_MATCH, as_seen
from claimtrack.api.filters import refuse_unknown
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.models import User
from claimtrack.refusals import Invalid
from claimtrack.roles import Role, require, role_of, signed_in


def desk_claim(request: rest.Request, pk: int) -> Claim:
    """Return the claim if the user may see who works on it. Raises Http404, and for a write NotAllowed."""
    claim = visible_claim(request, pk)
    if request.method == "GET" and role_of(request.user) < Role.MODERATOR:
        raise Http404
    require(request.user, Role.MODERATOR, "You may not say who works on a claim: this takes a Moderator.")
    return claim


def named(pk: int | None, field: str) -> User | None:
    """Return the person of this id. Raises Invalid."""
    person = User.objects.filter(pk=pk).first() if pk is not None else None
    if pk is not None and person is None:
        raise Invalid("There is no person %(id)s.", code="not_found", field=field, params={"id": pk})
    return person


class AssigneeView(APIView):
    """Who works on a claim in review."""

    @extend_schema(operation_id="claims_assignee_retrieve", responses=AssigneeSerializer)
    def get(self, request: rest.Request, claim: int) -> Response:
        """Say who works on a claim, and who took it over from whom. Takes a Moderator."""
        refuse_unknown(request.query_params, ())
        return answer(desk_claim(request, claim))

    @extend_schema(
        operation_id="claims_assignee_update",
        request=AssigneeInput,
        responses=AssigneeSerializer,
        parameters=[IF_MATCH],
    )
    def put(self, request: rest.Request, claim: int) -> Response:
        """Hand a claim in review on: its assignee or an Editor to any Moderator, or any Moderator a free one to themselves."""
        row = desk_claim(request, claim)
        with as_seen(request) as expected:
            to = named(read_body(request, AssigneeInput)["to"], "to")
            return answer(curating.assign(claim=row, by=signed_in(request.user), to=to, expected=expected))

    @extend_schema(operation_id="claims_assignee_create", request=TakeoverInput, responses=AssigneeSerializer)
    @idempotent
    def post(self, request: rest.Request, claim: int) -> Response:
        """Take a claim in review over from its assignee. Takes a Moderator; the claim's history keeps it."""
        row = desk_claim(request, claim)
        body = read_body(request, TakeoverInput)
        return answer(curating.take_over(claim=row, by=signed_in(request.user), **body).claim)


def answer(claim: Claim) -> Response:
    takeovers = claim.takeovers.select_related("by", "taken_from").order_by("pk")
    body = {"assignee": claim.assignee, "takeovers": takeovers, "version": claim.version}
    return Response(AssigneeSerializer(body).data, headers={"ETag": f'"{claim.version}"'})


class RequestView(APIView):
    """Who is asked to work on a claim, whatever its status. No right depends on it."""

    @extend_schema(operation_id="claims_request_retrieve", responses=RequestSerializer)
    def get(self, request: rest.Request, claim: int) -> Response:
        """Say who is asked to work on a claim, 404 if nobody is. Takes a Moderator."""
        refuse_unknown(request.query_params, ())
        row = Request.objects.filter(claim=desk_claim(request, claim)).select_related("person", "by").first()
        if row is None:
            raise Http404
        return Response(RequestSerializer(row).data)

    @extend_schema(operation_id="claims_request_update", request=RequestInput, responses=RequestSerializer)
    def put(self, request: rest.Request, claim: int) -> Response:
        """Ask a Moderator to work on a claim, instead of anybody asked before. Takes a Moderator."""
        row = desk_claim(request, claim)
        body = read_body(request, RequestInput)
        body["person"] = named(body["person"], "person")
        asked = curating.ask(claim=row, by=signed_in(request.user), **body)
        return Response(RequestSerializer(asked).data)

    @extend_schema(operation_id="claims_request_destroy", responses={204: None})
    def delete(self, request: rest.Request, claim: int) -> Response:
        """Ask nobody any more. Takes a Moderator."""
        row = desk_claim(request, claim)
        refuse_unknown(request.query_params, ())
        curating.ask(claim=row, by=signed_in(request.user), person=None)
        return Response(status=204)

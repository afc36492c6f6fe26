from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import notices
from claims.api.filters import NoticeFilterSet
from claims.api.serializers.notices import NoticeSerializer, ReadInput, UnreadSerializer
from claims.models import Notice
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.refusals import Invalid
from claimtrack.roles import Role, require, signed_in


class NoticeViewSet(LedgerViewSet):
    """Your notices, newest first. Moderators and Editors have some, everybody else none."""

    queryset = Notice.objects.select_related("by")
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilterSet
    orderings = ("-id",)

    @extend_schema(operation_id="notices_read", request=ReadInput, responses=UnreadSerializer)
    @idempotent
    def read(self, request: Request) -> Response:
        """Mark your notices as read: one, or all up to one. Takes a Moderator."""
        require(request.user, Role.MODERATOR, "You may not read notices: this takes a Moderator.")
        body = read_body(request, ReadInput)
        if not body:
            raise Invalid("Give until or notice: the id of a notice.", code="required", field="until")
        user = signed_in(request.user)
        notices.read(by=user, one=body.get("notice"), until=body.get("until"))
        return Response({"unread": Notice.objects.visible_to(user).unread().capped_count()})

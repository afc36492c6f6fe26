from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    # That module imports this one, which the settings name.
    from rest_framework.views import APIView


class IsAuthenticatedOrMayRead(BasePermission):
    """Writing takes authentication, and so does reading if CLAIMTRACK_ANONYMOUS_READ is off.

    A view whose POST only reads has the attribute `reads`; the rate limits ask for it too.

    Verbs check the role, and `visible_to()` decides which rows a user sees.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        reads = request.method in SAFE_METHODS or getattr(view, "reads", False)
        return request.user.is_authenticated or (reads and settings.CLAIMTRACK_ANONYMOUS_READ)

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    # That module imports this one, which the settings name.
    from rest_framework.views import APIView


def reads(request: Request, view: "APIView") -> bool:
    """Return whether the request only reads: by its method, or because its view says that a POST there does (`reads`)."""
    return request.method in SAFE_METHODS or (request.method == "POST" and getattr(view, "reads", False))


class IsAuthenticatedOrMayRead(BasePermission):
    """Writing takes authentication, and so does reading if CLAIMTRACK_ANONYMOUS_READ is off.

    Verbs check the role, and `visible_to()` decides which rows a user sees.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if request.user.is_authenticated:
            return True
        return reads(request, view) and settings.CLAIMTRACK_ANONYMOUS_READ

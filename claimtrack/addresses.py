"""Addresses of this site. They begin with CLAIMTRACK_SITE_URL, never with the Host header of a request."""

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """Return the address of a path, which may include a query."""
    return f"{settings.CLAIMTRACK_SITE_URL}{path}"


def address(route: str, *args: object) -> str:
    """Return the address of the named route."""
    return absolute(reverse(route, args=args))


def user_agent() -> str:
    """Return the User-Agent for requests to other sites."""
    return f"claimtrack (+{settings.CLAIMTRACK_SITE_URL})"

"""The addresses that the site gives out. They begin with CLAIMTRACK_SITE_URL, never with the Host that a request names."""

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """Return the address of a path of the site; it may carry a query."""
    return f"{settings.CLAIMTRACK_SITE_URL}{path}"


def address(route: str, *args: object) -> str:
    """Return the address of the named route."""
    return absolute(reverse(route, args=args))


def user_agent() -> str:
    """Return the User-Agent by which the servers of other sites know this one."""
    return f"claimtrack (+{settings.CLAIMTRACK_SITE_URL})"

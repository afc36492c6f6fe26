"""Addresses of this site. They begin with CLAIMTRACK_SITE_URL, never with the Host header of a request."""

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """Return the address of a path, which may include a query."""
    return f"{settings.CLAIMTRACK_SITE_URL}{path}"


def address(route: str, *args: object) -> str:
    """Return the address of the named route."""
    return absolute(reverse(route, args=args))


def claim_page(pk: int) -> str:
    """Return the address at which readers find a claim: on this site, unless CLAIMTRACK_CLAIM_URL names another."""
    elsewhere = settings.CLAIMTRACK_CLAIM_URL
    return elsewhere.replace("{id}", str(pk)) if elsewhere else address("pages:claim", pk)


def user_agent() -> str:
    """Return the User-Agent for requests to other sites."""
    return f"claimtrack (+{settings.CLAIMTRACK_SITE_URL})"

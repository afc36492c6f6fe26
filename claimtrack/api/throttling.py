"""Rate limits: so many requests a minute, in windows that begin with the minute.

Writes, and reads with a token, are counted exactly, by one statement in the database. Each worker counts anonymous reads
by itself, against the limit divided by CLAIMTRACK_WORKERS: this takes no query and is approximate. Reads of people who are
signed in to the admin are not counted.

Answers say what is left (draft-ietf-httpapi-ratelimit-headers-10).
"""

import time
from collections import Counter
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

from claimtrack.api.permissions import reads
from claimtrack.models import RateCounter, Token

if TYPE_CHECKING:
    # That module imports this one, which the settings name.
    from rest_framework.views import APIView

WINDOW = 60

USE = """INSERT INTO claimtrack_ratecounter AS counter (key, "window", used) VALUES (%s, %s, 1)
    ON CONFLICT (key) DO UPDATE SET "window" = EXCLUDED."window",
        used = CASE WHEN counter."window" = EXCLUDED."window" THEN counter.used + 1 ELSE 1 END
    RETURNING used"""

_anonymous: Counter[str] = Counter()
_anonymous_window = 0


class LedgerThrottle(BaseThrottle):
    """Counts a request under one of three rates, and sets `rate_limit` on it for the middleware."""

    def allow_request(self, request: Any, view: "APIView") -> bool:
        window, passed = divmod(int(time.time()), WINDOW)
        self.left = WINDOW - passed
        if not reads(request, view):
            name, limit = "write", settings.CLAIMTRACK_THROTTLE_WRITE
        elif isinstance(request.auth, Token):
            name, limit = "token", settings.CLAIMTRACK_THROTTLE_TOKEN
        elif request.user.is_authenticated:
            return True
        else:
            name, limit = "anonymous", -(-settings.CLAIMTRACK_THROTTLE_ANON // settings.CLAIMTRACK_WORKERS)
        if not limit:
            return True
        if name == "anonymous":
            used = _used_here(client_address(request._request), window)
        else:
            used = _used(f"{name} {request.auth.pk if name == 'token' else request.user.pk}", window)
        request._request.rate_limit = name, limit, max(limit - used, 0), self.left
        return used <= limit

    def wait(self) -> float:
        return self.left


def purge() -> int:
    """Delete the counters of windows that are over."""
    return RateCounter.objects.filter(window__lt=int(time.time()) // WINDOW).delete()[0]


def _used(key: str, window: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(USE, [key, window])
        return cursor.fetchone()[0]


def _used_here(address: str, window: int) -> int:
    global _anonymous_window
    if window != _anonymous_window:
        _anonymous.clear()
        _anonymous_window = window
    _anonymous[address] += 1
    return _anonymous[address]


def client_address(request: HttpRequest) -> str:
    """Return the address of the client: the peer's, unless the peer is one of CLAIMTRACK_TRUSTED_PROXIES.

    Behind those it is the last address in X-Forwarded-For that is not a trusted proxy, since a client can forge everything
    before it. All addresses of an IPv6 /64 count as one, as that is what a household or an office gets.
    """
    hops = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), request.META.get("REMOTE_ADDR", "")]
    found = ""
    for hop in reversed(hops):
        if not (hop or found) and settings.CLAIMTRACK_TRUSTED_PROXIES:
            # The peer of a Unix socket has no address. It is a proxy on this machine.
            continue
        try:
            address = ip_address(hop.strip())
        except ValueError:
            break
        if isinstance(address, IPv6Address):
            address = address.ipv4_mapped or address
        found = f"{address.exploded[:19]}::/64" if isinstance(address, IPv6Address) else str(address)
        if not any(address in network for network in settings.CLAIMTRACK_TRUSTED_PROXIES):
            break
    return found

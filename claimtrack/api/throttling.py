"""How much one may ask: so many requests a minute, in windows that begin with the minute.

Whoever writes, and whoever reads with a token, is counted exactly, in the database: one statement a request. The anonymous are
counted by each worker on its own, with the limit divided among CLAIMTRACK_WORKERS: no query, but about right only. Reading
while signed in to the admin is not counted.

Answers tell what is left (draft-ietf-httpapi-ratelimit-headers-10).
"""

import time
from collections import Counter
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

from claimtrack.models import Token

if TYPE_CHECKING:
    # That module imports this one, which the settings name.
    from rest_framework.views import APIView

WINDOW = 60

USE = """INSERT INTO claimtrack_allowance AS allowance (key, "window", used) VALUES (%s, %s, 1)
    ON CONFLICT (key) DO UPDATE SET "window" = EXCLUDED."window",
        used = CASE WHEN allowance."window" = EXCLUDED."window" THEN allowance.used + 1 ELSE 1 END
    RETURNING used"""

_anonymous: Counter[str] = Counter()
_anonymous_window = 0


class LedgerThrottle(BaseThrottle):
    """Counts a request under one of the three rates. The middleware finds what is left as the request's `rate_limit`."""

    def allow_request(self, request: Any, view: "APIView") -> bool:
        window, passed = divmod(int(time.time()), WINDOW)
        self.left = WINDOW - passed
        if request.method not in SAFE_METHODS:
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
    """Whose request it is: the peer's address, unless the peer is one of CLAIMTRACK_TRUSTED_PROXIES.

    Then it is the last address of X-Forwarded-For that is none of them: what stands before it, anybody may have written. A
    household or an office has a /64 of IPv6, and counts as one.
    """
    hops = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), request.META.get("REMOTE_ADDR", "")]
    found = ""
    for hop in reversed(hops):
        if not (hop or found) and settings.CLAIMTRACK_TRUSTED_PROXIES:
            # The peer of a Unix socket has no address; only a proxy on this machine gets there.
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

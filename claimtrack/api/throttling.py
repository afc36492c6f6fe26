"""Rate limits: a number of requests a minute, in windows that begin with the minute.

Writes are counted exactly, by one statement in the database. Reads write nothing: each worker counts those with a token, and
after an answer, at most once in EXCHANGE seconds, it adds its count to that of all workers. So a worker learns a second later how
many requests the others have let pass. Each worker counts anonymous reads alone, against the limit divided by CLAIMTRACK_WORKERS,
which is approximate. Reads of people who are signed in to the admin are not counted.

Answers say how many requests are left (draft-ietf-httpapi-ratelimit-headers-10).
"""

import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

from claimtrack.afterwards import afterwards
from claimtrack.models import RateCounter, Token

if TYPE_CHECKING:
    # That module imports this one, which the settings name.
    from rest_framework.views import APIView

WINDOW = 60
EXCHANGE = 1
# How many a worker keeps in memory. Forgetting some lets a few more requests pass.
MOST_TALLIES = 10_000

USE = """INSERT INTO claimtrack_ratecounter AS counter (key, "window", used) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET "window" = EXCLUDED."window", used = EXCLUDED.used
        + CASE WHEN counter."window" = EXCLUDED."window" THEN counter.used ELSE 0 END
    RETURNING used"""

_anonymous: Counter[str] = Counter()
_anonymous_window = 0


@dataclass
class Tally:
    """The reads with a token in one window: by all workers until the last exchange, and by this one since."""

    window: int
    known: int = 0
    here: int = 0
    exchanged: float = -EXCHANGE


_tallies: dict[str, Tally] = {}
_tallying = Lock()


class LedgerThrottle(BaseThrottle):
    """Counts a request under one of three rates, and sets `rate_limit` on it for the middleware."""

    def allow_request(self, request: Any, view: "APIView") -> bool:
        window, passed = divmod(int(time.time()), WINDOW)
        self.left = WINDOW - passed
        if request.method not in SAFE_METHODS and not getattr(view, "reads", False):
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
        elif name == "token":
            used = _used_by_token(f"token {request.auth.pk}", window)
        else:
            used = _used(f"write {request.user.pk}", window, 1)
        request._request.rate_limit = name, limit, max(limit - used, 0), self.left
        return used <= limit

    def wait(self) -> float:
        return self.left


def purge() -> int:
    """Delete the counters of windows that are over."""
    return RateCounter.objects.filter(window__lt=int(time.time()) // WINDOW).delete()[0]


def _used(key: str, window: int, more: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(USE, [key, window, more])
        return cursor.fetchone()[0]


def _used_by_token(key: str, window: int) -> int:
    with _tallying:
        tally = _tallies.get(key)
        if tally is None or tally.window != window:
            if len(_tallies) >= MOST_TALLIES:
                _tallies.clear()
            tally = _tallies[key] = Tally(window)
        tally.here += 1
        used = tally.known + tally.here
        now = time.monotonic()
        if now - tally.exchanged >= EXCHANGE:
            tally.exchanged = now
            afterwards(partial(_exchange, key, tally))
    return used


def _exchange(key: str, tally: Tally) -> None:
    """Add what this worker counted to the count of all workers."""
    if tally.window != int(time.time()) // WINDOW:
        return
    with _tallying:
        here, tally.here = tally.here, 0
        tally.known += here
    known = _used(key, tally.window, here)
    with _tallying:
        tally.known = max(tally.known, known)


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

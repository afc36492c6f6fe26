"""POST to an address that somebody typed, under the guard of `sources.pages.fetching`.

It connects only to the public address that it checked, follows no redirect, waits no longer than its deadline, and reads no
more of the answer than its head.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from claimtrack.refusals import Message
from sources.pages.fetching import FetchError, connected

MAX_WAIT = 86_400  # seconds that Retry-After may ask for


@dataclass(frozen=True)
class Posted:
    """What the server answered."""

    status: int
    retry_after: float | None  # in seconds, at most MAX_WAIT


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    user_agent: str,
    timeout: float,
    allow: frozenset[str] = frozenset(),
) -> Posted:
    """POST `body`, and return what was answered. Raises FetchError, whose code is `address_refused` for plain http, too.

    `allow` names IP addresses that may be connected to on any port, by plain http too, although they are not public.
    """
    if not is_secure(url, allow):
        raise FetchError("address_refused", Message("The address does not begin with https://."))
    with (
        connected(url, user_agent=user_agent, timeout=timeout, allow=allow) as (session, address, seconds_left),
        session.post(
            address, data=body, headers=dict(headers), stream=True, allow_redirects=False, timeout=seconds_left()
        ) as response,
    ):
        seconds_left()
        return Posted(response.status_code, _seconds(response.headers.get("Retry-After", "")))


def is_secure(url: str, allow: frozenset[str]) -> bool:
    """Return whether messages may be sent there: by https, or to one of these addresses."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in allow


def _seconds(header: str) -> float | None:
    """Return the seconds that Retry-After asks for: a number, or a date (RFC 9110)."""
    if header.strip().isdecimal():
        return float(min(int(header[:12]), MAX_WAIT))
    try:
        wait = parsedate_to_datetime(header).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 0.0), MAX_WAIT)

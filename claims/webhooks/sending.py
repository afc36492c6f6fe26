"""Send one signed message to a receiver, never to a private network."""

from __future__ import annotations

import time
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils import timezone

from claims.models import Delivery, Webhook
from claims.webhooks import signing
from claims.webhooks.composing import Event
from claimtrack.addresses import user_agent
from sources.pages.fetching import FetchError
from sources.pages.posting import post

TIMEOUT = 15.0  # seconds, from the connection to the status of the answer


@dataclass(frozen=True)
class Outcome:
    """The result of an attempt: `status` is the HTTP status, `error` a code if there was none or it was not 2xx."""

    status: int | None
    error: str
    retry_after: float | None = None
    milliseconds: int = 0


def loopback() -> frozenset[str]:
    """Return the addresses of this machine to which messages may be sent: none, except in development."""
    return frozenset({"127.0.0.1", "::1"} if settings.DEVELOPMENT else ())


def send(webhook: Webhook, delivery: Delivery, event: Event) -> Outcome:
    """Sign and send the message, whose body is stored nowhere."""
    body, began = event.body(delivery), time.monotonic()
    try:
        signed = signing.headers(webhook, delivery.header, timezone.now(), body.decode())
        answer = post(
            webhook.endpoint,
            body,
            {"Content-Type": "application/json", "Accept": "*/*", **signed},
            user_agent=user_agent(),
            timeout=TIMEOUT,
            allow=loopback(),
        )
    except InvalidToken:
        return Outcome(None, "secret")
    except FetchError as failure:
        return Outcome(None, failure.code, milliseconds=_since(began))
    error = "" if 200 <= answer.status < 300 else "gone" if answer.status == 410 else "http_status"
    return Outcome(answer.status, error, answer.retry_after, _since(began))


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)

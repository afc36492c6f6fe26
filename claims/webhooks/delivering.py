"""Send the messages of webhooks, and record the results.

`work` is one bounded unit for one webhook, safe to run twice and concurrently. A failed message is tried again after the pauses
that Standard Webhooks recommends. The webhook itself pauses after a failure, so that an absent receiver gets one attempt
instead of one for each waiting message.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from claims import notices
from claims.models import Delivery, Told, Webhook
from claims.models.webhook import clock
from claims.webhooks import composing, sending
from claims.webhooks.collecting import collect, end_of_feed
from claims.webhooks.composing import DELETED, LEFT, UPDATED, Event
from claims.webhooks.sending import Outcome, send
from claimtrack import metrics

# Seconds for which a process has a webhook to itself, besides the time that a message may take. So a message of a dead or stalled
# process has ended before another process sends the next version.
SPARE = 5.0
BUDGET = 20.0  # seconds after which a unit of work begins no other message
# Pauses after the first attempt, the second and so on; later pauses last a day.
PAUSES = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
LONGEST_REST = timedelta(minutes=30)  # of a webhook; its messages pause longer
OFF_AFTER = timedelta(days=5)
KEPT = timedelta(days=7)  # the rows of delivered messages

log = structlog.get_logger(__name__)


def due() -> list[int]:
    """Return the webhooks with work: a message that is due, or changes after their place in the feed."""
    waiting = Delivery.objects.waiting().filter(webhook=OuterRef("pk"), due_at__lte=clock())
    rested = list(Webhook.objects.rested().only("era", "xact", "change").annotate(is_ready=Exists(waiting)))
    if not rested:
        return []
    end = end_of_feed()
    return [row.pk for row in rested if row.is_ready or row.place != end]


def work(pk: int, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Send the due messages of one webhook, for at most BUDGET seconds or until an attempt fails. Return the number of attempts.

    Nothing happens if another process works on the webhook, or if it is switched off, pauses after a failure, or was removed.
    """
    webhook = _take(pk)
    if webhook is None:
        return 0
    until, attempts = time.monotonic() + BUDGET, 0

    def goes_on() -> bool:
        return time.monotonic() < until and not is_stopping() and _renew(webhook)

    try:
        # Newer changes first replace waiting messages.
        while goes_on() and collect(webhook):
            pass
        while goes_on():
            delivery = _next(webhook)
            if delivery is None:
                if not collect(webhook):
                    break
                continue
            event = composing.compose(webhook, delivery)
            if event is None:
                Delivery.objects.filter(pk=delivery.pk).delete()
                continue
            attempts += 1
            if not _attempt(webhook, delivery, event):
                break
    finally:
        Webhook.objects.filter(pk=pk, lease=webhook.lease).update(lease=None, leased_until=None)
    return attempts


def purge() -> None:
    """Delete the rows of messages that were delivered long ago."""
    done = Delivery.objects.exclude(state=Delivery.State.WAITING).filter(attempted_at__lt=timezone.now() - KEPT)
    while Delivery.objects.filter(pk__in=[*done.values_list("pk", flat=True)[:5_000]]).delete()[0]:
        pass


def measure() -> None:
    """Set the gauges of waiting messages for each active webhook."""
    now = timezone.now()
    metrics.WEBHOOK_WAITING.clear()
    metrics.WEBHOOK_LAG.clear()
    waiting = Delivery.objects.waiting().order_by().values("webhook").annotate(n=Count("pk"), since=Min("changed_at"))
    found = {pk: (n, since) for pk, n, since in waiting.values_list("webhook", "n", "since")}
    for pk in Webhook.objects.active().values_list("pk", flat=True):
        n, since = found.get(pk, (0, now))
        metrics.WEBHOOK_WAITING.labels(pk).set(n)
        metrics.WEBHOOK_LAG.labels(pk).set((now - since).total_seconds())


def _take(pk: int) -> Webhook | None:
    lease = uuid4()
    if not Webhook.objects.rested().filter(pk=pk).update(lease=lease, leased_until=_lease_end()):
        return None
    return Webhook.objects.filter(pk=pk, lease=lease).first()


def _renew(webhook: Webhook) -> bool:
    mine = Webhook.objects.active().filter(pk=webhook.pk, lease=webhook.lease)
    return bool(mine.update(leased_until=_lease_end()))


def _lease_end() -> CombinedExpression:
    return clock() + timedelta(seconds=sending.TIMEOUT + SPARE)


def _next(webhook: Webhook) -> Delivery | None:
    """Return the due delivery with the fewest attempts. The message that the ledger was restored comes first."""
    waiting = Delivery.objects.waiting().filter(webhook=webhook)
    restored = Exists(waiting.filter(kind=Delivery.LEDGER))
    return waiting.filter(Q(kind=Delivery.LEDGER) | ~restored, due_at__lte=clock()).order_by("attempts", "pk").first()


def _attempt(webhook: Webhook, delivery: Delivery, event: Event) -> bool:
    """Send the message, and return whether it arrived. Return False also if another process has taken the webhook meanwhile."""
    if event.type == UPDATED and webhook.filters:
        # Recorded before sending: if this process dies, the message may have arrived.
        Told.objects.bulk_create([Told(webhook=webhook, claim=delivery.row_id)], ignore_conflicts=True)
    outcome = send(webhook, delivery, event)
    metrics.WEBHOOK_MESSAGES.labels(outcome.error or "delivered").inc()
    metrics.WEBHOOK_SECONDS.observe(outcome.milliseconds / 1000)
    with transaction.atomic():
        mine = Webhook.objects.select_for_update().filter(pk=webhook.pk, lease=webhook.lease).first()
        if mine is None:
            return False
        _record(mine, delivery, event, outcome)
    return not outcome.error


def _record(webhook: Webhook, delivery: Delivery, event: Event, outcome: Outcome) -> None:
    """Record the outcome, and when to try again. The webhook is locked."""
    now = timezone.now()
    delivery.attempts += 1
    delivery.type, delivery.attempted_at = event.type, now
    delivery.status, delivery.error, delivery.milliseconds = outcome.status, outcome.error, outcome.milliseconds
    if not outcome.error:
        delivery.state = Delivery.State.DELIVERED
        webhook.delivered_at, webhook.failures, webhook.failing_since, webhook.rests_until = now, 0, None, None
        if event.type in (LEFT, DELETED):
            Told.objects.filter(webhook=webhook, claim=delivery.row_id).delete()
    else:
        _put_off(webhook, delivery, outcome, now)
    delivery.save(
        update_fields=["type", "state", "attempts", "due_at", "attempted_at", "status", "error", "milliseconds"]
    )
    webhook.save(update_fields=["delivered_at", "failures", "failing_since", "rests_until", "state", "off_because"])


def _put_off(webhook: Webhook, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    asked = timedelta(seconds=outcome.retry_after or 0)
    # A random delay, so that receivers that were away together are not all asked at the same moment.
    pause = PAUSES[min(delivery.attempts, len(PAUSES)) - 1] * (1 + secrets.randbelow(100) / 1000)
    delivery.due_at = now + max(pause, asked)
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or now
    webhook.rests_until = now + max(min(PAUSES[min(webhook.failures, len(PAUSES)) - 1], LONGEST_REST), asked)
    others_arrive = webhook.delivered_at is not None and webhook.delivered_at > now - PAUSES[-1]
    log.info(
        "webhook_failed", webhook=webhook.pk, error=outcome.error, status=outcome.status, attempts=delivery.attempts
    )
    if outcome.error in (Webhook.Reason.GONE, Webhook.Reason.SECRET):
        _switch_off(webhook, Webhook.Reason(outcome.error))
    elif now - webhook.failing_since > OFF_AFTER:
        _switch_off(webhook, Webhook.Reason.FAILING)
    elif delivery.attempts > len(PAUSES) and others_arrive:
        delivery.state = Delivery.State.GIVEN_UP
        notices.webhook_gave_up(webhook)


def _switch_off(webhook: Webhook, reason: Webhook.Reason) -> None:
    webhook.state, webhook.off_because = Webhook.State.OFF, reason
    log.warning("webhook_off", webhook=webhook.pk, reason=reason.value)
    notices.webhook_off(webhook)

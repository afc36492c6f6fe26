"""Turn the feed of changes into the deliveries of a webhook.

A page of the feed costs the same however large the ledger is, because filters are evaluated for the changed claims only. Only a
change that the webhook's filters keep makes a row. While many rows wait, the feed itself is the queue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.http import QueryDict

from claims.models import Change, Claim, Delivery, Told, Webhook
from claims.models.change import FeedPosition, PlaceLost, changes_since
from claims.models.claim import ClaimQuerySet
from claims.webhooks.composing import matching
from claimtrack.models import Era

PAGE = 500  # rows of the feed
MAX_WAITING = 1_000  # rows of Delivery of one webhook

# The filters that depend on rows of other kinds. When such a row changes, claims may start or stop matching.
LOOKS_AT = {
    Change.Kind.SPEAKER: {"speaker", "speaker_name"},
    Change.Kind.SOURCE: {"source_domain"},
    Change.Kind.ARTICLE: {"source", "source_domain", "article_url", "published_after", "published_before"},
    Change.Kind.TOPIC: {"topic"},
    Change.Kind.VERDICT: {"verdict"},
}

# The waiting rows, oldest first, each with the time of its change.
Waiting = dict[tuple[str, int], datetime]


def end_of_feed() -> FeedPosition:
    """Return the place after the last change that is settled."""
    rows, _ = changes_since(None, 1)
    return rows[-1].place if rows else FeedPosition()


def collect(webhook: Webhook) -> bool:
    """Read the next page of the feed for a webhook whose lease the caller holds. Return whether its place has moved."""
    if Delivery.objects.waiting().filter(webhook=webhook)[:MAX_WAITING].count() >= MAX_WAITING:
        return False
    try:
        if _has_begun_anew(webhook):
            return True
        rows, _ = changes_since(webhook.place, PAGE)
    except PlaceLost:
        return _begin_anew(webhook, webhook.life)
    if not rows:
        return False
    with transaction.atomic():
        # A replay that was requested meanwhile takes precedence.
        if not _move(webhook, rows[-1].place):
            return False
        queue(webhook, _relevant(webhook, rows))
    return True


def queue(webhook: Webhook, waiting: Waiting) -> None:
    """Queue deliveries of these rows. Each replaces a waiting delivery of the same row, with another webhook-id."""
    for kind in {kind for kind, _ in waiting}:
        ids = [pk for one, pk in waiting if one == kind]
        Delivery.objects.waiting().filter(webhook=webhook, kind=kind, row_id__in=ids).delete()
    Delivery.objects.bulk_create(
        [Delivery(webhook=webhook, kind=kind, row_id=pk, changed_at=at) for (kind, pk), at in waiting.items()],
        batch_size=1_000,
    )


def remember_matching(webhook: Webhook) -> None:
    """Record all matching claims as told, so that the webhook gets a message when one leaves. Without filters, all claims match."""
    if webhook.filters and webhook.takes_claims:
        ids = matching(webhook).values_list("pk", flat=True).iterator(chunk_size=10_000)
        Told.objects.bulk_create(
            (Told(webhook=webhook, claim=pk) for pk in ids), batch_size=10_000, ignore_conflicts=True
        )


def _relevant(webhook: Webhook, rows: Iterable[Change]) -> Waiting:
    changed: Waiting = {}
    for row in rows:
        key = (row.kind, row.row_id)
        changed.pop(key, None)
        changed[key] = row.at
    if webhook.filters and webhook.takes_claims:
        _narrow(webhook, changed)
    return {key: at for key, at in changed.items() if key[0] in webhook.kinds}


def _narrow(webhook: Webhook, changed: Waiting) -> None:
    """Keep the changed claims that match or matched, and add claims that start or stop matching because another row changed."""
    ids = {pk for kind, pk in changed if kind == Change.Kind.CLAIM}
    for pk in ids - _concerned(webhook, ids):
        del changed[Change.Kind.CLAIM, pk]
    filters = QueryDict(webhook.filters).keys()
    for (kind, pk), at in list(changed.items()):
        if LOOKS_AT.get(Change.Kind(kind), set()) & filters:
            for claim in _crossing(webhook, _showing(kind, pk)):
                changed.setdefault((Change.Kind.CLAIM, claim), at)


def _concerned(webhook: Webhook, ids: Collection[int]) -> set[int]:
    told = Told.objects.filter(webhook=webhook, claim__in=ids).values_list("claim", flat=True)
    return {*matching(webhook).filter(pk__in=ids).values_list("pk", flat=True), *told}


def _showing(kind: str, pk: int) -> ClaimQuerySet:
    """Return the claims that show this row."""
    claims = Claim.objects.order_by()
    match kind:
        case Change.Kind.SPEAKER:
            return claims.by_speakers([pk])
        case Change.Kind.SOURCE:
            return claims.in_source([pk])
        case Change.Kind.ARTICLE:
            return claims.in_article([pk])
        case Change.Kind.TOPIC:
            return claims.filter(topics=pk)
        case _:
            return claims.filter(verdict=pk)


def _crossing(webhook: Webhook, claims: ClaimQuerySet) -> list[int]:
    """Return those of these claims that match and were not told, or were told and do not match."""
    told = Told.objects.filter(webhook=webhook).values("claim")
    matches = matching(webhook).values("pk")
    entering = claims.filter(pk__in=matches).exclude(pk__in=told).values_list("pk", flat=True)
    leaving = claims.filter(pk__in=told).exclude(pk__in=matches).values_list("pk", flat=True)
    return [*entering, *leaving]


def _has_begun_anew(webhook: Webhook) -> bool:
    """Begin again if the ledger has begun a new era (claimtrack.db.eras) since this webhook last worked."""
    life = Era.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return life > webhook.life and _begin_anew(webhook, life)


def _begin_anew(webhook: Webhook, life: int) -> bool:
    """Announce that the ledger was restored, and then send everything again, since the receiver may have rows that no longer exist."""
    with transaction.atomic():
        if not _move(webhook, FeedPosition(), life=life):
            return False
        Delivery.objects.waiting().filter(webhook=webhook).exclude(kind=Delivery.TEST).delete()
        Delivery.objects.create(webhook=webhook, kind=Delivery.LEDGER, row_id=0, changed_at=Now())
    return True


def _move(webhook: Webhook, place: FeedPosition, **also: int) -> bool:
    """Move the webhook's place, unless it was moved meanwhile or another process has the lease. The row stays locked."""
    before = {"era": webhook.era, "xact": webhook.xact, "change": webhook.change}
    after = {"era": place.era, "xact": place.xact, "change": place.id, **also}
    moved = Webhook.objects.filter(pk=webhook.pk, lease=webhook.lease, **before).update(**after)
    for name, value in after.items():
        setattr(webhook, name, value)
    return bool(moved)

"""Compose the message about a row, from what is public at this moment and by the webhook's filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict

from claims.api.filters import ClaimFilterSet
from claims.api.serializers.speakers import SpeakerSerializer
from claims.api.serializers.topics import TopicSerializer
from claims.api.serializers.verdicts import VerdictSerializer
from claims.formats.json import fragments
from claims.models import Change, Claim, Delivery, Speaker, Told, Topic, Verdict, Webhook
from claims.models.claim import ClaimQuerySet
from claimtrack.addresses import address
from sources.models import Article, Source
from sources.serializers import ArticleSerializer, SourceSerializer

UPDATED, LEFT, DELETED = "claim.updated", "claim.left", "claim.deleted"
TEST, RESTORED = "webhook.test", "ledger.restored"
ANYBODY = AnonymousUser()

# Rows of the other kinds, as the lists of the API show them.
SHOWN: Mapping[str, tuple[Callable[[], QuerySet[Any]], type[Any]]] = {
    Change.Kind.SPEAKER: (lambda: Speaker.objects.for_list().visible_to(None), SpeakerSerializer),
    Change.Kind.SOURCE: (lambda: Source.objects.for_list().visible_to(ANYBODY), SourceSerializer),
    Change.Kind.ARTICLE: (
        lambda: Article.objects.for_list().visible_to(ANYBODY).with_current_for(ANYBODY),
        ArticleSerializer,
    ),
    Change.Kind.TOPIC: (lambda: Topic.objects.visible_to(None), TopicSerializer),
    Change.Kind.VERDICT: (lambda: Verdict.objects.visible_to(None), VerdictSerializer),
}


@dataclass(frozen=True)
class Event:
    """The type of a message, and its data as JSON."""

    type: str
    data: object

    def body(self, delivery: Delivery) -> bytes:
        """Return the message as Standard Webhooks defines it. `timestamp` is when the row changed."""
        moment = delivery.changed_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return orjson.dumps({"type": self.type, "timestamp": moment, "data": self.data})


def matching(webhook: Webhook) -> ClaimQuerySet:
    """Return the public claims that the webhook's filters keep, by the rules of the list."""
    return ClaimFilterSet.apply(Claim.objects.public(), ClaimFilterSet.read(QueryDict(webhook.filters)))


def compose(webhook: Webhook, delivery: Delivery) -> Event | None:
    """Return the message about the row as it is now; None if there is nothing to say."""
    if delivery.kind == Delivery.TEST:
        return Event(TEST, {"webhook": webhook.name})
    if delivery.kind == Delivery.LEDGER:
        return Event(RESTORED, {"changes": address("claims-changes")})
    if delivery.kind == Change.Kind.CLAIM:
        return _of_claim(webhook, delivery.row_id)
    rows, serializer = SHOWN[delivery.kind]
    row = rows().filter(pk=delivery.row_id).first()
    if row is None:
        return Event(f"{delivery.kind}.deleted", {"id": delivery.row_id})
    return Event(f"{delivery.kind}.updated", serializer(row).data)


def _of_claim(webhook: Webhook, pk: int) -> Event | None:
    found = fragments(matching(webhook).filter(pk=pk))
    if found:
        return Event(UPDATED, found[pk])
    if webhook.filters and not Told.objects.filter(webhook=webhook, claim=pk).exists():
        return None
    if Claim.objects.public().filter(pk=pk).exists():
        # Without filters, the claim has just become public again, and that change has its own delivery.
        return Event(LEFT, {"id": pk}) if webhook.filters else None
    return Event(DELETED, {"id": pk, "merged_into": _winner(pk)})


def _winner(pk: int) -> int | None:
    """Return the public claim that this one was merged into."""
    claim = Claim.objects.filter(pk=pk, merged_into__isnull=False).first()
    if claim is None or not Claim.objects.public().filter(pk=claim.winner.pk).exists():
        return None
    return claim.winner.pk

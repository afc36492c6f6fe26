from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.db import models

from claims.models.claim import Claim, visible
from claims.models.guards import claim_topic as guards
from claims.models.topic import Topic
from claimtrack.db import events
from claimtrack.models import User


class ClaimTopicQuerySet(models.QuerySet["ClaimTopic"]):
    def visible_to(self, user: User | AnonymousUser | None) -> ClaimTopicQuerySet:
        return self.filter(visible(user, via="claim__"))


@pghistory.track(events.InsertEvent(level=pgtrigger.Statement), events.DeleteEvent(), exclude=["created_at"])
class ClaimTopic(models.Model):
    claim = models.ForeignKey(Claim, models.CASCADE, db_index=False)
    topic = models.ForeignKey(Topic, models.PROTECT, db_index=False)
    created_at = models.DateTimeField(null=True, editable=False, help_text="Of the claim; kept by triggers.")

    objects = ClaimTopicQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "topic"], name="claim_topic_once")]
        # topic=…, newest first
        indexes = [models.Index(fields=["topic", "created_at", "claim"], name="claim_topic_created")]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.topic_id}"

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models

from claims.models.claim import Claim, touch, visible
from claims.models.scale import Topic
from claimtrack.guards import Guard


class ClaimTopicQuerySet(models.QuerySet["ClaimTopic"]):
    def visible_to(self, user: Any) -> ClaimTopicQuerySet:
        return self.filter(visible(user, via="claim__"))


@pghistory.track(pghistory.InsertEvent(level=pgtrigger.Statement), pghistory.DeleteEvent())
class ClaimTopic(models.Model):
    claim = models.ForeignKey(Claim, models.CASCADE, db_index=False)
    topic = models.ForeignKey(Topic, models.PROTECT)

    objects = ClaimTopicQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "topic"], name="claim_topic_once")]
        triggers = [
            Guard(
                name=f"touch_{operation}".lower(),
                when=pgtrigger.After,
                operation=operation,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(**{side: "changed"}),
                func=touch("changed") + " RETURN NULL;",
            )
            for operation, side in [(pgtrigger.Insert, "new"), (pgtrigger.Delete, "old")]
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.topic_id}"

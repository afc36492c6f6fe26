from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models

from claims.models.claim import Claim, touch, visible
from claims.models.claim_source import date
from claims.models.topic import Topic
from claimtrack.db.guards import Guard, refuse


class ClaimTopicQuerySet(models.QuerySet["ClaimTopic"]):
    def visible_to(self, user: Any) -> ClaimTopicQuerySet:
        return self.filter(visible(user, via="claim__"))


@pghistory.track(pghistory.InsertEvent(level=pgtrigger.Statement), pghistory.DeleteEvent(), exclude=["created_at"])
class ClaimTopic(models.Model):
    claim = models.ForeignKey(Claim, models.CASCADE, db_index=False)
    topic = models.ForeignKey(Topic, models.PROTECT, db_index=False)
    created_at = models.DateTimeField(null=True, editable=False, help_text="Of the claim; kept by triggers.")

    objects = ClaimTopicQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "topic"], name="claim_topic_once")]
        # topic=…, newest first
        indexes = [models.Index(fields=["topic", "created_at", "claim"], name="claim_topic_created")]
        triggers = [
            Guard(
                name="dated",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF to_jsonb(OLD) - 'created_at' IS DISTINCT FROM to_jsonb(NEW) - 'created_at' OR NEW.created_at
                        IS DISTINCT FROM (SELECT created_at FROM claims_claim WHERE id = NEW.claim_id)
                    THEN {refuse("frozen", "A topic is added to a claim or taken from it: the link itself does not change")}
                    END IF;
                    RETURN NEW;""",
            ),
            *(
                Guard(
                    name=f"touch_{operation}".lower(),
                    when=pgtrigger.After,
                    operation=operation,
                    level=pgtrigger.Statement,
                    referencing=pgtrigger.Referencing(**{side: "changed"}),
                    func=touch("changed") + done + " RETURN NULL;",
                )
                for operation, side, done in [(pgtrigger.Insert, "new", date("changed")), (pgtrigger.Delete, "old", "")]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.topic_id}"

"""Which sources a claim is found in, in the order of lists.

A claim reaches its sources through appearance, snapshot and article, and no index spans four tables: finding the newest claims of a
rare source would mean reading half of the ledger. So triggers keep a row for each claim and source, which nobody else can write. It
repeats the time when the claim was recorded, which never changes. `ClaimTopic` does the same for topics.
"""

from __future__ import annotations

from django.db import models

from claims.models.guards import claim_source as guards


class ClaimSource(models.Model):
    """A claim that is found in an article of a source."""

    pk = models.CompositePrimaryKey("source_id", "created_at", "claim_id")
    # The triggers only copy values that were checked in their own tables.
    source = models.ForeignKey(
        "sources.Source", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    created_at = models.DateTimeField(help_text="Of the claim.")
    claim = models.ForeignKey(
        "claims.Claim", models.DO_NOTHING, related_name="sources", db_index=False, db_constraint=False
    )

    class Meta:
        # of a claim whose appearances change
        indexes = [models.Index(fields=["claim"], name="claim_source_claim")]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.source_id}"

"""Which sources a claim is found in, in the order of lists.

A claim reaches its sources over appearance, snapshot and article, and no index spans four tables: to find the newest claims
of a rare source would mean to read half of the ledger. So triggers keep a row for each claim and source, which nobody else
can write, and it repeats when the claim was recorded, which never changes. `ClaimTopic` does the same for topics.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models

from claimtrack.db.guards import Guard, refuse

_FOUND = """claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id"""


def file(claims: str) -> str:
    """Return SQL that files the claims whose ids a query gives, as far as they are there yet."""
    return f"""
        INSERT INTO claims_claimsource (source_id, created_at, claim_id)
            SELECT DISTINCT r.source_id, c.created_at, c.id
            FROM claims_claim c JOIN {_FOUND} ON a.claim_id = c.id WHERE c.id IN ({claims})
            ON CONFLICT DO NOTHING;"""


def file_anew(claims: str) -> str:
    """Return SQL that does the same after appearances went away."""
    return f"""
        DELETE FROM claims_claimsource f WHERE f.claim_id IN ({claims}) AND NOT EXISTS
            (SELECT FROM {_FOUND} WHERE a.claim_id = f.claim_id AND r.source_id = f.source_id);""" + file(claims)


def date(links: str) -> str:
    """Return SQL that writes into these links to topics when their claims were recorded, as far as they are there yet."""
    return f"""
        UPDATE claims_claimtopic t SET created_at = c.created_at FROM {links} l JOIN claims_claim c ON c.id = l.claim_id
        WHERE t.claim_id = c.id AND t.created_at IS DISTINCT FROM c.created_at;"""


class ClaimSource(models.Model):
    """That a claim is found in an article of a source."""

    pk = models.CompositePrimaryKey("source_id", "created_at", "claim_id")
    # What the triggers write has been checked where it comes from.
    source: Any = models.ForeignKey(
        "sources.Source", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    created_at = models.DateTimeField(help_text="Of the claim.")
    claim: Any = models.ForeignKey(
        "claims.Claim", models.DO_NOTHING, related_name="sources", db_index=False, db_constraint=False
    )

    class Meta:
        # of a claim whose appearances change
        indexes = [models.Index(fields=["claim"], name="claim_source_claim")]
        triggers = [
            Guard(
                name="derived",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                level=pgtrigger.Statement,
                func=f"""
                    IF pg_trigger_depth() < 2
                    THEN {refuse("derived", "In which sources a claim is found follows from its appearances")}
                    END IF;
                    RETURN NULL;""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.source_id}"


def refiling() -> Guard:
    """Return the trigger for articles: one that turns out to be another source's takes its claims along."""
    theirs = "SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id"
    return Guard(
        name="refile",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("source_id"),
        condition=pgtrigger.AnyChange("source"),
        func=file_anew(theirs) + " RETURN NULL;",
    )

"""SQL that keeps the rows of ClaimSource, and the dates of ClaimTopic, up to date."""

import pgtrigger

from claimtrack.db.guards import Guard, written_by_triggers

_FOUND = """claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id"""


def list_under_sources(claims: str) -> str:
    """Return SQL that lists claims under their sources. `claims` is a query for ids. What is not inserted yet is left out."""
    return f"""
        INSERT INTO claims_claimsource (source_id, created_at, claim_id)
            SELECT DISTINCT r.source_id, c.created_at, c.id
            FROM claims_claim c JOIN {_FOUND} ON a.claim_id = c.id WHERE c.id IN ({claims})
            ON CONFLICT DO NOTHING;"""


def relist_under_sources(claims: str) -> str:
    """Return SQL that does the same after appearances were deleted or moved to another claim."""
    return f"""
        DELETE FROM claims_claimsource f WHERE f.claim_id IN ({claims}) AND NOT EXISTS
            (SELECT FROM {_FOUND} WHERE a.claim_id = f.claim_id AND r.source_id = f.source_id);""" + list_under_sources(
        claims
    )


def copy_recording_dates(links: str) -> str:
    """Return SQL that copies `created_at` of claims into their links to topics, as far as both are inserted yet."""
    return f"""
        UPDATE claims_claimtopic t SET created_at = c.created_at FROM {links} l JOIN claims_claim c ON c.id = l.claim_id
        WHERE t.claim_id = c.id AND t.created_at IS DISTINCT FROM c.created_at;"""


TRIGGERS = [written_by_triggers(pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete)]


def source_trigger() -> Guard:
    """Return the trigger of Article: when an article is moved to another source, its claims are listed there."""
    claims = "SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id"
    return Guard(
        name="refile",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("source_id"),
        condition=pgtrigger.AnyChange("source"),
        func=relist_under_sources(claims) + " RETURN NULL;",
    )

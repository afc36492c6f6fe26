"""How the rows of ClaimSource, and the dates of links to topics, are kept."""

import pgtrigger

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


TRIGGERS = [
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

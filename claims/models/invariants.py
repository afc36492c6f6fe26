"""Invariants of the ledger, each with a query for the rows that violate it.

Triggers enforce all of them on every change. But some changes bypass the triggers: a dump loads its rows before they exist, a
superuser can disable them, and disks fail.
"""

from collections.abc import Iterator

from django.db import connection

from claims.models.guards.claim import ACCOUNTED

SHOWN = 20

# The invariant, and a query for the kind and id of the rows that violate it.
INVARIANTS = [
    (
        "every snapshot has the SHA-256 of its text",
        "SELECT 'snapshot', id FROM sources_snapshot WHERE sha256 <> encode(sha256(convert_to(text, 'UTF8')), 'hex')",
    ),
    (
        "every quote is the slice of its snapshot",
        """SELECT 'appearance', a.id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id
            WHERE substr(s.text, a.start_offset + 1, a.end_offset - a.start_offset) IS DISTINCT FROM a.quote""",
    ),
    (
        "every quote of evidence with a snapshot is the slice of it",
        """SELECT 'evidence', e.id FROM claims_evidence e JOIN sources_snapshot s ON s.id = e.snapshot_id
            WHERE substr(s.text, e.start_offset + 1, e.end_offset - e.start_offset) IS DISTINCT FROM e.quote""",
    ),
    (
        "status and verdict of every claim are those of its reviews",
        f"SELECT 'claim', c.id FROM claims_claim c WHERE NOT {ACCOUNTED.format(claim='c')}",
    ),
    (
        "every review begins where the one before it ended",
        """SELECT 'review', id FROM (SELECT id, from_status,
                lag(to_status, 1, 'proposed') OVER (PARTITION BY claim_id ORDER BY id) AS before FROM claims_review) r
            WHERE from_status <> before""",
    ),
    (
        "every review with a verdict has evidence",
        """SELECT 'review', r.id FROM claims_review r WHERE verdict_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM claims_evidence WHERE review_id = r.id)""",
    ),
    (
        "every claim has an appearance, except merged ones and those of other publishers",
        """SELECT 'claim', c.id FROM claims_claim c WHERE merged_into_id IS NULL AND origin <> 'claimreview'
            AND NOT EXISTS (SELECT FROM claims_appearance WHERE claim_id = c.id)""",
    ),
    (
        "every claim is listed under the sources that it appears in, and under no others",
        """SELECT 'claim', claim_id FROM (
            SELECT claim_id, source_id FROM claims_claimsource FULL JOIN (
                SELECT DISTINCT a.claim_id, r.source_id FROM claims_appearance a
                JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id
            ) found USING (claim_id, source_id)
            WHERE claims_claimsource.created_at IS NULL OR found IS NULL) t""",
    ),
    (
        "every document that is not stale is what would be composed now",
        """SELECT 'claim', d.claim_id FROM claims_document d, claims_compose(d.claim_id) composed
            WHERE (d.head, d.tail) IS DISTINCT FROM (composed.head, composed.tail) AND NOT claims_is_stale(d.claim_id)""",
    ),
]


def check() -> Iterator[tuple[str, int, list[str]]]:
    """Yield each invariant with the number of rows that violate it, and the first of them."""
    for invariant, rows in INVARIANTS:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT kind, id, count(*) OVER () FROM ({rows}) AS t (kind, id) ORDER BY id LIMIT {SHOWN}")
            found = cursor.fetchall()
        yield invariant, found[0][2] if found else 0, [f"{kind} {pk}" for kind, pk, _ in found]

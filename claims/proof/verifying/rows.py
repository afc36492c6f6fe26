"""Rules about single rows, alone or together with the rows that they are made from."""

from claims.proof.verifying.checks import query
from claims.text.quoting import CONTEXT

# As the guard compares it (claims.models.guards.slice).
NOT_SLICE = f"""(char_length(a.prefix) IS DISTINCT FROM least(a.start_offset, {CONTEXT})
    OR a.end_offset - a.start_offset IS DISTINCT FROM char_length(a.quote)
    OR substr(s.text, a.start_offset - char_length(a.prefix) + 1,
              char_length(a.prefix) + a.end_offset - a.start_offset + {CONTEXT})
       IS DISTINCT FROM a.prefix || a.quote || a.suffix)"""

CHECKS = [
    query(
        "every snapshot has the SHA-256 of its text",
        "sources_snapshot",
        "its text has another SHA-256",
        "SELECT id FROM sources_snapshot WHERE {dates:taken_at}"
        " AND sha256 IS DISTINCT FROM encode(sha256(convert_to(text, 'UTF8')), 'hex')",
    ),
    query(
        "every quote is the slice of its snapshot",
        "claims_appearance",
        "its quote, with what stands around it, is not the slice of snapshot {}",
        "SELECT a.id, a.snapshot_id FROM claims_appearance a LEFT JOIN sources_snapshot s ON s.id = a.snapshot_id"
        " WHERE {claims:a.claim_id} AND " + NOT_SLICE,
    ),
    query(
        "every quote of evidence with a snapshot is the slice of it",
        "claims_evidence",
        "its quote, with what stands around it, is not the slice of snapshot {}",
        "SELECT a.id, a.snapshot_id FROM claims_evidence a JOIN claims_review r ON r.id = a.review_id"
        " LEFT JOIN sources_snapshot s ON s.id = a.snapshot_id"
        " WHERE a.snapshot_id IS NOT NULL AND {claims:r.claim_id} AND " + NOT_SLICE,
    ),
    query(
        "all evidence belongs to a review",
        "claims_evidence",
        "there is no review {}",
        "SELECT id, review_id FROM claims_evidence e WHERE NOT EXISTS (SELECT FROM claims_review WHERE id = e.review_id)",
    ),
    query(
        "every claim has an appearance, except merged ones and those of other publishers",
        "claims_claim",
        "it has no appearance",
        """SELECT c.id FROM claims_claim c WHERE merged_into_id IS NULL AND origin <> 'claimreview' AND {claims:c.id}
            AND NOT EXISTS (SELECT FROM claims_appearance WHERE claim_id = c.id)""",
    ),
    query(
        "every claim is listed under the sources that it appears in, with its date, and under no others",
        "claims_claimsource",
        "claim {} is listed wrongly under source {}",
        """SELECT concat(source_id, '/', claim_id), claim_id, source_id FROM claims_claimsource f FULL JOIN (
                SELECT DISTINCT a.claim_id, r.source_id, c.created_at FROM claims_appearance a
                JOIN claims_claim c ON c.id = a.claim_id
                JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id
            ) found USING (claim_id, source_id)
            WHERE {claims:claim_id} AND f.created_at IS DISTINCT FROM found.created_at""",
    ),
    query(
        "every topic of a claim has the claim's date",
        "claims_claimtopic",
        "it has not the date of claim {}",
        "SELECT t.id, c.id FROM claims_claimtopic t LEFT JOIN claims_claim c ON c.id = t.claim_id"
        " WHERE {claims:t.claim_id} AND t.created_at IS DISTINCT FROM c.created_at",
    ),
    # Without positions, which depend on the order in which PostgreSQL reads the quotes.
    query(
        "every claim is found by its words",
        "claims_claim",
        "its search column is not that of its words",
        "SELECT c.id FROM claims_claim c WHERE {claims:c.id} AND merged_into_id IS NULL"
        " AND strip(search) IS DISTINCT FROM strip(claims_search(id, text, language))",
    ),
]

"""Merged and unmerged rows agree with the merges on record, and an undo has moved back what its merge moved."""

from claims.proof.verifying.checks import query


def _merged(table: str, kind: str) -> str:
    in_force = f"SELECT loser_{kind}_id AS id, winner_{kind}_id AS winner FROM claims_merge WHERE undone_at IS NULL"
    return f"""SELECT COALESCE(r.id, m.id), COALESCE(m.winner::text, 'none') FROM {table} r
        FULL JOIN ({in_force} AND loser_{kind}_id IS NOT NULL) m USING (id) WHERE r.merged_into_id IS DISTINCT FROM m.winner"""


# Each move of an appearance from one claim to another: an event has the row before its update, the next one the row after it.
MOVES = """
    SELECT appearance, was, became FROM (
        SELECT e.pgh_obj_id AS appearance, e.pgh_label AS label, e.claim_id AS was,
            COALESCE(lead(e.claim_id) OVER (PARTITION BY e.pgh_obj_id ORDER BY e.pgh_id), a.claim_id) AS became
        FROM claims_appearanceevent e LEFT JOIN claims_appearance a ON a.id = e.pgh_obj_id
        WHERE EXISTS (SELECT FROM claims_appearanceevent u WHERE u.pgh_obj_id = e.pgh_obj_id AND u.pgh_label = 'update')
    ) e WHERE label = 'update'"""
LISTED = """
    SELECT listed::bigint AS appearance, m.loser_claim_id AS loser, m.winner_claim_id AS winner, count(*) AS merges,
        count(*) FILTER (WHERE m.undone_at IS NULL) AS in_force
    FROM claims_merge m, jsonb_array_elements_text(m.moved->'appearances') listed GROUP BY 1, 2, 3"""

CHECKS = [
    query(
        "every claim is merged as the merges say",
        "claims_claim",
        "the merges say that its winner is {}",
        _merged("claims_claim", "claim"),
    ),
    query(
        "every speaker is merged as the merges say",
        "claims_speaker",
        "the merges say that its winner is {}",
        _merged("claims_speaker", "speaker"),
    ),
    query(
        "every appearance moved with a merge, and moved back with its undo",
        "claims_appearance",
        "it moved {} times from claim {} to {} and {} times back, but {} merges moved it, of which {} are in force",
        f"""SELECT appearance, count(*) FILTER (WHERE (was, became) = (loser, winner)), loser, winner,
                count(*) FILTER (WHERE (became, was) = (loser, winner)), merges, in_force
            FROM ({LISTED}) l LEFT JOIN ({MOVES}) m USING (appearance) GROUP BY appearance, loser, winner, merges, in_force
            HAVING count(*) FILTER (WHERE (was, became) = (loser, winner)) <> merges
                OR count(*) FILTER (WHERE (became, was) = (loser, winner)) <> merges - in_force""",
    ),
    query(
        "no appearance moved but with a merge",
        "claims_appearance",
        "it moved from claim {} to {} without a merge",
        f"""SELECT appearance, was, became FROM ({MOVES}) m WHERE was IS DISTINCT FROM became AND NOT EXISTS (
            SELECT FROM ({LISTED}) l WHERE l.appearance = m.appearance
            AND ((l.loser, l.winner) = (m.was, m.became) OR (l.loser, l.winner) = (m.became, m.was)))""",
    ),
    query(
        "no merge is undone before it was made, and none moved what is not listed",
        "claims_merge",
        "it is undone before it was made, or lists something else than what it moved",
        """SELECT id FROM claims_merge WHERE undone_at < at OR NOT moved ?& (CASE WHEN loser_claim_id IS NULL
            THEN ARRAY['claims', 'aliases'] ELSE ARRAY['appearances', 'topics', 'external_reviews'] END)""",
    ),
]

"""Status and verdict of a claim follow from its reviews, each of which is a step of the table of transitions.

The conditions are those of the guards (claims.models.guards.review), which derive from the same table, applied to all reviews at once.
"""

from claims.models.guards.claim import ACCOUNTED
from claims.models.guards.review import PIECES, STEPS
from claims.proof.verifying.checks import query

# Each review with its step, and with the state before it. `r.published`: the last publication before it.
IN_ORDER = f"""
    SELECT r.*, t.verdict AS needs_verdict, t.rationale AS needs_rationale, t.note AS needs_note, t.approval, t.role AS needs_role,
        t.source IS NOT NULL AS known
    FROM (
        SELECT r.*, lag(to_status, 1, 'proposed') OVER w AS status_before,
            lag(id) OVER w AS last_id, lag(created_at) OVER w AS last_at, lag(claim_version, 1, 0) OVER w AS last_version,
            max(id) FILTER (WHERE to_status = 'checked') OVER (w ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS published
        FROM claims_review r WHERE {{claims:r.claim_id}} WINDOW w AS (PARTITION BY claim_id ORDER BY id)
    ) r LEFT JOIN (VALUES {STEPS}) AS t (source, target, once, verdict, rationale, note, approval, by_assignee, role)
        ON t.source = r.from_status AND t.target = r.to_status AND (t.once IS NULL OR t.once = (r.published IS NOT NULL))"""

REASON = """
    CASE WHEN r.from_status <> r.status_before
            THEN format('it begins at %s, but the one before it ended at %s', r.from_status, r.status_before)
        WHEN NOT r.known THEN format('no step leads from %s to %s at this point', r.from_status, r.to_status)
        WHEN (r.needs_verdict OR r.approval) <> (r.verdict_id IS NOT NULL) THEN 'it has a verdict where none belongs, or none'
        WHEN r.verdict_id IS NOT NULL AND (r.wording = '' OR r.verdict_label = '') THEN 'it has no wording or label as judged'
        WHEN r.needs_rationale AND r.rationale !~ '\\S' THEN 'it has no rationale'
        WHEN r.needs_note AND r.note !~ '\\S' THEN 'it has no note'
        WHEN r.approval <> (r.approves_id IS NOT NULL) OR r.approves_id <> r.last_id
            THEN 'it approves something else than the submission before it'
        WHEN r.replaces_id IS DISTINCT FROM (CASE WHEN r.to_status = 'checked' THEN r.published END)
            THEN 'it does not name the publication before it'
        WHEN r.reviewer_role < r.needs_role
            THEN format('it takes the role %s, and whoever took it had %s', r.needs_role, r.reviewer_role)
        WHEN r.created_at < r.last_at THEN 'it is dated before the one before it'
        WHEN r.claim_version < r.last_version THEN 'its version of the claim is before that of the one before it'
    END"""

CHECKS = [
    query(
        "every review is a step that the table of transitions has, in order, with what it needs",
        "claims_review",
        "{}",
        f"SELECT id, reason FROM (SELECT r.id, {REASON} AS reason FROM ({IN_ORDER}) r) found WHERE reason IS NOT NULL",
    ),
    query(
        "every approval takes its submission over as it is, and is by another person",
        "claims_review",
        "it is not what review {} submitted, or is by the same person",
        f"""SELECT r.id, a.id FROM claims_review r LEFT JOIN claims_review a ON a.id = r.approves_id
            WHERE r.approves_id IS NOT NULL AND {{claims:r.claim_id}} AND (
                r.reviewer_id IS NOT DISTINCT FROM a.reviewer_id
                OR (r.claim_id, r.verdict_id, r.verdict_label, r.wording, r.rationale, r.changes) IS DISTINCT FROM
                   (a.claim_id, a.verdict_id, a.verdict_label, a.wording, a.rationale, a.changes)
                OR {PIECES.format(review="r.id")} IS DISTINCT FROM {PIECES.format(review="a.id")})""",
    ),
    query(
        "every review with a verdict has evidence",
        "claims_review",
        "it has a verdict without evidence",
        """SELECT r.id FROM claims_review r WHERE verdict_id IS NOT NULL AND {claims:r.claim_id}
            AND NOT EXISTS (SELECT FROM claims_evidence WHERE review_id = r.id)""",
    ),
    query(
        "every review belongs to a claim",
        "claims_review",
        "there is no claim {}",
        "SELECT id, claim_id FROM claims_review r WHERE NOT EXISTS (SELECT FROM claims_claim WHERE id = r.claim_id)",
    ),
    query(
        "status, verdict and date of publication of every claim are those of its reviews",
        "claims_claim",
        "its reviews do not account for its status {}, its verdict and its date of publication",
        f"SELECT c.id, c.status FROM claims_claim c WHERE {{claims:c.id}} AND NOT {ACCOUNTED.format(claim='c')}",
    ),
    query(
        "the wording of every checked claim is that of its last publication",
        "claims_claim",
        "it is worded otherwise than its last publication",
        """SELECT c.id FROM claims_claim c WHERE verdict_id IS NOT NULL AND {claims:c.id} AND text IS DISTINCT FROM (
            SELECT wording FROM claims_review WHERE claim_id = c.id AND to_status = 'checked' ORDER BY id DESC LIMIT 1)""",
    ),
]

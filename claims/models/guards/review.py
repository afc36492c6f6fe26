"""A review is a step of the table of transitions with everything that the step needs, and never changes."""

import pgtrigger

from claims.models.guards.claim import ACCOUNTED
from claims.transitions import BY_STATUSES, Transition
from claimtrack.db.guards import Guard, frozen, refuse
from claimtrack.db.redacting import redacted
from claimtrack.roles import Role


def _sql_row(source: str, target: str, step: Transition) -> str:
    published = "NULL::boolean" if step.published is None else str(step.published).lower()
    needs = [str(name in step.needs).lower() for name in ("verdict", "rationale", "note")]
    flags = [*needs, str(step.name == "approve").lower(), str(step.by_assignee).lower()]
    return f"('{source}', '{target}', {published}, {', '.join(flags)}, {step.role.value})"


STEPS = ", ".join(_sql_row(source, target, step) for (source, target), step in BY_STATUSES.items())

# The present role of the reviewer, as User.role computes it.
ROLE = f"""COALESCE((SELECT CASE WHEN u.is_superuser THEN {Role.EDITOR.value} ELSE (
        SELECT max(role) FROM (VALUES {", ".join(f"('{role.group}', {role.value})" for role in Role if role)}) AS r (name, role)
        JOIN auth_group g USING (name) JOIN claimtrack_user_groups m ON m.group_id = g.id WHERE m.user_id = u.id) END
        FROM claimtrack_user u WHERE u.id = NEW.reviewer_id AND u.is_active), 0)"""

REVIEW_INSERT = f"""
    SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;
    IF c.merged_into_id IS NOT NULL
    THEN {refuse("merged")}
    END IF;
    SELECT * INTO last FROM claims_review WHERE claim_id = NEW.claim_id ORDER BY id DESC LIMIT 1;
    SELECT max(id) INTO publication FROM claims_review WHERE claim_id = NEW.claim_id AND to_status = 'checked';
    SELECT * INTO step FROM (VALUES {STEPS}) AS t (source, target, published, verdict, rationale, note, approval, by_assignee, role)
        WHERE t.source = NEW.from_status AND t.target = NEW.to_status
        AND (t.published IS NULL OR t.published = (publication IS NOT NULL));
    IF NOT FOUND OR NEW.from_status <> COALESCE(last.to_status, 'proposed')
    THEN {refuse("transition")}
    END IF;
    IF step.by_assignee AND NEW.reviewer_id <> c.assignee_id
    THEN {refuse("not_assignee")}
    END IF;
    IF (step.verdict OR step.approval) <> (NEW.verdict_id IS NOT NULL)
       OR (step.rationale AND NEW.rationale !~ '\\S') OR (step.note AND NEW.note !~ '\\S')
    THEN {refuse("review_incomplete")}
    END IF;
    IF NEW.verdict_id IS NOT NULL AND (NEW.wording = '' OR NOT step.approval
       AND NEW.verdict_label IS DISTINCT FROM (SELECT label FROM claims_verdict WHERE id = NEW.verdict_id))
    THEN {refuse("review_incomplete")}
    END IF;
    IF step.approval <> (NEW.approves_id IS NOT NULL)
    THEN {refuse("approves")}
    END IF;
    IF step.approval THEN
        IF NEW.approves_id <> last.id
           OR (NEW.verdict_id, NEW.verdict_label, NEW.wording, NEW.rationale, NEW.changes) IS DISTINCT FROM
              (last.verdict_id, last.verdict_label, last.wording, last.rationale, last.changes)
        THEN {refuse("approves")}
        END IF;
        IF NEW.reviewer_id = last.reviewer_id
        THEN {refuse("own_submission")}
        END IF;
    END IF;
    IF NEW.replaces_id IS DISTINCT FROM (CASE WHEN NEW.to_status = 'checked' THEN publication END)
    THEN {refuse("replaces")}
    END IF;
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.created_at := statement_timestamp();
    NEW.claim_version := c.version + 1;
    NEW.reviewer_role := {ROLE};
    RETURN NEW;"""

PIECES = """(SELECT array_agg((url, title, publisher, quote, stance, accessed_at,
            snapshot_id, start_offset, end_offset)::text ORDER BY id)
        FROM claims_evidence WHERE review_id = {review})"""

REVIEW_SETTLED = f"""
    IF NEW.verdict_id IS NOT NULL AND NOT EXISTS (SELECT FROM claims_evidence WHERE review_id = NEW.id)
    THEN {refuse("review_incomplete")}
    END IF;
    IF NEW.approves_id IS NOT NULL AND {PIECES.format(review="NEW.id")} IS DISTINCT FROM {PIECES.format(review="NEW.approves_id")}
    THEN {refuse("approves")}
    END IF;
    IF EXISTS (SELECT FROM claims_claim c WHERE c.id = NEW.claim_id AND NOT {ACCOUNTED.format(claim="c")})
    THEN {refuse("status_unaccounted")}
    END IF;
    RETURN NULL;"""

REVIEW = [
    *frozen(unless=redacted()),
    Guard(
        name="review_insert",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[
            ("c", "claims_claim"),
            ("last", "claims_review"),
            ("publication", "bigint"),
            ("step", "record"),
        ],
        func=REVIEW_INSERT,
    ),
    Guard(
        name="review_settled",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=REVIEW_SETTLED,
    ),
]

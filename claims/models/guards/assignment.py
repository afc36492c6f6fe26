"""A takeover is recorded as it happened, and a deactivated person has no claims."""

import pgtrigger

from claimtrack.db.guards import Guard, frozen, refuse

# The claim has already changed: its last event has the former assignee.
TAKEOVER = [
    *frozen(),
    Guard(
        name="takeover_insert",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("c", "claims_claim"), ("before", "bigint")],
        func=f"""
            SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;
            SELECT assignee_id INTO before FROM claims_claimevent WHERE pgh_obj_id = NEW.claim_id ORDER BY pgh_id DESC LIMIT 1;
            IF c.status <> 'in_review' OR c.assignee_id IS DISTINCT FROM NEW.by_id
               OR before IS DISTINCT FROM NEW.taken_from_id OR NEW.by_id = NEW.taken_from_id
            THEN {refuse("takeover_unaccounted")}
            END IF;
            NEW.at := statement_timestamp();
            RETURN NEW;""",
    ),
]


def deactivation_trigger() -> Guard:
    """Return the trigger on users that removes a deactivated person's assignments, requests and waiting e-mails."""
    return Guard(
        name="unassign_deactivated",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("is_active"),
        condition=pgtrigger.Q(old__is_active=True, new__is_active=False),
        func="""
            -- A claim that was merged away takes no edit.
            UPDATE claims_claim SET assignee_id = NULL WHERE assignee_id = NEW.id AND merged_into_id IS NULL;
            DELETE FROM claims_request WHERE person_id = NEW.id;
            UPDATE claims_notice SET to_send = false WHERE person_id = NEW.id AND to_send;
            RETURN NULL;""",
    )

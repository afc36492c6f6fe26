"""Adding a topic to a claim, or removing one, raises the claim's version."""

import pgtrigger

from claims.models.guards.claim import touch
from claims.models.guards.claim_source import copy_recording_dates
from claimtrack.db.guards import Guard, refuse

TRIGGERS = [
    Guard(
        name="dated",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF to_jsonb(OLD) - 'created_at' IS DISTINCT FROM to_jsonb(NEW) - 'created_at' OR NEW.created_at
                IS DISTINCT FROM (SELECT created_at FROM claims_claim WHERE id = NEW.claim_id)
            THEN {refuse("frozen")}
            END IF;
            RETURN NEW;""",
    ),
    *(
        Guard(
            name=f"touch_{operation}".lower(),
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(**{side: "changed"}),
            func=touch("changed") + done + " RETURN NULL;",
        )
        for operation, side, done in [
            (pgtrigger.Insert, "new", copy_recording_dates("changed")),
            (pgtrigger.Delete, "old", ""),
        ]
    ),
]

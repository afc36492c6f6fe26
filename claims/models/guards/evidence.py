"""Evidence enters with its review and never changes. A quote that it takes from a snapshot is a slice of it."""

import pgtrigger

from claims.models.guards.slice import SLICE, SLICE_OF_NEW
from claimtrack.db.guards import Guard, frozen, refuse
from claimtrack.db.redacting import redacted

TRIGGERS = [
    *frozen(settable_once="archive_url", unless=f"{redacted()} AND {SLICE_OF_NEW}"),
    Guard(
        name="own_transaction",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            -- A transaction id may recur in another cluster, where a dump was loaded: compare the time too.
            IF NOT EXISTS (SELECT FROM claims_review WHERE id = NEW.review_id
               AND transaction = pg_current_xact_id()::text::bigint AND created_at >= now())
            THEN {refuse("evidence_late")}
            END IF;
            RETURN NEW;""",
    ),
    Guard(
        name="slice",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="inserted"),
        func=SLICE + " RETURN NULL;",
    ),
]

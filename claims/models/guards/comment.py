"""A comment never changes, except that it is withdrawn, once."""

import pgtrigger

from claimtrack.db.guards import Guard, never_truncated, refuse
from claimtrack.db.redacting import redacted

COMMENT = [
    Guard(
        name="comment_insert",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            NEW.at := statement_timestamp();
            NEW.withdrawn_at := NULL;
            RETURN NEW;""",
    ),
    Guard(
        name="comment_withdrawn",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF {redacted()} THEN RETURN NEW; END IF;
            IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR NEW.text <> ''
               OR (OLD.id, OLD.claim_id, OLD.author_id, OLD.at) IS DISTINCT FROM (NEW.id, NEW.claim_id, NEW.author_id, NEW.at)
            THEN {refuse("comment_frozen")}
            END IF;
            NEW.withdrawn_at := statement_timestamp();
            RETURN NEW;""",
    ),
    Guard(
        name="comment_delete",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=refuse("comment_frozen"),
    ),
    never_truncated(),
]

"""Inquiries and outcomes never change, except that each may be published once and withdrawn from readers once."""

import pgtrigger

from claimtrack.db.guards import Guard, never_truncated, refuse
from claimtrack.db.redacting import redacted

SET_LATER = ("published_at", "published_by_id", "withdrawn_at", "withdrawn_by_id")


def frozen_but_published() -> list[Guard]:
    """Return the guards of a frozen table whose rows may be published once, and then withdrawn from readers once."""
    kept = f" - '{{{','.join(SET_LATER)}}}'::text[]"
    return [
        Guard(
            name="inquiry_insert",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func="""
                NEW.at := statement_timestamp();
                IF NEW.published_at IS NOT NULL THEN NEW.published_at := NEW.at; END IF;
                NEW.withdrawn_at := NULL;
                NEW.withdrawn_by_id := NULL;
                RETURN NEW;""",
        ),
        Guard(
            name="frozen_update",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
                IF {redacted()} THEN RETURN NEW; END IF;
                IF to_jsonb(OLD){kept} IS DISTINCT FROM to_jsonb(NEW){kept}
                   OR OLD.published_at IS NOT NULL
                      AND (OLD.published_at, OLD.published_by_id) IS DISTINCT FROM (NEW.published_at, NEW.published_by_id)
                   OR OLD.withdrawn_at IS NOT NULL
                THEN {refuse("frozen")}
                END IF;
                IF OLD.published_at IS NULL AND NEW.published_at IS NOT NULL
                THEN NEW.published_at := statement_timestamp();
                END IF;
                IF NEW.withdrawn_at IS NOT NULL THEN NEW.withdrawn_at := statement_timestamp(); END IF;
                RETURN NEW;""",
        ),
        Guard(name="frozen_delete", when=pgtrigger.Before, operation=pgtrigger.Delete, func=refuse("frozen")),
        never_truncated(),
    ]

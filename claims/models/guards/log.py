"""The log is append-only: entries are numbered once, without a gap, tiles only grow, and checkpoints stay."""

import pgtrigger

from claimtrack.db.guards import Guard, dated, frozen, never_truncated, refuse

ENTRY = [
    *frozen(settable_once="index"),
    Guard(
        name="unnumbered",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="NEW.index := NULL; NEW.at := statement_timestamp(); RETURN NEW;",
    ),
    Guard(
        name="numbered",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="after"),
        declare=[("first", "bigint"), ("following", "bigint"), ("width", "bigint")],
        func=f"""
            SELECT min(index), max(index) + 1, count(*) INTO first, following, width FROM after;
            IF width > 0 AND (following - first <> width OR first <> COALESCE(
                (SELECT max(index) + 1 FROM claims_logentry WHERE index < first), 0))
            THEN {refuse("log_order")}
            END IF;
            RETURN NULL;""",
    ),
]

# A redaction destroys salts and texts.
OPENING = frozen(
    unless="claimtrack_redacts(TG_TABLE_NAME, NEW.entry_id) AND NEW.entry_id = OLD.entry_id AND OLD.texts @> NEW.texts"
)

TILE = [
    Guard(
        name="grows",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF (OLD.id, OLD.level, OLD.index) IS DISTINCT FROM (NEW.id, NEW.level, NEW.index)
               OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes
            THEN {refuse("frozen")}
            END IF;
            RETURN NEW;""",
    ),
    Guard(name="frozen_delete", when=pgtrigger.Before, operation=pgtrigger.Delete, func=refuse("frozen")),
    never_truncated(),
]

# Of cosignatures and time stamps, too.
CHECKPOINT = [*frozen(), dated("at")]

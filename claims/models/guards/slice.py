"""A quote is a slice of its snapshot: that of an appearance, and that of a piece of evidence."""

from claims.text.quoting import CONTEXT
from claimtrack.db.guards import refuse

# For a statement-level trigger whose new rows are `inserted`. Evidence may have no snapshot; then its CHECK constraint leaves it no
# offsets either. Quote, prefix and suffix are compared in one go, so that each text is read once. IS DISTINCT FROM and LEFT JOIN
# refuse a row whose comparison is null, or whose snapshot is inserted later in the transaction.
SLICE = f"""
    IF EXISTS (
        SELECT FROM inserted a LEFT JOIN sources_snapshot s ON s.id = a.snapshot_id
        WHERE a.snapshot_id IS NOT NULL AND (
            char_length(a.prefix) IS DISTINCT FROM least(a.start_offset, {CONTEXT})
            OR substr(s.text, a.start_offset - char_length(a.prefix) + 1,
                      char_length(a.prefix) + a.end_offset - a.start_offset + {CONTEXT})
               IS DISTINCT FROM a.prefix || a.quote || a.suffix))
    THEN {refuse("quote_not_slice")}
    END IF;"""

# The same for NEW alone, as a condition.
SLICE_OF_NEW = """(NEW.snapshot_id IS NULL OR NEW.prefix || NEW.quote || NEW.suffix IS NOT DISTINCT FROM (
    SELECT substr(text, NEW.start_offset - char_length(NEW.prefix) + 1,
                  char_length(NEW.prefix) + char_length(NEW.quote) + char_length(NEW.suffix))
    FROM sources_snapshot WHERE id = NEW.snapshot_id))"""

"""A decision about a change at the source never changes, and is about two texts of one article."""

import pgtrigger

from claimtrack.db.guards import Guard, dated, frozen, refuse

TRIGGERS = [
    *frozen(),
    dated("at"),
    Guard(
        name="of_one_article",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (
                SELECT FROM sources_snapshot s JOIN sources_snapshot l ON l.article_id = s.article_id
                WHERE s.id = NEW.snapshot_id AND l.id = NEW.later_id AND NEW.end_offset <= char_length(s.text)
                AND COALESCE(NEW.later_end, 0) <= char_length(l.text))
            THEN {refuse("source_decision")}
            END IF;
            RETURN NEW;""",
    ),
]

"""Append to `FrequencyChange` what changes in the frequencies of lexemes. `claims.models.frequency` explains them."""

import pgtrigger

from claims.transitions import PUBLIC
from claimtrack.db.guards import Guard

_PUBLIC = ", ".join(f"'{status}'" for status in sorted(PUBLIC))
COUNTED = f"status IN ({_PUBLIC}) AND merged_into_id IS NULL AND search IS NOT NULL"
BEFORE = f"SELECT id, search, -1 FROM before WHERE {COUNTED}"
AFTER = f"SELECT id, search, 1 FROM after WHERE {COUNTED}"


def _append(counted: str) -> str:
    """Return PL/pgSQL that appends the differences. `counted` are queries for id, search and sign.

    Claims that stay as they were cancel out before their lexemes are looked at. A join of the two transition tables would be
    planned for one row, and would compare each row with each in a large statement.
    """
    return f"""
        WITH moved AS MATERIALIZED (
            SELECT search, sum(sign)::integer AS sign FROM ({counted}) AS rows (id, search, sign)
            GROUP BY id, search HAVING sum(sign) <> 0)
        INSERT INTO claims_frequencychange (lexeme, claims, lexemes)
            SELECT lexeme, sum(sign), 0 FROM moved, unnest(tsvector_to_array(search)) AS lexeme
            GROUP BY lexeme HAVING sum(sign) <> 0
            UNION ALL
            SELECT '', sum(sign), sum(sign * length(search)) FROM moved HAVING count(*) > 0;
        RETURN NULL;"""


TRIGGERS = [
    Guard(
        name="frequencies_update",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="before", new="after"),
        func=_append(f"{BEFORE} UNION ALL {AFTER}"),
    ),
    Guard(
        name="frequencies_delete",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="before"),
        func=_append(BEFORE),
    ),
]

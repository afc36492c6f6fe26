"""No row has changed since its hash entered the log (claims.proof.sealing), except as the history or a later entry says."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from claims.models.log import leaf_date
from claims.proof import sealing, sequencing
from claims.proof.leaves import REMOVED
from claims.proof.verifying import removals
from claims.proof.verifying.checks import Check, Finding, Scope, rows
from claims.proof.verifying.entries import read, set_later

BLOCKS = """
    SELECT e.id, e.body, o.texts::text, e.leaf FROM claims_logentry e JOIN claims_logopening o ON o.entry_id = e.id
    WHERE e.kind = 'rows' AND {dates} ORDER BY e.id"""


def check(scope: Scope) -> Iterator[Finding]:
    """Compare the rows of each block with their hashes. It needs the key of the log, and the rows must have been sealed with it."""
    if not sequencing.started():
        return
    key, tables, later = sealing.secret(), sealing.sealed_tables(), set_later()
    for pk, body, texts, leaf in rows(BLOCKS.format(dates=scope.dates("e.at"))):
        said = (read(body, texts) or {}).get("rows", {})
        one, names = tables.get(said.get("table")), said.get("columns", [])
        if (
            one is None
            or said["key_id"] != sealing.id_of(key)
            or not isinstance(said["hashes"], str)
            or ":" not in said["hashes"]
        ):
            continue
        if missing := set(names) - set(one.columns):
            yield Finding(
                "claims_logentry", pk, f"it seals columns that {one.table} does not have: {', '.join(sorted(missing))}"
            )
            continue
        sealed = _hashes(said)
        now = sealing.hashes(one, names, key, list(sealed))
        changed = [row for row, found in sealed.items() if now.get(row) != found]
        at = leaf_date(leaf)
        # Such a row is what its last entry says.
        explained = _edited(one, changed, at) | later[one.table].keys()
        for row in changed:
            # After a redaction, the row is sealed anew.
            if row not in explained and not removals.explains(one.table, row, at - sealing.SLACK):
                reason = "has changed" if row in now else "is gone"
                yield Finding(
                    one.table, row, f"it {reason} since entry {pk} of the log sealed it, and no event says so"
                )


def _edited(one: sealing.Sealed, ids: list[int], at: datetime) -> set[int]:
    """Return those of these rows that were edited after they were sealed, or slightly before."""
    if one.events is None or not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT pgh_obj_id FROM {one.events} WHERE pgh_obj_id = ANY(%s) AND pgh_created_at > %s",
            [ids, at - sealing.SLACK],
        )
        return {pk for (pk,) in cursor.fetchall()}


def check_new_events(scope: Scope) -> Iterator[Finding]:
    """Check that the first event of a row since its sealing has the row as it was sealed."""
    if not sequencing.started():
        return
    key, tables = sealing.secret(), sealing.sealed_tables()
    for one in tables.values():
        new = sorted(sealing.unsealed(tables[one.events], sealing.id_of(key))) if one.events else []
        if new:
            first = f"""SELECT DISTINCT ON (pgh_obj_id) pgh_id, pgh_obj_id FROM {one.events}
                WHERE pgh_id = ANY('{{{",".join(map(str, new))}}}') AND pgh_label <> 'insert' ORDER BY pgh_obj_id, pgh_id"""
            events = {row: pk for pk, row in rows(first)}
            before = sealing.hashes(
                sealing.Sealed(str(one.events), "pgh_id", ()), one.columns, key, list(events.values())
            )
            for row, (found, at) in _sealed(one, events, sealing.id_of(key)).items():
                if before.get(events[row]) != found and not removals.explains(one.table, row, at - sealing.SLACK):
                    yield Finding(
                        str(one.events), events[row], f"it does not begin with what row {row} was when it was sealed"
                    )


def _sealed(one: sealing.Sealed, wanted: Collection[int], key_id: str) -> dict[int, tuple[str, datetime]]:
    """Return the last hash of each of these rows that were sealed, and when."""
    found: dict[int, tuple[str, datetime]] = {}
    for _, body, texts, leaf in rows(BLOCKS.format(dates=f"e.body::jsonb->'rows'->>'table' = '{one.table}'")):
        said = (read(body, texts) or {}).get("rows", {})
        if said and said["key_id"] == key_id and said["columns"] == list(one.columns):
            found |= {row: (sealed, leaf_date(leaf)) for row, sealed in _hashes(said).items() if row in wanted}
    return found


def _hashes(said: Any) -> dict[int, str]:
    """Return the hashes of an entry by row, or none if they were removed."""
    if said["hashes"] is REMOVED:
        return {}
    return {int(row): found for row, found in (pair.split(":") for pair in said["hashes"].split(" "))}


CHECKS = [
    Check("every edit since the last sealing begins with what was sealed", check_new_events),
    Check("no row has changed since it was sealed, but by an edit on record", check),
]

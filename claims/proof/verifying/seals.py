"""No row has changed since its hash entered the log (claims.proof.sealing), but by an edit that the history keeps."""

from collections.abc import Iterator

from django.db import connection

from claims.proof import sealing, sequencing
from claims.proof.verifying import removals
from claims.proof.verifying.checks import Check, Finding, Scope, rows
from claims.proof.verifying.entries import read

BLOCKS = """
    SELECT e.id, e.body, o.texts::text, e.at FROM claims_logentry e JOIN claims_logopening o ON o.entry_id = e.id
    WHERE e.kind = 'rows' AND {dates:e.at} ORDER BY e.id"""


def check(scope: Scope) -> Iterator[Finding]:
    """Compare the rows of each block with their hashes. It takes the key of the log, and that with which they were sealed."""
    if not sequencing.started():
        return
    key, tables = sealing.secret(), sealing.sealed_tables()
    for pk, body, texts, at in rows(BLOCKS.replace("{dates:e.at}", scope.dates("e.at"))):
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
        sealed = {int(row): found for row, found in (pair.split(":") for pair in said["hashes"].split(" "))}
        now = sealing.hashes(one, names, key, list(sealed))
        changed = [row for row, found in sealed.items() if now.get(row) != found]
        edited = _edited(one, changed, at)
        for row in changed:
            if row not in edited and not removals.explains(one.table, row):
                reason = "has changed" if row in now else "is gone"
                yield Finding(
                    one.table, row, f"it {reason} since entry {pk} of the log sealed it, and no event says so"
                )


def _edited(one: sealing.Sealed, ids: list[int], at: object) -> set[int]:
    """Return those of these rows that were edited after they were sealed, or hardly before."""
    if one.events is None or not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT pgh_obj_id FROM {one.events} WHERE pgh_obj_id = ANY(%s) AND pgh_created_at > %s::timestamptz - %s",
            [ids, at, sealing.SLACK],
        )
        return {pk for (pk,) in cursor.fetchall()}


CHECKS = [Check("no row has changed since it was sealed, but by an edit on record", check)]

"""Seal rows: enter their hashes in the log, so that a later change of any column can be detected, even of one that is never public.

`manage.py log` seals new rows. A row whose changes the history keeps is sealed again after each change, and every row after a
redaction. The hashes are keyed with a secret derived from the log's key, so somebody with only the database learns nothing from them,
and cannot make others.

Some rows never change, except that a value may be set once, later: they are published or withdrawn, undone, or get an archive
address. The verb that sets it also enters the changed row (`set_later`).
"""

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pgtrigger
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection, transaction
from django.db.models import AutoField, BigAutoField, Model

from claims.models import Merge
from claims.proof import recording, sequencing
from claimtrack.db import timeouts
from claimtrack.db.history import columns, tracked, trackers
from sources.models import Snapshot

BLOCK = 1_000
# A transaction that began this long ago may still commit. Its rows have lower ids, and its events have earlier dates.
SLACK, SLACK_IDS = timedelta(hours=1), 1_000
# The tree covers these. Checkpoints are signed and compared with the tree; sealing one would cause another checkpoint at every run.
TREE = {"claims_logentry", "claims_logopening", "claims_logtile", "claims_checkpoint"}
# It has a hash of its own.
TEXT = ("sources_snapshot", "text")

LAST = """
    SELECT max((body::jsonb->'rows'->>'last')::bigint), max(at) FROM claims_logentry
    WHERE kind = 'rows' AND body::jsonb->'rows'->>'table' = %s AND body::jsonb->'rows'->>'key_id' = %s"""
RECENT = """
    SELECT split_part(pair, ':', 1)::bigint FROM claims_logentry e JOIN claims_logopening o ON o.entry_id = e.id,
        string_to_table(o.texts->(e.body::jsonb->'rows'->'hashes'->>'salted')->>1, ' ') pair
    WHERE e.kind = 'rows' AND e.body::jsonb->'rows'->>'table' = %s AND e.body::jsonb->'rows'->>'key_id' = %s
    AND (e.body::jsonb->'rows'->>'last')::bigint > %s"""
REDACTED = """SELECT CASE WHEN key ~ '^[0-9]+$' THEN key::bigint END
    FROM claimtrack_redaction, jsonb_array_elements_text(rows->%s) key WHERE at > %s"""


@dataclass(frozen=True)
class Sealed:
    """A table whose rows are sealed. `events`: the table of its history, if rows may change."""

    table: str
    key: str
    columns: tuple[str, ...]
    events: str | None = None


def sealed_tables() -> dict[str, Sealed]:
    """Return the tables that are frozen, kept as history, or history themselves, by name."""
    frozen: set[Any] = {model for model, trigger in pgtrigger.registered() if trigger.name == "frozen_delete"}
    found = [_frozen(model) for model in frozen | {Merge} if isinstance(model._meta.pk, AutoField | BigAutoField)]
    for row, events in tracked():
        # An event with the row after its change already contains the row.
        if not trackers(events).get("update"):
            found.append(Sealed(row._meta.db_table, "id", tuple(columns(events)), events._meta.db_table))
    return {one.table: one for one in sorted(found, key=lambda one: one.table) if one.table not in TREE}


def _frozen(model: type[Model]) -> Sealed:
    table = model._meta.db_table
    names = (str(field.column) for field in model._meta.concrete_fields)
    kept = tuple(name for name in names if (table, name) != TEXT)
    return Sealed(table, str(model._meta.pk and model._meta.pk.column), kept)


def secret() -> bytes:
    """Return the secret of the hashes. Raises NotStarted."""
    key = sequencing.signer().key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return sha256(b"claimtrack rows\n" + key).digest()


def id_of(key: bytes) -> str:
    return sha256(key).hexdigest()[:16]


def hashes(one: Sealed, names: Sequence[str], key: bytes, ids: Sequence[int]) -> dict[int, str]:
    """Return the hashes of these columns of the present rows, by id. An event is hashed with its author."""
    author = ", (SELECT metadata FROM pghistory_context c WHERE c.id = t.pgh_context_id)"
    row = ", ".join(f't."{name}"' for name in names) + (author if "pgh_context_id" in names else "")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {one.key}, ROW({row})::text FROM {one.table} t WHERE {one.key} = ANY(%s)", [list(ids)])
        return {pk: hmac.digest(key, text.encode(), "sha256")[:16].hex() for pk, text in cursor.fetchall()}


def values(one: Sealed, ids: Sequence[int]) -> dict[int, dict[str, str | None]]:
    """Return these rows as they are now, by id: the text of each column."""
    row = ", ".join(f"'{name}', t.\"{name}\"::text" for name in one.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {one.key}, jsonb_build_object({row}) FROM {one.table} t WHERE {one.key} = ANY(%s)", [list(ids)]
        )
        return {pk: json.loads(text) for pk, text in cursor.fetchall()}


def set_later(*rows: Model) -> None:
    """Enter these rows of one table as they are now, in the transaction that set what may be set once."""
    one = _frozen(type(rows[0]))
    recording.rows_set(one.table, values(one, [row.pk for row in rows]))


def snapshot_archived(sender: type[Snapshot], snapshot: Snapshot, **kwargs: object) -> None:
    """Receive the signal that a snapshot got an archive address later."""
    set_later(snapshot)


def seal() -> int:
    """Seal the rows that are new or have changed, and return how many. Raises NotStarted."""
    key, total = secret(), 0
    for one in sealed_tables().values():
        ids = sorted(unsealed(one, id_of(key)))
        for first in range(0, len(ids), BLOCK):
            with transaction.atomic():
                timeouts.set_local()
                block = hashes(one, one.columns, key, ids[first : first + BLOCK])
                if block:
                    recording.rows_sealed(one.table, one.columns, id_of(key), block)
            total += len(block)
    return total


def by_other_keys() -> int:
    """Return how many entries seal rows with a former key. Raises NotStarted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM claims_logentry WHERE kind = 'rows' AND body::jsonb->'rows'->>'key_id' <> %s",
            [id_of(secret())],
        )
        found: int = cursor.fetchone()[0]
    return found


def last_sealed_without(table: str, row: int) -> datetime | None:
    """Return when rows of the table were last sealed, if this row is not among all that ever were, else None. Raises NotStarted."""
    key = id_of(secret())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s IN ({RECENT})", [row, table, key, row - 1])
        if cursor.fetchone()[0]:
            return None
        cursor.execute(LAST, [table, key])
        at: datetime | None = cursor.fetchone()[1]
        return at


def unsealed(one: Sealed, key: str) -> Iterator[int]:
    """Yield the ids of rows that are new or have changed since they were sealed with this key."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [one.table, key])
        last, at = cursor.fetchone()
        after = (last or 0) - SLACK_IDS
        cursor.execute(RECENT, [one.table, key, after])
        known = {pk for (pk,) in cursor.fetchall()}
        cursor.execute(f"SELECT {one.key} FROM {one.table} WHERE {one.key} > %s", [after])
        found = {pk for (pk,) in cursor.fetchall()} - known
        if one.events and at:
            # Rows that have changed since they were sealed.
            changed = f"SELECT pgh_obj_id FROM {one.events} WHERE pgh_created_at > %s AND pgh_label = 'update'"
            cursor.execute(changed, [at - SLACK])
            found |= {pk for (pk,) in cursor.fetchall()}
        if at:
            # A redaction names an event by the row that it tells of.
            name = "pgh_obj_id" if one.key == "pgh_id" else one.key
            cursor.execute(f"SELECT {one.key} FROM {one.table} WHERE {name} IN ({REDACTED})", [one.table, at - SLACK])
            found |= {pk for (pk,) in cursor.fetchall()}
        yield from found

"""Each row's events add up to it.

A trigger of pghistory records each change of a tracked row as an event, which has the row as it was before the change (Old) or as it
was after it (New). So two neighbouring events must fit: the second one starts from the row that the first one left. The last event
leaves the present row. The models say which tables are tracked, by which events, and with which columns.
"""

from collections.abc import Iterator

from django.db.models import Model
from pghistory.models import Event

from claims.proof import sealing, sequencing
from claims.proof.verifying import removals
from claims.proof.verifying.checks import Check, Finding, Scope, rows, scoped
from claimtrack.db.history import columns, tracked, trackers

NOTHING = "it changed nothing of row"


def _state(alias: str, names: list[str]) -> str:
    return f"ROW({', '.join(f'{alias}.{name}' for name in names)})::text"


def broken(row: type[Model], events: type[Event]) -> str:
    """Return the query for events that do not fit, with the reason."""
    declared = trackers(events)
    after = [f"'{label}'" for label, is_new in declared.items() if is_new] or ["NULL"]
    labels = ", ".join(f"'{label}'" for label in declared)
    names = columns(events)
    of, table = row._meta.db_table, events._meta.db_table
    return f"""
        SELECT e.pgh_id, CASE
            WHEN e.pgh_label NOT IN ({labels}) THEN format('there is no event “%s”', e.pgh_label)
            WHEN e.pgh_obj_id <> e.id THEN format('it is of row %s and shows row %s', e.pgh_obj_id, e.id)
            WHEN e.pgh_label = 'delete' AND (e.next_id IS NOT NULL OR r.id IS NOT NULL)
                THEN format('it says that row %s was deleted, which is still there', e.pgh_obj_id)
            WHEN e.next_id IS NULL AND e.pgh_label <> 'delete' AND r.id IS NULL
                THEN format('row %s is gone, and no event says so', e.pgh_obj_id)
            WHEN e.next_label = 'insert' THEN format('row %s was inserted a second time', e.pgh_obj_id)
            WHEN e.pgh_label = 'update' AND NOT e.is_new AND e.whole = COALESCE(e.next_state, {_state("r", names)})
                THEN format('{NOTHING} %s', e.pgh_obj_id)
            WHEN e.is_new AND e.next_id IS NULL AND e.whole <> {_state("r", names)}
                THEN format('row %s is not as it left it', e.pgh_obj_id)
            WHEN e.is_new AND NOT e.next_is_new AND e.whole <> e.next_state
                THEN format('row %s was not as it left it when it changed next', e.pgh_obj_id)
            WHEN e.pgh_context_id IS NOT NULL AND NOT EXISTS (SELECT FROM pghistory_context WHERE id = e.pgh_context_id)
                THEN 'who did it is missing'
            WHEN e.pgh_created_at > statement_timestamp() THEN 'it is dated in the future'
            END AS reason
        FROM (
            SELECT *, lead(pgh_id) OVER w AS next_id, lead(pgh_label) OVER w AS next_label, lead(whole) OVER w AS next_state,
                lead(is_new) OVER w AS next_is_new
            FROM (SELECT e.*, {_state("e", names)} AS whole, e.pgh_label IN ({", ".join(after)}) IS TRUE AS is_new FROM {table} e
                WHERE {{dates:e.pgh_created_at}}) e
            WINDOW w AS (PARTITION BY pgh_obj_id ORDER BY pgh_id)
        ) e LEFT JOIN {of} r ON r.id = e.pgh_obj_id AND e.next_id IS NULL"""


def without_insertion(row: type[Model], events: type[Event]) -> str:
    """Return the query for rows whose insertion should be on record but is not."""
    return f"""SELECT r.id FROM {row._meta.db_table} r WHERE NOT EXISTS
        (SELECT FROM {events._meta.db_table} WHERE pgh_obj_id = r.id AND pgh_label = 'insert')"""


def check_events(scope: Scope) -> Iterator[Finding]:
    for row, events in tracked():
        for pk, reason in rows(scoped(f"SELECT * FROM ({broken(row, events)}) found WHERE reason IS NOT NULL", scope)):
            table = events._meta.db_table
            if not (reason.startswith(NOTHING) and _was_blacked_out(table, pk)):
                yield Finding(table, pk, reason)


def _was_blacked_out(table: str, event: int) -> bool:
    """Return whether a redaction may have removed the difference. It has not, if it came before an event that is not sealed yet."""
    since = sealing.last_sealed_without(table, event) if sequencing.started() else None
    return removals.explains(table, event, since)


def check_insertions(scope: Scope) -> Iterator[Finding]:
    for row, events in tracked():
        if "insert" in trackers(events):
            for (pk,) in rows(without_insertion(row, events)):
                yield Finding(row._meta.db_table, pk, "no event says that it was inserted")


CHECKS = [
    Check("the events of every row add up to it", check_events),
    Check("every row whose insertion is kept has an event of it", check_insertions),
]

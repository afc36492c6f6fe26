"""Verify the whole ledger: what the guards of the database promise, and whether the log still proves it.

Triggers refuse what is wrong on every change. But some changes bypass the triggers: a dump loads its rows before they exist, an
owner or superuser can switch them off, and disks fail. So each module here has checks of one subject, which read what is stored:

    rows      single rows: quotes are slices, texts have their hash
    steps     status and verdict follow from the reviews, and each review is a step of claims.transitions
    merges    merged and unmerged rows agree with the merges on record
    history   each row's events add up to it
    schema    triggers and functions are those that the code declares
    constraints   so are constraints
    tree      the log: leaves, tiles, checkpoints
    entries   entries and rows agree
    readers   the JSON of each published claim follows from its entries
    seals     no row has changed since its hash entered the log

Only `removals` decides which differences a lawful redaction explains.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from claims.models import LogEntry
from claims.proof import sealing, sequencing
from claims.proof.verifying import constraints, entries, history, merges, readers, rows, schema, seals, steps, tree
from claimtrack.db import timeouts

CHECKS = [
    *schema.CHECKS,
    *constraints.CHECKS,
    *rows.CHECKS,
    *steps.CHECKS,
    *merges.CHECKS,
    *history.CHECKS,
    *tree.CHECKS,
    *entries.CHECKS,
    *readers.CHECKS,
    *seals.CHECKS,
]


@contextmanager
def snapshot() -> Iterator[None]:
    """Open a read-only transaction in which all checks see the same moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        timeouts.set_local()
        yield


def notes() -> Iterator[str]:
    """Yield notes that are not faults."""
    if not sequencing.started():
        yield "The log is not started: CLAIMTRACK_LOG_KEY names no key, so no signature was checked."
    waiting = LogEntry.objects.filter(index=None).count()
    if waiting:
        yield f"{waiting} entries of the log wait for their number."
    if not LogEntry.objects.filter(kind="rows").exists():
        yield "No rows are sealed: manage.py log does so."
    elif sequencing.started() and (other := sealing.by_other_keys()):
        yield f"{other} blocks of rows were sealed with another key of the log, so they were not compared."
    if not LogEntry.objects.numbered().exists():
        yield "The log has no numbered entry, so nothing outside of this database can prove what it says."
    elif earlier := LogEntry.objects.filter(earlier=True).count():
        yield f"{earlier} steps were published before the log began: it proves what they were on that day."

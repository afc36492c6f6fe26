"""Number committed entries, add them to the tree, and sign the new head.

One transaction at a time does this, under an advisory lock. It numbers the entries that it finds, in the order of ids, but first those
that were published before the log began. A transaction that adds an entry about a claim has locked that claim, so the entries of one
claim are in the order of its reviews. If the numbering transaction fails, it leaves nothing behind, and the next one finds the same
entries.
"""

import logging
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from time import sleep
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

from claims.models.log import Checkpoint, LogEntry
from claims.models.review import Review, ReviewQuerySet
from claims.proof.merkle import WIDTH, Tree, grow, hash_leaf
from claims.proof.notes import Signer, read_key
from claimtrack.db import timeouts
from claimtrack.refusals import Refused

logger = logging.getLogger(__name__)

BATCH = 5_000
PAUSE = 0.1  # seconds
LOCK = "SELECT pg_advisory_xact_lock(70217, 0)"
SIZE = "SELECT COALESCE(max(index) + 1, 0) FROM claims_logentry"
NUMBER = """
    UPDATE claims_logentry e SET index = %s + n.place - 1 FROM unnest(%s::bigint[]) WITH ORDINALITY AS n (id, place)
    WHERE e.id = n.id"""
STORE = """
    INSERT INTO claims_logtile AS t (level, index, hashes) SELECT * FROM unnest(%s::int[], %s::bigint[], %s::bytea[])
    ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes"""


class NotStarted(Refused):
    """The log has no key to sign with."""

    code = "log_not_started"


@lru_cache
def _signer(path: Path, site: str) -> Signer:
    parts = urlsplit(site)
    return Signer(f"{parts.netloc}{parts.path}/log", read_key(path))


def signer() -> Signer:
    """Return the signer of checkpoints. Raises NotStarted."""
    path = settings.CLAIMTRACK_LOG_KEY
    if path is None:
        raise NotStarted(
            "The log is not started: CLAIMTRACK_LOG_KEY names no file with a private key. Make one with"
            " “openssl genpkey -algorithm ed25519 -out FILE”, and keep a copy of it where the database is not."
        )
    try:
        return _signer(path, settings.CLAIMTRACK_SITE_URL)
    except (OSError, ValueError) as error:
        raise NotStarted(
            "The log is not started: CLAIMTRACK_LOG_KEY names %(path)s, which is not a file with an Ed25519 private key (%(error)s).",
            params={"path": path, "error": error},
        ) from error


def started() -> bool:
    """Return whether there is a key to sign with, without reading it."""
    return settings.CLAIMTRACK_LOG_KEY is not None and settings.CLAIMTRACK_LOG_KEY.exists()


class Sequencer:
    """A thread that numbers entries, so that publishing does not wait for it. Many publications need few runs."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.wanted = False
        self.thread: Thread | None = None

    def number(self) -> None:
        """Number entries soon, if there is a log."""
        if not started():
            return
        with self.lock:
            self.wanted = True
            if self.thread is None:
                # A process that ends waits for it.
                self.thread = Thread(target=self.run, name="sequencer", daemon=False)
                self.thread.start()

    def run(self) -> None:
        while self.go_on():
            # The answer is sent first, and simultaneous publications share a run.
            sleep(PAUSE)
            try:
                number_if_begun()
            except Exception:
                logger.exception(
                    "The log was not numbered. The next publication tries again, and so does manage.py log."
                )
        connection.close()

    def go_on(self) -> bool:
        with self.lock:
            wanted, self.wanted = self.wanted, False
            if not wanted:
                self.thread = None
        return wanted


sequencer = Sequencer()


def has_begun() -> bool:
    """Return whether entries may be numbered. `manage.py log` begins the log of a ledger that has published before."""
    return LogEntry.objects.numbered().exists() or not earlier().exists()


def number_if_begun() -> None:
    if has_begun():
        number()


def earlier() -> ReviewQuerySet:
    """Return public steps that have no entry."""
    return Review.objects.public_steps().filter(logged=None)


def lock() -> None:
    """Wait until no other transaction numbers entries, and keep others from it until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def number() -> int:
    """Number all committed entries, and return how many. Sign the head again if it has no signature of this key. Raises NotStarted."""
    key, total = signer(), 0
    while found := _number_batch(key):
        total += found
    return total


def _number_batch(key: Signer) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        timeouts.set_local()
        lock()
        # A statement after the lock sees the commit of the previous transaction.
        cursor.execute(SIZE)
        size = cursor.fetchone()[0]
        pending = list(LogEntry.objects.filter(index=None).order_by("-earlier", "pk").values_list("pk", "leaf")[:BATCH])
        last = Checkpoint.objects.order_by("pk").last()
        if not pending and (size == 0 or (last and key.has_signed(last.note))):
            return 0
        known = last_tiles(size)
        if pending:
            cursor.execute(NUMBER, [size, [pk for pk, _ in pending]])
            leaves = [hash_leaf(leaf.encode()) for _, leaf in pending]
            changed = grow(size, lambda level, index: known[level, index], leaves)
            rows = [(level, index, hashes) for (level, index), hashes in changed.items()]
            cursor.execute(STORE, [list(column) for column in zip(*rows, strict=True)])
            known |= changed
        size += len(pending)
        root = Tree(size, lambda level, index: known[level, index]).root()
        Checkpoint.objects.create(size=size, note=key.checkpoint(size, root))
        return len(pending)


def last_tiles(size: int) -> dict[tuple[int, int], bytes]:
    """Return the last tile of each level of a tree of this size, from which its root can be computed."""
    last, level = [], 0
    while level == 0 or size >> (8 * level):
        last.append((level, (size >> (8 * level)) // WIDTH))
        level += 1
    return tiles(last)


def tiles(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return those of these tiles that are stored, by level and index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, index, hashes FROM claims_logtile JOIN unnest(%s::int[], %s::bigint[]) AS w (l, i)"
            " ON level = l AND index = i",
            [[level for level, _ in places], [index for _, index in places]],
        )
        return {(level, index): bytes(hashes) for level, index, hashes in cursor.fetchall()}

"""How far behind the primary a replica is.

A thread for each replica asks the primary for its position in the write-ahead log (WAL), and then the replica for its own. A
replica that has replayed a position of the primary has everything that the primary had at that time, so its lag is the
age of that position. Only the clock of this process is needed, and the lag is right even if the primary is idle and its position
stays the same.

Positions of two servers can only be compared if one follows the other. So the primary also has a heartbeat: a row with a random
value, which is renewed every few seconds. A replica counts only if it shows a value that this process saw at the primary.
Otherwise a standby of another cluster, or of a promoted server, would be accepted.
"""

import threading
from collections import deque
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

logger = structlog.get_logger(__name__)

# The position is that of the next record, so it covers what is visible but not yet written (synchronous_commit = off).
PRIMARY = """
    SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint, beat,
        at IS NULL OR abs(extract(epoch FROM clock_timestamp() - at)) >= %s
    FROM (SELECT) one LEFT JOIN claimtrack_heartbeat ON true"""
REPLICA = """
    SELECT pg_is_in_recovery(), pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint,
        (SELECT beat FROM claimtrack_heartbeat)"""
# One statement, and it does not wait for the disk, nor for a synchronous standby that is away.
BEAT = """
    INSERT INTO claimtrack_heartbeat AS h (id, beat, at)
    SELECT 1, gen_random_uuid(), clock_timestamp() FROM set_config('synchronous_commit', 'off', true)
    ON CONFLICT (id) DO UPDATE SET beat = EXCLUDED.beat, at = EXCLUDED.at"""


class Sample(NamedTuple):
    """The position of the primary, with the time of this process."""

    at: float
    position: int
    beat: UUID | None


class Watch:
    """Keeps the time until which a replica may be read. If a watch hangs or ends, that time runs out."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        # The replica has all that the primary had CLAIMTRACK_REPLICA_LAG seconds before this time of monotonic().
        self.fresh_until = 0.0
        self.state = "starting"
        self.limit = settings.CLAIMTRACK_REPLICA_LAG
        self.samples: deque[Sample] = deque()
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run, name=f"watch {alias}", daemon=True)
        self.thread.start()

    @property
    def lag(self) -> float | None:
        """The greatest possible lag of the replica in seconds, None if nothing is known."""
        return round(monotonic() - self.fresh_until + self.limit, 1) if self.fresh_until else None

    def run(self) -> None:
        while True:
            try:
                state = self.look()
            except Error:
                state = "away"
                connections.close_all()
            if state != self.state:
                self.state = state
                logger.info("The state of a replica has changed.", replica=self.alias, state=state, lag=self.lag)
            if self.stopped.wait(min(1.0, self.limit / 4)):
                connections.close_all()
                return

    def look(self) -> str:
        """Compare the replica with the primary, and return its state: ok, behind, unrelated or promoted."""
        self.samples.append(self.sample())
        while self.samples[0].at < self.samples[-1].at - self.limit:
            self.samples.popleft()
        standby, position, beat = self._ask(self.alias, REPLICA, [])
        if not standby:
            self.fresh_until = 0.0
            return "promoted"
        reached = [sample for sample in self.samples if position is not None and sample.position <= position]
        if not reached:
            return "behind"
        # A heartbeat that this process has not seen yet may be newer than its sample. The next look will know it.
        if beat not in {sample.beat for sample in self.samples if sample.at >= reached[-1].at}:
            return self.state if self.fresh_until > monotonic() else "unrelated"
        self.fresh_until = reached[-1].at + self.limit
        return "ok"

    def sample(self) -> Sample:
        """Return the position of the primary, after renewing the heartbeat if it is due."""
        now = monotonic()
        position, beat, due = self._ask(DEFAULT_DB_ALIAS, PRIMARY, [self.limit / 2])
        if due:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(BEAT)
            position, beat, due = self._ask(DEFAULT_DB_ALIAS, PRIMARY, [self.limit / 2])
        return Sample(now, position, beat)

    def stop(self) -> None:
        self.stopped.set()
        self.thread.join()

    def _ask(self, alias: str, sql: str, params: list[float]) -> tuple[Any, ...]:
        with connections[alias].cursor() as cursor:
            cursor.execute(sql, params)
            found: tuple[Any, ...] = cursor.fetchone()
            return found

"""A cache backend in a table, for what must be counted exactly: attempts to sign in, and codes that were used.

Every operation is one statement, so if many processes `add` a key at once, exactly one succeeds. allauth's rate limits use that
as a lock. Django's own database cache reads before it writes, and drops counters when it is full.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

ADD = """INSERT INTO claimtrack_cacheentry AS entry (key, value, expires_at)
    VALUES (%(key)s, %(value)s, clock_timestamp() + make_interval(secs => %(timeout)s))
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at
        WHERE entry.expires_at <= clock_timestamp()"""

SET = """INSERT INTO claimtrack_cacheentry (key, value, expires_at)
    VALUES (%(key)s, %(value)s, clock_timestamp() + make_interval(secs => %(timeout)s))
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at"""

GET = "SELECT value::text FROM claimtrack_cacheentry WHERE key = %s AND expires_at > clock_timestamp()"

DELETE = "DELETE FROM claimtrack_cacheentry WHERE key = %s"

# Each `add` deletes some expired entries, so that the table stays small.
PURGE = """DELETE FROM claimtrack_cacheentry WHERE key IN
    (SELECT key FROM claimtrack_cacheentry WHERE expires_at <= clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED)"""


class PostgresCache(BaseCache):
    """Stores values as JSON. Every entry expires: a time-out of None means the default time-out."""

    def __init__(self, location: str, params: dict[str, object]) -> None:
        super().__init__(params)

    def add(self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        self._run(PURGE, [])
        return self._run(ADD, self._row(key, value, timeout, version)) == 1

    def set(self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._run(SET, self._row(key, value, timeout, version))

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        with connection.cursor() as cursor:
            cursor.execute(GET, [self.make_and_validate_key(key, version)])
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._run(DELETE, [self.make_and_validate_key(key, version)]) == 1

    def clear(self) -> None:
        self._run("DELETE FROM claimtrack_cacheentry", [])

    def _row(self, key: str, value: object, timeout: Any, version: int | None) -> dict[str, Any]:
        seconds = self.default_timeout if timeout in (None, DEFAULT_TIMEOUT) else timeout
        return {"key": self.make_and_validate_key(key, version), "value": json.dumps(value), "timeout": seconds}

    def _run(self, statement: str, parameters: Sequence[str] | dict[str, Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.rowcount

"""A check: a sentence that should be true, and a function that yields what contradicts it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

# The rows in memory at once. An entry with the hashes of sealed rows has 40 kB.
BATCH = 200
# The columns of a query.
Row = tuple[Any, ...]


class Finding(NamedTuple):
    """A violation. `row`: the id of the row, or another name for it."""

    table: str
    row: object
    reason: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.reason}"


@dataclass(frozen=True)
class Scope:
    """The part to verify: the whole ledger, the claims that changed since a moment, or those from an id on.

    `checkpoints`: signed heads of the log that were kept elsewhere, by the name of their file.
    """

    since: datetime | int | None = None
    checkpoints: dict[str, str] = field(default_factory=dict)

    def claims(self, column: str) -> str:
        """Return the SQL condition that a column with the id of a claim is in this scope."""
        if self.since is None:
            return "true"
        if isinstance(self.since, int):
            return f"{column} >= {self.since}"
        return f"{column} IN (SELECT id FROM claims_claim WHERE updated_at >= '{self.since.isoformat()}')"

    def claim(self) -> Q:
        """Return the same as a condition on a model with a foreign key `claim`."""
        if self.since is None:
            return Q()
        return Q(claim__gte=self.since) if isinstance(self.since, int) else Q(claim__updated_at__gte=self.since)

    def dates(self, column: str) -> str:
        """Return the SQL condition that a column with a date is in this scope. From an id on, all dates are."""
        return f"{column} >= '{self.since.isoformat()}'" if isinstance(self.since, datetime) else "true"


class Check(NamedTuple):
    """`name`: the sentence. `findings` yields the violations."""

    name: str
    findings: Callable[[Scope], Iterator[Finding]]

    def run(self, scope: Scope) -> Iterator[Finding]:
        """Yield the findings. Rows may be broken in ways that a check does not expect, so its failure is a finding, too."""
        try:
            yield from self.findings(scope)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            yield Finding("check", self.name, f"it broke off at something that it did not expect: {error!r}")


def rows(sql: str) -> Iterator[Row]:
    """Yield the rows of a query in batches, from a cursor of the server."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while batch := cursor.fetchmany(BATCH):
            yield from batch


def batches(sql: str, size: int = BATCH) -> Iterator[list[Row]]:
    found = rows(sql)
    while batch := list(islice(found, size)):
        yield batch


def query(name: str, table: str, reason: str, sql: str) -> Check:
    """Return the check of a query for the ids of rows that violate it. A second column completes the reason.

    The query is a template: `{claims:column}` and `{dates:column}` are the conditions of the scope.
    """

    def findings(scope: Scope) -> Iterator[Finding]:
        for pk, *details in rows(scoped(sql, scope)):
            yield Finding(table, pk, reason.format(*details))

    return Check(name, findings)


def scoped(sql: str, scope: Scope) -> str:
    return sql.format(claims=_Condition(scope.claims), dates=_Condition(scope.dates))


class _Condition:
    def __init__(self, condition: Callable[[str], str]) -> None:
        self.condition = condition

    def __format__(self, column: str) -> str:
        return self.condition(column)

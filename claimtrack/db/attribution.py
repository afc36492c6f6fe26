"""Who did it: one transaction whose every row change is recorded under one person."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, Diagnostic

from claimtrack.db import timeouts
from claimtrack.models import User
from claimtrack.refusals import Conflict

RETRIES = 5
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def acting(by: User) -> Iterator[None]:
    """Run the block in one transaction; pghistory's triggers attribute all its changes to the user `by`.

    Settings of the transaction instead of `pghistory.context`, which would prepend a statement to each query
    and so breaks prepared statements; this also covers COPY. `pgtrigger.ignore` is set to no trigger:
    pghistory's triggers read it at every row, and where it is unset each read raises and catches an error, which walks over
    all checks that wait for the commit.

    What only the database's guards notice, such as two people doing the same thing at once, becomes a Conflict whose
    code is the guard's name; so does a deadlock, which PostgreSQL ends by giving up one of the two.
    """
    try:
        with transaction.atomic():
            timeouts.set_local(
                **{
                    "pghistory.context_id": str(uuid.uuid4()),
                    "pghistory.context_metadata": json.dumps({"user": by.pk}),
                    "pgtrigger.ignore": "{}",
                }
            )
            yield
    except IntegrityError as error:
        raise conflict(error) from error
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        raise Conflict("Somebody else changed the same rows at this moment: try again.", code="deadlock") from error


def retried(verb: Callable[P, T]) -> Callable[P, T]:
    """Return the verb so that it is called again where it was given up as one of a deadlock.

    Not inside another transaction: only the whole of that can be done again.
    """

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(RETRIES):
            try:
                return verb(*args, **kwargs)
            except Conflict as refusal:
                if refusal.code != "deadlock" or connection.in_atomic_block:
                    raise
        return verb(*args, **kwargs)

    return call


def conflict(error: IntegrityError) -> Conflict:
    """Return the refusal that says what a guard of the database said."""
    diagnosis: Diagnostic | None = getattr(error.__cause__, "diag", None)
    code = getattr(diagnosis, "constraint_name", None) or "conflict"
    sentence = f"This does not fit what the ledger holds ({code})."
    if diagnosis and diagnosis.source_function == "exec_stmt_raise":
        sentence = f"{diagnosis.message_primary}."
    return Conflict(sentence, code=code)

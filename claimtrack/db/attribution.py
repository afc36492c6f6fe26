"""Record all changes of a transaction under one user."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, Diagnostic

from claimtrack.db import timeouts
from claimtrack.db.guards import SENTENCES
from claimtrack.models import User
from claimtrack.refusals import Conflict

RETRIES = 5
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def acting(by: User) -> Iterator[None]:
    """Run the block in one transaction whose changes pghistory's triggers attribute to the user `by`.

    The settings apply to all statements of the transaction, COPY included, while `pghistory.context` would prepend a statement
    to each query.

    Some conflicts are noticed only by the guards of the database, for example if two people do the same thing at once. They
    become a Conflict with the guard's name as its code. So does a deadlock, in which PostgreSQL cancels one transaction.
    """
    try:
        with transaction.atomic():
            timeouts.set_local(
                **{
                    "pghistory.context_id": str(uuid.uuid4()),
                    "pghistory.context_metadata": json.dumps({"user": by.pk}),
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
    """Decorate a verb so that it is called again after a deadlock.

    Inside another transaction the Conflict is raised, since only the outermost transaction can be repeated.
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
    """Return the refusal for an error that a guard of the database raised."""
    diagnosis: Diagnostic | None = getattr(error.__cause__, "diag", None)
    code = getattr(diagnosis, "constraint_name", None) or "conflict"
    if code in SENTENCES:
        return Conflict(SENTENCES[code], code=code)
    return Conflict("This does not fit what the ledger holds (%(code)s).", code=code, params={"code": code})

"""Record all changes of a transaction under one user."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar, cast

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


def verb(change: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function that changes the ledger: it runs in one transaction of its keyword argument `by`, as `acting` says.

    After a deadlock it runs again. Inside another transaction the Conflict is raised, since only the outermost transaction can be
    repeated.
    """

    @wraps(change)
    def attributed(*args: P.args, **kwargs: P.kwargs) -> T:
        attempts = RETRIES
        while True:
            try:
                with acting(cast(User, kwargs["by"])):
                    return change(*args, **kwargs)
            except Conflict as refusal:
                if refusal.code != "deadlock" or connection.in_atomic_block or not attempts:
                    raise
                attempts -= 1

    return attributed


def conflict(error: IntegrityError) -> Conflict:
    """Return the refusal for an error that a guard of the database raised."""
    diagnosis: Diagnostic | None = getattr(error.__cause__, "diag", None)
    code = getattr(diagnosis, "constraint_name", None) or "conflict"
    if code in SENTENCES:
        return Conflict(SENTENCES[code], code=code)
    return Conflict("This does not fit what the ledger holds (%(code)s).", code=code, params={"code": code})

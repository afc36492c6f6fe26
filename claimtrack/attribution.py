"""Who did it: one transaction whose every row change is recorded under one person."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from claimtrack.models import User


@contextmanager
def acting(by: User) -> Iterator[None]:
    """Run the block in one transaction; pghistory's triggers attribute all its changes to `by`.

    One `set_config` for the transaction instead of `pghistory.context`, which would prepend a statement to each query and
    so breaks prepared statements; this also covers COPY.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
                [str(uuid.uuid4()), json.dumps({"user": by.pk})],
            )
        yield

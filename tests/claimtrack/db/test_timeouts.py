"""Time-outs are settings of transactions, so they work behind a pooler and end with the transaction."""

import pytest
from django.db import connection, transaction

from claimtrack.db import timeouts
from claimtrack.db.attribution import acting
from tests.factories import make_user
from tests.psql import run, value

pytestmark = pytest.mark.django_db(transaction=True)


def shown():
    return [value(f"SHOW {name}") for name in ("lock_timeout", "statement_timeout", "pghistory.context_id")]


def test_it_works():
    run("SET SESSION pghistory.context_id = ''")
    before = shown()
    with acting(make_user("contributor")):
        lock, statement, context = shown()
        assert (lock, statement) == (timeouts.LOCK_TIMEOUT, before[1]) and context
    assert shown() == before


def test_a_command_takes_its_time():
    with transaction.atomic():
        run("SET LOCAL statement_timeout = '5s'")
        with timeouts.lifted(), acting(make_user("contributor")):
            assert shown()[:2] == ["0", "0"]


def test_cursors_on_the_server_are_those_of_transactions():
    make_user()
    with connection.chunked_cursor() as cursor:
        assert not getattr(cursor, "name", None)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        assert cursor.name

"""Each kind of job is killed at many of its statements and run again: nothing is lost, and nothing is sent twice with two ids.

JOB_KILLS=100 kills each that many times. A kill ends the transaction at hand and keeps what was committed.
tests/operations/test_worker.py kills a real process. The jobs that fetch, read articles again and send webhooks are killed in
their own tests.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.core import mail as outgoing
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app

from claims import curating
from claims.models import LogEntry, Notice, Request
from claimtrack import jobs
from claimtrack.jobs import stalled
from claimtrack.models import Job, KeptAnswer
from tests import factories
from tests.jobs import fetch, register, run_jobs

pytestmark = pytest.mark.django_db


KILLS = int(os.environ.get("JOB_KILLS", "8"))
PERIODIC = {
    name: {"timestamp": 0} for name in ("claims.notices", "claims.log", "claimtrack.clean_up", "claimtrack.resume")
}


class Killed(BaseException):
    """Cannot be caught, like SIGKILL."""


@contextmanager
def killed_at(statement: int) -> Iterator[None]:
    left = count(1)

    def kill(execute, sql, *given):
        # PostgreSQL itself rolls back, once the connection is gone.
        if not sql.startswith("ROLLBACK") and next(left) >= statement:
            raise Killed
        return execute(sql, *given)

    with connection.execute_wrapper(kill):
        yield


def bury():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    stalled.resume()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def kill_at_statements(name: str, prepare: Callable[[], dict[str, Any]], is_done: Callable[[], bool]) -> int:
    """Kill the job at KILLS of its statements, from the first to the last, and return how many it has."""
    prepared = prepare()
    with CaptureQueriesContext(connection) as queries:
        app.tasks[name](**prepared, **PERIODIC.get(name, {}))
    for statement in sorted({1 + (len(queries) - 1) * number // (KILLS - 1) for number in range(KILLS)}):
        arguments = prepare()
        Job.objects.all()._raw_delete("default")
        jobs.queue(name, **arguments)
        job = fetch(register())
        assert job
        with suppress(Killed), killed_at(statement):
            app.tasks[name](**job.task_kwargs, **PERIODIC.get(name, {}))
        transaction.set_rollback(False)
        bury()
        # The next period of a periodic job, which is forgotten.
        if not Job.objects.filter(task_name=name, status="todo").exists():
            jobs.queue(name, **arguments)
        run_jobs()
        assert is_done(), f"it was killed at statement {statement}"
    return len(queries)


def sent_once() -> bool:
    ids = [message.extra_headers["Message-ID"] for message in outgoing.outbox]
    return bool(ids) and len(set(ids)) == 1


@pytest.fixture
def mo():
    return factories.make_user("moderator", username="mo", email="mo@desk.example", notices_by_email="at_once")


def test_an_email_at_once(mo):
    editor = factories.make_user("editor")

    def prepare():
        outgoing.outbox.clear()
        Notice.objects.all().delete()
        curating.comment(claim=factories.make_claim(), by=editor, text="@mo?")
        return {"person": mo.pk}

    def is_done():
        return sent_once() and not Notice.objects.filter(to_send=True).exists()

    assert kill_at_statements("claims.send_notices", prepare, is_done) > 4


def test_what_is_due_and_waits(mo):
    editor = factories.make_user("editor")

    def prepare():
        outgoing.outbox.clear()
        Request.objects.all().delete()
        curating.ask(claim=factories.make_claim(), by=editor, person=mo, due=date(2020, 1, 1))
        Notice.objects.all().delete()
        return {}

    def is_done():
        return sent_once() and Notice.objects.filter(kind=Notice.Kind.DUE, sent_at__isnull=False).count() == 1

    assert kill_at_statements("claims.notices", prepare, is_done) > 6


def test_the_log(log):
    def prepare():
        factories.make_claim("checked")
        return {}

    def is_done():
        numbers = list(LogEntry.objects.order_by("index").values_list("index", flat=True))
        return numbers == list(range(len(numbers)))

    assert kill_at_statements("claims.log", prepare, is_done) > 6


def test_the_clean_up(mo):
    def prepare():
        KeptAnswer.objects.create(user=mo, key="old", fingerprint="", created_at=timezone.now() - timedelta(days=2))
        return {}

    assert kill_at_statements("claimtrack.clean_up", prepare, lambda: not KeptAnswer.objects.exists()) > 4


def test_the_takeover_of_jobs(mo):
    def prepare():
        Job.objects.all()._raw_delete("default")
        return {}

    assert kill_at_statements("claimtrack.resume", prepare, lambda: not Job.objects.filter(status="doing").exists())

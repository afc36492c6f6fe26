"""A worker of its own process, against a server set up like one in production, is killed, and loses its database.

WORKER_KILLS=100 kills it that many times.
"""

import os
import signal
import socketserver
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from claims import curating
from claims.models import Notice
from claimtrack import health, jobs
from claimtrack.db.embedded import server
from claimtrack.jobs import stalled
from tests.factories import make_claim, make_user
from tests.operations.conftest import MANAGE, SERVING

KILLS = int(os.environ.get("WORKER_KILLS", "3"))
PATIENCE = 60


class MailServer(socketserver.ThreadingTCPServer):
    """Takes e-mails by SMTP, and kills the worker in the middle of the next one if told to."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.taken = []
        self.victim = None
        self.killed = Event()

    def kill(self):
        if self.victim:
            self.victim.kill()
            self.victim.wait()
            self.victim = None
            self.killed.set()


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 desk.example")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.say("354 Go on")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                self.server.taken.append(message_from_bytes(b"".join(lines)))
                # It has taken the e-mail, and the worker never hears of it.
                self.server.kill()
            self.say("221 Bye" if word == b"QUIT" else "250 Yes")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as made:
        Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@contextmanager
def working(served, mail_server=None, command=(str(MANAGE), "worker")) -> Iterator[subprocess.Popen]:
    mail = f"smtp://127.0.0.1:{mail_server.server_address[1]}" if mail_server else "console://"
    environment = {"DATABASE_URL": served.url(SERVING), "CLAIMTRACK_DEBUG": "on", "CLAIMTRACK_EMAIL_URL": mail}
    environment |= {"CLAIMTRACK_VAR_DIR": str(settings.VAR_DIR)}
    process = subprocess.Popen(
        [sys.executable, *command], env=os.environ | environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it does not come"
        time.sleep(0.05)


def bury_workers():
    """Let their silence be over, and do what the next minute would."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    stalled.resume()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def not_done():
    return ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).count()


@pytest.fixture
def people(served):
    # A worker that the test before this one killed would count as living for a while.
    for model in (ProcrastinateJob, ProcrastinateWorker):
        model.objects.all()._raw_delete("default")
    return [make_user("moderator", email=f"m{n}@desk.example", notices_by_email="at_once") for n in range(KILLS)]


def test_it_is_killed_after_each_email_and_none_is_lost(served, mail_server, people):
    """What was sent twice has the same Message-ID, by which mailboxes show it once."""
    claim, editor = make_claim(), make_user("editor")
    for person in people:
        curating.comment(claim=claim, by=editor, text=f"@{person.username}")
        mail_server.killed.clear()
        with working(served, mail_server) as process:
            mail_server.victim = process
            assert mail_server.killed.wait(PATIENCE), "no e-mail came"
        bury_workers()
    with working(served, mail_server):
        wait_for(lambda: not Notice.objects.filter(person__in=people, to_send=True).exists())
    ids = Counter(message["Message-ID"] for message in mail_server.taken)
    assert len(ids) == len(people) and sum(ids.values()) > len(ids)
    assert {message["To"] for message in mail_server.taken} == {person.email for person in people}


def test_it_outlives_its_database(served, people):
    with working(served) as process:
        # What starts with the worker is over: another worker takes over only later what the loss of a database interrupts.
        wait_for(lambda: health.jobs().startswith("ok") and not_done() == 0)
        connection.close()
        server.stop(served.data)
        server.ensure_running(served.data)
        number = jobs.queue("claims.notices")
        wait_for(lambda: ProcrastinateJob.objects.get(pk=number).status == "succeeded")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert health.jobs() == "no worker"

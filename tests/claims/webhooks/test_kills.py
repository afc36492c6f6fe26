"""Sender and receivers are killed at random moments while claims change: every subscriber ends at the last version.

WEBHOOK_KILLS=100 kills that often.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

from claims import curating
from claims.models import Delivery, Webhook
from claims.webhooks.collecting import end_of_feed
from claims.webhooks.subscribing import create_webhook
from claimtrack.refusals import Refused
from tests.claims.webhooks.conftest import settled
from tests.factories import make_claim, make_user, step

KILLS = int(os.environ.get("WEBHOOK_KILLS", "6"))
PATIENCE = 60
FILTERS = ["", "status=checked", "topic=roads&status=unverified"]
SCRIPT = Path(__file__).with_name("processes.py")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Process:
    """A process that is started again whenever it ends, and its present pid."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        command = [sys.executable, str(SCRIPT), *arguments]
        self.parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})
        self.pid = self._present()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.pid = self._present()

    def _present(self) -> int:
        assert self.parent.stdout
        return int(self.parent.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.parent.kill()
        os.kill(self.pid, signal.SIGKILL)
        self.parent.wait()
        if self.parent.stdout:
            self.parent.stdout.close()


def database_url() -> str:
    given = connection.settings_dict
    where = f"{given['USER']}:{quote(given['PASSWORD'])}@{quote(given['HOST'], safe='')}:{given['PORT']}"
    return f"postgresql://{where}/{given['NAME']}"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def changing(claims, editor):
    """Change the claims in a thread, at random, for as long as the block lasts."""
    done, changes, failed = threading.Event(), [], []

    def run():
        chance = random.Random(7)
        try:
            while not done.is_set():
                change(chance, chance.choice(claims), editor)
                changes.append(1)
                done.wait(0.005)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield changes
    done.set()
    thread.join(PATIENCE)
    assert not failed and not thread.is_alive(), failed


def change(chance, claim, editor):
    claim.refresh_from_db()
    ways = [
        lambda: curating.edit_claim(claim=claim, by=editor, expected=None, text=f"Reworded {chance.random()}."),
        lambda: curating.edit_claim(claim=claim, by=editor, expected=None, topics=chance.choice([[], ["roads"]])),
        lambda: step(
            claim,
            chance.choice(["unverified", "in_review", "checked", "dismissed", "withdrawn"]),
            by=editor,
            rationale="A new count.",
        ),
    ]
    # The claim's status may have no such step.
    with suppress(Refused):
        chance.choice(ways)()


def wait_for_another(folders):
    def taken():
        return sum((folder / "taken").stat().st_size for folder in folders)

    before, deadline = taken(), time.monotonic() + PATIENCE
    while taken() == before:
        assert time.monotonic() < deadline, "nothing arrives any more"
        time.sleep(0.005)


def wait_until_all_is_told():
    deadline = time.monotonic() + PATIENCE
    settled()
    end = end_of_feed()
    while Delivery.objects.waiting().exists() or any(row.place != end for row in Webhook.objects.all()):
        assert time.monotonic() < deadline, list(Delivery.objects.waiting().values("error", "attempts"))
        time.sleep(0.05)


def test_every_subscriber_ends_at_the_last_version(settings, tmp_path):
    settings.DEVELOPMENT = True
    editor = make_user("editor")
    claims = [make_claim(status, topics=["roads"]) for status in ["unverified", "in_review", "checked"] * 2]
    environment = {
        "DJANGO_SETTINGS_MODULE": "claimtrack.settings",
        "PYTHONPATH": str(django_settings.BASE_DIR),
        "DATABASE_URL": database_url(),
        "CLAIMTRACK_DEBUG": "on",
        "CLAIMTRACK_SECRET_KEY": settings.SECRET_KEY,
    }
    chance = random.Random(11)
    with ExitStack() as stack:
        folders = []
        processes = []
        for number, filters in enumerate(FILTERS):
            folder, port = tmp_path / str(number), free_port()
            folder.mkdir()
            endpoint = f"http://127.0.0.1:{port}/"
            webhook = create_webhook(by=editor, name=f"{number}", endpoint=endpoint, filters=filters, since="beginning")
            (folder / "secret").write_text(webhook.shown_secret)
            (folder / "taken").touch()
            folders.append(folder)
            processes.append(stack.enter_context(Process("receive", str(port), str(folder))))
        sender = stack.enter_context(Process("send", **environment))
        with changing(claims, editor) as changes:
            for number in range(KILLS):
                # Kill while messages are being sent, not while the sender waits for the lease of a killed one.
                wait_for_another(folders)
                time.sleep(chance.uniform(0, 0.1))
                (sender if number % 2 else chance.choice(processes)).kill()
        wait_until_all_is_told()
    assert len(changes) > KILLS
    for filters, folder in zip(FILTERS, folders, strict=True):
        lines = [json.loads(line) for line in (folder / "taken").read_text().splitlines()]
        known, ids, newest = {}, {}, {}
        for message, kind, claim, version in lines:
            assert ids.setdefault(message, claim) == claim, "an id is of one row"
            if kind == "claim.updated":
                assert version >= newest.get(claim, 0), "a claim never goes back"
                known[claim] = newest[claim] = version
            else:
                known.pop(claim, None)
        shown = Client().get(f"/api/v1/claims/?limit=200&{filters}").json()["results"]
        assert known == {claim["id"]: claim["version"] for claim in shown}, filters
        again = len(lines) - len(ids)
        sys.stdout.write(f"{filters or 'all'}: {len(changes)} changes, {len(lines)} messages, {again} of them again\n")

"""The site behind a real PgBouncer in transaction mode: many clients share few sessions, and each gets what it must see.

Every answer is compared with the one that the same reader got straight from the server. The writes beside them change nothing
of what is compared: they propose claims, and accept some that no read is about.
"""

import os
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.models import Claim, LogEntry, Review, Topic
from claims.proof import recording, sequencing
from claimtrack.db.embedded import server
from tests.claims.bad_lines import line
from tests.claims.proof.test_sequencing import check as check_log
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_claim, make_user, step
from tests.operations.conftest import SERVING, Ledger, connected

ROOT = Path(__file__).resolve().parents[2]
PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
REQUESTS, THREADS, SESSIONS = 10_000, 8, 4
KEYS, IMPORTS, FORMS, PAGES = 100, 25, 40, 100
CONFIGURATION = """
[databases]
{name} = host={host} port={port}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
admin_users = {serving}
pool_mode = transaction
; Every transaction gets the session that has waited longest, so that no two statements of a client are likely to share one.
server_round_robin = 1
default_pool_size = {sessions}
"""
# A different one in each form of each page.
CSRF = re.compile(rb'(csrfmiddlewaretoken"? value="|csrf-token" content=")[A-Za-z0-9]+')
QUICK = re.compile(r"/api/v1/claims/(\d+/|\?.*)")

pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed")


@pytest.fixture
def pooler(ledger):
    """The folder of the socket of a PgBouncer before the server."""
    with tempfile.TemporaryDirectory(prefix="pooler") as name:
        folder = Path(name)
        text = CONFIGURATION.format(
            name=Ledger.name,
            host=ledger.host,
            port=server.PORT,
            folder=folder,
            serving=SERVING,
            sessions=SESSIONS,
        )
        (folder / "pgbouncer.ini").write_text(text)
        (folder / "users").write_text(f'"{SERVING}" ""\n')
        account = ledger.account()
        if account:
            os.chown(folder, account["user"], account["group"])
        with (folder / "log").open("w") as log:
            running = subprocess.Popen([PGBOUNCER, folder / "pgbouncer.ini"], stderr=log, **account)
        try:
            for _ in range(200):
                if (folder / ".s.PGSQL.6432").exists():
                    break
                assert running.poll() is None, (folder / "log").read_text()
                time.sleep(0.05)
            yield folder
        finally:
            running.terminate()
            running.wait(10)


class Reader:
    """Somebody who reads and writes: anonymous, with a token, or signed in to the desk."""

    def __init__(self, name, token=None, user=None):
        self.name, self.headers, self.cookies = name, bearing(token) if token else {}, {}
        if user:
            client = Client()
            client.force_login(user)
            self.cookies = client.cookies
        self._of_thread = threading.local()

    @property
    def client(self):
        # A client loads the middleware at its first request, which takes as long as several requests.
        if not hasattr(self._of_thread, "client"):
            self._of_thread.client = Client(raise_request_exception=False, headers=self.headers)
            self._of_thread.client.cookies.load({name: morsel.value for name, morsel in self.cookies.items()})
        return self._of_thread.client

    def get(self, path, accept):
        answer = self.client.get(path, headers={"Accept": accept} if accept else {})
        body = answer.getvalue()
        answer.close()
        return answer.status_code, CSRF.sub(b"", body)


def readings():
    """(reader, path, Accept) for what is read of the API, and for what is read of the desk."""
    anonymous = Reader("anonymous")
    readers = [anonymous, *(Reader(role, token=make_token(role)) for role in ("contributor", "moderator", "editor"))]
    moderator = make_user("moderator")
    desk = Reader("desk", user=moderator)
    claims = [*Claim.objects.filter(topics__isnull=False).distinct().order_by("pk")[:12]]
    topic = claims[0].topics.first().slug
    article = claims[0].appearances.first().snapshot.article_id
    about = f"topic={topic}"
    paths = [
        *((f"/api/v1/claims/{claim.pk}/", "") for claim in claims),
        *((f"/api/v1/claims/{claim.pk}/reviews/", "") for claim in claims[:4]),
        (f"/api/v1/claims/?{about}&limit=3", ""),
        (f"/api/v1/claims/?{about}&limit=3", "application/ld+json"),
        (f"/api/v1/claims/?{about}&status=checked&ordering=-reviewed_at&limit=2", ""),
        (f"/api/v1/claims/?{about}&q=the*", ""),
        (f"/api/v1/claims/facets/?{about}", ""),
        (f"/api/v1/claims.csv?{about}", ""),
        (f"/api/v1/claims.ndjson?{about}", ""),
        (f"/api/v1/claims.jsonld?{about}", ""),
        (f"/api/v1/articles/{article}/", ""),
        (f"/api/v1/speakers/?name={claims[0].speaker.name if claims[0].speaker else 'x'}", ""),
        ("/api/v1/verdicts/", ""),
        (f"/feeds/verdicts/?{about}", ""),
        (f"/feeds/claimreview/?{about}", ""),
        ("/v1alpha1/claims:search?query=the&pageSize=2", ""),
    ]
    pages = [
        reverse("admin:claims_claim_change", args=[claims[0].pk]),
        f"{reverse('admin:claims_claim_changelist')}?{about}",
        reverse("admin:sources_article_change", args=[article]),
        reverse("admin:claims_topic_add"),
    ]
    return [(reader, path, accept) for reader in readers for path, accept in paths], [
        (desk, page, "") for page in pages
    ]


def often(readings):
    """The readings, those that take the database and us the least time more often."""
    return [reading for reading in readings for _ in range(1 if reading[2] or not QUICK.fullmatch(reading[1]) else 12)]


class Work:
    """What is written, each twice and by whatever thread comes first, and what must come of it."""

    def __init__(self):
        self.writer = make_user("contributor")
        self.program = Reader("writer", token=make_token(user=self.writer))
        self.moderators = [make_user("moderator") for _ in range(4)]
        self.desks = [Reader(user.username, user=user) for user in self.moderators]
        self.proposed = [make_claim("proposed") for _ in range(FORMS)]

    def jobs(self):
        return [
            *(lambda number=number: self.create_topic(number) for number in range(KEYS) for _ in range(2)),
            *(lambda number=number: self.import_lines(number) for number in range(IMPORTS) for _ in range(2)),
            *(lambda number=number: self.accept(number) for number in range(FORMS)),
        ]

    def create_topic(self, number):
        body = {"name": f"Pooled topic {number}"}
        headers = {"Idempotency-Key": f"pooled-{number}"}
        answer = self.program.client.post("/api/v1/topics/", body, content_type="application/json", headers=headers)
        if answer.status_code == 409 and answer.json()["code"] == "idempotency_in_progress":
            return True
        right = answer.status_code == 201 and answer.json()["name"] == body["name"]
        return right or f"{answer.status_code} to a topic: {answer.text}"

    def import_lines(self, number):
        body = b"\n".join(line(id=f"pooled {number} {at}", claim__topics=None) for at in range(2))
        answer = self.program.client.post("/api/v1/claims/bulk/", body, content_type="application/x-ndjson")
        right = answer.status_code == 200 and answer.json()["new"] + answer.json()["known"] == 2
        return right or f"{answer.status_code} to an import: {answer.text}"

    def accept(self, number):
        """By the form of the desk, as one of several moderators."""
        claim = self.proposed[number]
        data = {"expected": claim.version, "evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0", "seen": "2020"}
        page = reverse("admin:claims_claim_change", args=[claim.pk])
        answer = self.desks[number % 4].client.post(page, {**data, "action": "step:accept"})
        return answer.status_code == 302 or f"{answer.status_code} to a form"

    def check(self):
        """Each thing was done once, and is put down to whoever did it."""
        assert Topic.objects.filter(name__startswith="Pooled topic ").count() == KEYS
        assert Claim.objects.filter(created_by=self.writer, origin="import").count() == 2 * IMPORTS
        for number, claim in enumerate(self.proposed):
            user = self.moderators[number % 4]
            assert Review.objects.get(claim=claim).reviewer == user
            event = claim.events.latest("pgh_id")
            assert event.pgh_context.metadata["user"] == user.pk


def in_threads(jobs):
    """Do the jobs in several threads, and return the number of faults of each kind."""
    wrong = Counter()

    def share(number):
        try:
            for job in jobs[number::THREADS]:
                if (said := job()) is not True:
                    wrong[said] += 1
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(share, range(THREADS)))
    return wrong


@time_machine.travel(datetime.now(UTC), tick=False)  # the desk shows how old things are
def test_it_works(ledger, pooler, django_db_blocker, settings, monkeypatch):
    # Each thread may be in the middle of an export.
    monkeypatch.setattr("claimtrack.api.exports.free", threading.BoundedSemaphore(THREADS))
    settings.CLAIMTRACK_THROTTLE_TOKEN = settings.CLAIMTRACK_THROTTLE_WRITE = 1_000_000
    with connected(django_db_blocker, ledger.host, server.PORT):
        api, desk = readings()
        work = Work()
        expected = {reading: reading[0].get(*reading[1:]) for reading in api + desk}
        seen = {reading[0].name: set() for reading in api}
        for (reader, path, accept), (status, body) in expected.items():
            assert status in (200, 404), (path, body)
            assert reader.get(path, accept) == (status, body), f"{path} does not stay the same"
            if reader.name in seen:
                seen[reader.name].add(body)
        assert seen["anonymous"] != seen["moderator"], "the readers must see different things, or nothing can go wrong"

    def compare(reading):
        answer = reading[0].get(*reading[1:])
        return True if answer == expected[reading] else f"{answer[0]} to {reading[0].name} at {reading[1]}"

    jobs = work.jobs()
    reads = [*islice(cycle(desk), PAGES), *islice(cycle(often(api)), REQUESTS - PAGES - len(jobs))]
    jobs += [lambda reading=reading: compare(reading) for reading in reads]
    random.shuffle(jobs)
    with connected(django_db_blocker, str(pooler), "6432"):
        assert not in_threads(jobs)
        with ledger.connect() as superuser:
            sessions = superuser.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = %s", [SERVING])
            assert 1 <= sessions.fetchone()[0] <= SESSIONS, "the clients shared the pooler's few sessions"
        work.check()


def test_the_log_is_numbered(ledger, pooler, log_key, django_db_blocker):
    """Each publication asks for it, and the thread that does it shares the pooler's sessions with all others."""
    with connected(django_db_blocker, ledger.host, server.PORT):
        claims = [make_claim("checked") for _ in range(THREADS)]
        editor = make_user("editor")
        recording.begin()

    def correct(claim):
        step(claim, "checked", by=editor, verdict="true")
        return True

    with connected(django_db_blocker, str(pooler), "6432"):
        assert not in_threads([lambda claim=claim: correct(claim) for claim in claims])
        while (numbering := sequencing.sequencer.thread) is not None:
            numbering.join()
        assert not LogEntry.objects.filter(index=None).exists()
        assert check_log(sequencing.signer()) == LogEntry.objects.count()


def test_the_time_out_of_the_role_holds(pooler):
    with psycopg.connect(host=str(pooler), port=6432, user=SERVING, dbname=Ledger.name) as client:
        assert client.execute("SHOW statement_timeout").fetchone() == ("30s",)


def test_a_request_for_which_no_session_gets_free_is_told_to_come_again(pooler, django_db_blocker):
    """By default PgBouncer lets it wait for two minutes: a thread is gone for as long, and the proxy answers 504 meanwhile."""
    setting = {"host": str(pooler), "port": 6432, "user": SERVING}
    with psycopg.connect(**setting, dbname="pgbouncer", autocommit=True) as console:
        console.execute("SET query_wait_timeout = 1")
    holders = [psycopg.connect(**setting, dbname=Ledger.name) for _ in range(SESSIONS)]
    for holder in holders:
        holder.execute("SELECT 1")  # begins a transaction, which keeps the session
    try:
        with connected(django_db_blocker, str(pooler), "6432"):
            answer = Client().get("/api/v1/claims/")
            assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    finally:
        for holder in holders:
            holder.close()


def test_the_pooler_of_the_guide_gives_up_before_nginx_does():
    waits = int(re.search(r"^query_wait_timeout = (\d+)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)[1])
    reads = int(re.search(r"proxy_read_timeout (\d+)s;", (ROOT / "deploy/nginx.conf").read_text())[1])
    assert waits < reads

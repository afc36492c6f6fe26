"""Standbys that answer the anonymous: real servers, made by pg_basebackup of the ledger's."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from environs import FileAwareEnv, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.proof import recording, sequencing
from claimtrack import checks
from claimtrack.databases import databases
from claimtrack.db import replicas
from claimtrack.db.embedded import server
from tests.claimtrack.test_tokens import bearing, make_token
from tests.conftest import remove_cluster
from tests.factories import make_claim, make_user
from tests.operations.conftest import Ledger, connected
from tests.operations.public import addresses
from tests.standbys import make_standby

PATIENCE = 30
MIDDLEWARE = "claimtrack.api.replicas.ReadReplicas"
TOPICS = "/api/v1/topics/"


@pytest.fixture(scope="module")
def standbys(ledger):
    """Two standbys of the ledger's server."""
    made = [Ledger(ledger.data.with_name(f"standby_{number}")) for number in (1, 2)]
    first, second = (standby.data for standby in made)
    try:
        for data in (first, second):
            remove_cluster(data)
        make_standby(ledger.data, first, settings="max_standby_streaming_delay = '50ms'\n")
        server.stop(first)
        make_standby(ledger.data, second, of=first)
        server.ensure_running(first)
        yield made
    finally:
        for standby in made:
            remove_cluster(standby.data)


@contextmanager
def replicated(blocker, settings, primary, standbys):
    """Let this process be a site with the primary and these replicas."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]
    with connected(blocker, primary.host, server.PORT):
        names = {f"replica_{number}": standby.host for number, standby in enumerate(standbys, 1)}
        for alias, host in names.items():
            connections.databases[alias] = {**connections.databases["default"], "HOST": host}
        try:
            yield
        finally:
            replicas.stop()
            for alias in names:
                connections[alias].close()
                del connections[alias], connections.databases[alias]


@pytest.fixture
def site(ledger, standbys, django_db_blocker, settings):
    settings.CLAIMTRACK_REPLICA_LAG = 1
    with replicated(django_db_blocker, settings, ledger, standbys):
        yield Client()


def until(true):
    deadline = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < deadline, "in vain"
        time.sleep(0.02)
    return found


def caught_up(primary, standbys):
    """Wait until the standbys have what the primary has."""
    with primary.connect() as session:
        # This commit waits for the disk, those before it need not have (synchronous_commit).
        session.execute("SET synchronous_commit = on")
        session.execute("SELECT pg_logical_emit_message(true, '', '')")
        [position] = session.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
    for standby in standbys:
        with standby.connect() as session:
            until(lambda s=session: s.execute("SELECT pg_last_wal_replay_lsn() >= %s", [position]).fetchone()[0])


@contextmanager
def paused(*standbys):
    """Nothing new reaches these standbys for a while."""
    for standby in standbys:
        with standby.connect() as session:
            session.execute("SELECT pg_wal_replay_pause()")
    try:
        yield
    finally:
        for standby in standbys:
            until(lambda server=standby: resume(server))


def resume(standby):
    try:
        with standby.connect() as session:
            session.execute("SELECT pg_wal_replay_resume()")
    except psycopg.errors.SerializationFailure:  # The replay that begins cancels queries in its way, maybe this one.
        return False
    return True


NAMES = count()


def create(client, token):
    """Write as this token's user; return the address of what came of it."""
    body = {"name": f"Replicated {next(NAMES)}"}
    made = client.post(TOPICS, body, content_type="application/json", headers=bearing(token))
    assert made.status_code == 201, made.content
    return f"{TOPICS}{made.json()['slug']}/"


def only(monkeypatch, alias):
    """Let the anonymous read this replica, or the primary (None)."""
    monkeypatch.setattr(replicas, "choose", lambda: alias)


@contextmanager
def away(alias):
    """Whoever reads this server gets an error."""
    before = connections[alias]
    known = connections.databases[alias]
    connections.databases[alias] = {**known, "HOST": "/nowhere"}
    del connections[alias]
    try:
        yield
    finally:
        connections.databases[alias] = known
        connections[alias] = before


def test_it_works(site, ledger, standbys, log_key, monkeypatch):
    """Every public answer of a standby is that of the primary, to the byte, and the primary is not asked for it."""
    recording.begin()
    sequencing.number()
    only(monkeypatch, None)
    expected = {}
    for address in addresses():
        answer = site.get(address)
        assert answer.status_code == 200, address
        expected[address] = answer.content, answer.get("ETag")
    caught_up(ledger, standbys)
    with away("default"):
        for alias in ("replica_1", "replica_2"):
            only(monkeypatch, alias)
            for address, (body, etag) in expected.items():
                answer = site.get(address)
                assert (answer.status_code, answer.content, answer.get("ETag")) == (200, body, etag), (alias, address)
                if etag and alias == "replica_1":
                    assert site.get(address, headers={"If-None-Match": etag}).status_code == 304, (alias, address)


def test_streams_the_feed_and_the_log_read_the_primary(site, log_key, monkeypatch):
    recording.begin()
    sequencing.number()
    only(monkeypatch, "replica_1")
    with away("replica_1"):
        for name in ("claims.csv", "claims.ndjson", "claims.jsonld", "claims/changes/"):
            answer = site.get(f"/api/v1/{name}")
            assert answer.status_code == 200 and answer.getvalue(), name
        for address in ("/feeds/claimreview/", "/log/checkpoint", "/log/tile/0/000.p/1"):
            answer = site.get(address)
            assert answer.status_code == 200 and answer.getvalue(), address


def test_whoever_has_a_token_or_a_session_reads_the_primary(site, monkeypatch):
    token, desk = make_token("editor"), Client()
    desk.force_login(make_user("moderator"))
    asked = []
    monkeypatch.setattr(replicas, "choose", lambda: asked.append(1))
    assert site.get(TOPICS, headers=bearing(token)).status_code == 200
    assert desk.get(TOPICS).status_code == desk.get("/").status_code == desk.get("/admin/").status_code == 200
    assert site.get("/admin/account/login/").status_code == 200
    assert not asked
    assert site.get(TOPICS).status_code == site.head(TOPICS).status_code == 200
    assert len(asked) == 2


def test_a_read_writes_nothing(ledger, standbys, django_db_blocker):
    """So it works where DATABASE_URL itself names a standby, for a token and a session too."""
    desk = Client()
    with connected(django_db_blocker, ledger.host, server.PORT):
        token = make_token("editor")
        desk.force_login(make_user("editor"))
    caught_up(ledger, standbys)
    with connected(django_db_blocker, standbys[0].host, server.PORT):
        for name in ("claims", "claims.csv", "claims/facets", "claims/changes", "speakers", "articles", "topics"):
            answer = Client().get(f"/api/v1/{name}{'' if '.' in name else '/'}", headers=bearing(token))
            assert answer.status_code == 200 and answer.getvalue(), name
        for address in ("/admin/", "/admin/claims/claim/", "/"):
            assert desk.get(address).status_code == 200, address


def test_pages_of_both_servers_are_kept_apart(site, ledger, standbys, settings, monkeypatch):
    """For a moment, a standby may show other rows than the primary under the same revision."""
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caught_up(ledger, standbys)
    with paused(standbys[0]), ledger.connect() as superuser:
        superuser.execute("SET session_replication_role = replica")  # no trigger raises the revision
        try:
            superuser.execute("UPDATE claims_topic SET name = name || ' (primary)'")
            for _ in range(2):
                for alias, found in (("replica_1", False), (None, True)):
                    only(monkeypatch, alias)
                    for address in ("/topics/", "/"):
                        assert ("(primary)" in site.get(address).text) is found, (alias, address)
        finally:
            superuser.execute("UPDATE claims_topic SET name = replace(name, ' (primary)', '')")


def test_a_paused_replay(site, ledger, standbys):
    """Who writes reads what was written, at once; the anonymous wait for it for CLAIMTRACK_REPLICA_LAG at most."""
    token = make_token("editor")
    until(replicas.choose)
    with paused(*standbys):
        made = [create(site, token) for _ in range(50)]
        assert [site.get(address, headers=bearing(token)).status_code for address in made] == [200] * 50
        until(lambda: replicas.choose() is None)
        public = make_claim("checked").pk
        assert site.get(f"/api/v1/claims/{public}/").status_code == 200
        until(lambda: [watch.state for watch in replicas.watches()] == ["behind", "behind"])
        health = site.get("/readyz").json()
        assert health["status"] == "ok" and health["replicas"]["replica_1"]["state"] == "behind"
        assert health["replicas"]["replica_1"]["lag_seconds"] >= 1
    until(replicas.choose)


def test_an_idle_primary(site, ledger):
    """Its replicas stay fresh, also where the next position of the WAL lies in a segment that nothing was written to."""
    until(lambda: all(watch.state == "ok" for watch in replicas.watches()))
    with ledger.connect() as session:
        session.execute("SELECT pg_switch_wal()")
    began = time.monotonic()
    while time.monotonic() < began + 2.5:
        assert replicas.choose(), [vars(watch) for watch in replicas.watches()]
        time.sleep(0.01)


def test_a_standby_that_is_killed(site, standbys):
    """No reader gets an error, whatever their request was doing."""
    until(lambda: all(watch.state == "ok" for watch in replicas.watches()))
    stopped = []

    def read(number):
        client, answers = Client(raise_request_exception=False), []
        while len(answers) < 20 or not stopped or len(answers) < stopped[0] + 50:
            answers.append(client.get(TOPICS).status_code)
            if number == 0 and len(answers) == 20:
                pid = int((standbys[0].data / "postmaster.pid").read_text().split()[0])
                os.kill(pid, signal.SIGQUIT)
                stopped.append(20)
        connections.close_all()
        return answers

    try:
        with ThreadPoolExecutor(3) as pool:
            answers = [one for found in pool.map(read, range(3)) for one in found]
        assert {*answers} == {200}
        until(lambda: replicas.watches()[0].state == "away")
        assert replicas.choose() == "replica_2"
    finally:
        server.ensure_running(standbys[0].data)
    until(lambda: replicas.watches()[0].state == "ok")


def not_of_its_standby(ledger, promoted, blocker):
    """Where the promoted server is the primary, the standby of the old one is not read, however far its WAL is."""
    with ledger.connect() as session:
        for _ in range(2):
            session.execute("SELECT pg_logical_emit_message(false, '', 'more')")
            session.execute("SELECT pg_switch_wal()")
    replicas.stop()
    with connected(blocker, promoted.host, server.PORT):
        until(lambda: replicas.watches()[0].state == "unrelated")
        assert replicas.watches()[0].fresh_until == 0
        replicas.stop()


def test_a_standby_that_is_promoted(site, ledger, standbys, monkeypatch, django_db_blocker):
    """From its promotion on, no answer of it is sent: somebody may write there what the primary never sees."""
    spare = Ledger(ledger.data.with_name("standby_3"))
    server.stop(standbys[1].data)
    try:
        remove_cluster(spare.data)
        make_standby(ledger.data, spare.data, of=standbys[1].data)
        connections.databases["replica_2"]["HOST"] = spare.host
        until(lambda: replicas.watches()[1].state == "ok")
        only(monkeypatch, "replica_2")
        expected = site.get(TOPICS).content
        assert connections["replica_2"].connection, "it was read"
        with spare.connect() as session:
            assert session.execute("SELECT pg_promote()").fetchone() == (True,)
            session.execute("UPDATE claims_topic SET name = 'Split brain'")
        assert site.get(TOPICS).content == expected, "by a connection of before"
        connections["replica_2"].close()
        assert site.get(TOPICS).content == expected, "and by a new one"
        until(lambda: replicas.watches()[1].state == "promoted")
        assert replicas.watches()[1].fresh_until == 0
        not_of_its_standby(ledger, spare, django_db_blocker)
    finally:
        connections["replica_2"].close()
        server.ensure_running(standbys[1].data)
        remove_cluster(spare.data)


class Slow(APIView):
    """Takes long on a standby, and holds what it reads."""

    def get(self, request):
        seconds = 20 if replicas.reads_replica() else 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s) FROM claims_verdict LIMIT 1", [seconds])
        return Response({"replica": replicas.reads_replica()})


def slow_page(request):
    return HttpResponse(Slow().get(request).data["replica"])


class TooSlow(APIView):
    def get(self, request):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '20ms'")
            try:
                cursor.execute("SELECT pg_sleep(20)")
            finally:
                cursor.execute("SET statement_timeout = '30s'")
        return Response({})


urlpatterns = [path("api/slow/", Slow.as_view()), path("slow/", slow_page), path("api/too-slow/", TooSlow.as_view())]


@pytest.mark.parametrize("address", ["/api/slow/", "/slow/"], ids=["by the API", "by a view of Django"])
def test_a_read_that_the_standby_cancels_is_asked_again(site, ledger, monkeypatch, settings, caplog, address):
    settings.ROOT_URLCONF = __name__
    only(monkeypatch, "replica_1")

    def lock():
        """Replay of the lock ends the read on the standby after max_standby_streaming_delay."""
        with ledger.connect() as session:
            with Ledger(ledger.data.with_name("standby_1")).connect() as standby:
                until(lambda: standby.execute(SLEEPING).fetchone())
            session.execute("BEGIN; LOCK TABLE claims_verdict IN ACCESS EXCLUSIVE MODE; COMMIT")

    with ThreadPoolExecutor(1) as pool:
        locked = pool.submit(lock)
        answer = site.get(address)
        locked.result()
    assert answer.status_code == 200 and "alse" in answer.text
    [asked_again] = [record for record in caplog.records if "asked again" in record.getMessage()]
    assert "40001" in asked_again.getMessage()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


SLEEPING = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'"


def test_what_takes_too_long_is_not_asked_again(site, monkeypatch, settings):
    settings.ROOT_URLCONF = __name__
    only(monkeypatch, "replica_1")
    answer = site.get("/api/too-slow/")
    assert (answer.status_code, answer.json()["code"]) == (503, "too_slow")


def test_the_check_of_a_deployment(site, ledger):
    assert not checks.read_replicas(None, databases=["default"])
    connections["replica_1"].close()
    connections.databases["replica_1"]["HOST"] = ledger.host
    del connections["replica_1"]
    [primary] = checks.read_replicas(None, databases=["default"])
    assert primary.id == "claimtrack.W004" and "replica_1" in primary.msg


def test_bad_urls_stop_the_start(monkeypatch, tmp_path):
    for urls in ("mysql://a@b/c", "postgresql://a@b/c,nonsense"):
        monkeypatch.setenv("DATABASE_REPLICA_URL", urls)
        with pytest.raises(ValidationError):
            databases(FileAwareEnv(), tmp_path, "test")

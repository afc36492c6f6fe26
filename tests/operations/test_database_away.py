"""While the database is unavailable, the site answers with 503 and Retry-After, never with 500, and leaves nothing half done."""

from contextlib import ExitStack, suppress

import psycopg
import pytest
from django.test import Client

from claims.models import Topic
from claimtrack import tokens
from claimtrack.db import timeouts
from claimtrack.db.embedded import server
from claimtrack.models import Token
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_user
from tests.operations.conftest import OWNER, SERVING

URL = "/api/v1/topics/"


@pytest.fixture
def token(served):
    return make_token("contributor")


@pytest.fixture
def site():
    return Client(raise_request_exception=False)


def unavailable(answer, code):
    assert answer.status_code == 503 and int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["code"] == code
    return answer.json()["detail"]


def create(site, token, name, **headers):
    return site.post(URL, {"name": name}, content_type="application/json", headers={**bearing(token), **headers})


def test_a_server_that_is_stopped(site, token, served):
    desk = Client(raise_request_exception=False)
    desk.force_login(make_user("moderator"))
    assert site.get(URL).status_code == desk.get("/admin/").status_code == 200
    server.stop(served.data)
    try:
        for _ in range(2):
            unavailable(site.get(URL), "database_away")
            unavailable(site.get("/api/v1/claims.csv"), "database_away")
            unavailable(create(site, token, "Boats"), "database_away")
            page = desk.get("/admin/")
            assert page.status_code == 503 and "cannot be reached" in page.text and page["Retry-After"]
            assert page["Content-Type"].startswith("text/html")
    finally:
        server.ensure_running(served.data)
    assert site.get(URL).status_code == desk.get("/admin/").status_code == 200
    assert create(site, token, "Boats").status_code == 201


def test_a_connection_that_was_ended_meanwhile(site, token, served):
    assert site.get(URL).status_code == 200
    with served.connect() as superuser:
        superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [SERVING])
    assert site.get(URL).status_code == 200, "a read is asked again on a new connection"


def test_no_connection_is_left(site, served):
    with ExitStack() as stack:
        with suppress(psycopg.OperationalError):
            while True:
                stack.enter_context(served.connect(SERVING))
        unavailable(site.get(URL), "database_away")
    assert site.get(URL).status_code == 200


def test_a_lock_that_somebody_holds(site, token, served, monkeypatch):
    monkeypatch.setattr(timeouts, "LOCK_TIMEOUT", "20ms")
    with served.connect(OWNER) as other, other.transaction():
        other.execute("LOCK TABLE claims_topic IN EXCLUSIVE MODE")
        assert "try again" in unavailable(create(site, token, "Locks", **{"Idempotency-Key": "k"}), "busy")
        assert site.get(URL).status_code == 200, "reads wait for nobody"
    assert create(site, token, "Locks", **{"Idempotency-Key": "k"}).status_code == 201, "the key was given back"


def test_the_last_use_of_a_token_waits_for_nobody(site, token, served, monkeypatch, caplog):
    with served.connect(OWNER) as other, other.transaction():
        other.execute("SELECT FROM claimtrack_token FOR UPDATE")
        assert site.get(URL, headers=bearing(token)).status_code == 200
    assert Token.objects.get(pk=token.pk).last_used_at is None
    assert site.get(URL, headers=bearing(token)).status_code == 200
    assert Token.objects.get(pk=token.pk).last_used_at
    Token.objects.filter(pk=token.pk).update(last_used_at=None)
    monkeypatch.setattr(tokens, "NOTE_USE", "SELECT 1 / 0 -- %s")
    assert site.get(URL, headers=bearing(token)).status_code == 200
    assert "A note after an answer failed." in caplog.text


def test_a_full_disk(site, token, served):
    full = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"""
    before = Topic.objects.count()
    with served.connect(OWNER) as owner:
        owner.execute(full)
        owner.execute("CREATE TRIGGER full_disk AFTER INSERT ON claims_topic EXECUTE FUNCTION full_disk()")
        try:
            assert "disk is full" in unavailable(create(site, token, "Disks"), "disk_full")
        finally:
            owner.execute("DROP TRIGGER full_disk ON claims_topic; DROP FUNCTION full_disk()")
    assert Topic.objects.count() == before
    assert create(site, token, "Disks").status_code == 201

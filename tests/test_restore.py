"""A dump that is restored into another cluster is the same ledger, and who read the one that was lost is told so."""

import subprocess
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from claims import curating, demo
from claims.models import Claim, Review, Speaker, Stale
from claimtrack.db.embedded import server
from claimtrack.models import Era, User
from sources.models import Source
from tests.claims.importing.test_import_lines import ledger
from tests.conftest import unshared_cluster
from tests.factories import EVIDENCE, step
from tests.psql import value

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not settings.EMBEDDED, reason="the programs that dump and restore are the embedded server's"),
]

CLAIMS = "/api/v1/claims/"
CHANGES = f"{CLAIMS}changes/"


def run(program, *arguments):
    """Run a program of the embedded server against the database that Django talks to."""
    parameters = connection.get_connection_params()
    where = ["--host", parameters["host"], "--username", parameters["user"], "--dbname", parameters["dbname"]]
    where += ["--port", str(parameters.get("port") or 5432)]
    subprocess.run([server.BIN / program, *where, *map(str, arguments)], check=True)


@contextmanager
def another_cluster():
    """Let Django talk to the empty database of a new cluster, whose transaction ids are small."""
    with unshared_cluster(settings.VAR_DIR / "tests") as data:
        server.ensure_running(data)
        here = dict(connection.settings_dict)
        there = {"HOST": str(server.socket_folder(data)), "PORT": server.PORT, "USER": server.NAME, "NAME": server.NAME}
        connection.close()
        connection.settings_dict |= {**there, "OPTIONS": {}}
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict |= here


def ask(url, status=200, **headers):
    response = Client().get(url, headers=headers)
    assert response.status_code == status, response.content
    return response


def follow(url=CHANGES):
    """Return all changes from there on, and where to go on."""
    rows = []
    while True:
        page = ask(url).json()
        rows += page["results"]
        url = page["next"]
        if not page["more"] and not page["lag_seconds"]:
            return rows, url


def rename(name):
    speaker = Speaker.objects.get(pk=Claim.objects.public().exclude(speaker=None).earliest("pk").speaker_id)
    curating.edit_speaker(speaker=speaker, by=User.objects.get(username="moderator"), name=name)
    return ("speaker", speaker.pk)


def told(rows):
    return [(row["kind"], row["id"]) for row in rows]


def test_it_works(tmp_path):
    demo.load()
    # Ids of transactions that the new cluster takes long to reach.
    connection.cursor().execute(
        "DO $$ BEGIN FOR i IN 1..2000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"
    )
    rename("Before The Dump")
    was, stale, etag = ledger(), Stale.objects.count(), ask(CLAIMS)["ETag"]
    first = ask(f"{CLAIMS}?limit=10").json()
    second = ask(first["next"]).json()
    rows, place = follow()
    run("pg_dump", "--format=custom", f"--file={tmp_path / 'ledger.dump'}")

    # What is lost.
    rename("After The Dump")
    lost_etag = ask(CLAIMS)["ETag"]
    _, lost_place = follow(place)
    xid = value("SELECT pg_current_xact_id()::text::bigint")

    with another_cluster():
        run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", tmp_path / "ledger.dump")
        assert value("SELECT pg_current_xact_id()::text::bigint") < xid
        call_command("check_ledger")
        call_command("migrate", "--check", verbosity=0)
        assert ledger() == was
        assert not Claim.objects.filter(document=None).exists() and Stale.objects.count() == stale

        ask(CLAIMS, 304, if_none_match=etag)
        assert ask(first["next"]).json() == second, "a page that was begun goes on"
        assert follow() == (rows, place) and follow(place)[0] == []
        problem = ask(lost_place, 410).json()
        assert (problem["code"], problem["field"]) == ("place_lost", "since")

        # As many changes as were lost, with other words.
        renamed = rename("After The Restore")
        assert "After The Restore" in ask(CLAIMS, if_none_match=lost_etag).content.decode()
        assert told(follow(place)[0]) == [renamed]
        ask(lost_place, 410)
        goes_on_as_ever()
        call_command("check_ledger")


def goes_on_as_ever():
    claim, by = Claim.objects.filter(status="unverified").earliest("pk"), User.objects.get(username="moderator")
    step(claim, "in_review", by=by)
    step(claim, "checked", by=by, evidence=EVIDENCE)
    assert Review.objects.latest("pk").evidence.exists()


def test_a_restore_over_the_same_database_begins_another_life(tmp_path):
    demo.load()
    run("pg_dump", "--format=custom", f"--file={tmp_path / 'ledger.dump'}")
    with another_cluster():
        for eras in (1, 1):
            run("pg_restore", "--no-owner", "--exit-on-error", "--clean", "--if-exists", tmp_path / "ledger.dump")
            connection.close()
            assert Era.objects.count() == eras
            Source.objects.update(name="Renamed")
            assert Era.objects.count() == eras + 1
            renamed = ask(CLAIMS)["ETag"]
            place = follow()[1]
        run("pg_restore", "--no-owner", "--exit-on-error", "--clean", "--if-exists", tmp_path / "ledger.dump")
        connection.close()
        Source.objects.update(name="Renamed otherwise")
        ask(CLAIMS, if_none_match=renamed)
        ask(place, 410)

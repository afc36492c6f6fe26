"""A dump that is restored into another cluster is the same ledger, and consumers of the lost one get 410."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from claims import curating, demo
from claims.models import Claim, Review, Speaker, Stale
from claimtrack.models import Era, User
from sources.models import Source
from tests.catalog import catalog, differences
from tests.claims.importing.test_import_lines import ledger
from tests.factories import EVIDENCE, step
from tests.psql import value

pytestmark = pytest.mark.django_db(transaction=True)

CLAIMS = "/api/v1/claims/"
CHANGES = f"{CLAIMS}changes/"


@pytest.fixture
def programs(transactional_db):
    """The folder of the programs that belong to this server: another version's pg_dump writes what it cannot read."""
    folder = Path(value("SELECT setting FROM pg_config WHERE name = 'BINDIR'"))
    if not (folder / "pg_dump").exists() or not Path(value("SHOW data_directory")).exists():
        pytest.skip("the server runs on another machine")
    return folder


@pytest.fixture
def run(programs):
    """A function that runs a program against the database that Django talks to."""

    def run(program, *arguments):
        connection.ensure_connection()
        info = connection.connection.info
        where = ["--host", info.host, "--port", str(info.port), "--username", info.user, "--dbname", info.dbname]
        subprocess.run([programs / program, *where, *map(str, arguments)], check=True)

    return run


@pytest.fixture
def another_cluster(programs):
    """A function that lets Django talk to the empty database of a new cluster, whose transaction ids are small."""
    # PostgreSQL refuses to run as root.
    owner = pwd.getpwuid(Path(value("SHOW data_directory")).stat().st_uid)
    account = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="restore-"))

    def control(program, *arguments):
        subprocess.run([programs / program, "-D", folder, *arguments], check=True, stdout=subprocess.DEVNULL, **account)

    @contextmanager
    def connected():
        here = dict(connection.settings_dict)
        there = {"HOST": str(folder), "PORT": "5432", "USER": here["USER"], "NAME": "postgres"}
        connection.close()
        connection.settings_dict |= {**there, "OPTIONS": {}}
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict |= here

    locale = (
        "--encoding=UTF8",
        "--locale=C",
        f"--lc-ctype={value('SELECT datctype FROM pg_database WHERE datname = current_database()')}",
    )
    shutil.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        control("initdb", "--username", connection.settings_dict["USER"], "--auth=trust", *locale)
        control(
            "pg_ctl",
            "-w",
            "-l",
            folder / "log",
            "-o",
            f"-k {folder} -c port=5432 -c listen_addresses= -c fsync=off",
            "start",
        )
        yield connected
        control("pg_ctl", "-w", "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder)


def ask(url, status=200, **headers):
    response = Client().get(url, headers=headers)
    assert response.status_code == status, response.content
    return response


def follow(url=CHANGES):
    """Return all changes from there on, and the next place."""
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


def test_it_works(tmp_path, run, another_cluster):
    demo.load()
    # Ids of transactions that the new cluster will not reach for long.
    connection.cursor().execute(
        "DO $$ BEGIN FOR i IN 1..2000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"
    )
    rename("Before The Dump")
    was, stale, etag = ledger(), Stale.objects.count(), ask(CLAIMS)["ETag"]
    definitions = catalog(connection)
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
        assert differences(definitions, catalog(connection)) == []
        call_command("verify")
        call_command("migrate", "--check", verbosity=0)
        assert ledger() == was
        assert not Claim.objects.filter(document=None).exists() and Stale.objects.count() == stale

        ask(CLAIMS, 304, if_none_match=etag)
        assert ask(first["next"]).json() == second, "a page that was begun goes on"
        assert follow() == (rows, place) and follow(place)[0] == []
        problem = ask(lost_place, 410).json()
        assert (problem["code"], problem["field"]) == ("place_lost", "since")

        # As many changes as were lost, with other texts.
        renamed = rename("After The Restore")
        assert "After The Restore" in ask(CLAIMS, if_none_match=lost_etag).content.decode()
        assert told(follow(place)[0]) == [renamed]
        ask(lost_place, 410)
        goes_on_as_ever()
        call_command("verify")


def goes_on_as_ever():
    claim, by = Claim.objects.filter(status="unverified").earliest("pk"), User.objects.get(username="moderator")
    step(claim, "in_review", by=by)
    step(claim, "checked", by=by, evidence=EVIDENCE)
    assert Review.objects.latest("pk").evidence.exists()


def test_a_restore_over_the_same_database_begins_another_life(tmp_path, run, another_cluster):
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

"""Measure what counting the words of public claims costs writers: the same work with these triggers and without them.

    python -m bench.frequencies --size 10k

An import with --accept, then publications one by one, then eight writers at once while another import is open in one transaction.
The CPU times are those of the whole server, so nothing else should use it meanwhile.
"""

import argparse
import json
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import psycopg

from bench import data
from bench.importing import FOLDER, IMPORTED, TEMPLATE, environment, make, measure_import, prepare, server_cpu

WRITERS, PUBLISHED = 8, 40
TRIGGERS = """SELECT format('DROP TRIGGER %I ON claims_claim', tgname) FROM pg_trigger
    WHERE tgrelid = 'claims_claim'::regclass AND tgname LIKE 'pgtrigger_frequencies_%'"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
PUBLISH = """
import json, sys, time
import django
django.setup()
from claims import curating, reviewing
from claims.models import Claim
from claimtrack.models import User
first, number = map(int, sys.argv[1:])
claims = Claim.objects.filter(merged_into=None).order_by("pk")[first : first + number]
by = User.objects.get(username="bench")
evidence = [{"url": "https://archive.example/1", "stance": "context"}]
started = time.monotonic()
for claim in list(claims):
    curating.edit_claim(claim=claim, by=by, expected=None, text=claim.text + " So it is said.")
    reviewing.review(claim=claim, to="in_review", by=by, expected=None)
    reviewing.review(claim=claim, to="checked", by=by, expected=None, verdict="false", rationale="No.", evidence=evidence)
print(json.dumps(time.monotonic() - started))
"""


class Cost(NamedTuple):
    """Seconds of CPU of PostgreSQL for the import and for the publications, wall-clock seconds of the writers, waits, deadlocks."""

    imported: float
    published: float
    at_once: float
    waits: int
    deadlocks: int


def writer(first: int, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PUBLISH, str(first), str(number)]
    return subprocess.Popen(command, cwd=data.ROOT, env=environment(IMPORTED), stdout=subprocess.PIPE, text=True)


def measure(base: Path, opened: Path, *, counted: bool) -> Cost:
    make(IMPORTED, TEMPLATE)
    with psycopg.connect(data.url(IMPORTED), autocommit=True) as connection:
        if not counted:
            for (statement,) in connection.execute(TRIGGERS).fetchall():
                connection.execute(statement)
        imported = measure_import(base, "--accept").postgresql
        connection.execute("VACUUM (ANALYZE)")
        before = server_cpu()
        writer(0, WRITERS * PUBLISHED).wait()
        published = server_cpu() - before
        command = [sys.executable, "manage.py", "import_claims", str(opened), "--by", "bench", "--accept", "--strict"]
        importing = subprocess.Popen(command, cwd=data.ROOT, env=environment(IMPORTED), stdout=subprocess.DEVNULL)
        writers = [writer((WRITERS + number) * PUBLISHED, PUBLISHED) for number in range(WRITERS)]
        waits = 0
        while any(one.poll() is None for one in writers):
            waits += connection.execute(WAITING, [IMPORTED]).fetchall()[0][0]
            time.sleep(0.05)
        seconds = [json.loads(one.stdout.read()) for one in writers if one.stdout]
        importing.wait()
        connection.execute("SELECT pg_stat_force_next_flush()")
        [(deadlocks,)] = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchall()
    return Cost(imported, published, sum(seconds), waits, deadlocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    path = prepare(data.SIZES[options.size])
    base, opened = FOLDER / "base.ndjson", FOLDER / "open.ndjson"
    with path.open() as lines:
        base.write_text("".join(islice(lines, data.SIZES[options.size] // 2)))
        opened.write_text("".join(lines))
    print(f"{'':<10}{'import':>10}{'publish':>10}{'at once':>10}{'waits':>8}{'deadlocks':>11}")
    for number in range(options.rounds):
        # In turn, so that what else the machine does affects both.
        for counted in (True, False) if number % 2 else (False, True):
            cost = measure(base, opened, counted=counted)
            print(f"{'counted' if counted else 'without':<10}{cost.imported:>10.2f}{cost.published:>10.2f}{cost.at_once:>10.2f}"
                  f"{cost.waits:>8}{cost.deadlocks:>11}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()

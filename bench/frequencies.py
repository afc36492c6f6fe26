"""Measure what counting the words of public claims costs writers: the same work with these triggers and without them.

    python -m bench.frequencies --size 10k --rounds 3

An import of 10,000 claims with --accept, then publications one by one, then eight writers at once while an import of SIZE claims is
open in one transaction. Costs are CPU seconds of the commands and of the whole server together, since the time on the clock says
little on a busy machine. Both ways are measured in turn, and compared by the median of the ratios of the rounds.

A wait is a session that waits for a lock in one of the samples, which are taken twenty times a second; *for counts* are those that
wait for a lock of the tables of frequencies. The open import is about speakers of the first one.
"""

import argparse
import json
import os
import statistics
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
IMPORTED_FIRST = 10_000
TRIGGERS = """SELECT format('DROP TRIGGER %I ON claims_claim', tgname) FROM pg_trigger
    WHERE tgrelid = 'claims_claim'::regclass AND tgname LIKE 'pgtrigger_frequencies_%'"""
WAITING = """SELECT count(DISTINCT a.pid), count(DISTINCT l.pid) FROM pg_stat_activity a
    LEFT JOIN pg_locks l ON l.pid = a.pid AND NOT l.granted
        AND l.relation IN ('claims_frequency'::regclass, 'claims_frequencychange'::regclass)
    WHERE a.datname = current_database() AND a.wait_event_type = 'Lock'"""
PUBLISH = """
import sys
import django
django.setup()
from claims import curating, reviewing
from claims.models import Claim
from claimtrack.models import User
first, number = map(int, sys.argv[1:])
claims = Claim.objects.filter(merged_into=None).order_by("pk")[first : first + number]
by = User.objects.get(username="bench")
evidence = [{"url": "https://archive.example/1", "stance": "context"}]
for claim in list(claims):
    curating.edit_claim(claim=claim, by=by, expected=None, text=claim.text + " So it is said.")
    reviewing.review(claim=claim, to="in_review", by=by, expected=None)
    reviewing.review(claim=claim, to="checked", by=by, expected=None, verdict="false", rationale="No.", evidence=evidence)
"""


class Cost(NamedTuple):
    """CPU seconds of the import, of the publications and of the writers beside an open import; waits, those for counts, deadlocks."""

    imported: float
    published: float
    at_once: float
    waits: int
    for_counts: int
    deadlocks: int


def speaker(line: str) -> str:
    return json.loads(line)["speaker"]["name"]


def started(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=data.ROOT, env=environment(IMPORTED), stdout=subprocess.DEVNULL)


def writer(first: int, number: int) -> subprocess.Popen[bytes]:
    return started("-c", PUBLISH, str(first), str(number))


def ended(processes: list[subprocess.Popen[bytes]]) -> float:
    """Wait for the processes, and return their CPU seconds."""
    spent = 0.0
    for process in processes:
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit("A writer failed.")
        spent += usage.ru_utime + usage.ru_stime
    return spent


def measure(base: Path, opened: Path, *, counted: bool) -> Cost:
    make(IMPORTED, TEMPLATE)
    with psycopg.connect(data.url(IMPORTED), autocommit=True) as connection:
        if not counted:
            for (statement,) in connection.execute(TRIGGERS).fetchall():
                connection.execute(statement)
        first = measure_import(base, "--accept")
        connection.execute("VACUUM (ANALYZE)")
        before = server_cpu()
        published = ended([writer(0, WRITERS * PUBLISHED)]) + server_cpu() - before
        before = server_cpu()
        importing = started("manage.py", "import_claims", str(opened), "--by", "bench", "--accept", "--strict")
        writers = [writer((WRITERS + number) * PUBLISHED, PUBLISHED) for number in range(WRITERS)]
        waits = for_counts = 0
        # Not yet reaped, so that wait4() has their usage.
        while any(os.waitid(os.P_PID, one.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None for one in writers):
            [(every, these)] = connection.execute(WAITING).fetchall()
            waits, for_counts = waits + every, for_counts + these
            time.sleep(0.05)
        still_open = os.waitid(os.P_PID, importing.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        print(f"The import was {'still open' if still_open else 'over'} when the last writer ended.", flush=True)
        at_once = ended([importing, *writers]) + server_cpu() - before
        connection.execute("SELECT pg_stat_force_next_flush()")
        [(deadlocks,)] = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchall()
    return Cost(first.application + first.postgresql, published, at_once, waits, for_counts, deadlocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=data.SIZES, default="10k", help="Of the import that is open.")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    path = prepare(IMPORTED_FIRST + data.SIZES[options.size])
    base, opened = FOLDER / "base.ndjson", FOLDER / "open.ndjson"
    with path.open() as lines, opened.open("w") as rest:
        first = list(islice(lines, IMPORTED_FIRST))
        base.write_text("".join(first))
        known = {speaker(line) for line in first}
        rest.writelines(line for line in lines if speaker(line) in known)
    costs: dict[bool, list[Cost]] = {True: [], False: []}
    print(f"{'CPU s':<10}{'import':>10}{'publish':>10}{'at once':>10}{'waits':>8}{'for counts':>12}{'deadlocks':>11}")
    for number in range(options.rounds):
        # In turn, so that other work of the machine affects both.
        for counted in (True, False) if number % 2 else (False, True):
            cost = measure(base, opened, counted=counted)
            costs[counted].append(cost)
            print(f"{'counted' if counted else 'without':<10}{cost.imported:>10.2f}{cost.published:>10.2f}{cost.at_once:>10.2f}"
                  f"{cost.waits:>8}{cost.for_counts:>12}{cost.deadlocks:>11}", flush=True)  # fmt: skip
    ratios = [
        statistics.median(one[at] / other[at] for one, other in zip(costs[True], costs[False], strict=True))
        for at in range(3)
    ]
    print(f"{'ratio':<10}" + "".join(f"{ratio:>10.3f}" for ratio in ratios))


if __name__ == "__main__":
    main()

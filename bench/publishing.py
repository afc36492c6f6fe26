"""Measure what the transparency log adds to a publication: corrections of one claim, with the log and without it in turn.

    python -m bench.publishing --rounds 200
    python -m bench.publishing --imports 3 --size 100k

The second measures what it adds to an import whose claims are accepted, so that their articles become public: three with it, three
without.

Each correction is a call of `reviewing.review` with its commit, in a database of its own. A thread numbers the entries after it; the
next correction waits for that. The CPU is that of the publishing thread and of its session in PostgreSQL, and depends little on
what else the machine does.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

import psutil

from bench import data
from bench.importing import IMPORTED, TEMPLATE, environment, make, measure_import, prepare
from claimtrack.db.embedded import server

NAME = "claimtrack_bench_publishing"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--imports", type=int, default=0)
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    options = parser.parse_args()
    if options.imports:
        measure_imports(options.imports, options.size)
        return
    server.ensure_running(data.DATA)
    make(NAME, "template1")
    os.environ |= {**environment(NAME), "CLAIMTRACK_LOG_KEY": str(Path(tempfile.mkdtemp()) / "key.pem")}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=data.ROOT, check=True)
    import django

    django.setup()
    measure(options.rounds)


def measure(rounds: int) -> None:
    from django.conf import settings
    from django.db import connection

    from claims.proof import recording, sequencing
    from claims.proof.notes import make_key
    from tests.factories import make_claim, make_user, step

    make_key(settings.CLAIMTRACK_LOG_KEY)
    claims = {way: make_claim("checked") for way in ("with", "without")}
    editor = make_user("editor")
    took: dict[str, list[float]] = defaultdict(list)
    used: dict[str, list[float]] = defaultdict(list)
    session = psutil.Process(connection.connection.info.backend_pid)

    def cpu() -> float:
        times = session.cpu_times()
        return time.thread_time() + times.user + times.system

    for number in range(2 * rounds):
        way = "with" if number % 4 in (0, 3) else "without"
        with patch.object(recording, "step_taken", recording.step_taken if way == "with" else lambda row, pieces: None):
            started, before = time.perf_counter(), cpu()
            step(claims[way], "checked", by=editor)
            took[way].append(time.perf_counter() - started)
            used[way].append(cpu() - before)
            while (numbering := sequencing._soon.thread) is not None:
                numbering.join()
            took[f"{way}, numbered"].append(time.perf_counter() - started)
    medians = {way: statistics.median(times[10:]) * 1000 for way, times in took.items()}
    print(f"A publication takes {medians['without']:.1f} ms without the log, {medians['with']:.1f} with it: ", end="")
    print(f"{medians['with'] / medians['without']:.2f} times.")
    # The kernel counts the time of another process in steps, so the sum says more than a median.
    means = {way: statistics.mean(times[10:]) * 1000 for way, times in used.items()}
    print(f"It takes {means['without']:.2f} ms of CPU without the log, {means['with']:.2f} with it: ", end="")
    print(f"{means['with'] / means['without']:.2f} times.")
    print(f"Its entry is numbered {medians['with, numbered'] - medians['with']:.1f} ms later.")


def measure_imports(rounds: int, size: str) -> None:
    path = prepare(data.SIZES[size])
    used: dict[bool, list[float]] = defaultdict(list)
    for number in range(2 * rounds):
        log = number % 4 in (0, 3)
        make(IMPORTED, TEMPLATE)
        cost = measure_import(path, "--accept", log=log)
        used[log].append(cost.application + cost.postgresql)
    medians = {log: statistics.median(times) / data.SIZES[size] * 1000 for log, times in used.items()}
    print(f"A claim takes {medians[False]:.3f} ms of CPU without the log, {medians[True]:.3f} with it: ", end="")
    print(f"{medians[True] / medians[False]:.3f} times.")


if __name__ == "__main__":
    main()

"""Measure what the transparency log adds to a publication: corrections of one claim, with the log and without it in turn.

    python -m bench.publishing --rounds 200
    python -m bench.publishing --import 100k

Each correction is a call of `reviewing.review` with its commit, in a database of its own. A thread numbers the entries after it; the
next correction waits for that. The second measures what it adds to an import whose claims are accepted, so that their articles
become public: the share of the CPU that is spent in `claims_shown`.

The CPU is that of the thread and of its session in PostgreSQL, and depends little on what else the machine does.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from unittest.mock import patch

from bench import data
from bench.importing import IMPORTED, TEMPLATE, environment, make, prepare, work_in
from claims.proof.notes import make_key

NAME = "claimtrack_bench_publishing"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--import", dest="size", choices=data.SIZES)
    options = parser.parse_args()
    if options.size:
        measure_import(data.SIZES[options.size])
        return
    key = Path(tempfile.mkdtemp()) / "key.pem"
    make_key(key)
    work_in(NAME, CLAIMTRACK_LOG_KEY=str(key))
    measure(options.rounds)


def measure(rounds: int) -> None:
    from claims.proof import recording, sequencing
    from tests.factories import make_claim, make_user, step

    claims = {way: make_claim("checked") for way in ("with", "without")}
    editor = make_user("editor")
    took: dict[str, list[float]] = defaultdict(list)
    used: dict[str, list[float]] = defaultdict(list)
    for number in range(2 * rounds):
        way = "with" if number % 4 in (0, 3) else "without"
        with patch.object(
            recording, "step_taken", recording.step_taken if way == "with" else lambda row, step, pieces: None
        ):
            started, before = time.perf_counter(), cpu()
            step(claims[way], "checked", by=editor)
            took[way].append(time.perf_counter() - started)
            used[way].append(cpu() - before)
            while (numbering := sequencing.sequencer.thread) is not None:
                numbering.join()
            took[f"{way}, numbered"].append(time.perf_counter() - started)
    medians = {way: statistics.median(times[10:]) * 1000 for way, times in took.items()}
    print(f"A publication takes {medians['without']:.1f} ms without the log, {medians['with']:.1f} with it: ", end="")
    print(f"{medians['with'] / medians['without']:.2f} times.")
    of_cpu = {way: statistics.median(times[10:]) * 1000 for way, times in used.items()}
    print(f"It takes {of_cpu['without']:.2f} ms of CPU without the log, {of_cpu['with']:.2f} with it: ", end="")
    print(f"{of_cpu['with'] / of_cpu['without']:.2f} times.")
    print(f"Its entry is numbered {medians['with, numbered'] - medians['with']:.1f} ms later.")


def measure_import(claims: int) -> None:
    path = prepare(claims)
    make(IMPORTED, TEMPLATE)
    os.environ |= environment(IMPORTED)
    import django

    django.setup()
    from django.core.management import call_command

    from claims.proof import recording

    spent, claims_shown = [], recording.claims_shown

    def timed(found: Collection[int]) -> None:
        before = cpu()
        claims_shown(found)
        spent.append(cpu() - before)

    recording.claims_shown = timed
    before = cpu()
    call_command("import_claims", str(path), by="bench", accept=True)
    whole, log = cpu() - before, sum(spent)
    print(
        f"A claim takes {(whole - log) / claims * 1000:.3f} ms of CPU without the log, {whole / claims * 1000:.3f} with it: ",
        end="",
    )
    print(f"{whole / (whole - log):.3f} times.")


def cpu() -> float:
    """Return the seconds of CPU that this thread and its session have used. Linux counts those of the other process exactly there."""
    from django.db import connection

    connection.ensure_connection()
    session = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return time.thread_time() + int(session.split()[0]) / 1e9


if __name__ == "__main__":
    main()

"""Measure how fast claimtrack answers, compared with a minimal server (bench.floor) and idiomatic DRF (bench.idiomatic).

    python -m bench.run --size 100k        or        make bench SIZE=100k

Each contender runs under gunicorn with two workers on the same database. First their answers are compared. Then wrk loads
them in turn, A B C and C B A, after a warm-up. Figures are medians over the rounds. A ratio compares figures of the same round,
since the speed of a machine varies between rounds. CPU time (application and PostgreSQL) varies less.
"""

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import psutil
import psycopg

from bench import data, plot
from bench.cases import PATHS, TITLES, Cases

CONTENDERS = {"claimtrack": "claimtrack.wsgi", "floor": "bench.floor", "drf": "bench.idiomatic"}
GUNICORN = ["--workers", "2", "--threads", "4", "--keep-alive", "60", "--log-level", "warning"]
# claimtrack is started in its own folder, where gunicorn reads gunicorn.conf.py. The others get gunicorn's default settings.
PLAIN = ["-k", "gthread", "--pythonpath", str(data.ROOT)]
CONNECTIONS = 8
WARM_UP = 1  # second
START_TIMEOUT = 60  # seconds


class Contender:
    """A server under test, in a child process with its own port."""

    def __init__(self, name: str, size: str) -> None:
        self.name = name
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.base = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the process
        options, folder = (GUNICORN, data.ROOT) if name == "claimtrack" else ([*GUNICORN, *PLAIN], data.ROOT / "bench")
        command = [sys.executable, "-m", "gunicorn", *options, "-b", self.base[7:], f"{CONTENDERS[name]}:application"]
        env = {**data.environment(size), "BENCH_DATABASE_URL": data.url(data.database(size))}
        self.process = psutil.Popen(command, cwd=folder, env=env, stdout=self.log, stderr=self.log)

    def get(self, line: str) -> Any:
        """Return the answer to a line of `Cases.requests`."""
        path, _, etag = line.partition("\t")
        headers = {"Accept": "application/json", **({"If-None-Match": etag} if etag else {})}
        try:
            return urlopen(Request(self.base + path, headers=headers), timeout=120)
        except HTTPError as answer:
            if answer.code != HTTPStatus.NOT_MODIFIED:
                raise
            return answer

    def wait(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            try:
                self.get(PATHS[self.name]).read()
                return
            except URLError as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.log.seek(0)
                    raise SystemExit(f"{self.name} does not answer ({error}).\n{self.log.read()}") from None
                time.sleep(0.2)

    def tree(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def stop(self) -> None:
        with suppress(psutil.NoSuchProcess):
            self.process.terminate()
            self.process.wait(30)


def cpu(processes: list[psutil.Process]) -> float:
    """Return the seconds of CPU that the processes and their ended children have used."""
    used = 0.0
    for process in processes:
        # A process that has just ended is counted by its parent.
        with suppress(psutil.NoSuchProcess):
            used += sum(process.cpu_times()[:4])
    return used


def postgres() -> list[psutil.Process]:
    postmaster = psutil.Process(int((data.DATA / "postmaster.pid").read_text().split()[0]))
    return [postmaster, *postmaster.children()]


def settle(contender: Contender, connection: psycopg.Connection) -> None:
    """Cancel queries that are still running, so that they do not slow down the next contender."""
    busy = "FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()"
    used, before = cpu(contender.tree()), -1.0
    while connection.execute(f"SELECT pg_cancel_backend(pid) {busy}").rowcount or used - before > 0.01:
        time.sleep(0.2)
        used, before = cpu(contender.tree()), used


def load(contender: Contender, lines: list[str], seconds: float) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        script = str(Path(__file__).with_name("wrk.lua"))
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds:.0f}s",
            "--timeout",
            "60s",
            "-s",
            script,
            contender.base,
        ]
        run = subprocess.run(command, env={**os.environ, "REQUESTS": file.name}, capture_output=True, text=True)
    found = re.search(r"RESULT (.*)", run.stdout)
    if not found:
        raise SystemExit(f"wrk failed.\n{run.stdout}{run.stderr}")
    return json.loads(found[1])


def measure(contender: Contender, lines: list[str], seconds: float) -> dict[str, float]:
    """Return throughput (per second), latencies (ms), CPU of application and PostgreSQL (ms per request), and RSS (MB)."""
    load(contender, lines, WARM_UP)
    for lasting in (seconds, 10 * seconds):
        application, server = cpu(contender.tree()), cpu(postgres())
        result = load(contender, lines, lasting)
        if result["requests"]:
            break
    requests = max(1, result["requests"])
    return {
        "rate": result["requests"] / result["seconds"],
        "p50": result["p50"],
        "p99": result["p99"],
        "application_ms": (cpu(contender.tree()) - application) / requests * 1000,
        "postgresql_ms": (cpu(postgres()) - server) / requests * 1000,
        "rss": sum(process.memory_info().rss for process in contender.tree()) / 2**20,
        "errors": result["errors"],
    }


def compare(contenders: dict[str, Contender], case: str, lines: dict[str, list[str]]) -> list[str]:
    """Return the differences between the answers of a case. claimtrack and the floor must agree byte by byte."""
    if case == "not_modified":
        status = contenders["claimtrack"].get(lines["claimtrack"][0]).status
        return [] if status == HTTPStatus.NOT_MODIFIED else [f"{case}: claimtrack answers {status}"]
    wrong = []
    for number in range(min(10, len(lines["floor"]))):
        # Idiomatic DRF takes seconds for some requests.
        names = contenders if number < 2 else [name for name in contenders if name != "drf"]
        bodies = {name: contenders[name].get(lines[name][number]).read() for name in names}
        if case != "detail":
            # Each contender has its own links to other pages.
            bodies = {name: body[body.index(b'"results":') + 10 : -1] for name, body in bodies.items()}
        where = f"{case}, {lines['claimtrack'][number]}"
        if bodies["claimtrack"] != bodies["floor"]:
            wrong.append(f"{where}: claimtrack and floor differ")
        if "drf" in bodies and json.loads(bodies["drf"]) != json.loads(bodies["floor"]):
            wrong.append(f"{where}: drf and floor differ")
        if not json.loads(bodies["floor"]):
            wrong.append(f"{where}: nothing found")
    return wrong


def median(rounds: list[dict[str, float]], floor: list[dict[str, float]]) -> dict[str, float]:
    """Return medians over the rounds, and the median ratio to the floor's throughput in the same round."""
    medians = {name: statistics.median(result[name] for result in rounds) for name in rounds[0]}
    ratios = [result["rate"] / beside["rate"] for result, beside in zip(rounds, floor, strict=True)]
    return {**medians, "errors": sum(result["errors"] for result in rounds), "ratio": statistics.median(ratios)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--cases", default="", help=f"Some of {','.join(TITLES)}; printed only.")
    parser.add_argument("--out", type=Path, default=Path("docs/performance"), help="Where .md and .svg files go.")
    parser.add_argument("--check", action="store_true", help="Compare the answers and stop.")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("The benchmark needs wrk, an HTTP load generator: apt-get install wrk")
    data.ensure(options.size)
    contenders: dict[str, Contender] = {}
    try:
        for name in CONTENDERS:
            contenders[name] = Contender(name, options.size)
        with psycopg.connect(data.url(data.database(options.size)), autocommit=True) as connection:
            results = run(contenders, Cases(connection), connection, options)
    finally:
        for contender in contenders.values():
            contender.stop()
    if results:
        whole = {"size": options.size, "rounds": options.rounds, "seconds": options.seconds, "cases": results}
        print(plot.table(whole))
        if not options.cases:
            plot.write(whole, options.out)


def run(
    contenders: dict[str, Contender], cases: Cases, connection: psycopg.Connection, options: argparse.Namespace
) -> dict[str, Any]:
    for contender in contenders.values():
        contender.wait()
    first = contenders["claimtrack"].get(PATHS["claimtrack"])
    etag = first.headers["ETag"] or ""
    cursor = parse_qs(urlsplit(json.loads(first.read())["next"]).query)["cursor"][0]
    wanted = options.cases.split(",") if options.cases else cases.names()
    lines = {
        case: {name: cases.requests(case, name, cursor=cursor, etag=etag) for name in contenders}
        for case in wanted
        if etag or case != "not_modified"
    }
    wrong = [what for case in lines for what in compare(contenders, case, lines[case])]
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f"All answers agree: {', '.join(lines)}.", flush=True)
    if options.check:
        return {}
    results: dict[str, dict[str, list[dict[str, float]]]] = {case: {name: [] for name in contenders} for case in lines}
    for number in range(options.rounds):
        for case in lines:
            for name in list(contenders)[:: -1 if number % 2 else 1]:
                results[case][name].append(measure(contenders[name], lines[case][name], options.seconds))
                settle(contenders[name], connection)
        print(f"Round {number + 1} of {options.rounds}.", flush=True)
    return {
        case: {name: median(rounds, found["floor"]) for name, rounds in found.items()}
        for case, found in results.items()
    }


if __name__ == "__main__":
    main()

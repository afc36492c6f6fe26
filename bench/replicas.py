"""Measure reads from standbys, and prove that they are right: a primary and two standbys, real servers on this machine.

    python -m bench.replicas --size 10k --writes 10000 --seconds 60

1. answers: random public addresses at each standby, compared with the primary to the byte.
2. load: anonymous reads without replicas and with them in turn; throughput, and the CPU of each server for a request.
3. writes: each followed by a read of the same writer, while the replay of the standbys is paused and resumed at random.
4. faults: anonymous readers while standbys are paused, killed and promoted in turn, and a writer counts up on the primary. An
   answer is wrong if it is not what the primary showed at most CLAIMTRACK_REPLICA_LAG seconds (and one) before it was asked for.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from bench import data
from bench.cases import Cases
from bench.run import GUNICORN, cpu, load
from claimtrack.db.embedded import server
from tests.standbys import make_standby

LAG = 3  # seconds
WRITERS, READERS = 8, 4
STANDBYS = [data.DATA.with_name(f"standby_{number}") for number in (1, 2)]
SPARE = data.DATA.with_name("standby_3")
LOADED = ("first", "topic", "detail", "not_modified")
CONFLICTS = "max_standby_streaming_delay = '1s'\n"


class Site:
    """claimtrack under gunicorn, with these standbys as replicas."""

    base = ""

    def __init__(self, size: str, standbys: list[Path]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        env = {
            **data.environment(size),
            "CLAIMTRACK_REPLICA_LAG": str(LAG),
            "CLAIMTRACK_THROTTLE_TOKEN": "0",
            "CLAIMTRACK_THROTTLE_WRITE": "0",
            "DATABASE_REPLICA_URL": ",".join(url_of(folder, size) for folder in standbys),
        }
        command = [sys.executable, "-m", "gunicorn", *GUNICORN, "-b", self.base[7:], "claimtrack.wsgi"]
        self.log = (data.DATA.parent / "replicas.log").open("w")
        self.process = psutil.Popen(command, cwd=data.ROOT, env=env, stdout=self.log, stderr=self.log)
        until(lambda: self.readable(len(standbys)))

    def readable(self, standbys: int) -> bool:
        """Return whether each worker is likely to read all standbys."""
        try:
            found = [json.loads(self.get("/readyz")[1]) for _ in range(20)]
        except OSError:
            return False
        return all(
            [one["state"] for one in answer.get("replicas", {}).values()] == ["ok"] * standbys for answer in found
        )

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        return self.ask("GET", path, None, headers)

    def etag(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        etag = connection.getresponse().headers["ETag"]
        connection.close()
        return etag

    def ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def tree(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    parser.add_argument("--addresses", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writes", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=60, help="of faults")
    options = parser.parse_args()
    server.ensure_running(data.DATA)
    data.ensure(options.size)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=data.ROOT, env=data.environment(options.size), check=True)
    folders = [*STANDBYS, SPARE]
    for folder in folders:
        remove(folder)
    began = time.monotonic()
    for folder in STANDBYS:
        make_standby(data.DATA, folder, settings=CONFLICTS)
    print(f"two standbys made in {time.monotonic() - began:.1f} s")
    try:
        answers(options.size, options.addresses)
        loads(options.size, options.rounds)
        site = Site(options.size, STANDBYS)
        try:
            writes(site, options.size, options.writes)
        finally:
            site.stop()
        faults(options.size, options.seconds)
    finally:
        for folder in folders:
            remove(folder)


def answers(size: str, number: int) -> None:
    """Compare random addresses at a site of each server alone."""
    with psycopg.connect(data.url(data.database(size))) as connection:
        cases = Cases(connection)
    lines = [line for name in LOADED[:3] for line in cases.requests(name, "claimtrack", cursor="", etag="")]
    lines += [re.sub("^/api/v1", prefix, line) for line in lines if "limit" not in line for prefix in ("", "/de")]
    chosen = random.sample(lines, min(number, len(lines)))
    primary = Site(size, [])
    expected = [primary.get(line) for line in chosen]
    primary.stop()
    for folder in STANDBYS:
        replica = Site(size, [folder])
        different = sum(replica.get(line) != found for line, found in zip(chosen, expected, strict=True))
        replica.stop()
        print(f"answers: {len(chosen)} of {folder.name}, {different} different from the primary's")
    print(f"answers: {Counter(status for status, _ in expected)}")


def loads(size: str, rounds: int) -> None:
    """Load a site without replicas and one with them, in turn."""
    with psycopg.connect(data.url(data.database(size))) as connection:
        cases = Cases(connection)
    found: dict[tuple[str, str], list[tuple[float, ...]]] = {}
    sites = {"primary": [], "replicas": STANDBYS}
    for _ in range(rounds):
        for way, standbys in sites.items():
            site = Site(size, standbys)
            for case in LOADED:
                etag = site.etag("/api/v1/claims/")
                lines = cases.requests(case, "claimtrack", cursor="", etag=etag)
                load(site, lines, 1)
                before = used_by(site)
                done = load(site, lines, 4)
                spent = [
                    (now - then) * 1000 / done["requests"] for now, then in zip(used_by(site), before, strict=True)
                ]
                app, primary, *others = spent
                found.setdefault((case, way), []).append((done["requests"] / 4, app, primary, sum(others)))
            site.stop()
    print("case, way: requests/s; CPU ms of a request: application, primary, standbys")
    for (case, way), rows in found.items():
        rate, *used = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"{case}, {way}: {rate:.0f}; {', '.join(f'{one:.3f}' for one in used)}")


def used_by(site: Site) -> list[float]:
    """Return the seconds of CPU of the site, the primary and the standbys so far."""
    return [cpu(one) for one in (site.tree(), postgres(data.DATA), *(postgres(folder) for folder in STANDBYS))]


def writes(site: Site, size: str, number: int) -> None:
    """Let each of WRITERS write and read what it wrote, by the list and by the row."""
    tokens = [create_token(size) for _ in range(WRITERS)]
    names, done, run = iter(range(number)), Counter(), random.randrange(1 << 30)
    lock = threading.Lock()

    def work(token: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)

        def ask(method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

        while True:
            with lock:
                name = next(names, None)
            if name is None:
                connection.close()
                return
            status, body = ask("POST", "/api/v1/topics/", json.dumps({"name": f"Written {run} {name}"}))
            if status != HTTPStatus.CREATED:
                done[f"{status} to a write"] += 1
                continue
            status, _ = ask("GET", f"/api/v1/topics/{json.loads(body)['slug']}/")
            done["read" if status == HTTPStatus.OK else f"stale ({status})"] += 1

    began = time.monotonic()
    with pausing() as paused, ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, tokens))
    seconds = time.monotonic() - began
    print(f"writes: {dict(done)} in {seconds:.0f} s, while replay was paused {paused[0]} times")


@contextmanager
def pausing() -> Iterator[list[int]]:
    """Pause and resume the replay of the standbys at random."""
    paused, stop = [0], threading.Event()

    def run() -> None:
        while not stop.is_set():
            with superuser(random.choice(STANDBYS)) as session:
                session.execute("SELECT pg_wal_replay_pause()")
                paused[0] += 1
                stop.wait(random.uniform(0.1, 2 * LAG))
                session.execute("SELECT pg_wal_replay_resume()")

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield paused
    finally:
        stop.set()
        thread.join()


def faults(size: str, seconds: int) -> None:
    """Read all the while, and count answers that are errors, or older than they may be."""
    database = data.database(size)
    with psycopg.connect(data.url(database), autocommit=True) as session:
        [pk] = session.execute(
            "INSERT INTO claims_topic (name, slug) VALUES ('0', 'counted') ON CONFLICT (slug) DO UPDATE SET name = '0' RETURNING id"
        ).fetchone()
        claim = "SELECT id FROM claims_claim WHERE status = 'checked' ORDER BY id LIMIT 1"
        session.execute(
            f"INSERT INTO claims_claimtopic (claim_id, topic_id) SELECT id, %s FROM ({claim}) c ON CONFLICT DO NOTHING",
            [pk],
        )
    written: list[tuple[float, int]] = [(time.monotonic(), 0)]
    stop, seen = threading.Event(), Counter()
    site = Site(size, STANDBYS)

    def count() -> None:
        with psycopg.connect(data.url(database), autocommit=True) as session:
            for number in range(1, 1 << 30):
                if stop.wait(0.02):
                    return
                session.execute("UPDATE claims_topic SET name = %s WHERE id = %s", [str(number), pk])
                written.append((time.monotonic(), number))

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        while not stop.is_set():
            asked = time.monotonic()
            connection.request("GET", "/api/v1/topics/counted/")
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != HTTPStatus.OK:
                seen[f"status {answer.status}"] += 1
                continue
            name = json.loads(body)["name"]
            least = (
                max(number for at, number in written if at <= asked - LAG - 1) if asked - LAG - 1 > written[0][0] else 0
            )
            seen["right" if name.isdigit() and int(name) >= least else "wrong"] += 1

    happened: Counter[str] = Counter()
    threads = [threading.Thread(target=one) for one in (count, *[read] * READERS)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for fault in (pause, kill, lambda: promote(size)):
            happened[fault()] += 1
            time.sleep(1.5)
    stop.set()
    for thread in threads:
        thread.join()
    site.stop()
    asked_again = (data.DATA.parent / "replicas.log").read_text().count("asked again at the primary")
    print(f"faults: {dict(seen)} while {dict(happened)}; {asked_again} asked again at the primary")


def pause() -> str:
    """Pause replay for longer than a replica may be behind."""
    sessions = [psycopg.connect(url_of(folder, "", "postgres"), autocommit=True) for folder in STANDBYS]
    for session in sessions:
        session.execute("SELECT pg_wal_replay_pause()")
    time.sleep(LAG + 2)
    for session in sessions:
        session.execute("SELECT pg_wal_replay_resume()")
        session.close()
    return "paused"


def kill() -> str:
    """End a standby at once, as a crash does, and start it again."""
    folder = random.choice(STANDBYS)
    os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    time.sleep(1)
    server.ensure_running(folder)
    return "killed"


def promote(size: str) -> str:
    """Promote a standby while it is read, write rows to it that the primary never sees, and replace it by a new standby."""
    folder = STANDBYS[1]
    with superuser(folder) as session:
        session.execute("SELECT pg_promote()")
    with psycopg.connect(url_of(folder, size), autocommit=True) as session:
        session.execute("UPDATE claims_topic SET name = 'split brain' WHERE slug = 'counted'")
    time.sleep(1)
    remove(folder)
    make_standby(data.DATA, folder, settings=CONFLICTS)
    return "promoted"


def create_token(size: str) -> str:
    command = [sys.executable, "manage.py", "create_token", "bench", "--scope", "admin"]
    made = subprocess.run(
        command, cwd=data.ROOT, env=data.environment(size), capture_output=True, text=True, check=True
    )
    found = re.search(r"ct_\S+", made.stdout)
    assert found, made.stdout
    return found[0]


def url_of(folder: Path, size: str, database: str = "") -> str:
    """Return the URL of a database of the server in this folder."""
    host = quote(str(server.socket_folder(folder)), safe="")
    return f"postgresql://{server.NAME}@{host}:{server.PORT}/{database or data.database(size)}"


def remove(folder: Path) -> None:
    server.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def superuser(folder: Path) -> psycopg.Connection:
    return psycopg.connect(url_of(folder, "", "postgres"), autocommit=True)


def postgres(folder: Path) -> list[psutil.Process]:
    postmaster = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
    return [postmaster, *postmaster.children()]


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit("It does not become ready.")
        with suppress(InterruptedError):
            time.sleep(0.2)


if __name__ == "__main__":
    main()

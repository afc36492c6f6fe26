"""Measure `manage.py import_claims` and the exports, compared with a plain COPY of the same rows.

    python -m bench.importing --size 100k        or        make bench-import SIZE=100k

The file has 20 claims for each article, in random order within batches. Each has one quote, two topics on average, and a
speaker by Zipf's law. Import and COPY start from copies of one database, which contains the articles and no claims. COPY
inserts the rows that the import has made: into the same tables, with their indexes, guards and history, in one transaction. CPU
times are those of the whole server, so nothing else should use it meanwhile.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django
import psutil
import psycopg

from bench import data
from bench.corpus import PER_ARTICLE, WORDS, Corpus, Rows, Text
from bench.run import cpu, postgres
from claimtrack.db.embedded import server

FOLDER = data.DATA.parent / "bench"
TEMPLATE, IMPORTED, COPIED = "claimtrack_bench_articles", "claimtrack_bench_imported", "claimtrack_bench_copied"
BATCH = 10_000  # claims, whose lines are shuffled
EDITOR = data.USER.replace("false", "true")  # is_superuser, is_staff, is_active
EXISTING = ("sources_source", "sources_domain")  # tables that are filled before articles are ingested
# The tables into which an import inserts rows.
TABLES = {
    "claims_speaker": "id name kind role website",
    "claims_alias": "id speaker_id name key folded",
    "claims_topic": "id name slug",
    "claims_appearance": "id claim_id snapshot_id quote start_offset end_offset prefix suffix",
    "claims_claimtopic": "id claim_id topic_id created_at",
    "claims_claim": "id text speaker_id speaker_role said_at said_precision language status origin origin_key version"
    " created_by_id created_at updated_at",
}
ATTRIBUTED = """
    SELECT set_config('pghistory.context_id', gen_random_uuid()::text, true),
        set_config('pghistory.context_metadata', '{"user": 1}', true)"""

EXPORT = """
import sys
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
from django.test import Client
answer = Client(SERVER_NAME="127.0.0.1").get("/api/v1/claims/", headers={"accept": sys.argv[1]})
sys.exit(answer.status_code != 200 or not sum(map(len, answer.streaming_content)))"""


class Cost(NamedTuple):
    """Wall-clock seconds, CPU seconds of the application and of PostgreSQL, and the application's peak memory in MB."""

    seconds: float
    application: float
    postgresql: float
    memory: float


def names(base_rows: Rows) -> dict[str, dict[int, str]]:
    """Return the names of sources and speakers by their ids."""
    tables = {"sources": "sources_source", "speakers": "claims_speaker"}
    return {name: {row[0]: row[1] for row in base_rows[table]} for name, table in tables.items()}


def batches(corpus: Corpus, names: dict[str, dict[int, str]]) -> Iterator[tuple[Rows, list[str]]]:
    """Yield rows of articles, and lines of an import about them. `names` is what the function `names` returns."""
    for first in range(0, corpus.claims, BATCH):
        rows: Rows = defaultdict(list)
        found = []
        for pk in range(first // PER_ARTICLE + 1, min(first + BATCH, corpus.claims) // PER_ARTICLE + 1):
            text = corpus.article(rows, pk)
            _, source, _, url, _, sha256, *_ = rows["sources_article"][-1]
            article = {"url": url} if url else {"sha256": sha256}
            for number in range(PER_ARTICLE):
                line = claim_line(corpus, text, names["speakers"])
                about = {"source": {"name": names["sources"][source]}, "article": article, "id": f"{pk}.{number}"}
                found.append(json.dumps({**about, **line}, ensure_ascii=False))
        corpus.random.shuffle(found)
        yield rows, found


def claim_line(corpus: Corpus, text: Text, speakers: dict[int, str]) -> dict[str, Any]:
    """Return the members of a line of an import for a claim in this text."""
    start, end = corpus.random.choice(text.spans)
    quote = text.text[start:end]
    speaker = corpus.random.choices(corpus.speakers, cum_weights=corpus.speaker_weights)[0]
    about = {WORDS["topics"][corpus.rank(len(WORDS["topics"])) - 1] for _ in range(corpus.random.randint(0, 4))}
    return {
        "speaker": {"name": speakers[speaker], "role": corpus.roles[speaker - 1]},
        "claim": {"text": f"{quote}.", "said_at": "2025-09-05", "language": "en", "topics": sorted(about)},
        "quote": quote,
        "start": start,
    }


def prepare(claims: int) -> Path:
    """Make the database of articles, and the file to import. Return its path."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "import.ndjson"
    server.ensure_running(data.DATA)
    make(TEMPLATE, "template1")
    migrate(TEMPLATE)
    with psycopg.connect(data.url(TEMPLATE), autocommit=True) as connection, path.open("w") as file:
        corpus = Corpus(claims, connection.execute(EDITOR).fetchall()[0][0], [])
        base_rows = corpus.base_rows()
        data._copy(connection, {name: base_rows[name] for name in EXISTING})
        for rows, found in batches(corpus, names(base_rows)):
            with connection.transaction():
                data._copy(connection, rows)
            file.writelines(f"{line}\n" for line in found)
        # Only tables with rows: PostgreSQL assumes some rows in a table that was never analyzed, which gives better plans.
        connection.execute("VACUUM (ANALYZE) sources_source, sources_domain, sources_article, sources_snapshot")
    return path


def make(name: str, template: str) -> None:
    with psycopg.connect(data.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def work_in(name: str, **variables: str) -> None:
    """Make an empty desk in a database of this name, and let this process use it. `variables`: of its environment."""
    server.ensure_running(data.DATA)
    make(name, "template1")
    migrate(name)
    os.environ |= {**environment(name), **variables}
    django.setup()


def migrate(name: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=data.ROOT, env=environment(name), check=True)


def environment(name: str) -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "claimtrack.settings", **data.environment("10k"), "DATABASE_URL": data.url(name)}


def server_cpu() -> float:
    """Return the CPU seconds that the server has used."""
    while True:
        try:
            return cpu(postgres())
        except psutil.NoSuchProcess:
            continue  # the process of a connection has just ended


def measure_import(path: Path, *options: str) -> Cost:
    """Return the cost of the command, including its start."""
    command = [sys.executable, "manage.py", "import_claims", str(path), "--by", "bench", *options]
    started, before = time.monotonic(), server_cpu()
    process = subprocess.Popen(command, cwd=data.ROOT, env=environment(IMPORTED))
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("The import failed.")
    seconds = time.monotonic() - started
    return Cost(seconds, usage.ru_utime + usage.ru_stime, server_cpu() - before, usage.ru_maxrss / 1024)


def measure_export(media_type: str) -> Cost:
    """Return the cost of exporting all claims from the API, read by a client in the same process."""
    started, before = time.monotonic(), server_cpu()
    command = [sys.executable, "-c", EXPORT, media_type]
    process = subprocess.Popen(command, cwd=data.ROOT, env=environment(IMPORTED))
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("The export failed.")
    seconds = time.monotonic() - started
    return Cost(seconds, usage.ru_utime + usage.ru_stime, server_cpu() - before, usage.ru_maxrss / 1024)


def measure_copy_to() -> Cost:
    """Return the cost of writing the imported rows to files for COPY."""
    with psycopg.connect(data.url(IMPORTED)) as connection:
        started, before, own = time.monotonic(), server_cpu(), time.process_time()
        for table, columns in TABLES.items():
            query = f"COPY (SELECT {columns.replace(' ', ', ')} FROM {table} ORDER BY id) TO STDOUT"
            with (FOLDER / table).open("wb") as file, connection.cursor().copy(query) as copy:
                file.writelines(copy)
        seconds = time.monotonic() - started
        return Cost(seconds, time.process_time() - own, server_cpu() - before, 0)


def measure_copy_from() -> Cost:
    """Return the cost of a plain COPY of those files."""
    with psycopg.connect(data.url(COPIED)) as connection:
        started, before, own = time.monotonic(), server_cpu(), time.process_time()
        connection.execute(data.DATED.format(switch="DISABLE"))
        connection.execute(ATTRIBUTED)
        for table, columns in TABLES.items():
            query = f"COPY {table} ({columns.replace(' ', ', ')}) FROM STDIN"
            with (FOLDER / table).open("rb") as file, connection.cursor().copy(query) as copy:
                while block := file.read(1 << 17):
                    copy.write(block)
        connection.commit()
        seconds = time.monotonic() - started
        return Cost(seconds, time.process_time() - own, server_cpu() - before, 0)


def show(name: str, claims: int, cost: Cost) -> None:
    each = [cost.application / claims * 1000, cost.postgresql / claims * 1000]
    memory = f"{cost.memory:6.0f} MB" if cost.memory else ""
    print(f"{name:14} {claims / cost.seconds:8,.0f} {each[0]:12.3f} {each[1]:11.3f} {memory}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    claims = data.SIZES[options.size]
    path = prepare(claims)
    ratios: dict[str, list[float]] = defaultdict(list)
    print(f"{'':14} claims/s  application  PostgreSQL (CPU ms a claim)  peak memory")
    for _ in range(options.rounds):
        make(IMPORTED, TEMPLATE)
        make(COPIED, TEMPLATE)
        new = measure_import(path)
        show("import", claims, new)
        plain_out = measure_copy_to()
        plain = measure_copy_from()
        show("COPY FROM", claims, plain)
        ratios["import"].append(plain.seconds / new.seconds)
        show("import again", claims, measure_import(path))
        show("and accept", claims, measure_import(path, "--accept"))
        show("COPY TO", claims, plain_out)
        for media_type in ("application/x-ndjson", "text/csv"):
            out = measure_export(media_type)
            show(media_type.rpartition("/")[2], claims, out)
            ratios[media_type].append(plain_out.seconds / out.seconds)
    for name, found in ratios.items():
        print(f"Rate as a ratio to plain COPY's, {name}: {statistics.median(found):.2f}")


if __name__ == "__main__":
    main()

"""Measure how surely a change at the source is noticed, and how often one is reported by mistake.

    python -m bench.rereading [--count 200] [--seed 1]

A server on loopback has that many invented articles (bench.papers), each in one of the page's shapes. They are fetched and ingested,
and a claim that quotes each is made public. Then each article is changed in one of five ways, together with all that stands around it,
and read again by the real fetching, extraction and comparison, robots.txt and conditional requests included.

*Noticed* is a snapshot of a real change: a misspelt word, a note of a correction, another number, a deletion. *Reported* is a passage
that waits for a decision, of changes that touch what is quoted, and of notes. A *false alarm* is a snapshot or a report of a page of
which only the surroundings changed, or a report of a change elsewhere in the article.
"""

import argparse
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench import papers
from bench.importing import work_in
from sources.pages.fetching import Fetched, fetch

NAME = "claimtrack_bench_rereading"
LOOPBACK = frozenset({"127.0.0.1"})
ROBOTS = "User-agent: *\nDisallow: /private/\n"


class Papers(ThreadingHTTPServer):
    """Serves `pages`, by address. `answers` maps an address to status and headers, instead of a page."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, str] = {}
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.before_answer: Callable[[str], None] = lambda address: None

    def fetcher(self, url: str, *, before_each: Callable[[str], None] | None = None, **options: Any) -> Fetched:
        """Fetch an address of an invented paper from this server, as `fetch` does."""
        each = (lambda address: before_each(self.public(address))) if before_each else None
        found = fetch(self.local(url), allow=LOOPBACK, before_each=each, **options)
        return replace(found, url=url, final_url=self.public(found.final_url))

    def local(self, url: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{url.partition('://')[2]}"

    def public(self, url: str) -> str:
        return url.replace(f"http://127.0.0.1:{self.server_port}/", "https://")


class Handler(BaseHTTPRequestHandler):
    server: Papers

    def do_GET(self) -> None:
        url = f"https:/{self.path}"
        self.server.asked.append(url)
        self.server.agents.add(self.headers["User-Agent"])
        self.server.before_answer(url)
        body = self.server.pages.get(url, ROBOTS if url.endswith("/robots.txt") else "")
        status, headers = self.server.answers.get(url, (200 if body else 404, {}))
        tag = f'"{hash(body)}"'
        if status == 200 and self.headers["If-None-Match"] == tag:
            status, body = 304, ""
        self.send_response(status)
        sent = body.encode() if status == 200 else b""
        for name, value in {"Content-Type": "text/html; charset=utf-8", "ETag": tag, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Papers]:
    with Papers() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Counts:
    """How many of each, and the edits that were judged wrongly."""

    real: int = 0
    noticed: int = 0
    touching: int = 0
    reported: int = 0
    surroundings: int = 0
    snapshots_for_nothing: int = 0
    elsewhere: int = 0
    reports_for_nothing: int = 0

    def lines(self) -> Iterator[str]:
        quiet = self.surroundings + self.elsewhere
        for name, part, whole in (
            ("real changes noticed", self.noticed, self.real),
            ("changes of what is quoted, and notes, reported", self.reported, self.touching),
            ("snapshots of changed surroundings", self.snapshots_for_nothing, self.surroundings),
            ("reports of what was not touched", self.reports_for_nothing, quiet),
        ):
            yield f"{name:48} {part:5} of {whole:5}  {part / max(1, whole):.3f}"


def run(server: Papers, *, count: int, seed: int, by: Any) -> tuple[Counts, Counter[str]]:
    """Change `count` articles of the papers, and count the changes that were noticed. `by` is an Editor."""
    from claims import curating, reviewing
    from claims.curating import rereading
    from claims.models import SourceChange
    from sources.ingesting import ingest
    from sources.models import Reading, Snapshot

    chance = random.Random(seed)
    edits: dict[int, papers.Edit] = {}
    addresses: dict[int, str] = {}
    for number in range(count):
        story = papers.story(number, chance)
        url = addresses[number] = f"https://paper{number}.example/{number}"
        server.pages[url] = papers.page(story, papers.around(chance))
        snapshot = ingest(by=by, url=url, fetcher=server.fetcher).snapshot
        places: list[Any] = [{"snapshot": snapshot, "quote": story.quoted}]
        claim = curating.propose(by=by, text=f"{story.quoted}.", appearances=places).claim
        reviewing.review(claim=claim, to="unverified", by=by, expected=None)
        edits[number] = papers.EDITS[(number + number // len(papers.SHAPES)) % len(papers.EDITS)](story, chance)
        server.pages[url] = papers.page(edits[number].after, papers.around(chance), edits[number].note)
    while rereading.enrol() == rereading.BATCH:
        pass
    Reading.objects.update(due_at="2026-01-01T00:00Z")
    while rereading.reread_one(by=by, fetcher=server.fetcher):
        pass
    texts = Counter(Snapshot.objects.values_list("article__url", flat=True))
    reports = Counter(SourceChange.objects.values_list("later__article__url", flat=True))
    return judged(edits, addresses, texts, reports)


def judged(
    edits: dict[int, papers.Edit], addresses: dict[int, str], texts: Counter[str], reports: Counter[str]
) -> tuple[Counts, Counter[str]]:
    counts, wrong = Counts(), Counter[str]()
    for number, edit in edits.items():
        changed, reported = texts[addresses[number]] > 1, reports[addresses[number]] > 0
        real = edit.kind != "boilerplate only"
        if real:
            counts.real += 1
            counts.noticed += changed
        else:
            counts.surroundings += 1
            counts.snapshots_for_nothing += changed
        if edit.touches:
            counts.touching += 1
            counts.reported += reported
        else:
            counts.elsewhere += real
            counts.reports_for_nothing += reported
        if changed != real or reported != edit.touches:
            wrong[f"{edit.kind} in {papers.SHAPES[number % len(papers.SHAPES)].__name__}"] += 1
    return counts, wrong


def fresh_desk(name: str) -> Any:
    """Work in an empty desk in a database of this name, and return a superuser."""
    work_in(name, CLAIMTRACK_REREAD_DELAY="0")
    from claimtrack.models import User

    return User.objects.create(username="bench", is_staff=True, is_superuser=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    by = fresh_desk(NAME)
    began = time.monotonic()
    with serving() as server:
        counts, wrong = run(server, count=options.count, seed=options.seed, by=by)
    print(f"{options.count} edits in {time.monotonic() - began:.0f} s", *counts.lines(), sep="\n")
    for what, number in sorted(wrong.items()):
        print(f"wrong: {what} ({number})")


if __name__ == "__main__":
    main()

"""Kill the worker in the middle of reading pages again, and check whether anything is lost or recorded twice.

    python -m bench.killing [--times 100] [--seed 1]

In each round, all papers change the passage that is quoted, and a process reads them again. It is killed after a random time. Another
one goes on, as if the leases were over. Then each article has one snapshot more and is at its last text, each claim has one change at
the source that waits, and one more run changes nothing.
"""

import argparse
import os
import random
import signal
import sys
import time
from dataclasses import replace
from typing import Any

from bench import papers
from bench.rereading import Papers, fresh_desk, serving

NAME = "claimtrack_bench_killing"
ARTICLES = len(papers.SHAPES)
LONG_AGO = "2026-01-01T00:00Z"
LONGEST = 0.5  # seconds, in which a process reads them all


def work(server: Papers, by: Any, *, until: float | None) -> bool:
    """Read what is due in a process of its own, and return whether it was killed before it ended."""
    from django.db import connections

    from claims.curating import rereading

    connections.close_all()
    child = os.fork()
    if child == 0:
        while rereading.reread_one(by=by, fetcher=server.fetcher) or rereading.compare_one(by=by):
            pass
        os._exit(0)
    if until is not None:
        time.sleep(until)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def run(server: Papers, *, times: int, chance: random.Random, by: Any) -> tuple[int, list[str]]:
    """Return in how many rounds a process was killed before its end, and what was found wrong."""
    from claims import curating, reviewing
    from claims.curating import rereading
    from claims.models import SourceChange
    from sources.ingesting import ingest
    from sources.models import Reading, Snapshot

    stories = [papers.story(number, chance) for number in range(ARTICLES)]
    addresses = [f"https://paper{story.number}.example/1" for story in stories]
    for story, url in zip(stories, addresses, strict=True):
        server.pages[url] = papers.page(story, papers.around(chance))
        snapshot = ingest(by=by, url=url, fetcher=server.fetcher).snapshot
        places: list[Any] = [{"snapshot": snapshot, "quote": story.quoted}]
        claim = curating.propose(by=by, text=f"{story.quoted}.", appearances=places).claim
        reviewing.review(claim=claim, to="unverified", by=by, expected=None)
    rereading.enrol()
    killed, wrong = 0, []
    for number in range(1, times + 1):
        for story, url in zip(stories, addresses, strict=True):
            said = story.paragraphs[story.at].replace(story.quoted, f"{story.quoted} or {number}")
            paragraphs = (*story.paragraphs[: story.at], said, *story.paragraphs[story.at + 1 :])
            server.pages[url] = papers.page(replace(story, paragraphs=paragraphs), papers.around(chance))
        Reading.objects.update(due_at=LONG_AGO)
        killed += work(server, by, until=chance.uniform(0, LONGEST))
        for _ in range(2):
            Reading.objects.update(due_at=LONG_AGO)
            work(server, by, until=None)
        texts = Snapshot.objects.count()
        last = Snapshot.objects.filter(article__current_snapshot__text__contains=f" or {number},").count()
        waiting = SourceChange.objects.filter(later__text__contains=f" or {number},").count()
        if (texts, last, waiting) != (
            ARTICLES * (number + 1),
            texts,
            ARTICLES,
        ) or SourceChange.objects.count() != ARTICLES:
            wrong.append(
                f"round {number}: {texts} snapshots, {last} of articles at the last text, {waiting} changes wait"
            )
    return killed, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    by = fresh_desk(NAME)
    began = time.monotonic()
    with serving() as server:
        killed, wrong = run(server, times=options.times, chance=random.Random(options.seed), by=by)
    print(
        f"{options.times} rounds in {time.monotonic() - began:.0f} s, killed before the end in {killed}: {len(wrong)} wrong"
    )
    print(*wrong, sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

"""Measure how well and how fast quotes are located, over a file of articles with quotations (a JSON object on each line).

    python -m bench.quoting FILE

Each quotation is located as it is, and with one, two and three words changed, dropped or inserted (with a fixed seed): in its
own article, in all articles joined, and in a megabyte of text that contains them among the same words shuffled. *Half* counts
the passages that cover at least half of the true one, *IoU* those whose intersection is at least half of the union. Times are
wall clock, of the whole `locate`. Every changed quote is refused with its nearest passage.
"""

import json
import random
import re
import statistics
import sys
import time
from pathlib import Path

from claims.text.quoting import QuoteAbsent, QuoteRefused, locate

MEGABYTE = 1_000_000


def change_words(quote: str, changes: int, words: list[str], chance: random.Random) -> str:
    parts = quote.split(" ")
    for _ in range(changes):
        at = chance.randrange(len(parts))
        kind = chance.choice(["change", "drop", "insert"])
        if kind == "change":
            parts[at] = chance.choice(words)
        elif kind == "insert":
            parts.insert(at, chance.choice(words))
        elif len(parts) > 1:
            del parts[at]
    return " ".join(parts)


def passage(quote: str, text: str) -> tuple[int, int, float]:
    """Return start and end of the passage that `locate` finds or suggests (0 and 0 if none), and the milliseconds."""
    started = time.perf_counter()
    try:
        found = locate(quote, text)
    except QuoteAbsent as refused:
        found = refused.nearest
    except QuoteRefused:
        found = None
    took = (time.perf_counter() - started) * 1000
    return (found.start, found.end, took) if found else (0, 0, took)


def report(name: str, rows: list[tuple[str, str, int, int]]) -> None:
    """Print one line. `rows` are quote, text, true start and true end."""
    half = union = 0
    times = []
    for quote, text, start, end in rows:
        at, to, took = passage(quote, text)
        overlap = max(0, min(to, end) - max(at, start))
        half += overlap * 2 >= end - start
        union += overlap * 2 >= max(to, end) - min(at, start)
        times.append(took)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name:32} {len(rows):5} {half / len(rows):8.1%} {union / len(rows):8.1%}"
        f" {statistics.median(times):9.2f} {p95:8.2f} {max(times):8.2f}"
    )


def main() -> None:
    articles = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    chance = random.Random(2)
    words = re.findall(r"\w+", " ".join(article["text"] for article in articles))
    joined, offsets = "", []
    for article in articles:
        offsets.append(len(joined))
        joined += article["text"] + "\n\n"
    tokens = joined.split(" ")
    filler = ""
    while len(filler) + len(joined) < MEGABYTE:
        filler += " ".join(chance.sample(tokens, len(tokens))) + " "
    before = len(filler) // 2
    megabyte = filler[:before] + joined + filler[before:]

    print(f"{'':32} {'n':>5} {'half':>8} {'IoU':>8} {'median ms':>9} {'p95':>8} {'max':>8}")
    for changes in range(4):
        own, all_, long = [], [], []
        for article, offset in zip(articles, offsets, strict=True):
            for q in article["quotes"]:
                if q["is_quotation"]:
                    quote = change_words(q["quote"], changes, words, chance)
                    start, end = q["start"], q["end"]
                    own.append((quote, article["text"], start, end))
                    all_.append((quote, joined, start + offset, end + offset))
                    long.append((quote, megabyte, start + offset + before, end + offset + before))
        report(f"own article, {changes} changed", own)
        report(f"{len(joined) // 1000} kB, {changes} changed", all_)
        report(f"{len(megabyte) // 1000} kB, {changes} changed", long)
    hard = [
        ("a" * 100_000, "a" * MEGABYTE, 0, 0),
        ("a" * 100_000 + "b", "a" * MEGABYTE, 0, 0),
        (" x" * 50_000, " " * MEGABYTE, 0, 0),
        ('"x' * 50_000, '"' * MEGABYTE, 0, 0),
        (megabyte[:50_000] + "x" + megabyte[50_000:100_000], megabyte, 0, 0),
    ]
    print(f"hostile, 100 kB in 1 MB, ms: {[round(passage(quote, text)[2]) for quote, text, *_ in hard]}")
    # A short quote in repetitions of its own characters. The time is linear, so it doubles from size to size.
    rows = [
        ("no", "no boats, "),
        ("a", "a"),
        ("ab", "abc "),
        ("🇫", "🇫"),
        ("百", "百"),
        ("5", "5 "),
        ('"x"', '"'),
        ("fix", "ﬁ"),
        ("ab ab", "ab-\n"),
    ]
    for size in (MEGABYTE // 4, MEGABYTE // 2, MEGABYTE):
        times = [round(passage(quote, row * (size // len(row)))[2]) for quote, row in rows]
        print(f"hostile, short in {size // 1000} kB, ms: {times}")


if __name__ == "__main__":
    main()

"""Measure sources/pages/extract.py over a folder of sample pages with expected results.

Titles, author lists and days must equal the expected ones exactly. Body text is scored as in the article extraction
benchmark: multisets of 4-word shingles, precision and recall averaged over the pages, F1 of the two.

    python -m bench.extraction FOLDER

The folder has `fundus/` (expected.json, html/) and `aeb/` (ground-truth.json, html/).
"""

import argparse
import gzip
import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sources.pages.extract import Extracted, NothingExtracted, extract

Shingles = Counter[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    words = re.findall(r"\w+", text)
    size = min(4, len(words))
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1)) if words else Counter()


def body_score(pairs: Iterable[tuple[str, str]]) -> str:
    """Return precision, recall and F1 over pairs of expected and found text, as a sentence."""
    precisions, recalls = [], []
    for expected_text, found_text in pairs:
        expected, found = shingles(expected_text), shingles(found_text)
        both = (expected & found).total()
        precisions.append(both / found.total() if found else 0.0)
        recalls.append(both / expected.total() if expected else 1.0)
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"


def read(path: Path, url: str) -> Extracted | None:
    try:
        return extract(gzip.decompress(path.read_bytes()), url)
    except NothingExtracted:
        return None


def report(html: Path) -> Iterator[str]:
    """Yield a line for each difference, then the totals."""
    rows = json.loads((html / "fundus/expected.json").read_text())
    right: Counter[str] = Counter()
    bodies = []
    for row in rows:
        found = read(html / "fundus/html" / row["file"], row["url"])
        bodies.append((row["body"], found.text if found else ""))
        wanted = {"titles": row["title"], "author lists": row["authors"], "days": row["date"][:10]}
        for what, value in wanted.items():
            got = (
                found
                and {
                    "titles": found.title,
                    "author lists": list(found.authors),
                    "days": str(found.published_at)[:10],
                }[what]
            )
            right[what] += got == value
            if got != value:
                yield f"  {row['file']}: {what}: {got!r}, expected {value!r}"
    yield "fundus: " + ", ".join(f"{what} {right[what]} of {len(rows)}" for what in ("titles", "author lists", "days"))
    yield f"fundus: body of {len(rows)} pages: {body_score(bodies)}"

    truth = json.loads((html / "aeb/ground-truth.json").read_text())
    pages = ((row["articleBody"], read(html / "aeb/html" / f"{key}.html.gz", row["url"])) for key, row in truth.items())
    yield f"aeb: body of {len(truth)} pages: {body_score((expected, page.text if page else '') for expected, page in pages)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    sys.stdout.writelines(f"{line}\n" for line in report(parser.parse_args().folder))


if __name__ == "__main__":
    main()

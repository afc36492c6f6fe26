"""Eight invented articles, in which {the speaker} was marked before each quotation before anything was run (docs/quotations.md)."""

import re
from collections import Counter
from pathlib import Path

from claims.text.quotations.proposals import propose

ARTICLES = sorted(Path(__file__).with_name("articles").glob("*.txt"))
MARK = re.compile(r"\{([^}]*)\}")


def counted(path):
    """Count the marked quotations of an article by result."""
    parts = MARK.split(path.read_text(encoding="utf-8"))
    text = "".join(parts[::2])
    proposed = propose(text, path.stem[:2]).quotations
    count, at, found = Counter(), 0, set()
    for before, speaker in zip(parts[::2], parts[1::2], strict=False):
        at += len(before)
        # The quotation begins after its mark, and a blank in French.
        one = next((quotation for quotation in proposed if at < quotation.start <= at + 2), None)
        found.add(one)
        outcome = "missing" if one is None else "right" if one.name == speaker else "wrong" if one.name else "nobody"
        count[outcome] += 1
    return count + Counter({"none": len(set(proposed) - found)})


def test_who_said_what_in_whole_articles():
    count = sum(map(counted, ARTICLES), Counter())
    assert sum(count[kind] for kind in ("right", "wrong", "nobody", "missing")) == 74
    assert count["right"] >= 67 and count["wrong"] <= 1, count
    assert count["none"] <= 3, count

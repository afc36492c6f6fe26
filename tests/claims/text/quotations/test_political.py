"""Invented American political news in five batches, marked before it was scored (docs/quotations.md).

{The speaker} stands before each quotation: the name in the article, several spellings between slashes, or after a tilde words of
the mention, where the article does not name who speaks. Quotations of one or two words are marked too; they are not proposed.
"""

import re
from collections import Counter
from pathlib import Path

from claims.text.quotations.proposals import LEAST_WORDS, propose

ARTICLES = sorted(Path(__file__).with_name("political").glob("*.txt"))
MARKED, RIGHT, WRONG = 300, 280, 3
MARK = re.compile(r"\{([^}]*)\}")


def is_right(quotation, speaker):
    if speaker.startswith("~"):
        mention = quotation.mention.text if quotation.mention else ""
        return speaker[1:].lower() in mention.lower() and quotation.name in mention
    return quotation.name in speaker.split("/")


def counted(path):
    """Count the marked quotations of an article by what became of them."""
    parts = MARK.split(path.read_text(encoding="utf-8"))
    text = "".join(parts[::2])
    proposed = propose(text, "en").quotations
    count, at, found = Counter(), 0, set()
    for before, speaker in zip(parts[::2], parts[1::2], strict=False):
        at += len(before)
        one = next((quotation for quotation in proposed if at < quotation.start <= at + 1), None)
        found.add(one)
        if one is None:
            words = re.findall(r"[\w’']+", re.split('[”"]', text[at + 1 :])[0])
            count["short" if len(words) < LEAST_WORDS else "missing"] += 1
        else:
            count["right" if is_right(one, speaker) else "wrong" if one.name else "nobody"] += 1
    return count + Counter({"none": len(set(proposed) - found)})


def test_who_said_what():
    count = sum(map(counted, ARTICLES), Counter())
    assert count.total() - count["none"] == MARKED
    assert count["missing"] == 0
    assert count["right"] >= RIGHT and count["wrong"] <= WRONG, count
    assert count["none"] == 0, count

"""Measure how well quotations and their speakers are proposed, over a folder of articles with quotations, and fit the weights.

    python -m bench.quotations FOLDER

Each line of FOLDER/*.jsonl is an article: `text`, and `quotes` with `start`, `end`, `words`, `is_quotation`, and where it is known
`speaker_start`, `speaker_end` and `speaker`, the name. Quotations of five words and more count. A quotation is found if more than
80 % of it is covered. Its speaker is right if the mention that was proposed overlaps the true one. Joint F1 counts both. The
*surest half* are the proposals with the largest margins: right if the mention or the name is right. Names are counted of the
quotations that were found and have one.

*Shipped* are the weights of claims.text.quotations.weights. *Left out* scores each article by weights that were fitted to the
others, which is what to expect of another text. The weights for all articles are printed at the end: they are what is shipped.
Before that, it prints the CPU time for these articles and for hostile texts of growing size.
"""

import json
import math
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from claims.text.passages import passages
from claims.text.quotations.attribution import LETTERS, Article
from claims.text.quotations.languages import language
from claims.text.quotations.naming import Names
from claims.text.quotations.proposals import propose
from claims.text.quotations.weights import WEIGHTS

LEAST_WORDS = 5
COVERED = 0.8
# The fit begins here, with what is known of news prose. Features that are rare in the sample stay near these values.
BY_HAND = {
    "cue": 2.6, "cue_far": -0.6, "according": 2.4, "touch_comma": 1.0, "colon_sentence": 0.8, "participle": 1.8,
    "same_sentence": 0.8, "sentences_between": -1.0, "quotations_between": -1.0, "paragraphs_before": -1.3,
    "paragraph_after": -4.0, "name": 0.5, "noun": -0.8, "object": -2.5, "embedded": -2.0, "possessive": -1.5,
    "new_clause": -2.0, "goes_on": 2.0, "continued": 5.0, "cue_alone": 2.5, "nobody": 1.0, "nobody_short": 2.0,
    "nobody_titled": 1.5, "nobody_named": 1.0,
}  # fmt: skip
STRENGTH = 3.0  # how many quotations the value set by hand counts for
STEPS = 80

Features = Mapping[str, float]


class Example(NamedTuple):
    """One quotation to learn from: the features of each answer, and which answers are right."""

    answers: list[Features]
    right: list[bool]
    weight: float


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def article(row: dict, weights: Features = WEIGHTS) -> Article:
    words = language(row.get("language", "en"))
    assert words
    return Article(row["text"], words, weights)


# Fitting --------------------------------------------------------------------------------------------------------------


def examples(row: dict) -> list[Example]:
    """Return the examples of an article. The speaker of the quotation before is the true one."""
    read, previous, found = article(row), None, []
    for which, span in enumerate(read.spans):
        true = next(
            (
                q
                for q in row["quotes"]
                if 2 * overlap((span.start, span.end), (q["start"], q["end"])) > q["end"] - q["start"]
            ),
            None,
        )
        if true is None or read.formal(which) or (true["is_quotation"] and true["speaker_start"] is None):
            continue
        candidates = read.candidates(which)
        right = []
        for mention in candidates:
            first, last = read.tokens[read.mentions[mention].first], read.tokens[read.mentions[mention].last]
            speaker = (true["speaker_start"] or 0, true["speaker_end"] or 0)
            right.append(bool(true["is_quotation"]) and overlap((first.start, last.end), speaker) > 0)
        if true["is_quotation"] and not any(right):
            continue
        answers: list[Features] = [read.features(which, mention, previous) for mention in candidates]
        weight = 1.0 if true["words"] >= LEAST_WORDS else 0.5
        found.append(Example([*answers, read.nobody(which)], [*right, not true["is_quotation"]], weight))
        previous = next((mention for mention, is_right in zip(candidates, right, strict=True) if is_right), previous)
    return found


def fit(data: list[Example]) -> dict[str, float]:
    """Return the weights that make the right answers likely, but not far from those set by hand (Adam on a log-linear model)."""
    weights, mean, square = dict(BY_HAND), dict.fromkeys(BY_HAND, 0.0), dict.fromkeys(BY_HAND, 0.0)
    for step in range(1, STEPS + 1):
        slope = {name: STRENGTH * (weights[name] - BY_HAND[name]) for name in weights}
        for answers, right, weight in data:
            scores = [sum(weights[name] * value for name, value in features.items()) for features in answers]
            highest = max(scores)
            odds = [math.exp(score - highest) for score in scores]
            total, good = sum(odds), sum(odd for odd, is_right in zip(odds, right, strict=True) if is_right)
            for features, odd, is_right in zip(answers, odds, right, strict=True):
                pull = odd / total - (odd / good if is_right else 0)
                for name, value in features.items():
                    slope[name] += weight * pull * value
        for name in weights:
            change = slope[name] / max(1, len(data))
            mean[name] = 0.9 * mean[name] + 0.1 * change
            square[name] = 0.99 * square[name] + 0.01 * change * change
            weights[name] -= 0.1 * mean[name] / (1 - 0.9**step) / (math.sqrt(square[name] / (1 - 0.99**step)) + 1e-8)
    return {name: round(value, 1) for name, value in weights.items()}


# Measuring ------------------------------------------------------------------------------------------------------------


class Score(Counter[str]):
    """Counts, and the margin of each proposal with whether it is right."""

    def __init__(self) -> None:
        super().__init__()
        self.margins: list[tuple[float, bool]] = []

    def line(self, name: str) -> str:
        precision = self["speaker"] / max(1, self["found"] + self["false"])
        recall = self["speaker"] / max(1, self["found"] + self["missed"])
        surest = sorted(self.margins, reverse=True)[: len(self.margins) // 2]
        parts = {
            "joint F1": 2 * precision * recall / max(1e-9, precision + recall),
            "found": self["found"] / max(1, self["found"] + self["missed"]),
            "false": self["false"] / max(1, self["found"] + self["false"]),
            "surest half": sum(is_right for _, is_right in surest) / max(1, len(surest)),
            "name right": self["name_right"] / max(1, self["named"]),
            "name wrong": self["name_wrong"] / max(1, self["named"]),
        }
        return f"{name:10}" + "  ".join(f"{label} {value:.3f}" for label, value in parts.items())


def measure(rows: Iterable[dict], weights: Features = WEIGHTS, *, into: Score | None = None) -> Score:
    score = Score() if into is None else into
    for row in rows:
        read = article(row, weights)
        answers = read.attributions()
        proposed = [
            (answer, named.name)
            for answer, named in zip(answers, Names(read).of(answers), strict=True)
            if answer.speaker and len(LETTERS.findall(row["text"], answer.span.start, answer.span.end)) >= LEAST_WORDS
        ]
        for true in row["quotes"]:
            if true["words"] < LEAST_WORDS or not true["is_quotation"]:
                continue
            span = (true["start"], true["end"])
            needed = COVERED * (span[1] - span[0])
            hit = next((p for p in proposed if overlap((p[0].span.start, p[0].span.end), span) > needed), None)
            if hit:
                proposed.remove(hit)
            if true["speaker_start"] is None:
                continue
            score["found" if hit else "missed"] += 1
            if not hit:
                continue
            answer, name = hit
            is_right = overlap(answer.speaker or (0, 0), (true["speaker_start"], true["speaker_end"])) > 0
            score["speaker"] += is_right
            is_named = bool(name and true["speaker"]) and (name in true["speaker"] or true["speaker"] in name)
            score.margins.append((answer.margin, is_right or is_named))
            if true["speaker"]:
                score["named"] += 1
                score["name_right"] += is_named
                score["name_wrong"] += bool(name) and not is_named
        score["false"] += len(proposed)
        score.margins += [(answer.margin, False) for answer, _ in proposed]
    return score


# Time -----------------------------------------------------------------------------------------------------------------

SIZES = (25_000, 50_000, 100_000, 200_000)  # characters
HOSTILE = {
    "one paragraph": "“Nine boats sail each day,” said Ada Roe. ",
    "pronouns": "“Nine boats sail,” he said. ",
    "nobody near": "“a b c d” ",
    "open marks": "“a ",
    "apostrophes": "'a' ",
    "appositions": "Roe, the minister, ",
    "one noun": "the man and ",
    "initials": "Dr. A. B. ",
    "blanks": " ",
}


def times(joined: str) -> None:
    """Print the CPU time to find quotations and marks, and to choose what is compared with earlier claims, in texts of growing size.

    Twice the text takes twice as long.
    """
    texts = {"the articles": joined, **HOSTILE}
    for name, unit in texts.items():
        took = []
        for size in SIZES:
            text = (unit * (size // len(unit) + 1))[:size]
            started = time.process_time()
            passages(text, propose(text, "en"))
            took.append(time.process_time() - started)
        print(f"{name:14}" + "  ".join(f"{size // 1000} kB {s:.2f} s" for size, s in zip(SIZES, took, strict=True)))


def main(folder: str) -> None:
    lines = [line for path in sorted(Path(folder).glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    times("\n\n".join(row["text"] for row in rows))
    print(measure(rows).line("shipped"))
    data = [examples(row) for row in rows]
    left_out = Score()
    for which, row in enumerate(rows):
        others = [example for other, found in enumerate(data) if other != which for example in found]
        measure([row], fit(others), into=left_out)
    print(left_out.line("left out"))
    print(json.dumps(fit([example for found in data for example in found]), indent=4))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(str(__doc__))
    main(sys.argv[1])

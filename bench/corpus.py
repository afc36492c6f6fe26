"""Invented claims, the same in every run, distributed as in a real ledger.

A few speakers, sources and topics have most of the claims (Zipf's law), and statuses are uneven. One word ("percent") occurs in
half of all claims, and each of thirty words in about one of a thousand. A claim has one to three appearances. 20 claims share
an article of 3,000 to 6,000 characters, and their quotes are sentences of it.
"""

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count
from pathlib import Path
from typing import Any, NamedTuple

from claims.text.quoting import CONTEXT
from claimtrack.names import fold, identity

WORDS = {
    name: words.split("|")
    for name, words in (line.split(": ", 1) for line in Path(__file__).with_name("words.txt").read_text().splitlines())
}
SOURCES = [
    (f"{town} {paper}", f"{town}-{paper}.example".lower()) for town in WORDS["towns"] for paper in WORDS["papers"]
]
PER_ARTICLE = 20
BEGAN, YEARS = datetime(2023, 1, 1, tzinfo=UTC), 3
# Each status with its share in percent, and the steps that lead to it.
STATUSES: dict[str, tuple[float, list[str]]] = {
    "unverified": (53, ["unverified"]),
    "checked": (22, ["unverified", "in_review", "checked"]),
    "in_review": (12, ["unverified", "in_review"]),
    "proposed": (8, []),
    "dismissed": (2.5, ["dismissed"]),
    "awaiting_approval": (1.5, ["unverified", "in_review", "awaiting_approval"]),
    "withdrawn": (1, ["unverified", "in_review", "checked", "withdrawn"]),
}

Rows = dict[str, list[tuple[Any, ...]]]


class Text(NamedTuple):
    """The text of a snapshot, with the spans of its sentences (without the full stop)."""

    snapshot: int
    text: str
    spans: list[tuple[int, int]]


def zipf(number: int) -> list[float]:
    """Return the cumulative weights of the ranks 1 to `number`."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


class Corpus:
    """Claims as rows for each table, with values in the order of the columns in `bench.data`.

    `user` is the id of the user who makes every row. `scale` is the ids and labels of the verdicts.
    """

    def __init__(self, claims: int, user: int, scale: list[tuple[int, str]]) -> None:
        self.claims, self.user, self.scale = claims, user, scale
        self.random = random.Random(claims)
        self.reviews = count(1)
        self.weights = {number: zipf(number) for number in (len(SOURCES), len(WORDS["topics"]))}
        speakers = max(100, claims // 50)
        self.speakers = range(1, speakers + 1)
        self.speaker_weights = zipf(speakers)
        self.roles = [self.pick("roles") for _ in self.speakers]

    def pick(self, words: str) -> str:
        return self.random.choice(WORDS[words])

    def rank(self, number: int) -> int:
        """Return a number from 1 to `number` by Zipf's law."""
        return self.random.choices(range(1, number + 1), cum_weights=self.weights[number])[0]

    def weighted(self, *shares: tuple[Any, float]) -> Any:
        return self.random.choices([value for value, _ in shares], [share for _, share in shares])[0]

    def moment(self, claim: int) -> datetime:
        days = 365 * YEARS * claim / self.claims
        return BEGAN + timedelta(
            days=days, seconds=self.random.randrange(86_400), microseconds=self.random.randrange(10**6)
        )

    def base_rows(self) -> Rows:
        """Return sources, speakers and topics."""
        names = [f"{self.pick('first')} {self.pick('last')}{f' {n // 900}' * (n >= 900)}" for n in self.speakers]
        return {
            "sources_source": [
                (n, name, identity(name), fold(name), "newspaper", "", "GB", "en", "")
                for n, (name, _) in enumerate(SOURCES, 1)
            ],
            "sources_domain": [(n, host) for n, (_, host) in enumerate(SOURCES, 1)],
            "claims_speaker": [(n, names[n - 1], "person", self.roles[n - 1], "") for n in self.speakers],
            "claims_alias": [(n, name, identity(name), fold(name)) for n, name in enumerate(names, 1)],
            "claims_topic": [(n, name.capitalize(), name) for n, name in enumerate(WORDS["topics"], 1)],
        }

    def batches(self, size: int) -> Iterator[tuple[int, Rows]]:
        """Yield batches of at most `size` claims: the last id before the batch, and its rows in the order of insertion.

        Appearances and topics come before their claim, so that the guards compute the search column only once.
        """
        for first in range(0, self.claims, size):
            rows: Rows = defaultdict(list)
            stop = min(first + size, self.claims)
            articles = range(first // PER_ARTICLE + 1, stop // PER_ARTICLE + 1)
            texts = [self.article(rows, pk) for pk in articles]
            for pk in range(first + 1, stop + 1):
                self.claim(rows, pk, texts)
            yield first, rows

    def sentence(self) -> str:
        topic = WORDS["topics"][self.rank(len(WORDS["topics"])) - 1]
        often = f"by {self.random.randint(1, 900) / 10} percent"
        figure = self.weighted((often, 0.38), (f"in {self.random.randint(1990, 2025)}", 0.62))
        rare = self.weighted((f", and {self.pick('rare')} with it", 0.015), ("", 0.985))
        return f"{self.pick('subjects')} {self.pick('verbs')} {topic} {figure} {self.pick('tails')}{rare}"

    def text(self, snapshot: int) -> Text:
        """Return the text of an article, with some sentences in quotation marks."""
        parts: list[str] = []
        spans, at = [], 0
        for _ in range(self.random.randint(7, 11)):
            for _ in range(self.random.randint(4, 6)):
                sentence = self.sentence()
                said = f",” said {self.pick('first')} {self.pick('last')}. "
                before, after = self.weighted((("", ". "), 0.7), (("“", said), 0.3))
                spans.append((at + len(before), at + len(before) + len(sentence)))
                parts.append(before + sentence + after)
                at += len(parts[-1])
            parts[-1] = parts[-1][:-1] + "\n\n"
            at += 1
        return Text(snapshot, "".join(parts).rstrip(), spans)

    def article(self, rows: Rows, pk: int) -> Text:
        """Add an article with one snapshot (of the same id), and return its text."""
        text = self.text(pk)
        source = self.rank(len(SOURCES))
        published = self.moment(pk * PER_ARTICLE).replace(microsecond=0)
        precision = self.weighted(("second", 70), ("day", 25), ("", 5))
        if precision == "day":
            published = published.replace(hour=0, minute=0, second=0)
        url = self.weighted((f"https://www.{SOURCES[source - 1][1]}/{published:%Y/%m}/{pk}", 97), (None, 3))
        sha256 = hashlib.sha256(text.text.encode()).hexdigest()
        title = f"What {self.pick('subjects').lower()} said about {self.pick('topics')}, and what the figures show"
        taken = published + timedelta(hours=5)
        rows["sources_snapshot"].append((pk, pk, text.text, sha256, taken, "text", "", "", "", self.user))
        known = published if precision else None
        rows["sources_article"].append(
            (pk, source, title, url or "", url, sha256, "", "en", known, precision, pk, self.user)
        )
        return text

    def claim(self, rows: Rows, pk: int, texts: list[Text]) -> None:
        """Add a claim with appearances in some of the texts, topics and reviews."""
        wording = ""
        for found in self.random.sample(texts, self.weighted((1, 40), (2, 35), (3, 25))):
            start, end = self.random.choice(found.spans)
            quote = found.text[start:end]
            wording = wording or f"{quote}."
            around = found.text[max(0, start - CONTEXT) : start], found.text[end : end + CONTEXT]
            rows["claims_appearance"].append((pk, found.snapshot, quote, start, end, *around))
        about = {self.rank(len(WORDS["topics"])) for _ in range(self.random.randint(0, 3))}
        rows["claims_claimtopic"] += [(pk, topic) for topic in sorted(about)]
        created = self.moment(pk)
        precision = self.weighted(("day", 80), ("month", 8), ("year", 4), ("", 8))
        said = (created - timedelta(days=self.random.randrange(60))).date()
        if precision != "day":
            said = said.replace(day=1, month=1 if precision == "year" else said.month)
        speaker = self.random.choices(self.speakers, cum_weights=self.speaker_weights)[0]
        who = self.weighted(((speaker, self.roles[speaker - 1]), 95), ((None, ""), 5))
        when = said if precision else None, precision
        rows["claims_claim"].append(
            (pk, wording, *who, *when, "en", "proposed", "import", 1, self.user, created, created)
        )
        self.steps(rows, pk, wording, created)

    def steps(self, rows: Rows, claim: int, wording: str, created: datetime) -> None:
        before = "proposed"
        for number, to in enumerate(self.weighted(*((steps, share) for share, steps in STATUSES.values())), 1):
            review, when = next(self.reviews), created + timedelta(hours=7 * number)
            judged = to in ("checked", "awaiting_approval")
            verdict = self.random.choice(self.scale) if judged else (None, "")
            rationale = self.pick("rationales") if judged or to in ("dismissed", "withdrawn") else ""
            judgement = *verdict, wording * judged, rationale, ""
            rows["claims_review"].append((review, claim, before, to, *judgement, "{}", self.user, when, 0))
            if judged:
                what = f"https://archive.example/{review}", "Annual figures", "Statistics Office", ""
                rows["claims_evidence"].append((review, *what, "context", when.date()))
            before = to

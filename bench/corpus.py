"""Invented claims, the same in every run, with the skew of a real ledger.

A few speakers, sources and topics have most of the claims (Zipf's law), statuses are uneven, one word ("percent") stands in
half of all claims and thirty in about one of a thousand each. A claim appears one to three times; 20 claims share an
article of 3,000 to 6,000 characters, and quotes are sentences of it.
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
# status: its share in percent, and the steps that lead there
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
    """A snapshot's text, and where its sentences (without what ends them) begin and end."""

    snapshot: int
    text: str
    spans: list[tuple[int, int]]


def zipf(number: int) -> list[float]:
    """Cumulative weights of the ranks 1..number."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


class Corpus:
    """So many claims, as rows for each table, in the order of the columns that `bench.data` names.

    `user`: id of who enters them and takes every step; `scale`: ids and labels of the verdicts.
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
        """One of 1..number by Zipf's law."""
        return self.random.choices(range(1, number + 1), cum_weights=self.weights[number])[0]

    def chance(self, *shares: tuple[Any, float]) -> Any:
        return self.random.choices([value for value, _ in shares], [share for _, share in shares])[0]

    def moment(self, claim: int) -> datetime:
        days = 365 * YEARS * claim / self.claims
        return BEGAN + timedelta(
            days=days, seconds=self.random.randrange(86_400), microseconds=self.random.randrange(10**6)
        )

    def beginning(self) -> Rows:
        """Sources, speakers and topics."""
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
        """Batches of at most `size` claims: the last id before it, and its rows in the order in which they enter.

        What belongs to a claim comes before it, so that the guards compute the claim's search once.
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
        figure = self.chance((often, 0.38), (f"in {self.random.randint(1990, 2025)}", 0.62))
        rare = self.chance((f", and {self.pick('rare')} with it", 0.015), ("", 0.985))
        return f"{self.pick('subjects')} {self.pick('verbs')} {topic} {figure} {self.pick('tails')}{rare}"

    def text(self, snapshot: int) -> Text:
        """An article of paragraphs, some of its sentences in quotation marks."""
        parts: list[str] = []
        spans, at = [], 0
        for _ in range(self.random.randint(7, 11)):
            for _ in range(self.random.randint(4, 6)):
                sentence = self.sentence()
                said = f",” said {self.pick('first')} {self.pick('last')}. "
                before, after = self.chance((("", ". "), 0.7), (("“", said), 0.3))
                spans.append((at + len(before), at + len(before) + len(sentence)))
                parts.append(before + sentence + after)
                at += len(parts[-1])
            parts[-1] = parts[-1][:-1] + "\n\n"
            at += 1
        return Text(snapshot, "".join(parts).rstrip(), spans)

    def article(self, rows: Rows, pk: int) -> Text:
        """An article with its one snapshot (of the same id)."""
        text = self.text(pk)
        source = self.rank(len(SOURCES))
        published = self.moment(pk * PER_ARTICLE).replace(microsecond=0)
        precision = self.chance(("second", 70), ("day", 25), ("", 5))
        if precision == "day":
            published = published.replace(hour=0, minute=0, second=0)
        url = self.chance((f"https://www.{SOURCES[source - 1][1]}/{published:%Y/%m}/{pk}", 97), (None, 3))
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
        """A claim found in some of the texts, with its topics and the steps that it took."""
        wording = ""
        for found in self.random.sample(texts, self.chance((1, 40), (2, 35), (3, 25))):
            start, end = self.random.choice(found.spans)
            quote = found.text[start:end]
            wording = wording or f"{quote}."
            around = found.text[max(0, start - CONTEXT) : start], found.text[end : end + CONTEXT]
            rows["claims_appearance"].append((pk, found.snapshot, quote, start, end, *around))
        about = {self.rank(len(WORDS["topics"])) for _ in range(self.random.randint(0, 3))}
        rows["claims_claimtopic"] += [(pk, topic) for topic in sorted(about)]
        created = self.moment(pk)
        precision = self.chance(("day", 80), ("month", 8), ("year", 4), ("", 8))
        said = (created - timedelta(days=self.random.randrange(60))).date()
        if precision != "day":
            said = said.replace(day=1, month=1 if precision == "year" else said.month)
        speaker = self.random.choices(self.speakers, cum_weights=self.speaker_weights)[0]
        who = self.chance(((speaker, self.roles[speaker - 1]), 95), ((None, ""), 5))
        when = said if precision else None, precision
        rows["claims_claim"].append(
            (pk, wording, *who, *when, "en", "proposed", "import", 1, self.user, created, created)
        )
        self.steps(rows, pk, wording, created)

    def steps(self, rows: Rows, claim: int, wording: str, created: datetime) -> None:
        before = "proposed"
        for number, to in enumerate(self.chance(*((steps, share) for share, steps in STATUSES.values())), 1):
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

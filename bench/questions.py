"""Invented claims, and questions about some of them: tweets, questions and rewordings, with traps beside half of them.

A claim is an instance of a frame, a sentence with places for words. A rewording is another sentence of the frame, with synonyms. A
trap differs from its claim in a number, a name, a date or a negation only, and is a claim of its own.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.corpus import WORDS as PEOPLE

WORDS = {
    name: [tuple(one.split("/")) for one in line.split("|")]
    for name, line in (
        line.split(": ", 1) for line in Path(__file__).with_name("questions.txt").read_text().splitlines()
    )
}
_BEGINS, _ENDS = (WORDS.pop(f"town-{part}") for part in ("begins", "ends"))
# As many as in a real ledger, so that most of them are rare; and last names like them.
TOWNS = [begin + end for (begin,) in _BEGINS for (end,) in _ENDS]
LAST_NAMES = [
    f"{last}{end}"
    for last in PEOPLE["last"]
    for end in ("", "sen", "ski", "mann", "feld", "er", "off", "quist", "ou", "ini")
]
# The claim; what it says in other words; the claim with a negation, or the opposite. {t2}, {g2}, … are synonyms.
FRAMES = [
    ("{person} closed {n} {thing}s in {town} in {year}.",
     "In {year}, {n} {thing2}s were shut down in {town} by {person}",
     "{person} did not close {n} {thing}s in {town} in {year}."),
    ("The price of {stuff} in {town} has risen by {n} percent since {year}.",
     "Since {year} people in {town} pay {n}% extra for {stuff2}",
     "The price of {stuff} in {town} has fallen by {n} percent since {year}."),
    ("{cause} cause {harm}, a study of {n} {group} in {town} found.",
     "Researchers looked at {n} {group2} from {town}: {cause2} lead to {harm}",
     "{cause} do not cause {harm}, a study of {n} {group} in {town} found."),
    ("{person} said that {n} {group} left {town} after the {thing} opened.",
     "{n} {group2} moved away from {town} once the {thing2} was opened, according to {person}",
     "{person} said that {n} {group} never left {town} after the {thing} opened."),
    ("{town} spends {n} {money} a year on its {thing}s, says {paper}.",
     "{paper} says the yearly bill for {thing2}s in {town} is {n} {money}",
     "{town} does not spend {n} {money} a year on its {thing}s, says {paper}."),
    ("One in {n} {group} in {town} has suffered from {harm} since {month} {year}.",
     "{harm} hit one in {n} {group2} of {town} since {month} {year}",
     "One in {n} {group} in {town} has never suffered from {harm} since {month} {year}."),
    ("A new law in {town} bans {cause} near every {thing} from {month} {year}.",
     "{town}: from {month} {year} {cause2} are prohibited close to any {thing2}",
     "A new law in {town} allows {cause} near every {thing} from {month} {year}."),
    ("A video shows {group} in {town} setting fire to a {thing} on {day} {month} {year}.",
     "{group2} burning down a {thing2} in {town}, {month} {day} {year}, all on video",
     "A video shows no {group} in {town} setting fire to a {thing} on {day} {month} {year}."),
    ("{person} promised {n} {money} for {group} in {town} and paid nothing.",
     "Not a penny of the {n} {money} that {person} pledged to {group2} of {town} was paid",
     "{person} promised {n} {money} for {group} in {town} and paid all of it."),
    ("{paper} has found {harm} to be {n} times more common in {town} than in {town_b}.",
     "{harm} is {n} times as frequent in {town} as in {town_b}, {paper} reports",
     "{paper} has not found {harm} to be {n} times more common in {town} than in {town_b}."),
    ("Every {thing} in {town} will run out of {stuff} by {month} {year}.",
     "{stuff2} will be gone from all {thing2}s of {town} by {month} {year}",
     "No {thing} in {town} will run out of {stuff} by {month} {year}."),
    ("{group} in {town} receive {n} crowns a month, more than {group_b}.",
     "With {n} crowns each month, {group2} of {town} get more money than {group_b}",
     "{group} in {town} do not receive {n} crowns a month, more than {group_b}."),
]  # fmt: skip
MONTHS = ["January", "February", "April", "June", "July", "August", "September", "October", "November", "December"]
KINDS = ["tweet", "question", "rewording"]
Slots = dict[str, str]


class Question(NamedTuple):
    kind: str
    text: str
    claim: str


class Written(NamedTuple):
    claims: list[str]
    questions: list[Question]
    traps: list[tuple[str, str, str]]  # the kind of the difference, the claim, the trap


def write(claims: int = 10_000, asked: int = 300, seed: int = 13) -> Written:
    """Return invented claims, three questions about each of the first `asked`, and a trap for every second of them."""
    source = random.Random(seed)
    found: dict[str, tuple[int, Slots]] = {}
    while len(found) < claims:
        frame, slots = source.randrange(len(FRAMES)), _slots(source)
        found.setdefault(_sentence(FRAMES[frame][0].format(**slots)), (frame, slots))
    texts = list(found)
    questions, traps = [], []
    for number, text in enumerate(texts[:asked]):
        frame, slots = found[text]
        reworded = _sentence(FRAMES[frame][1].format(**slots))
        questions += [
            Question("tweet", _tweet(source, reworded), text),
            Question("question", _question(source, text, reworded), text),
            Question("rewording", f"{reworded}.", text),
        ]
        if number % 2:
            traps += [(kind, text, trap) for kind, trap in _traps(source, frame, slots) if trap != text]
    claimed = {trap for _, _, trap in traps} - found.keys()
    texts = texts[: claims - len(claimed)] + sorted(claimed)
    # Otherwise the right one would be the first of several that fit as well.
    source.shuffle(texts)
    return Written(texts, questions, traps)


def _slots(source: random.Random) -> Slots:
    slots: Slots = {
        "n": str(source.randint(2, 95)),
        "year": str(source.randint(1995, 2025)),
        "day": str(source.randint(1, 28)),
    }
    for name, words in WORDS.items():
        one, other = source.sample(words, 2)
        slots |= {name: one[0], f"{name}2": one[-1], f"{name}_b": other[0]}
    town, other_town = source.sample(TOWNS, 2)
    return slots | {"town": town, "town_b": other_town, "month": source.choice(MONTHS), "person": _person(source)}


def _person(source: random.Random) -> str:
    return f"{source.choice(PEOPLE['first'])} {source.choice(LAST_NAMES)}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _tweet(source: random.Random, text: str) -> str:
    words = [word for word in text.split() if source.random() > 0.1]
    at = source.randrange(len(words))
    if len(words[at]) > 4 and words[at].isalpha():
        words[at] = words[at][:2] + words[at][3] + words[at][2] + words[at][4:]
    if source.random() < 0.5:
        words = [word.lower() for word in words]
    handle = f"{source.choice(PEOPLE['first'])}{source.randint(1, 99)}"
    begin = source.choice(["BREAKING: ", "RT @newsdesk: ", "Wow, just wow. ", "Share before they delete it!! ", ""])
    end = source.choice(
        [" #WakeUp #ShareThis", " https://t.example/a1b2c3", " 😡😡", f" — {handle} (@{handle}) May 3, 2025", ""]
    )
    return begin + " ".join(words) + end


def _question(source: random.Random, text: str, reworded: str) -> str:
    said = source.choice([text, reworded]).rstrip(".")
    said = said[0].lower() + said[1:] if said.startswith(("A ", "In ", "The ", "One ", "Every ")) else said
    return source.choice(
        ["Is it true that {}?", "Did anybody check whether {}?", "I read that {}. Is that so?"]
    ).format(said)


def _traps(source: random.Random, frame: int, slots: Slots) -> Iterator[tuple[str, str]]:
    wording, _, denied = FRAMES[frame]

    def other(name: str, value: str) -> str:
        return _sentence(wording.format(**slots | {name: value}))

    if "{n}" in wording:
        yield "number", other("n", str(int(slots["n"]) + source.randint(1, 40)))
    yield "negation", _sentence(denied.format(**slots))
    if "{person}" in wording:
        yield "name", other("person", _person(source))
    yield "name", other("town", source.choice([town for town in TOWNS if town != slots["town"]]))
    if "{year}" in wording:
        yield "date", other("year", str(int(slots["year"]) - source.randint(1, 9)))
    if "{month}" in wording:
        yield "date", other("month", source.choice([month for month in MONTHS if month != slots["month"]]))


Search = Callable[[str], list[str]]


def mean_average_precision(questions: list[Question], search: Search, depth: int = 5) -> float:
    """Return MAP@depth. Each question has one right answer, so its average precision is one over its place."""
    return sum(_precision(search(question.text)[:depth], question.claim) for question in questions) / len(questions)


def _precision(found: list[str], right: str) -> float:
    return 1 / (found.index(right) + 1) if right in found else 0.0

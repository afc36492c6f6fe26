"""Mark the sentences of a text that can be checked: figures, comparisons, causes, records and dates.

The rules are word lists (checkworthy.json) and patterns for numbers. They only mark and do not rank: it does not matter who speaks, nor
about whom. In languages without a list, only numbers are found.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.text.quotations.languages import guess

_LISTS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
KINDS = ("figure", "comparison", "cause", "record", "date")
LEAST_WORDS = 4

_YEAR = r"(?:1[6-9]|20)\d\d"
# A number with a currency or percent sign, with two or more digits, or with decimals, but not a year or a time of the day.
_FIGURE = re.compile(
    r"[$€£¥₹]\s?\d|\d\s?(?:%|‰|[$€£¥₹]|per cent)"
    rf"|(?<![\d.,:/-])(?!{_YEAR}\b)\d(?:[\d.,]*\d)(?![\d:/])"
    r"|(?<!\d)\d{1,3}(?:[.,]\d{3})+(?!\d)"
)
_DATE = re.compile(rf"(?<![\d.,$€£])\b{_YEAR}\b(?![\d.,]?\d|\s?%)")
_WORD = re.compile(r"[^\W_]+")
_LINE = re.compile(r"[^\n]+")
# A full stop ends a sentence if a capital or a mark follows, but not after an initial, a number or an abbreviation.
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[”\"’»)\]]*\s+(?=[^\W\d_a-zß-ÿ]|[“\"„«‘¿¡(])")
_NO_STOP = re.compile(r"(?:\b[^\W\d_]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Sen|Gov|Rep|Gen|Sr|Sra|Nr|bzw|ca|No|vs)|\d)\.\s+$")
_LOOKED_BACK = 8


@dataclass(frozen=True)
class Sentence:
    """A sentence; `kinds` say why it is marked."""

    start: int
    end: int
    kinds: tuple[str, ...]


def marked(text: str, tag: str = "") -> list[Sentence]:
    """Return the marked sentences. If no language tag is given, the language is guessed from the words of the text."""
    phrases = _phrases((tag or guess(text)).partition("-")[0].lower())
    found = []
    for start, end in sentences(text):
        words = _WORD.findall(text[start:end].lower())
        if len(words) < LEAST_WORDS:
            continue
        kinds = _kinds(words, phrases)
        if _FIGURE.search(text, start, end):
            kinds.add("figure")
        if _DATE.search(text, start, end):
            kinds.add("date")
        if kinds:
            found.append(Sentence(start, end, tuple(kind for kind in KINDS if kind in kinds)))
    return found


def _kinds(words: list[str], phrases: dict[str, list[tuple[str, str]]]) -> set[str]:
    sentence = f" {' '.join(words)} "
    return {kind for word in phrases.keys() & set(words) for phrase, kind in phrases[word] if phrase in sentence}


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence. A sentence ends with its line at the latest."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        for stop in _STOP.finditer(text, start, end):
            at = stop.end()
            if _NO_STOP.search(text[max(start, stop.start() - _LOOKED_BACK) : at]):
                continue
            yield start, at - (len(stop[0]) - len(stop[0].rstrip()))
            start = at
        last = start + len(text[start:end].rstrip())
        if last > start:
            yield start + len(text[start:last]) - len(text[start:last].lstrip()), last


@lru_cache(100)
def _phrases(language: str) -> dict[str, list[tuple[str, str]]]:
    """Return the phrases of a language by their first word, each between blanks and with its kind."""
    phrases: dict[str, list[tuple[str, str]]] = {}
    for kind, line in _LISTS.get(language, {}).items():
        for phrase in line.split(" | "):
            words = _WORD.findall(phrase)
            phrases.setdefault(words[0], []).append((f" {' '.join(words)} ", kind))
    return phrases

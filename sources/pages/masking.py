"""Find a passage in a text, and black it out: each character becomes █, so that offsets stay valid.

Passages are compared by their letters and digits alone, regardless of case, so that another kind of quotation mark, a hyphen at the end
of a line or a missing blank does not hide a passage.
"""

import hmac
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from claimtrack.db.redacting import MASK

# Shorter passages would be found in too many places.
SHORTEST = 4

# One or more characters in the query string of an address: unencoded, or a sequence of encoded ones.
ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+|.", re.DOTALL)

# Start and length.
Range = tuple[int, int]


@dataclass(frozen=True, order=True)
class Fingerprint:
    """Recognises a passage without containing it: the number of its letters and digits, and their keyed hash."""

    length: int
    digest: str


class Letters:
    """The letters and digits of a text in the form in which they are compared, each with its position in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: list[int] = []
        found = []
        for place, sign in enumerate(text):
            if sign.isalnum():
                for letter in unicodedata.normalize("NFKC", sign).casefold():
                    if letter.isalnum():
                        found.append(letter)
                        self.places.append(place)
        self.form = "".join(found)

    @cached_property
    def _inside(self) -> Sequence[bool]:
        """For each of them, whether it continues a word, in scripts with blanks between words."""
        text = self.text
        return [place > 0 and _spaced(text[place - 1]) and _spaced(text[place]) for place in self.places]

    def spans(self, length: int) -> Iterator[int]:
        """Yield each range of `length` of them that begins and ends with whole words."""
        count = len(self.places)
        for start in range(count - length + 1):
            end = start + length
            if not self._inside[start] and (end == count or not self._inside[end]):
                yield start

    def range(self, start: int, length: int) -> Range:
        first, last = self.places[start], self.places[start + length - 1]
        return first, last - first + 1

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return which of them stand in this part of the text, with the rest of a word that it cuts: from, to.

        A part of a word is no occurrence, so it would stay.
        """
        first, last = bisect_left(self.places, start), bisect_right(self.places, end - 1)
        if first < last:
            while first and self._inside[first]:
                first -= 1
            while last < len(self.places) and self._inside[last]:
                last += 1
        return first, last


def _spaced(sign: str) -> bool:
    return sign.isalnum() and (sign.isdigit() or sign.lower() != sign.upper())


def passage(text: str, start: int, length: int) -> str:
    """Return the letters and digits of a part of a text, in the form in which they are compared."""
    return Letters(text[start : start + length]).form


def occurrences(text: str, forms: Collection[str]) -> list[Range]:
    """Return the ranges of a text that contain passages with these forms."""
    letters = Letters(text)
    found = []
    for form in forms:
        begins = set(letters.spans(len(form))) if form in letters.form else set()
        at = letters.form.find(form)
        while at >= 0:
            if at in begins:
                found.append(letters.range(at, len(form)))
            at = letters.form.find(form, at + 1)
    return merged(found)


def occurrences_in_query(text: str, forms: Collection[str]) -> list[Range]:
    """Return the ranges of an address whose query string contains passages with these forms, also percent-encoded."""
    signs: list[str] = []
    places: list[Range] = []
    for part in ENCODED.finditer(text):
        place, given = part.start(), part[0]
        plain = " " if given == "+" else unquote(given, errors="surrogateescape")
        for sign in plain:
            length = len(given) if len(plain) == 1 else 3 * len(sign.encode(errors="surrogateescape"))
            signs.append(sign)
            places.append((place, length))
            place += length
    found = occurrences("".join(signs), forms)
    spans = ((places[start], places[start + length - 1]) for start, length in found)
    return [(first, last + length - first) for (first, _), (last, length) in spans]


def recognised(text: str, key: bytes, fingerprints: Collection[Fingerprint]) -> list[Range]:
    """Return the ranges of a text that contain the passages with these fingerprints."""
    letters = Letters(text)
    digests = {fingerprint.digest for fingerprint in fingerprints}
    found = []
    for length in {fingerprint.length for fingerprint in fingerprints}:
        for start in letters.spans(length):
            if keyed_hash(key, letters.form[start : start + length]) in digests:
                found.append(letters.range(start, length))
    return merged(found)


def keyed_hash(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()


def merged(ranges: Collection[Range]) -> list[Range]:
    """Return the ranges in order, without overlaps."""
    result: list[Range] = []
    for start, length in sorted(ranges):
        if result and start < sum(result[-1]):
            first, before = result[-1]
            result[-1] = first, max(before, start + length - first)
        else:
            result.append((start, length))
    return result


def masked(text: str, ranges: Collection[Range]) -> str:
    parts, at = [], 0
    for start, length in ranges:
        parts += [text[at:start], MASK * length]
        at = start + length
    return "".join([*parts, text[at:]])

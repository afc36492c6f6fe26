"""The words by which a text is compared with the claims on record.

`cleaned` removes addresses and the signature under a post, and splits #HashTags and @Handles into words. `query` chooses the words
that find candidates. One rare word is often not enough, and a common one finds too much, so it also asks for pairs of words, both of
which a claim must have.
"""

import html
from collections.abc import Sequence
from itertools import accumulate, combinations
from math import log
from typing import NamedTuple

import regex

from claims.text.searching import quoted

# The usual constants of BM25: how much a repeated word counts, and how much the length of the claim does.
K1, B = 1.2, 0.75
MOST_TERMS = 30
SINGLE = 500  # claims that the rarest words may find, each alone
PAIRED = 12  # words after these, which find claims in pairs
PAIRS = 1_500  # claims that the pairs may find
TOO_COMMON = 50_000  # claims with a word that is in no pair
# Comparing two lists of claims costs about as much as reading a third of them.
COMPARED, BEGUN = 3, 5

_SPACES = regex.compile(r"\s+")
_ADDRESS = regex.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S*+", regex.IGNORECASE)
# — Alda Brask (@AldaBrask) September 5, 2025
_SIGNATURE = regex.compile(r"[—–-]\s?[^()—–@]{0,60}\(@\w{1,30}\)[^()]{0,40}\Z")
_SHARED = regex.compile(r"^RT @\w{1,30}:?")
_TAG = regex.compile(r"[#@](\w+)")
_JOINT = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{Nd})|_+")


class Term(NamedTuple):
    """A lexeme of a text, how many public claims have it, and its share of the weight of its word, from 0 to 1."""

    lexeme: str
    claims: int
    share: float = 1.0


def cleaned(text: str) -> str:
    """Return the words of a text, or of a post on a social network."""
    # PostgreSQL's text has neither U+0000 nor lone surrogates.
    text = html.unescape(text).replace("\0", " ").encode("utf-8", "ignore").decode()
    text = _SPACES.sub(" ", text).strip()
    text = _ADDRESS.sub(" ", _SHARED.sub("", text)).rstrip()
    text = _SIGNATURE.sub("", text)
    return _SPACES.sub(" ", _TAG.sub(lambda tag: _JOINT.sub(" ", tag[1]), text)).strip()


def weight(term: Term, total: int) -> float:
    """Return the weight of a term among this many claims: the inverse document frequency of BM25, times its share."""
    return term.share * log(1 + (max(total - term.claims, 0) + 0.5) / (term.claims + 0.5))


def chosen(terms: Sequence[Term]) -> list[Term]:
    """Return the terms that count, rarest first: at most MOST_TERMS that public claims have, and as many that no claim has."""
    rarest_first = sorted(terms, key=lambda term: (term.claims, term.lexeme))
    unknown = [term for term in rarest_first if term.claims <= 0][:MOST_TERMS]
    return unknown + [term for term in rarest_first if term.claims > 0][:MOST_TERMS]


def query(terms: Sequence[Term], total: int) -> str:
    """Return the tsquery that finds the candidates, "" without terms. `terms` are what chosen() returns."""
    sums = accumulate(max(term.claims, 0) for term in terms)
    # The rarest one counts even if it is common.
    alone = max(sum(found <= SINGLE for found in sums), 1)
    wanted = [quoted(term.lexeme) for term in terms[:alone]]
    others = [term for term in terms[alone : alone + PAIRED] if term.claims <= TOO_COMMON]
    pairs = (
        (COMPARED * one.claims * other.claims / max(total, 1) + BEGUN, one.lexeme, other.lexeme)
        for one, other in combinations(others, 2)
    )
    spent = 0.0
    for cost, one, other in sorted(pairs):
        spent += cost
        if spent > PAIRS:
            break
        wanted.append(f"({quoted(one)} & {quoted(other)})")
    return " | ".join(wanted)

"""Propose the quotations of an article with their speakers, for people to decide on.

A passage in quotation marks that nobody says, such as a title, is no proposal. Neither is a passage of one or two words. If the
verbs of saying of a language are not known here, all quotations are proposed, without speakers.

A text longer than MOST is searched up to there, or to the end of a line not long before, since somebody waits for the answer.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from claims.text.quotations.attribution import LETTERS, Article
from claims.text.quotations.languages import guess, language
from claims.text.quotations.naming import How, Names
from claims.text.quotations.spans import spans

LEAST_WORDS = 3
MOST = 400_000  # code points: four newspapers, which take about a second
# Chinese, Japanese, Thai and others set no blanks between words. Two of their letters count as a word.
_WITHOUT_BLANKS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)


class Passage(NamedTuple):
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """`text[start:end] == quote`, the quotation without its marks."""

    start: int
    end: int
    quote: str
    continues: bool  # goes on from the paragraph before
    mention: Passage | None = None  # who speaks, in the words of the text: “she”
    name: str = ""  # their name elsewhere in the article; "" if it has none
    how: How | None = None
    cue: str = ""  # the word that says that they speak: “said”
    margin: float | None = None  # how far the answer is ahead of the next one; None if no speaker was sought


@dataclass(frozen=True)
class Proposals:
    language: str  # BCP 47; "" if it is not known
    quotations: tuple[Quotation, ...]  # in the order of the text
    end: int  # where the search ended


def propose(text: str, tag: str = "") -> Proposals:
    """Return the quotations of a text. Without the tag of its language, that is guessed from its words."""
    searched = len(text) if len(text) <= MOST else max(text.rfind("\n", MOST // 2, MOST), 0) or MOST
    text = text[:searched]
    tag = tag or guess(text)
    words = language(tag)
    if words is None:
        found = (Quotation(one.start, one.end, text[one.start : one.end], one.continues) for one in spans(text))
        return Proposals(tag, tuple(one for one in found if _is_long_enough(one.quote)), searched)
    article = Article(text, words)
    answers = article.attributions()
    names, quotations = Names(article), []
    for answer, named in zip(answers, names.of(answers), strict=True):
        span = answer.span
        quote = text[span.start : span.end]
        if answer.speaker is None or not _is_long_enough(quote):
            continue
        start, end = names.passage(answer)
        cue = text[slice(*answer.cue)] if answer.cue else ""
        quotations.append(
            Quotation(
                start=span.start,
                end=span.end,
                quote=quote,
                continues=span.continues,
                mention=Passage(start, end, text[start:end]),
                name=named.name,
                how=named.how,
                cue=cue,
                margin=round(answer.margin, 2),
            )
        )
    return Proposals(tag, tuple(quotations), searched)


def _is_long_enough(quote: str) -> bool:
    return len(LETTERS.findall(quote)) >= LEAST_WORDS or len(_WITHOUT_BLANKS.findall(quote)) >= 2 * LEAST_WORDS

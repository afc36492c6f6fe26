"""Which claims of the ledger may be the same as a text: "have we checked this already?"

Claims are ranked by BM25 over the lexemes of search: those of the wording, the quotes, and the titles of external reviews. Two
statements serve all texts of a question. The first reads the lexemes of the texts and how many public claims have each
(`claims.models.frequency`). From these, `claims.text.asking` chooses the lexemes that find candidates. The second finds and scores
candidates among the claims that the user may see.

Nothing is decided here. A match says what differs, and people judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from statistics import fmean

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from claims.models import Appearance, Claim, Distinct, ExternalReview
from claims.models.search import TSQuery
from claims.text import asking, checkworthy
from claims.text.asking import Term
from claims.text.languages import guess
from claims.text.likeness import Difference, alike, denies, differences
from claimtrack.db import timeouts
from claimtrack.db.arrays import as_array
from claimtrack.models import User
from claimtrack.refusals import Message
from claimtrack.warnings import InputWarning

MOST_CANDIDATES = 3_000  # claims scored for a text
MOST_WORDINGS = 200  # quotes, and wordings of other publishers, that are compared
MOST_WARNED = 3  # similar claims in the warning for the author of a new one
SAME = Message("Claim %(claim)s seems to say the same: “%(text)s”")
APART = 0.95  # a claim that differs is sorted by this share of its score
LEAST_SCORE = 0.25  # of a claim that is shown beside another one
# Claims are called the same from these shares of common trigrams, and of common weighted words.
LEAST_ALIKE, LEAST_SHARED = 0.5, 0.75

# A guess of the language may be wrong, so the stems of the desk's language are included. Subqueries make PostgreSQL look up each
# lexeme in the index, however many lexemes the planner expects.
TERMS = """
    SELECT at, lexeme, positions,
        COALESCE((SELECT claims FROM claims_frequency f WHERE f.lexeme = word.lexeme), 0)
            + COALESCE((SELECT sum(claims) FROM claims_frequencychange d WHERE d.lexeme = word.lexeme), 0)::bigint,
        COALESCE((SELECT lexemes FROM claims_frequency f WHERE f.lexeme = word.lexeme), 0)
            + COALESCE((SELECT sum(lexemes) FROM claims_frequencychange d WHERE d.lexeme = word.lexeme), 0)::bigint
    FROM (
        SELECT 0 AS at, '' AS lexeme, '{}'::smallint[] AS positions
        UNION ALL SELECT at, lexeme, positions
        FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked (text, language, at), claims_words(text) AS words,
            unnest((claims_vector(language, words)::text || ' ' || claims_vector('', words)::text)::tsvector)
                AS form (lexeme, positions, weights)
    ) AS word"""

# Only the requested lexemes of each vector are unpacked: setweight() marks them, and ts_filter() keeps the marked ones.
SCORES = f"""
    WITH weight AS MATERIALIZED (
        SELECT * FROM unnest(%s::int[], %s::text[], %s::float8[]) AS asked (at, lexeme, weight)),
    asked AS MATERIALIZED (
        SELECT at, query::tsquery AS query, ARRAY(SELECT lexeme FROM weight w WHERE w.at = q.at) AS lexemes
        FROM unnest(%s::text[]) WITH ORDINALITY AS q (query, at)),
    candidate AS MATERIALIZED (
        SELECT asked.at, c.id, length(c.search) AS length,
            ts_filter(setweight(c.search, 'A', asked.lexemes), '{{a}}') AS found
        FROM asked CROSS JOIN LATERAL (CLAIMS) AS c (id, search)),
    word AS MATERIALIZED (
        SELECT at, id, length, lexeme, cardinality(positions) AS times
        FROM candidate, unnest(found) AS word (lexeme, positions, weights)),
    scored AS (
        SELECT at, id, sum(weight * times * ({asking.K1} + 1)
            / (times + {asking.K1} * (1 - {asking.B} + {asking.B} * length / %s::float8))) AS score
        FROM word JOIN weight USING (at, lexeme) GROUP BY at, id),
    ranked AS (SELECT *, row_number() OVER (PARTITION BY at ORDER BY score DESC, id) AS place FROM scored)
    SELECT at, id, score FROM ranked WHERE place <= %s ORDER BY at, place"""


@dataclass(frozen=True)
class Match:
    """A claim that may be the same as a text. `score`, from 0 to 1, is the weighted share of the text that the claim has too.

    `differences` are those from the claim's wording, or from a quote or another publisher's wording that is more similar to the text.
    `same` says that there are none, and that the two share nearly all words that carry meaning. It is not a verdict.
    """

    claim: Claim
    score: float
    same: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class _Asked:
    """The terms of each text, and the totals of all public claims that BM25 needs."""

    terms: list[list[Term]]
    claims: int
    average: float  # lexemes of a claim


def match(
    texts: Sequence[str], *, user: User | AnonymousUser | None, limit: int = 5, language: str = ""
) -> list[list[Match]]:
    """Return for each text the claims that the user may see and that may be the same, the best first."""
    if not texts:
        return []
    cleaned = [asking.cleaned(text) for text in texts]
    found = _scores(_asked(cleaned, [language] * len(texts)), user, limit)
    claims = (
        Claim.objects.visible_to(user)
        .filter(pk__in=as_array({pk for scores in found for pk in scores}))
        .select_related("speaker", "verdict")
        .defer("search")
        .in_bulk()
    )
    wordings = _wordings(claims)
    compared = [
        (at, pk, max(wordings[pk], key=lambda wording: alike(cleaned[at], wording)))
        for at, scores in enumerate(found)
        for pk in scores
        if pk in claims
    ]
    apart = [differences(cleaned[at], wording) for at, _, wording in compared]
    # A “not” is no difference where the other text may have other words for it, but then they are not called the same, and sorted as
    # if they differed.
    alike_in_all = {
        (cleaned[at], wording)
        for (at, _, wording), those in zip(compared, apart, strict=True)
        if not those and denies(cleaned[at]) == denies(wording)
    }
    same = _same(alike_in_all, language)
    matches: list[list[tuple[float, Match]]] = [[] for _ in texts]
    for (at, pk, wording), those in zip(compared, apart, strict=True):
        pair, score = (cleaned[at], wording), found[at][pk]
        # Words alone can hardly distinguish a claim from one with another number, name or “not”.
        place = -score * (1 if pair in alike_in_all else APART)
        matches[at].append((place, Match(claims[pk], score, pair in same, those)))
    return [[one for _, one in sorted(those, key=itemgetter(0))] for those in matches]


def look_alikes(claim: Claim, *, user: User | AnonymousUser | None, limit: int = 6) -> list[Match]:
    """Return other claims that may be the same as this one. Those judged distinct are left out."""
    judged = Distinct.objects.filter(Q(claim_a=claim) | Q(claim_b=claim)).values_list("claim_a", "claim_b")
    apart = {pk for pair in judged for pk in pair} | {claim.pk}
    [found] = match([claim.text], user=user, limit=limit + len(apart), language=claim.language)
    return [one for one in found if one.claim.pk not in apart and one.score >= LEAST_SCORE][:limit]


def same_warnings(
    texts: Sequence[str], *, user: User | AnonymousUser | None, but: Collection[int] = ()
) -> list[list[InputWarning]]:
    """Warn for each text of claims that seem to say the same. `but`: the ids of the texts' own claims."""
    found = match(texts, user=user, limit=MOST_WARNED + 1)
    return [
        [
            InputWarning("claim_alike", "text", Message(SAME, {"claim": one.claim.pk, "text": one.claim.text}))
            for one in matches
            if one.same and one.claim.pk not in but
        ][:MOST_WARNED]
        for matches in found
    ]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in checkworthy.sentences(text)]


def _asked(texts: Sequence[str], tags: Sequence[str]) -> _Asked:
    terms: list[list[Term]] = [[] for _ in texts]
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [list(texts), [tag or guess(text) for text, tag in zip(texts, tags, strict=True)]])
        [(_, _, _, total, lexemes), *rows] = sorted(cursor.fetchall())
    # A word and its stem count together as much as a word that is its own stem.
    forms = Counter((at, position) for at, _, positions, _, _ in rows for position in positions)
    for at, lexeme, positions, claims, _ in rows:
        share = fmean(1 / forms[at, position] for position in positions)
        terms[at - 1].append(Term(lexeme, claims, share))
    return _Asked(terms, total, lexemes / total if total > 0 else 1.0)


def _scores(asked: _Asked, user: User | AnonymousUser | None, limit: int) -> list[dict[int, float]]:
    """Return for each text the ids of the best claims with their scores."""
    chosen = [asking.chosen(terms) for terms in asked.terms]
    weights = [
        (at, term.lexeme, asking.weight(term, asked.claims)) for at, terms in enumerate(chosen, 1) for term in terms
    ]
    candidates = Claim.objects.visible_to(user).filter(merged_into=None, search=TSQuery(RawSQL("asked.query", ())))
    claims, params = candidates.values_list("pk", "search")[:MOST_CANDIDATES].query.sql_with_params()
    queries = [asking.query(terms, asked.claims) for terms in chosen]
    columns = [[row[column] for row in weights] for column in range(3)]
    whole = [0.0] * (len(queries) + 1)
    for at, _, weight in weights:
        whole[at] += weight
    found: list[dict[int, float]] = [{} for _ in queries]
    with transaction.atomic(), connection.cursor() as cursor:
        # After an import, the index has a long pending list, so the planner would prefer to read the whole table.
        timeouts.set_local(enable_seqscan="off")
        cursor.execute(SCORES.replace("CLAIMS", claims), [*columns, queries, *params, asked.average, limit])
        for at, pk, score in cursor.fetchall():
            found[at - 1][pk] = min(score / whole[at], 1.0)
    return found


def _wordings(claims: Mapping[int, Claim]) -> dict[int, list[str]]:
    """Return the wordings of each claim: the desk's first, then the quotes and those of other publishers."""
    wordings = {pk: [claim.text] for pk, claim in claims.items()}
    others = (
        Appearance.objects.filter(claim__in=claims.values()).values_list("claim", "quote"),
        ExternalReview.objects.filter(claim__in=claims.values())
        .exclude(claim_reviewed="")
        .values_list("claim", "claim_reviewed"),
    )
    for rows in others:
        for pk, wording in rows.order_by("pk")[:MOST_WORDINGS]:
            wordings[pk].append(wording)
    return wordings


def _same(pairs: Collection[tuple[str, str]], language: str) -> set[tuple[str, str]]:
    """Return the pairs of texts that share nearly all of their words, weighted by rarity."""
    near = [pair for pair in pairs if alike(*pair) >= LEAST_ALIKE]
    texts = list({text for pair in near for text in pair})
    if not texts:
        return set()
    asked = _asked(texts, [language] * len(texts))
    weights = {
        text: {term.lexeme: asking.weight(term, asked.claims) for term in terms}
        for text, terms in zip(texts, asked.terms, strict=True)
    }
    return {pair for pair in near if min(_share(*pair, weights), _share(*pair[::-1], weights)) >= LEAST_SHARED}


def _share(one: str, other: str, weights: Mapping[str, Mapping[str, float]]) -> float:
    """Return the weighted share of one text that is in the other, from 0 to 1."""
    whole = sum(weights[one].values())
    return sum(weight for lexeme, weight in weights[one].items() if lexeme in weights[other]) / whole if whole else 0.0

"""The query parameters of the lists, one line each."""

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, Q

from claims.models import Review
from claims.models.claim import ClaimQuerySet
from claims.models.speaker import SpeakerQuerySet
from claims.text.searching import Term, parse
from claims.transitions import Status
from claimtrack.api.filters import (
    BOOLEAN,
    DAY,
    IDENTIFIER,
    LANGUAGE,
    MOMENT,
    SLUG,
    TEXT,
    Kind,
    Parameter,
    among,
    any_of,
    one_of,
)
from claimtrack.refusals import Invalid
from sources.filters import DOMAIN, URL

MAX_IDS = 200


def _speaker(value: str) -> int | None:
    return None if value == "none" else IDENTIFIER.read(value)


def _named(queryset: Any, names: list[str]) -> Any:
    return queryset.by_speaker_name(*names)


def _appearing(lookup: str) -> Callable[[Any, list[Any]], Any]:
    """Claims with an appearance in an article for which the lookup holds with any of the values."""

    def apply(claims: ClaimQuerySet, values: list[Any]) -> ClaimQuerySet:
        return claims.appearing(
            reduce(operator.or_, (Q(**{f"snapshot__article__{lookup}": value}) for value in values))
        )

    return apply


def _searched(claims: ClaimQuerySet, queries: list[list[Term]]) -> ClaimQuerySet:
    return reduce(operator.or_, (claims.holding(terms) for terms in queries))


def _whether(condition: Q) -> Callable[[Any, list[bool]], Any]:
    """Claims for which the condition holds (true) or does not (false)."""

    def apply(claims: ClaimQuerySet, values: list[bool]) -> ClaimQuerySet:
        if len(set(values)) > 1:
            return claims
        return claims.filter(condition if values[0] else ~condition)

    return apply


def _these(claims: ClaimQuerySet, lists: list[list[int]]) -> ClaimQuerySet:
    ids = dict.fromkeys(pk for given in lists for pk in given)
    if len(ids) > MAX_IDS:
        raise Invalid(f"“ids” takes at most {MAX_IDS} ids in all.", code="parameter", field="ids")
    return claims.filter(pk__in=ids)


def _called(speakers: SpeakerQuerySet, names: list[str]) -> SpeakerQuerySet:
    return speakers.named(*names)


CORRECTED = Q(Exists(Review.objects.corrections().filter(claim=OuterRef("pk"))))
IDS = Kind(
    "ids with commas between them",
    {"type": "string", "pattern": "^[1-9][0-9]{0,17}(,[1-9][0-9]{0,17}){0,199}$"},
    lambda value: [IDENTIFIER.read(part) for part in value.split(",")],
)
QUERY = Kind("words", {"type": "string"}, parse)
SPEAKER = Kind("an id, or none", {"anyOf": [IDENTIFIER.schema, {"type": "string", "const": "none"}]}, _speaker)

# fmt: off
CLAIMS = (
    Parameter("ids", IDS, _these, "These claims: at most 200 ids, with commas between them."),
    Parameter("speaker", SPEAKER, ClaimQuerySet.by_speakers, "Made by this speaker (or whom it was merged into); `none`: not known."),
    Parameter("speaker_name", TEXT, _named, "Made by a speaker of this name or alias, whatever its case and accents."),
    Parameter("status", one_of(Status), among("status"), "Whose verification stands there."),
    Parameter("verdict", SLUG, ClaimQuerySet.judged_as, "With this verdict in force: a code of the scale."),
    Parameter("has_verdict", BOOLEAN, _whether(Q(verdict__isnull=False)), "With a verdict in force, or without."),
    Parameter("corrected", BOOLEAN, _whether(CORRECTED), "Whose published verdict, or its wording, was later corrected, or never was."),
    Parameter("source", IDENTIFIER, ClaimQuerySet.in_source, "Found in an article of this source."),
    Parameter("source_domain", DOMAIN, ClaimQuerySet.in_source_of, "Found in an article of the source that has this domain."),
    Parameter("article", IDENTIFIER, ClaimQuerySet.in_article, "Found in this article."),
    Parameter("article_url", URL, _appearing("canonical_url"), "Found in the article of this address, however it is spelt."),
    Parameter("topic", SLUG, ClaimQuerySet.about, "About this topic: its slug."),
    Parameter("language", LANGUAGE, ClaimQuerySet.in_language, "Worded in this language; `pt` finds pt-BR, too."),
    Parameter("said_after", DAY, any_of("said_at__gte"), "Said on this day or later; of a month or year the first day counts."),
    Parameter("said_before", DAY, any_of("said_at__lt"), "Said before this day; of a month or year the first day counts."),
    Parameter("published_after", MOMENT, _appearing("published_at__gte"), "Found in an article published then or later."),
    Parameter("published_before", MOMENT, _appearing("published_at__lt"), "Found in an article published earlier."),
    Parameter("reviewed_after", MOMENT, any_of("reviewed_at__gte"), "Whose verdict was last published then or later."),
    Parameter("reviewed_before", MOMENT, any_of("reviewed_at__lt"), "Whose verdict was last published earlier."),
    Parameter("updated_since", MOMENT, any_of("updated_at__gte"), "Changed then or later."),
    Parameter("q", QUERY, _searched, 'Holding all of this in wording or quotes: words, "a phrase", -without, begin*.'),
)
SPEAKERS = (
    Parameter("name", TEXT, _called, "Speakers of this name or alias, whatever its case and accents."),
)
# fmt: on

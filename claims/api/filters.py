"""The filters of the lists, one line each. The desk's queue uses the same declarations (claims.admin.queue)."""

from collections.abc import Callable, Sequence

from django.db.models import Exists, OuterRef, Q

from claims.models import Review
from claims.models.claim import ClaimQuerySet
from claims.models.search import tsquery
from claims.models.speaker import SpeakerQuerySet
from claims.transitions import Status
from claimtrack.api.filters import (
    AnyOf,
    BooleanField,
    ChoiceField,
    DateField,
    DateTimeField,
    Given,
    IdentifierField,
    LanguageField,
    ParameterField,
    SlugField,
    StrictFilterSet,
    TextField,
    any_of,
)
from claimtrack.refusals import Invalid, Message
from sources.filters import DomainField, UrlField

MAX_IDS = 200
IDENTIFIER = IdentifierField()
JUDGED = Q(verdict__isnull=False)
CORRECTED = Q(Exists(Review.objects.corrections().filter(claim=OuterRef("pk"))))


class IdsField(ParameterField):
    takes = Message("ids with commas between them")
    schema = {"type": "string", "pattern": "^[1-9][0-9]{0,17}(,[1-9][0-9]{0,17}){0,199}$"}

    def read(self, value: str) -> list[int]:
        return [IDENTIFIER.read(part) for part in value.split(",")]


class SpeakerField(ParameterField):
    takes = Message("an id, or none")
    schema = {"anyOf": [IdentifierField.schema, {"type": "string", "const": "none"}]}

    def read(self, value: str) -> int | None:
        return None if value == "none" else IDENTIFIER.read(value)


class QueryField(ParameterField):
    takes = Message("words")

    def read(self, value: str) -> str:
        return value


def in_languages_asked_for(queries: Sequence[str], given: Given) -> list[str | None]:
    """Return the queries as tsqueries of the languages that the filter `language` names, else of all in use."""
    return [tsquery(query, given.get("language")) for query in queries]


def with_ids(claims: ClaimQuerySet, lists: Sequence[list[int]]) -> ClaimQuerySet:
    ids = dict.fromkeys(pk for given in lists for pk in given)
    if len(ids) > MAX_IDS:
        raise Invalid(
            "“ids” takes at most %(limit)s ids in all.", code="parameter", field="ids", params={"limit": MAX_IDS}
        )
    return claims.filter(pk__in=ids)


def by_speaker_name(claims: ClaimQuerySet, names: Sequence[str]) -> ClaimQuerySet:
    return claims.by_speaker_name(*names)


def by_name(speakers: SpeakerQuerySet, names: Sequence[str]) -> SpeakerQuerySet:
    return speakers.named(*names)


def whether(condition: Q) -> Callable[[ClaimQuerySet, Sequence[bool]], ClaimQuerySet]:
    """Claims for which the condition holds (true) or does not (false)."""

    def keep(claims: ClaimQuerySet, values: Sequence[bool]) -> ClaimQuerySet:
        if len(set(values)) > 1:
            return claims
        return claims.filter(condition if values[0] else ~condition)

    return keep


def appearing(lookup: str) -> Callable[[ClaimQuerySet, Sequence[object]], ClaimQuerySet]:
    """Claims with an appearance in an article for which the lookup holds with any of the values."""

    def keep(claims: ClaimQuerySet, values: Sequence[object]) -> ClaimQuerySet:
        return claims.appearing(any_of(f"snapshot__article__{lookup}", values))

    return keep


# fmt: off
class ClaimFilterSet(StrictFilterSet):
    ids = AnyOf(IdsField(), "These claims: at most 200 ids, with commas between them.", keep=with_ids, fixed_sql=False)
    speaker = AnyOf(
        SpeakerField(), "Made by this speaker (or whom it was merged into); `none`: not known.", keep=ClaimQuerySet.by_speakers
    )
    speaker_name = AnyOf(
        TextField(), "Made by a speaker of this name or alias, whatever its case and accents.", keep=by_speaker_name, fixed_sql=False
    )
    status = AnyOf(ChoiceField(Status), "Whose verification stands there.")
    verdict = AnyOf(SlugField(), "With this verdict in force: a code of the scale.", keep=ClaimQuerySet.judged_as)
    has_verdict = AnyOf(BooleanField(), "With a verdict in force, or without.", keep=whether(JUDGED), fixed_sql=False)
    corrected = AnyOf(
        BooleanField(),
        "Whose published verdict, or its wording, was later corrected, or never was.", keep=whether(CORRECTED), fixed_sql=False,
    )
    source = AnyOf(IdentifierField(), "Found in an article of this source.", keep=ClaimQuerySet.in_source)
    source_domain = AnyOf(
        DomainField(), "Found in an article of the source that has this domain.", keep=ClaimQuerySet.in_source_of
    )
    article = AnyOf(IdentifierField(), "Found in this article.", keep=appearing("pk__exact"))
    article_url = AnyOf(
        UrlField(), "Found in the article of this address, however it is spelt.", keep=appearing("canonical_url")
    )
    topic = AnyOf(SlugField(), "About this topic: its slug.", keep=ClaimQuerySet.about)
    language = AnyOf(
        LanguageField(), "Worded in this language; `pt` finds pt-BR, too.", keep=ClaimQuerySet.in_language, fixed_sql=False
    )
    said_after = AnyOf(DateField(), "Said on this day or later; of a month or year the first day counts.", "said_at", "gte")
    said_before = AnyOf(DateField(), "Said before this day; of a month or year the first day counts.", "said_at", "lt")
    published_after = AnyOf(
        DateTimeField(), "Found in an article published then or later.", keep=appearing("published_at__gte")
    )
    published_before = AnyOf(DateTimeField(), "Found in an article published earlier.", keep=appearing("published_at__lt"))
    reviewed_after = AnyOf(DateTimeField(), "Whose verdict was last published then or later.", "reviewed_at", "gte")
    reviewed_before = AnyOf(DateTimeField(), "Whose verdict was last published earlier.", "reviewed_at", "lt")
    review_by_after = AnyOf(DateField(), "Whose verdict is to be looked at again by this day or a later one.", "review_by", "gte")
    review_by_before = AnyOf(DateField(), "Whose verdict was to be looked at again before this day.", "review_by", "lt")
    due_after = AnyOf(DateField(), "Coming due on this day or later; of a month or year the last day counts.", "due_on", "gte")
    due_before = AnyOf(DateField(), "Come due before this day; of a month or year the last day counts.", "due_on", "lt")
    updated_since = AnyOf(DateTimeField(), "Changed then or later.", "updated_at", "gte")
    q = AnyOf(
        QueryField(),
        'Holding all of this in wording, quotes or titles of external reviews: words, "a phrase", -without, begin*.',
        keep=ClaimQuerySet.matching,
        complete=in_languages_asked_for,
    )


class SpeakerFilterSet(StrictFilterSet):
    name = AnyOf(
        TextField(), "Speakers of this name or alias, whatever its case and accents.", keep=by_name, fixed_sql=False
    )


class NoticeFilterSet(StrictFilterSet):
    unread = AnyOf(BooleanField(), "Not read yet, or read.", "read_at", "isnull")
# fmt: on

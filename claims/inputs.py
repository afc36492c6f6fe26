"""The request bodies of the API: what a write takes. Errors name their members, as the verbs' refusals do."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims.models import Evidence, Speaker
from claims.transitions import Status
from claimtrack.inputs import MOST_ROWS, Input, OptionalText, Text, Whole
from claimtrack.refusals import Invalid
from sources.canonical import canonical_url
from sources.models import Article, Snapshot

SAID = "As precise as it is known: 2025, 2025-09 or 2025-09-05."
LANGUAGE = "BCP 47, for example en or pt-BR."
PLACES = ("snapshot", "article", "article_url")


class PlaceInput(Input):
    """Where a claim is found: a quote in a snapshot. Name the snapshot, or the article for its current one."""

    snapshot = Whole(required=False, help_text="Its id.")
    article = Whole(required=False, help_text="Its id.")
    article_url = Text(required=False, help_text="However it is spelt.")
    quote = Text(help_text="As it stands in the text, but for typography: what is stored is the slice of the text.")
    start = Whole(required=False, allow_null=True, help_text="Which of several: where it begins, in code points.")
    prefix = OptionalText(help_text="Which of several: what stands before it.")
    suffix = OptionalText(help_text="Which of several: what stands after it.")


@extend_schema_serializer(
    examples=[
        OpenApiExample("An appearance", {"article_url": "https://paper.example/a", "quote": "Nine boats sail each day"})
    ]
)
class AppearanceInput(PlaceInput):
    """Another place where the claim is found."""


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A claim",
            {
                "text": "Nine ferries sail a day.",
                "speaker": 3,
                "speaker_role": "Harbour master",
                "said_at": "2026-03",
                "language": "en",
                "topics": ["ferries"],
                "appearances": [{"article_url": "https://paper.example/a", "quote": "Nine boats sail each day"}],
            },
        )
    ]
)
class ClaimInput(Input):
    """A claim to propose."""

    text = Text(help_text="The wording, at most 10,000 characters.")
    speaker = Whole(required=False, allow_null=True, help_text="The id; null: not known.")
    speaker_role = OptionalText(help_text="As it was then.")
    said_at = OptionalText(help_text=SAID)
    language = OptionalText(help_text=LANGUAGE)
    topics = serializers.ListField(child=Text(), required=False, max_length=MOST_ROWS, help_text="Slugs.")
    appearances = serializers.ListField(child=PlaceInput(), max_length=MOST_ROWS)


@extend_schema_serializer(examples=[OpenApiExample("Another wording", {"text": "Nine ferries sail each day."})])
class ClaimChangesInput(Input):
    """What of a claim is to change. Its status and verdict change by reviews alone."""

    text = Text(required=False, help_text="The wording, at most 10,000 characters.")
    speaker = Whole(required=False, allow_null=True, help_text="The id; null: not known.")
    speaker_role = OptionalText(help_text="As it was then.")
    said_at = OptionalText(help_text=SAID)
    language = OptionalText(help_text=LANGUAGE)
    topics = serializers.ListField(child=Text(), required=False, max_length=MOST_ROWS, help_text="All of them: slugs.")


class EvidenceInput(Input):
    """What a verdict rests on."""

    url = Text()
    stance = serializers.ChoiceField(Evidence.Stance.choices)
    title = OptionalText()
    publisher = OptionalText()
    quote = OptionalText()
    archive_url = OptionalText()
    accessed_at = OptionalText(help_text="A date such as 2025-09-05.")


class JudgedChangesInput(Input):
    """What the publication changes of the claim."""

    text = Text(required=False)
    speaker = Whole(required=False, allow_null=True)
    speaker_role = OptionalText()
    said_at = OptionalText(help_text=SAID)


@extend_schema_serializer(
    examples=[
        OpenApiExample("Accept", {"to": "unverified", "expected": 1}),
        OpenApiExample(
            "Publish",
            {
                "to": "checked",
                "expected": 4,
                "verdict": "false",
                "rationale": "The timetable has four sailings.",
                "evidence": [{"url": "https://ferries.example/timetable", "stance": "refutes"}],
            },
        ),
    ]
)
class ReviewInput(Input):
    """A step of a claim to another status."""

    to = serializers.ChoiceField([(status.value, status.label) for status in Status])
    expected = Whole(help_text="The version of the claim that you decided on; another one meanwhile is 409.")
    verdict = OptionalText(help_text="A code of the scale.")
    rationale = OptionalText(help_text="Public.")
    note = OptionalText(help_text="Internal.")
    evidence = serializers.ListField(child=EvidenceInput(), required=False, max_length=MOST_ROWS)
    changes = JudgedChangesInput(required=False)


@extend_schema_serializer(
    examples=[OpenApiExample("A speaker", {"name": "Ada Brook", "role": "Harbour master", "aliases": ["A. Brook"]})]
)
class SpeakerInput(Input):
    """A speaker to make."""

    name = Text()
    kind = serializers.ChoiceField(Speaker.Kind.choices, default=Speaker.Kind.PERSON)
    role = OptionalText(help_text="Today's.")
    wikidata_id = OptionalText(help_text="Q and digits; it belongs to one speaker.")
    website = OptionalText()
    aliases = serializers.ListField(child=Text(), required=False, max_length=MOST_ROWS)


@extend_schema_serializer(examples=[OpenApiExample("A topic", {"name": "Ferries"})])
class TopicInput(Input):
    """A topic to make."""

    name = Text()
    slug = OptionalText(help_text="It follows from the name unless it is given.")


def placed(place: Mapping[str, Any], user: Any, field: str = "") -> dict[str, Any]:
    """Return an appearance as the verbs take it: its snapshot found, among those that the user may see. Raises Invalid.

    `field`: where the place stands in the body, with a dot behind it.
    """
    named = [name for name in PLACES if name in place]
    if len(named) != 1:
        raise Invalid(
            "Say where: give snapshot, article or article_url, one of them.", code="place", field=field + "snapshot"
        )
    [name] = named
    value, visible = place[name], Snapshot.objects.visible_to(user)
    if name == "snapshot":
        snapshot = visible.filter(pk=value).first()
    else:
        articles = Article.objects.filter(**_article(name, value, field + name))
        snapshot = visible.filter(pk__in=articles.values("current_snapshot")).first()
    if snapshot is None:
        raise Invalid(f"There is no {name.partition('_')[0]} {value}.", code="not_found", field=field + name)
    return {"snapshot": snapshot, **{key: place[key] for key in place if key not in PLACES}}


def _article(name: str, value: Any, field: str) -> dict[str, Any]:
    if name == "article":
        return {"pk": value}
    try:
        return {"canonical_url": canonical_url(value)}
    except ValueError as error:
        raise Invalid(str(error), code="url", field=field) from error

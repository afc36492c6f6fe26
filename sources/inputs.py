"""The request bodies of the API: what a write takes. Errors name their members, as the verbs' refusals do."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claimtrack.inputs import MOST_ROWS, Input, OptionalText, Text
from sources.models import Source

LANGUAGE = "BCP 47, for example en or pt-BR."


@extend_schema_serializer(
    examples=[
        OpenApiExample("To be fetched", {"url": "https://paper.example/a"}),
        OpenApiExample(
            "A transcript",
            {
                "source_name": "Harbour Radio",
                "title": "The morning talk",
                "text": "ADA BROOK: Nine boats sail each day.",
            },
        ),
    ]
)
class ArticleInput(Input):
    """An article to ingest: text, or html, or neither; then the page at url is fetched. What is given goes before the page."""

    url = OptionalText()
    text = Text(required=False, allow_null=True, help_text="At most 2,000,000 characters.")
    html = Text(required=False, allow_null=True, help_text="At most 5,000,000 characters.")
    source_name = OptionalText(help_text="Who published it; where the host of url is known, it decides.")
    source_domain = OptionalText()
    title = OptionalText()
    byline = OptionalText()
    language = OptionalText(help_text=LANGUAGE)
    published_at = OptionalText(help_text="A date such as 2025-09-05, or a time with its zone: 2025-09-05T18:00:00Z.")
    archive_url = OptionalText()


@extend_schema_serializer(
    examples=[
        OpenApiExample("A source", {"name": "The Harbour Post", "kind": "newspaper", "domains": ["harbour.example"]})
    ]
)
class SourceInput(Input):
    """A source to make. That of an article comes with ingesting it."""

    name = Text()
    kind = serializers.ChoiceField(Source.Kind.choices, default=Source.Kind.OTHER)
    homepage = OptionalText()
    country = OptionalText(help_text="ISO 3166-1 alpha-2, upper case.")
    language = OptionalText(help_text=LANGUAGE)
    notes = OptionalText(help_text="For the desk; never public.")
    domains = serializers.ListField(child=Text(), required=False, max_length=MOST_ROWS)

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from claimtrack.addresses import address
from claimtrack.api.exceptions import problem
from claimtrack.api.schema import reference
from claimtrack.api.serializers import (
    LANGUAGE_HELP,
    MOST_ROWS,
    ApiUrl,
    InputSerializer,
    OptionalCharField,
    RelatedColumnField,
    RowSerializer,
    StrictCharField,
    TextOrNull,
    answers,
)
from sources import examples
from sources.models import Fetch, Snapshot, Source


class SnapshotRefSerializer(serializers.Serializer):
    """The text of an article as it stood when taken."""

    id = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Of the text in UTF-8, hexadecimal.")
    taken_at = serializers.DateTimeField()
    method = serializers.ChoiceField(Snapshot.Method.choices)
    current = serializers.BooleanField(
        source="is_current", help_text="Whether the article is known to stand like this."
    )


class ArticleRefSerializer(RowSerializer):
    """One published piece of a source."""

    id = serializers.IntegerField()
    title = TextOrNull()
    url = TextOrNull(help_text="Where readers find it; null for one without a URL, such as a transcript.")
    published_at = TextOrNull(
        source="published", help_text="As precise as it is known: 2025-09-05 or 2025-09-05T10:00:00Z."
    )


class SourceRefSerializer(RowSerializer):
    """Who published an article."""

    id = serializers.IntegerField(source="source.id")
    name = serializers.CharField(source="source.name")
    domain = TextOrNull(help_text="The host of the article's URL without www., else the source's first domain.")


@answers(examples.ARTICLE)
class ArticleSerializer(ArticleRefSerializer):
    """One published piece of a source. Its canonical URL identifies it, unless it has none, such as a pasted transcript."""

    byline = TextOrNull()
    language = TextOrNull(help_text="BCP 47.")
    source = SourceRefSerializer(source="*")
    current_snapshot = serializers.IntegerField(
        source="current", allow_null=True, help_text="Its id; null if you may not see it."
    )
    created_at = serializers.DateTimeField()


class RedactionSerializer(serializers.Serializer):
    """Characters of the text that were removed by court order or for a person's safety. Each is now █, so offsets stay valid."""

    at = serializers.DateTimeField(source="redaction.at")
    reason = serializers.CharField(source="redaction.reason")
    characters = serializers.IntegerField(help_text="How many code points were removed.")
    ranges = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2),
        help_text="Where: start and length of each part.",
    )


class SnapshotSerializer(SnapshotRefSerializer):
    """A snapshot, with its text if you may read it. Offsets of quotes count its Unicode code points."""

    archive_url = serializers.URLField(allow_null=True)
    text = serializers.CharField(
        source="readable", allow_null=True, help_text="Null if only signed-in roles may read it."
    )
    redactions = RedactionSerializer(many=True, help_text="What was removed from the text.")


@answers(examples.ARTICLE_DETAIL)
class ArticleDetailSerializer(ArticleSerializer):
    """An article with the snapshots that you may see, oldest first."""

    snapshots = SnapshotSerializer(source="visible_snapshots", many=True)


class WarningSerializer(serializers.Serializer):
    """What was left out or guessed, or was recorded although it looks wrong."""

    code = serializers.CharField(help_text="For machines.")
    field = serializers.CharField(help_text="The member of the request, or empty.")
    detail = serializers.CharField(help_text="A sentence for people.")


class IngestSerializer(serializers.Serializer):
    """The result of an ingest."""

    snapshot = serializers.IntegerField(source="snapshot.pk", help_text="The text as it stands now.")
    article_is_new = serializers.BooleanField()
    snapshot_is_new = serializers.BooleanField()
    source_is_new = serializers.BooleanField()
    warnings = WarningSerializer(many=True, help_text="For the person who ingests.")


@extend_schema_serializer(
    examples=[
        OpenApiExample("New", examples.ingested(is_new=True), response_only=True, status_codes=["201"]),
        OpenApiExample("Known", examples.ingested(is_new=False), response_only=True, status_codes=["200"]),
    ]
)
class IngestedSerializer(ArticleDetailSerializer):
    """The article, and the result of its ingest."""

    ingested = IngestSerializer()


@extend_schema_serializer(
    examples=[
        OpenApiExample("Accepted", examples.FETCH_WAITING, response_only=True, status_codes=["202"]),
        OpenApiExample("Done", examples.FETCH_DONE, response_only=True, status_codes=["200"]),
    ]
)
class FetchSerializer(serializers.Serializer):
    """A page that a job fetches, and the result."""

    id = serializers.IntegerField()
    fetch = ApiUrl("fetches", help_text="Where to look again.")
    url = serializers.CharField(help_text="The page's address.")
    state = serializers.ChoiceField(Fetch.State.choices)
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    attempts = serializers.IntegerField(
        help_text="What is temporary, such as a server that does not answer, is tried again."
    )
    article = serializers.SerializerMethodField(help_text="The address of the article; null until it is on record.")
    ingested = serializers.SerializerMethodField(help_text="The result of the ingest; null until it is done.")
    problem = serializers.SerializerMethodField(
        help_text="The problem document (RFC 9457) that the ingest, or its last attempt, was refused with."
    )

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_article(self, row: Fetch) -> str | None:
        return address("articles-detail", row.snapshot.article_id) if row.snapshot else None

    @extend_schema_field(IngestSerializer(allow_null=True))
    def get_ingested(self, row: Fetch) -> dict[str, Any] | None:
        return IngestSerializer(row).data if row.snapshot else None

    @extend_schema_field({"oneOf": [reference("Problem"), {"type": "null"}]})
    def get_problem(self, row: Fetch) -> dict[str, Any] | None:
        refusal = row.refusal
        if refusal is None:
            return None
        return problem(refusal.status, refusal.code, refusal.message, refusal.field, **refusal.extra)


@answers(examples.SOURCE)
class SourceSerializer(RowSerializer):
    """Who publishes: a newspaper, broadcaster, agency, ministry, platform."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Source.Kind.choices)
    homepage = TextOrNull()
    country = TextOrNull(help_text="ISO 3166-1 alpha-2.")
    language = TextOrNull(help_text="BCP 47.")
    domains = RelatedColumnField("host")
    created_at = serializers.DateTimeField()


@extend_schema_serializer(
    examples=[
        OpenApiExample("An article", examples.ARTICLE_INPUT),
        OpenApiExample("To be fetched", {"url": examples.URL}),
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
class ArticleInput(InputSerializer):
    """An article to ingest, from text or html. Without both, the page at url is fetched. Given members override the page's."""

    url = OptionalCharField()
    text = StrictCharField(required=False, allow_null=True, help_text="At most 2,000,000 characters.")
    html = StrictCharField(required=False, allow_null=True, help_text="At most 5,000,000 characters.")
    source_name = OptionalCharField(
        help_text="Who published it. If the host of url belongs to a source, that source is used."
    )
    source_domain = OptionalCharField()
    title = OptionalCharField()
    byline = OptionalCharField()
    language = OptionalCharField(help_text=LANGUAGE_HELP)
    published_at = OptionalCharField(
        help_text="A date such as 2025-09-05, or a time with its zone: 2025-09-05T18:00:00Z."
    )
    archive_url = OptionalCharField()


@extend_schema_serializer(examples=[OpenApiExample("A source", examples.SOURCE_INPUT)])
class SourceInput(InputSerializer):
    """A source to create. Ingesting an article creates its source."""

    name = StrictCharField()
    kind = serializers.ChoiceField(Source.Kind.choices, required=False, help_text="By default other.")
    homepage = OptionalCharField()
    country = OptionalCharField(help_text="ISO 3166-1 alpha-2, upper case.")
    language = OptionalCharField(help_text=LANGUAGE_HELP)
    notes = OptionalCharField(help_text="For the desk; never public.")
    domains = serializers.ListField(child=StrictCharField(), required=False, max_length=MOST_ROWS)

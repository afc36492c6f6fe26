from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.models import Speaker
from claimtrack.api.serializers import (
    MOST_ROWS,
    InputSerializer,
    OptionalCharField,
    RelatedColumnField,
    RowSerializer,
    SameRowSerializer,
    StrictCharField,
    TextOrNull,
    answers,
)
from sources.serializers import WarningSerializer


class SpeakerRefSerializer(SameRowSerializer):
    """Who made the claim."""

    null_without = "speaker_id"

    id = serializers.IntegerField(source="speaker.id")
    name = serializers.CharField(source="speaker.name")
    role = TextOrNull(source="speaker_role", help_text="As it was then.")


@answers(examples.SPEAKER)
class SpeakerSerializer(RowSerializer):
    """Who makes claims: a person, organisation or group."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Speaker.Kind.choices)
    role = TextOrNull(help_text="Today's; a claim shows the role as it was then.")
    wikidata_id = TextOrNull()
    website = TextOrNull()
    aliases = RelatedColumnField("name")
    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, help_text="The speaker that this one lives under now."
    )
    created_at = serializers.DateTimeField()


@answers(examples.WRITTEN_SPEAKER)
class WrittenSpeakerSerializer(SpeakerSerializer):
    """The speaker as it was written, with warnings about similar names."""

    warnings = WarningSerializer(many=True)


@extend_schema_serializer(examples=[OpenApiExample("A speaker", examples.SPEAKER_INPUT)])
class SpeakerInput(InputSerializer):
    """A new speaker."""

    name = StrictCharField()
    kind = serializers.ChoiceField(Speaker.Kind.choices, required=False, help_text="By default person.")
    role = OptionalCharField(help_text="Today's.")
    wikidata_id = OptionalCharField(help_text="Q and digits; it belongs to one speaker.")
    website = OptionalCharField()
    aliases = serializers.ListField(child=StrictCharField(), required=False, max_length=MOST_ROWS)

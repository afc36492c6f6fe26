from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claimtrack.api.serializers import InputSerializer, OptionalCharField, StrictCharField, answers


@answers(examples.TOPIC)
class TopicSerializer(serializers.Serializer):
    """What claims are about."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()
    review_after = serializers.IntegerField(
        allow_null=True, help_text="Days after its publication by which the desk looks at a verdict again."
    )


@extend_schema_serializer(examples=[OpenApiExample("A topic", examples.TOPIC_INPUT)])
class TopicInput(InputSerializer):
    """A new topic."""

    name = StrictCharField()
    slug = OptionalCharField(help_text="It follows from the name unless it is given.")

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.api.serializers.assignments import PersonSerializer
from claimtrack.api.serializers import InputSerializer, RowSerializer, StrictCharField, TextOrNull, answers


@answers(examples.COMMENT)
class CommentSerializer(RowSerializer):
    """What a Moderator or Editor said about a claim, for colleagues only."""

    id = serializers.IntegerField()
    author = PersonSerializer()
    text = TextOrNull(help_text="Null: withdrawn.")
    at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(examples=[OpenApiExample("A question", examples.COMMENT_INPUT)])
class CommentInput(InputSerializer):
    """A new comment."""

    text = StrictCharField(help_text="At most 5,000 characters. `@name` mentions a colleague by user name.")

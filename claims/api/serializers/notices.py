from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.api.serializers.assignments import PersonSerializer
from claims.models import Notice
from claimtrack.api.serializers import InputSerializer, StrictIntegerField, answers


@answers(examples.NOTICE)
class NoticeSerializer(serializers.Serializer):
    """Something that happened and concerns you."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Notice.Kind.choices)
    claim = serializers.IntegerField(source="claim_id", allow_null=True, help_text="Null: it is about a webhook.")
    webhook = serializers.IntegerField(source="webhook_id", allow_null=True)
    by = PersonSerializer(allow_null=True, help_text="Who did it; null: nobody, a day has come.")
    comment = serializers.IntegerField(source="comment_id", allow_null=True)
    due = serializers.DateField(allow_null=True, help_text="The last day of what you are asked for.")
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample("All so far", {"until": examples.NOTICE["id"]}),
        OpenApiExample("One", {"notice": examples.NOTICE["id"]}),
    ]
)
class ReadInput(InputSerializer):
    """The notices that you have read."""

    until = StrictIntegerField(required=False, help_text="This one and all before it.")
    notice = StrictIntegerField(required=False, help_text="This one.")


@answers(examples.UNREAD)
class UnreadSerializer(serializers.Serializer):
    """How many notices are still unread."""

    unread = serializers.IntegerField(help_text="How many are unread; 100 stands for 100 or more.")

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.models import Request
from claimtrack.api.serializers import InputSerializer, StrictIntegerField, answers


class PersonSerializer(serializers.Serializer):
    """Somebody at the desk."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="__str__")


class TakeoverSerializer(serializers.Serializer):
    """A takeover of the claim from its assignee."""

    by = PersonSerializer()
    taken_from = PersonSerializer()
    at = serializers.DateTimeField()


@answers(examples.ASSIGNEE)
class AssigneeSerializer(serializers.Serializer):
    """Who works on the claim, and who took it over from whom, oldest first."""

    assignee = PersonSerializer(allow_null=True, help_text="Null: nobody.")
    takeovers = TakeoverSerializer(many=True)
    version = serializers.IntegerField(help_text="Of the claim.")


@extend_schema_serializer(examples=[OpenApiExample("A colleague", {"to": 7}), OpenApiExample("Nobody", {"to": None})])
class AssigneeInput(InputSerializer):
    """The new assignee."""

    to = StrictIntegerField(allow_null=True, help_text="The id of a Moderator or Editor; null: nobody.")


@extend_schema_serializer(examples=[OpenApiExample("Take over", {"expected": 4})])
class TakeoverInput(InputSerializer):
    """The version of the claim that you saw."""

    expected = StrictIntegerField(help_text="The version of the claim that you saw; another one meanwhile is 409.")


@answers(examples.REQUEST)
class RequestSerializer(serializers.Serializer):
    """Who is asked to work on the claim, and by whom."""

    person = PersonSerializer()
    due = serializers.DateField(allow_null=True, help_text="The last day.")
    priority = serializers.ChoiceField(Request.Priority.choices)
    by = PersonSerializer()
    at = serializers.DateTimeField()


@extend_schema_serializer(examples=[OpenApiExample("By Friday", examples.REQUEST_INPUT)])
class RequestInput(InputSerializer):
    """The person to ask."""

    person = StrictIntegerField(help_text="The id of a Moderator or Editor.")
    due = serializers.DateField(required=False, allow_null=True, help_text="The last day.")
    priority = serializers.ChoiceField(Request.Priority.choices, required=False, help_text="By default normal.")

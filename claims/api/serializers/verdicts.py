from rest_framework import serializers

from claims import examples
from claimtrack.api.serializers import TextOrNull, answers


class VerdictRefSerializer(serializers.Serializer):
    """A step of the desk's scale."""

    code = serializers.CharField()
    label = serializers.CharField()
    value = serializers.IntegerField(allow_null=True, help_text="1 (False) to 5 (True); null for a step off the scale.")


@answers(examples.VERDICT)
class VerdictSerializer(VerdictRefSerializer):
    """A step of the desk's scale, or one off it, in the desk's order."""

    description = TextOrNull(help_text="What this step means, for readers.")

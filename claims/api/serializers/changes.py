from rest_framework import serializers

from claims import examples
from claims.models import Change
from claimtrack.api.serializers import answers


class ChangeSerializer(serializers.Serializer):
    """A change of the public part of a row. It says what changed, not how."""

    seq = serializers.CharField(source="place", help_text="Its place in the feed: `since` takes it.")
    kind = serializers.ChoiceField(Change.Kind.choices)
    id = serializers.IntegerField(source="row_id", help_text="Of the row: a claim's id where kind is claim.")
    change = serializers.ChoiceField(Change.Type.choices, help_text="tombstone: it is no longer public.")
    merged_into = serializers.IntegerField(
        allow_null=True, help_text="Of a tombstone: the claim that it was merged into; null where it was dismissed."
    )
    at = serializers.DateTimeField()


@answers(examples.CHANGES)
class ChangesSerializer(serializers.Serializer):
    """A page of the feed."""

    next = serializers.URLField(help_text="Where to continue, now or later. It never expires.")
    more = serializers.BooleanField(help_text="Whether more changes are available already.")
    lag_seconds = serializers.FloatField(
        help_text="Age of the oldest change that has to wait until a transaction before it has ended; 0 where none has."
    )
    results = ChangeSerializer(many=True)

from rest_framework import serializers

from claims.models import Change


class ChangeSerializer(serializers.Serializer):
    """That a row changed in what is public of it. It says what changed, not to what, and so stays true."""

    seq = serializers.CharField(source="place", help_text="Its place in the feed: `since` takes it.")
    kind = serializers.ChoiceField(Change.Kind.choices)
    id = serializers.IntegerField(source="row_id", help_text="Of the row: a claim's id where kind is claim.")
    change = serializers.ChoiceField(Change.Type.choices, help_text="tombstone: it is public no more.")
    merged_into = serializers.IntegerField(
        allow_null=True, help_text="Of a tombstone: the claim that it was merged into; null where it was dismissed."
    )
    at = serializers.DateTimeField()


class ChangesSerializer(serializers.Serializer):
    """A page of the feed."""

    next = serializers.URLField(help_text="Where to go on, now or later. It stays good for ever.")
    more = serializers.BooleanField(help_text="Whether there is more already.")
    lag_seconds = serializers.FloatField(
        help_text="Age of the oldest change that has to wait until a transaction before it has ended; 0 where none has."
    )
    results = ChangeSerializer(many=True)

from rest_framework import serializers

from sources.serializers import WarningSerializer

RESULTS = ["new", "known", "refused"]


class LineSerializer(serializers.Serializer):
    """The result of a line. A refused line also has members that help to correct it, such as `nearest`."""

    line = serializers.IntegerField(help_text="Counted from 1, blank lines included.")
    result = serializers.ChoiceField(RESULTS)
    claim = serializers.IntegerField(
        allow_null=True, help_text="Its id; null where it was refused or nothing was kept."
    )
    code = serializers.CharField(allow_null=True, help_text="Why it was refused, for machines.")
    detail = serializers.CharField(allow_null=True, help_text="What would be right.")
    pointer = serializers.CharField(allow_null=True, help_text="JSON Pointer into the line.")
    warnings = WarningSerializer(
        many=True, help_text="What looks wrong with a line that went in; `field` is a JSON Pointer."
    )


class BulkSerializer(serializers.Serializer):
    """The result of an import."""

    new = serializers.IntegerField()
    known = serializers.IntegerField()
    accepted = serializers.IntegerField()
    refused = serializers.IntegerField()
    kept = serializers.BooleanField(help_text="False for a dry run: nothing was changed.")
    results = LineSerializer(many=True)

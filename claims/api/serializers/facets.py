from rest_framework import serializers


class FacetSerializer(serializers.Serializer):
    """How many of the counted claims have a value."""

    value = serializers.CharField(allow_null=True, help_text="As the filter of this name takes it; null for none.")
    label = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()


class FacetsSerializer(serializers.Serializer):
    """The twenty most frequent values of each; a claim counts once in each, but under several sources or topics."""

    counted = serializers.IntegerField(help_text="How many claims were counted: at most 10,000, the newest.")
    complete = serializers.BooleanField(
        help_text="Whether these are all that the filters keep, and the counts so exact."
    )
    status = FacetSerializer(many=True)
    verdict = FacetSerializer(many=True, help_text="In force.")
    speaker = FacetSerializer(many=True)
    source = FacetSerializer(many=True)
    topic = FacetSerializer(many=True)
    language = FacetSerializer(many=True)

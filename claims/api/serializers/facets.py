from rest_framework import serializers

from claims import examples
from claimtrack.api.serializers import answers


class FacetSerializer(serializers.Serializer):
    """How many of the counted claims have a value."""

    value = serializers.CharField(
        allow_null=True, help_text="A value for the filter of this name; null where there is none."
    )
    label = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()


@answers(examples.FACETS)
class FacetsSerializer(serializers.Serializer):
    """The twenty most frequent values of each; a claim counts once in each, but under several sources or topics."""

    counted = serializers.IntegerField(help_text="How many claims were counted: at most 10,000, the newest.")
    complete = serializers.BooleanField(
        help_text="Whether all claims that the filters keep were counted, so that the counts are exact."
    )
    status = FacetSerializer(many=True)
    verdict = FacetSerializer(many=True, help_text="In force.")
    speaker = FacetSerializer(many=True)
    source = FacetSerializer(many=True)
    topic = FacetSerializer(many=True)
    language = FacetSerializer(many=True)

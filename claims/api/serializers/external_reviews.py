from rest_framework import serializers

from claims import examples
from claimtrack.api.serializers import RowSerializer, SameRowSerializer, TextOrNull, answers


class PublisherSerializer(serializers.Serializer):
    """Who published a review elsewhere."""

    name = serializers.CharField(source="publisher")
    site = serializers.CharField(source="publisher_site", help_text="The host of the review's address, without www.")


class RatingSerializer(SameRowSerializer):
    """A number on the publisher's own scale, whose best may be the lower end. It means nothing without the label."""

    null_without = "rating_value"

    value = serializers.FloatField(source="rating_value")
    best = serializers.FloatField(source="rating_best")
    worst = serializers.FloatField(source="rating_worst")


@answers(examples.EXTERNAL_REVIEW)
class ExternalReviewSerializer(RowSerializer):
    """What another publisher found about a claim, in their words; never this desk's verdict."""

    id = serializers.IntegerField()
    claim = serializers.IntegerField(source="claim_id")
    publisher = PublisherSerializer(source="*")
    url = serializers.URLField()
    title = TextOrNull()
    label = TextOrNull(help_text="Their verdict, as they write it.")
    rating = RatingSerializer(source="*", allow_null=True)
    reviewed_at = TextOrNull(source="reviewed", help_text="As precise as it is known: 2025, 2025-09 or 2025-09-05.")
    language = TextOrNull(help_text="BCP 47.")
    claimant = TextOrNull(help_text="Who made the claim according to them.")
    claim_reviewed = TextOrNull(help_text="The claim in their words.")
    claimed_at = TextOrNull(source="claimed", help_text="When the claim was made according to them.")
    gone_at = serializers.DateTimeField(
        allow_null=True, help_text="When the review was found to be gone from its page; null while it is there."
    )
    imported_at = serializers.DateTimeField()


class RefusedItemSerializer(serializers.Serializer):
    """Why one of the reviews was not recorded."""

    place = serializers.CharField(help_text="Where it stands in the body, such as line 7.")
    code = serializers.CharField()
    detail = serializers.CharField(source="message")


class WarnedItemSerializer(serializers.Serializer):
    """A warning about a recorded review, such as a member that was left out."""

    place = serializers.CharField(help_text="Where it stands in the body, such as line 7.")
    code = serializers.CharField()
    field = serializers.CharField(help_text="The member, in the names of schema.org; empty for the whole.")
    detail = serializers.CharField()


class ImportedSerializer(serializers.Serializer):
    """The results: how many reviews are new, changed by their publisher since, or already known."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    known = serializers.IntegerField()
    gone = serializers.IntegerField(help_text="Reviews on record that the page in the body no longer shows.")
    proposed = serializers.IntegerField(help_text="Claims that the ledger did not have.")
    accepted = serializers.IntegerField(help_text="Claims that were still proposed.")
    warnings = WarnedItemSerializer(many=True)
    refused = RefusedItemSerializer(source="refusals", many=True)

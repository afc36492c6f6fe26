from typing import Any

from django.conf import settings
from rest_framework import serializers

from claims.models import Change, Evidence, Speaker
from claims.transitions import TRANSITIONS, Status
from claimtrack.fields import ApiUrl, ColumnOf, Part, TextOrNull
from sources.serializers import ArticleRefSerializer, SnapshotRefSerializer, SourceRefSerializer

STATUSES = [(status.value, status.label) for status in Status]
KINDS = [
    *("publication", "correction", "confirmation"),
    *(step.name for step in TRANSITIONS if step.target != Status.CHECKED),
]


class VerdictRefSerializer(serializers.Serializer):
    """A step of the desk's scale."""

    code = serializers.CharField()
    label = serializers.CharField()
    value = serializers.IntegerField(allow_null=True, help_text="1 (False) to 5 (True); null for a step off the scale.")


class SpeakerRefSerializer(Part):
    """Who made the claim."""

    of = "speaker_id"

    id = serializers.IntegerField(source="speaker.id")
    name = serializers.CharField(source="speaker.name")
    role = TextOrNull(source="speaker_role", help_text="As it was then.")


class AppearanceSerializer(serializers.Serializer):
    """Where the claim is found. Offsets count Unicode code points of the snapshot's text, 0-based, end exclusive."""

    id = serializers.IntegerField()
    quote = serializers.CharField(help_text="The exact slice of the snapshot's text from start to end.")
    start = serializers.IntegerField(source="start_offset")
    end = serializers.IntegerField(source="end_offset")
    prefix = serializers.CharField(help_text="What stands before the quote: at most 100 code points.")
    suffix = serializers.CharField(help_text="What stands after the quote: at most 100 code points.")
    snapshot = SnapshotRefSerializer()
    article = ArticleRefSerializer(source="snapshot.article")
    source = SourceRefSerializer(source="snapshot.article")


class ClaimSerializer(serializers.Serializer):
    """One speaker's checkable assertion, in the desk's canonical wording, with its provenance."""

    id = serializers.IntegerField()
    url = ApiUrl("claims")
    text = serializers.CharField()
    language = TextOrNull(help_text="BCP 47.")
    status = serializers.ChoiceField(STATUSES, help_text="Where the verification stands.")
    verdict = VerdictRefSerializer(allow_null=True, help_text="In force; null where none is.")
    speaker = SpeakerRefSerializer(source="*", allow_null=True, help_text="Null: not known.")
    said_at = TextOrNull(source="said", help_text="As precise as it is known: 2025, 2025-09 or 2025-09-05.")
    topics = ColumnOf("slug")
    provenance = AppearanceSerializer(source="appearances", many=True, help_text="Ordered by publication, then id.")
    version = serializers.IntegerField(help_text="Rises with every change of the claim, its topics or appearances.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    reviewed_at = serializers.DateTimeField(allow_null=True, help_text="Of the last publication.")


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


class JudgedVerdictSerializer(Part):
    """A step of the desk's scale, with the label that it had when it was given."""

    of = "verdict_id"

    code = serializers.CharField(source="verdict.code")
    label = serializers.CharField(source="verdict_label")
    value = serializers.IntegerField(source="verdict.value", allow_null=True)


class ReviewerField(serializers.CharField):
    """The name that a reviewer chose for readers, else the desk's."""

    def to_representation(self, value: str) -> Any:
        return value or settings.CLAIMTRACK_DESK_NAME


class EvidenceSerializer(serializers.Serializer):
    """What a verdict rests on."""

    url = serializers.URLField()
    title = TextOrNull()
    publisher = TextOrNull()
    quote = TextOrNull()
    stance = serializers.ChoiceField(Evidence.Stance.choices)
    archive_url = serializers.URLField(allow_null=True)
    accessed_at = serializers.DateField(allow_null=True)


class PublisherSerializer(serializers.Serializer):
    """Who published a review elsewhere."""

    name = serializers.CharField(source="publisher")
    site = serializers.CharField(source="publisher_site", help_text="The host of the review's address, without www.")


class RatingSerializer(Part):
    """A number on the publisher's own scale, whose best may be the lower end. It says nothing without the label."""

    of = "rating_value"

    value = serializers.FloatField(source="rating_value")
    best = serializers.FloatField(source="rating_best")
    worst = serializers.FloatField(source="rating_worst")


class ExternalReviewSerializer(serializers.Serializer):
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
    claimed_at = TextOrNull(source="claimed", help_text="When the claim was made according to them.")
    imported_at = serializers.DateTimeField()


class ReviewSerializer(serializers.Serializer):
    """A step in the history of a claim, as it was taken; it never changes afterwards."""

    id = serializers.IntegerField()
    claim = serializers.IntegerField(
        source="claim_id", help_text="The claim that it was taken on: perhaps one merged into this."
    )
    kind = serializers.ChoiceField(KINDS)
    from_status = serializers.ChoiceField(STATUSES)
    to_status = serializers.ChoiceField(STATUSES)
    verdict = JudgedVerdictSerializer(source="*", allow_null=True)
    wording = TextOrNull(help_text="Of the claim, as judged.")
    rationale = TextOrNull()
    evidence = EvidenceSerializer(many=True)
    reviewer = ReviewerField(source="reviewer.public_name", help_text="A name of their choice, else the desk's.")
    replaces = serializers.IntegerField(source="replaces_id", allow_null=True, help_text="The publication before it.")
    created_at = serializers.DateTimeField()


class DeskReviewSerializer(ReviewSerializer):
    """The same for Moderators, with the internal note."""

    note = TextOrNull(required=False, help_text="Internal; Moderators only.")


class SpeakerSerializer(serializers.Serializer):
    """Who makes claims: a person, organisation or group."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Speaker.Kind.choices)
    role = TextOrNull(help_text="Today's; a claim shows the role as it was then.")
    wikidata_id = TextOrNull()
    website = TextOrNull()
    aliases = ColumnOf("name")
    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, help_text="The speaker that this one lives under now."
    )
    created_at = serializers.DateTimeField()


class TopicSerializer(serializers.Serializer):
    """What claims are about."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()


class VerdictSerializer(VerdictRefSerializer):
    """A step of the desk's scale, or one off it, in the desk's order."""

    description = TextOrNull(help_text="What this step means, for readers.")


class LineSerializer(serializers.Serializer):
    """What became of a line. That of a refused one also holds what helps, such as `nearest`."""

    line = serializers.IntegerField(help_text="Counted from 1; blank ones count and are left out.")
    result = serializers.ChoiceField(["new", "known", "refused"])
    claim = serializers.IntegerField(
        allow_null=True, help_text="Its id; null where it was refused or nothing was kept."
    )
    code = serializers.CharField(allow_null=True, help_text="Why it was refused, for machines.")
    detail = serializers.CharField(allow_null=True, help_text="What would be right.")
    pointer = serializers.CharField(allow_null=True, help_text="JSON Pointer into the line.")


class BulkSerializer(serializers.Serializer):
    """What an import came to."""

    new = serializers.IntegerField()
    known = serializers.IntegerField()
    accepted = serializers.IntegerField()
    refused = serializers.IntegerField()
    kept = serializers.BooleanField(help_text="False for a dry run: nothing was changed.")
    results = LineSerializer(many=True)

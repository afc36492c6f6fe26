from django.conf import settings
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.api.serializers.claims import DUE_HELP, REVIEW_BY_HELP, SAID_HELP, STATUSES
from claims.models import Evidence
from claims.transitions import TRANSITIONS, Status
from claimtrack.api.serializers import (
    MOST_ROWS,
    ApiUrl,
    InputSerializer,
    OptionalCharField,
    RowSerializer,
    SameRowSerializer,
    StrictBooleanField,
    StrictCharField,
    StrictIntegerField,
    TextOrNull,
    answers,
)
from sources.serializers import WarningSerializer

KINDS = [
    *("publication", "correction", "confirmation"),
    *(step.name for step in TRANSITIONS if step.target != Status.CHECKED),
]


class JudgedVerdictSerializer(SameRowSerializer):
    """A step of the desk's scale, with the label that it had when it was given."""

    null_without = "verdict_id"

    code = serializers.CharField(source="verdict.code")
    label = serializers.CharField(source="verdict_label")
    value = serializers.IntegerField(source="verdict.value", allow_null=True)


class ReviewerField(serializers.CharField):
    """The name that a reviewer chose for readers, else the desk's."""

    def to_representation(self, value: str) -> str:
        return value or settings.CLAIMTRACK_DESK_NAME


class EvidenceSnapshotSerializer(SameRowSerializer):
    """The text that the quote is a slice of. It need not be public."""

    null_without = "snapshot_id"

    sha256 = serializers.CharField(source="snapshot.sha256", help_text="Of the text in UTF-8, hexadecimal.")
    taken_at = serializers.DateTimeField(source="snapshot.taken_at")
    article = ApiUrl(
        "articles", source="visible_article", allow_null=True, help_text="Null if you may not see the snapshot."
    )


class EvidenceSerializer(RowSerializer):
    """A source for a verdict. With a snapshot, the quote is the exact slice of its text from start to end, in code points."""

    url = serializers.URLField()
    title = TextOrNull()
    publisher = TextOrNull()
    quote = TextOrNull()
    stance = serializers.ChoiceField(Evidence.Stance.choices)
    archive_url = serializers.URLField(allow_null=True)
    accessed_at = serializers.DateField(allow_null=True, help_text="The day on which the desk read it.")
    snapshot = EvidenceSnapshotSerializer(source="*", allow_null=True)
    start = serializers.IntegerField(source="start_offset", allow_null=True)
    end = serializers.IntegerField(source="end_offset", allow_null=True)
    prefix = TextOrNull(help_text="What stands before the quote: at most 100 code points.")
    suffix = TextOrNull(help_text="What stands after the quote: at most 100 code points.")


@answers(examples.REVIEW)
class ReviewSerializer(RowSerializer):
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


@answers(examples.REVIEW)
class DeskReviewSerializer(ReviewSerializer):
    """The same for Moderators, with the internal note."""

    note = TextOrNull(required=False, help_text="Internal; Moderators only.")


@answers(examples.WRITTEN_REVIEW)
class WrittenReviewSerializer(DeskReviewSerializer):
    """The review as it was written, with warnings."""

    warnings = WarningSerializer(many=True)


class EvidenceInput(InputSerializer):
    """A source for a verdict. A quote from a snapshot is checked, and stored as the slice of its text."""

    url = StrictCharField()
    stance = serializers.ChoiceField(Evidence.Stance.choices)
    title = OptionalCharField()
    publisher = OptionalCharField()
    quote = OptionalCharField()
    archive_url = OptionalCharField()
    accessed_at = OptionalCharField(help_text="A date such as 2025-09-05.")
    ingest = StrictBooleanField(
        required=False,
        help_text="Fetch the page at url, record it as an article, and take the quote from its snapshot. The page fills in"
        " title, publisher, archive_url and accessed_at if they are not given. If it cannot be recorded, the evidence has no"
        " snapshot, and a warning (no_snapshot) says why.",
    )
    snapshot = StrictIntegerField(required=False, allow_null=True, help_text="The id of one of the page.")
    start = StrictIntegerField(
        required=False, allow_null=True, help_text="Which of several: where the quote begins, in code points."
    )
    prefix = OptionalCharField(help_text="Which of several: what stands before it.")
    suffix = OptionalCharField(help_text="Which of several: what stands after it.")


class JudgedChangesInput(InputSerializer):
    """What the publication changes of the claim."""

    text = StrictCharField(required=False)
    speaker = StrictIntegerField(required=False, allow_null=True)
    speaker_role = OptionalCharField()
    said_at = OptionalCharField(help_text=SAID_HELP)
    due_on = OptionalCharField(help_text=DUE_HELP)
    review_by = OptionalCharField(
        help_text=f"{REVIEW_BY_HELP} Without it, a day given by hand that is still to come stays."
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample("Accept", examples.ACCEPTANCE),
        OpenApiExample("Publish", examples.PUBLICATION),
    ]
)
class ReviewInput(InputSerializer):
    """A step of a claim to another status."""

    to = serializers.ChoiceField(STATUSES)
    expected = StrictIntegerField(
        help_text="The version of the claim that you decided on; another one meanwhile is 409."
    )
    verdict = OptionalCharField(help_text="A code of the scale.")
    rationale = OptionalCharField(help_text="Public.")
    note = OptionalCharField(help_text="Internal.")
    evidence = serializers.ListField(child=EvidenceInput(), required=False, max_length=MOST_ROWS)
    changes = JudgedChangesInput(required=False)

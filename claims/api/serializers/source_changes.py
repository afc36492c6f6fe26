from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.api.serializers.reviews import ReviewerField
from claims.models.source_change import Decision, Kind
from claimtrack.api.serializers import InputSerializer, RowSerializer, SameRowSerializer, StrictIntegerField, answers

KIND_HELP = (
    "changed: it says something else now; gone: it is not there any more; note: it is as it was, and the article has a note"
    " of a correction, which is the later passage."
)
DECISION_HELP = "What the desk decided. It changes no status and no verdict."


class EarlierPassageSerializer(SameRowSerializer):
    """The quoted passage with its sentence, and the text that it is a slice of, which need not be public."""

    null_without = "snapshot_id"

    quote = serializers.CharField()
    start = serializers.IntegerField(source="start_offset")
    end = serializers.IntegerField(source="end_offset")
    sha256 = serializers.CharField(source="snapshot.sha256", help_text="Of the text in UTF-8, hexadecimal.")
    taken_at = serializers.DateTimeField(source="snapshot.taken_at")


class LaterPassageSerializer(SameRowSerializer):
    """The passage in its place in the later text of the article. Quote, start and end are null if there is none."""

    null_without = "later_id"

    quote = serializers.CharField(source="later_quote", allow_null=True)
    start = serializers.IntegerField(source="later_start", allow_null=True)
    end = serializers.IntegerField(source="later_end", allow_null=True)
    sha256 = serializers.CharField(source="later.sha256", help_text="Of the text in UTF-8, hexadecimal.")
    taken_at = serializers.DateTimeField(source="later.taken_at")


@answers(examples.SOURCE_CHANGE)
class SourceChangeSerializer(RowSerializer):
    """A change of a passage that a public claim quotes, which waits for the desk's decision. Only Moderators see it."""

    id = serializers.IntegerField()
    claim = serializers.IntegerField(source="claim_id")
    kind = serializers.ChoiceField(Kind.choices, help_text=KIND_HELP)
    earlier = EarlierPassageSerializer(source="*")
    later = LaterPassageSerializer(source="*")
    later_snapshot = serializers.IntegerField(source="later_id", help_text="To name in the decision.")
    found_at = serializers.DateTimeField()


@answers(examples.SOURCE_DECISION)
class SourceDecisionSerializer(RowSerializer):
    """The desk's decision about a change of a quoted passage. It never changes, and is not a status."""

    id = serializers.IntegerField()
    claim = serializers.IntegerField(
        source="claim_id", help_text="The claim that it is about: perhaps one merged into this."
    )
    kind = serializers.ChoiceField(Kind.choices, help_text=KIND_HELP)
    decision = serializers.ChoiceField(Decision.choices, help_text=DECISION_HELP)
    earlier = EarlierPassageSerializer(source="*")
    later = LaterPassageSerializer(source="*")
    by = ReviewerField(source="by.public_name", help_text="A name of their choice, else the desk's.")
    created_at = serializers.DateTimeField(source="at")


@extend_schema_serializer(examples=[OpenApiExample("Corrected", examples.SOURCE_DECISION_INPUT)])
class SourceDecisionInput(InputSerializer):
    """A decision about a change at the source."""

    change = StrictIntegerField(help_text="The id of the change.")
    later_snapshot = StrictIntegerField(
        help_text="As the change has it. If the text has changed once more since, the answer is 409."
    )
    decision = serializers.ChoiceField(Decision.choices, help_text=DECISION_HELP)

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.models import Inquiry, Outcome
from claimtrack.api.serializers import (
    InputSerializer,
    OptionalCharField,
    RowSerializer,
    StrictBooleanField,
    StrictCharField,
    StrictIntegerField,
    TextOrNull,
    answers,
)

PUBLIC_HELP = "Show it to readers at once. Of a claim with a verdict in force, this takes an Editor."
TEXT_HELP = "For readers, once it is published."
NOTE_HELP = "Internal: whom exactly, and how they are reached."


class AskedSerializer(serializers.Serializer):
    """Whom the desk asked."""

    kind = serializers.ChoiceField(["speaker", "source", "other"], source="asked_kind")
    id = serializers.IntegerField(source="asked_id", allow_null=True, help_text="Of the speaker or the source.")
    name = serializers.CharField(source="asked")


@answers(examples.OUTCOME)
class OutcomeSerializer(RowSerializer):
    """An outcome of an inquiry; it never changes."""

    id = serializers.IntegerField()
    answer = serializers.ChoiceField(Outcome.Answer.choices)
    came_on = serializers.DateField()
    text = TextOrNull()
    url = TextOrNull(help_text="Where it can be seen, such as the corrected article.")
    published_at = serializers.DateTimeField(allow_null=True)


@answers(examples.DESK_OUTCOME)
class DeskOutcomeSerializer(OutcomeSerializer):
    """The same for Moderators, who also see what is not published."""

    note = TextOrNull(required=False, help_text="Internal; Moderators only.")
    withdrawn_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="Since then, readers do not see it."
    )


@answers(examples.INQUIRY)
class InquirySerializer(RowSerializer):
    """Whom the desk asked for a reply or a correction, and the outcomes, oldest first."""

    id = serializers.IntegerField()
    claim = serializers.IntegerField(source="claim_id", help_text="Perhaps one merged into this.")
    asked_for = serializers.ChoiceField(Inquiry.AskedFor.choices, help_text="What the desk asked for.")
    asked = AskedSerializer(source="*")
    channel = serializers.ChoiceField(Inquiry.Channel.choices)
    asked_on = serializers.DateField()
    text = TextOrNull()
    published_at = serializers.DateTimeField(allow_null=True)
    outcomes = OutcomeSerializer(many=True, help_text="None: no answer yet, or none that is published.")


@answers(examples.DESK_INQUIRY)
class DeskInquirySerializer(InquirySerializer):
    """The same for Moderators, who also see what is not published."""

    note = TextOrNull(required=False, help_text="Internal; Moderators only.")
    withdrawn_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="Since then, readers do not see it."
    )
    outcomes = DeskOutcomeSerializer(many=True)


@extend_schema_serializer(examples=[OpenApiExample("A question", examples.INQUIRY_INPUT)])
class InquiryInput(InputSerializer):
    """Whom the desk asked: the claim's speaker, unless `source` or `name` is given."""

    asked_for = serializers.ChoiceField(Inquiry.AskedFor.choices)
    channel = serializers.ChoiceField(Inquiry.Channel.choices)
    asked_on = StrictCharField(help_text="A day, such as 2025-09-05.")
    source = StrictIntegerField(
        required=False, allow_null=True, help_text="The id of a source in which the claim appears."
    )
    name = OptionalCharField(help_text="Of somebody else.")
    text = OptionalCharField(help_text=TEXT_HELP)
    note = OptionalCharField(help_text=NOTE_HELP)
    public = StrictBooleanField(required=False, help_text=PUBLIC_HELP)


@extend_schema_serializer(examples=[OpenApiExample("An answer", examples.OUTCOME_INPUT)])
class OutcomeInput(InputSerializer):
    """An outcome of an inquiry."""

    answer = serializers.ChoiceField(Outcome.Answer.choices)
    came_on = StrictCharField(help_text="A day, such as 2025-09-05.")
    text = OptionalCharField(help_text=TEXT_HELP)
    url = OptionalCharField(help_text="Where readers can see it.")
    note = OptionalCharField(help_text=NOTE_HELP)
    public = StrictBooleanField(required=False, help_text=PUBLIC_HELP)

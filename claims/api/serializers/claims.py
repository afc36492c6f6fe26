from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.api.serializers.appearances import AppearanceSerializer, PlaceInput
from claims.api.serializers.speakers import SpeakerRefSerializer
from claims.api.serializers.verdicts import VerdictRefSerializer
from claims.models import Claim
from claims.proof.receipts import has_receipt
from claims.transitions import Status
from claimtrack.addresses import address
from claimtrack.api.serializers import (
    LANGUAGE_HELP,
    MOST_ROWS,
    ApiUrl,
    InputSerializer,
    OptionalCharField,
    RelatedColumnField,
    RowSerializer,
    StrictCharField,
    StrictIntegerField,
    TextOrNull,
    answers,
)
from sources.serializers import WarningSerializer

STATUSES = [status.value for status in Status]
SAID_HELP = "As precise as it is known: 2025, 2025-09 or 2025-09-05."
DUE_HELP = "When a claim about the future comes due, as precise as it is known: of a month or year, on the last day."
REVIEW_BY_HELP = (
    "The day by which the desk looks at the verdict again; blank: the earliest that the claim's topics say."
)


@extend_schema_field({"type": ["string", "null"], "format": "uri"})
class ReceiptUrl(serializers.Field):
    """The address of a claim's receipt."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Claim) -> str | None:
        return address("claims-receipt", value.pk) if has_receipt(value) else None


@answers(examples.CLAIM)
class ClaimSerializer(RowSerializer):
    """One speaker's checkable assertion, in the desk's canonical wording, with its provenance."""

    id = serializers.IntegerField()
    url = ApiUrl("claims")
    receipt = ReceiptUrl(help_text="What proves its publications; null where there are none, or no log is kept.")
    text = serializers.CharField()
    language = TextOrNull(help_text="BCP 47.")
    status = serializers.ChoiceField(STATUSES, help_text="Where the verification stands.")
    verdict = VerdictRefSerializer(allow_null=True, help_text="In force; null where none is.")
    speaker = SpeakerRefSerializer(source="*", allow_null=True, help_text="Null: not known.")
    said_at = TextOrNull(source="said", help_text=SAID_HELP)
    due_on = TextOrNull(source="due", help_text=DUE_HELP)
    topics = RelatedColumnField("slug")
    provenance = AppearanceSerializer(source="appearances", many=True, help_text="Ordered by publication, then id.")
    version = serializers.IntegerField(help_text="Rises with every change of the claim, its topics or appearances.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    review_by = serializers.DateField(
        allow_null=True, help_text="The day by which the desk looks at the verdict again."
    )
    reviewed_at = serializers.DateTimeField(
        allow_null=True, help_text="Of the last publication: the verdict is as of then."
    )


@answers(examples.PROPOSED_CLAIM)
class WrittenClaimSerializer(ClaimSerializer):
    """The claim as it was written, with warnings."""

    warnings = WarningSerializer(many=True)


@extend_schema_serializer(examples=[OpenApiExample("A claim", examples.CLAIM_INPUT)])
class ClaimInput(InputSerializer):
    """A claim to propose."""

    text = StrictCharField(help_text="The wording, at most 10,000 characters.")
    speaker = StrictIntegerField(required=False, allow_null=True, help_text="The id; null: not known.")
    speaker_role = OptionalCharField(help_text="As it was then.")
    said_at = OptionalCharField(help_text=SAID_HELP)
    due_on = OptionalCharField(help_text=DUE_HELP)
    language = OptionalCharField(help_text=LANGUAGE_HELP)
    topics = serializers.ListField(child=StrictCharField(), required=False, max_length=MOST_ROWS, help_text="Slugs.")
    appearances = serializers.ListField(child=PlaceInput(), max_length=MOST_ROWS)


class ClaimChangesInput(InputSerializer):
    """Changes to a claim. Its status and verdict change only by reviews."""

    text = StrictCharField(required=False, help_text="The wording, at most 10,000 characters.")
    speaker = StrictIntegerField(required=False, allow_null=True, help_text="The id; null: not known.")
    speaker_role = OptionalCharField(help_text="As it was then.")
    said_at = OptionalCharField(help_text=SAID_HELP)
    due_on = OptionalCharField(help_text=DUE_HELP)
    review_by = OptionalCharField(help_text=REVIEW_BY_HELP)
    language = OptionalCharField(help_text=LANGUAGE_HELP)
    topics = serializers.ListField(
        child=StrictCharField(), required=False, max_length=MOST_ROWS, help_text="All of them: slugs."
    )

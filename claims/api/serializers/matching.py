from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.api.serializers.claims import ClaimSerializer
from claimtrack.api.serializers import (
    LANGUAGE_HELP,
    InputSerializer,
    OptionalCharField,
    StrictCharField,
    StrictIntegerField,
    answers,
)

MAX_LENGTH, MAX_SENTENCES = 5_000, 20
DEFAULT, MOST = 5, 50
KINDS = ["number", "negation", "opposite", "date", "name"]


@extend_schema_serializer(examples=[OpenApiExample("A text", examples.MATCH_INPUT, request_only=True)])
class MatchInput(InputSerializer):
    """A text that may have been checked before."""

    text = StrictCharField(help_text=f"At most {MAX_LENGTH:,} characters and {MAX_SENTENCES} sentences.")
    limit = StrictIntegerField(
        required=False, min_value=1, max_value=MOST, default=DEFAULT, help_text="The maximum number of claims for each."
    )
    language = OptionalCharField(help_text=f"{LANGUAGE_HELP} It is guessed if it is left out.")


class DifferenceSerializer(serializers.Serializer):
    """A difference between the two: what only one of them has."""

    kind = serializers.ChoiceField(KINDS)
    here = serializers.ListField(child=serializers.CharField(), help_text="What only the text has.")
    there = serializers.ListField(child=serializers.CharField(), help_text="What only the claim has.")
    detail = serializers.CharField(source="sentence")


class MatchSerializer(serializers.Serializer):
    """A claim that may be the same."""

    claim = ClaimSerializer()
    score = serializers.FloatField(
        min_value=0, max_value=1, help_text="How much of what the text says the claim has too."
    )
    same = serializers.BooleanField(
        help_text="Whether nothing that was looked for differs, and hardly any word does. A person has to judge."
    )
    differences = DifferenceSerializer(
        many=True, help_text="From the claim's wording, or from a quote of it that is nearer to the text."
    )


class SentenceSerializer(serializers.Serializer):
    """A sentence of the text with the claims that may be the same, the best first."""

    start = serializers.IntegerField(help_text="In code points of the text, from 0.")
    end = serializers.IntegerField(help_text="Exclusive.")
    text = serializers.CharField()
    matches = MatchSerializer(many=True)


@answers(examples.MATCHES)
class MatchesSerializer(serializers.Serializer):
    """The claims that may be the same as a text, found by a program. Nothing is recorded."""

    matches = MatchSerializer(many=True, help_text="Of the whole text, the best first.")
    sentences = SentenceSerializer(many=True, help_text="Empty if the text is one sentence.")

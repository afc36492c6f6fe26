from rest_framework import serializers

from claims import examples
from claims.text.quotations.naming import How
from claimtrack.api.serializers import RowSerializer, TextOrNull, answers
from sources.serializers import SnapshotRefSerializer


class MentionSerializer(serializers.Serializer):
    """The words of the text that say who speaks."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()


class NamesakeSerializer(RowSerializer):
    """A speaker on record under the name."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    role = TextOrNull()


class QuotationSerializer(RowSerializer):
    """A passage in quotation marks, and who seems to say it."""

    start = serializers.IntegerField(source="quotation.start", help_text="In code points of the text, from 0.")
    end = serializers.IntegerField(source="quotation.end", help_text="Exclusive.")
    quote = serializers.CharField(source="quotation.quote", help_text="Without its marks.")
    continues = serializers.BooleanField(
        source="quotation.continues", help_text="Whether it goes on from the paragraph before."
    )
    mention = MentionSerializer(
        source="quotation.mention", allow_null=True, help_text="Null in languages whose verbs of saying are not known."
    )
    name = TextOrNull(
        source="quotation.name", help_text="Who is meant, as the article names them; null if it does not say."
    )
    named_by = serializers.ChoiceField(
        [(how.value, how.value) for how in How],
        source="quotation.how",
        allow_null=True,
        help_text="What led to the name: it stands there in full, or a last name, a pronoun or a role refers to it.",
    )
    cue = TextOrNull(source="quotation.cue", help_text="The word that says that they speak, if one stands beside it.")
    margin = serializers.FloatField(
        source="quotation.margin",
        allow_null=True,
        help_text="How far this answer is ahead of the next one. The unit has no meaning beyond the order.",
    )
    speakers = NamesakeSerializer(
        many=True, help_text="All speakers on record under the name. If there are several, none is preferred."
    )
    claims = serializers.ListField(
        child=serializers.IntegerField(), help_text="The claims that quote some of this passage already."
    )


@answers(examples.QUOTATIONS)
class QuotationsSerializer(RowSerializer):
    """The quotations of a text with their speakers, proposed by a program, the surest first. Nothing is recorded."""

    article = serializers.IntegerField(source="snapshot.article_id")
    snapshot = SnapshotRefSerializer(help_text="Whose text it is.")
    language = TextOrNull(help_text="BCP 47: that of the article, else guessed from the text; null if it is not clear.")
    searched_to = serializers.IntegerField(
        source="found.end",
        help_text="In code points of the text, exclusive: its length, or less for a text of more than 400,000.",
    )
    quotations = QuotationSerializer(many=True, source="proposals")

from rest_framework import serializers

from claims import examples
from claimtrack.api.serializers import answers


class OpenedSerializer(serializers.Serializer):
    """The salt and the text of a salted hash."""

    salt = serializers.CharField(help_text="16 random bytes, hexadecimal.")
    text = serializers.CharField(help_text="SHA-256 of the salt and this text in UTF-8 is the salted hash.")


class EntrySerializer(serializers.Serializer):
    """An entry of the log, and its place in the tree."""

    index = serializers.IntegerField(help_text="The place among the leaves, from 0.")
    leaf = serializers.CharField(help_text="The bytes of the leaf, in UTF-8: JSON, with the SHA-256 of the body.")
    body = serializers.CharField(
        help_text='What readers saw, as JSON in which each text is replaced by `{"salted": …}`, its salted hash.'
    )
    opened = serializers.DictField(child=OpenedSerializer(), help_text="By salted hash. What is missing was removed.")
    proof = serializers.ListField(
        child=serializers.CharField(),
        help_text="The inclusion proof (RFC 9162), from the leaf up: hashes, hexadecimal.",
    )


@answers(examples.RECEIPT)
class ReceiptSerializer(serializers.Serializer):
    """A proof of what the desk has published about a claim, and when, which anybody can check offline."""

    claim = serializers.IntegerField()
    key = serializers.CharField(help_text="The log's public key, as verifiers of signed notes take it.")
    checkpoint = serializers.CharField(
        help_text="The signed head of the tree: a note, as tlog-checkpoint describes it."
    )
    entries = EntrySerializer(
        many=True, help_text="All about the claim, its snapshots and its speaker, in the order of the log."
    )

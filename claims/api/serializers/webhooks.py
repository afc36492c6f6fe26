from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from claims import examples
from claims.models import Change, Delivery, Webhook
from claimtrack.api.serializers import (
    ApiUrl,
    InputSerializer,
    RowSerializer,
    StrictCharField,
    StrictIntegerField,
    TextOrNull,
    answers,
)

SINCE_HELP = "now, beginning, a place of the feed of changes, or a time such as 2025-09-05T10:00:00Z."
# Answers of receivers can switch webhooks off.
CHOSEN_STATES = [(state, state.label) for state in (Webhook.State.ACTIVE, Webhook.State.PAUSED)]


@answers(examples.WEBHOOK)
class WebhookSerializer(RowSerializer):
    """A subscription to public changes."""

    id = serializers.IntegerField()
    url = ApiUrl("webhooks")
    name = serializers.CharField()
    endpoint = serializers.URLField(help_text="Where messages are sent.")
    filters = TextOrNull(help_text="Which claims: a query string of the list of claims; null: every public one.")
    kinds = serializers.ListField(child=serializers.ChoiceField(Change.Kind.choices), help_text="What it is told of.")
    state = serializers.ChoiceField(Webhook.State.choices)
    off_because = serializers.ChoiceField(
        Webhook.Reason.choices, allow_null=True, source="reason", help_text="Why it is switched off."
    )
    place = serializers.CharField(help_text="Its place in the feed of changes.")
    delivered_at = serializers.DateTimeField(allow_null=True, help_text="When a message arrived last.")
    failing_since = serializers.DateTimeField(
        allow_null=True, help_text="Since when none arrives; null: the last one did."
    )
    created_at = serializers.DateTimeField()


@answers(examples.WEBHOOK_MADE)
class WebhookWithSecretSerializer(WebhookSerializer):
    """The webhook with its new secret."""

    secret = serializers.CharField(
        allow_null=True, help_text="Shown this once; null in the answer to a request that is repeated."
    )


@extend_schema_serializer(examples=[OpenApiExample("A webhook", examples.WEBHOOK_INPUT)])
class WebhookInput(InputSerializer):
    """A new webhook."""

    name = StrictCharField(help_text="Who is told.")
    endpoint = StrictCharField(help_text="An https:// address.")
    filters = StrictCharField(required=False, help_text="A query string of the list of claims. By default all.")
    kinds = serializers.ListField(child=StrictCharField(), required=False, help_text="By default claim alone.")
    since = StrictCharField(required=False, help_text=f"Where it begins, by default now: {SINCE_HELP}")


@extend_schema_serializer(examples=[OpenApiExample("Pause", {"state": "paused"})])
class WebhookChangesInput(InputSerializer):
    """Changes of a webhook. Its filters and kinds stay, since the messages that it has sent depend on them."""

    name = StrictCharField(required=False)
    endpoint = StrictCharField(required=False)
    state = serializers.ChoiceField(CHOSEN_STATES, required=False, help_text="active tries again at once what waits.")


@extend_schema_serializer(examples=[OpenApiExample("From the beginning", {"since": "beginning"})])
class ReplayInput(InputSerializer):
    """The changes to send again."""

    since = StrictCharField(help_text=f"Everything that changed since: {SINCE_HELP}")


@extend_schema_serializer(
    examples=[OpenApiExample("For a day both sign", {}), OpenApiExample("The old one leaked", {"overlap_hours": 0})]
)
class SecretInput(InputSerializer):
    """A new secret."""

    overlap_hours = StrictIntegerField(
        required=False,
        min_value=0,
        max_value=168,
        help_text="For how long the old secret signs beside it; 24 by default.",
    )


@extend_schema_serializer(examples=[OpenApiExample("A test", {"type": "webhook.test"})])
class DeliveryInput(InputSerializer):
    """The message to send."""

    type = serializers.ChoiceField([("webhook.test", "A test")])


@answers(examples.DELIVERY)
class DeliverySerializer(RowSerializer):
    """A message that waits, or that was sent in the last week. Its text is not stored."""

    id = serializers.IntegerField()
    message = serializers.CharField(source="header", help_text="Its webhook-id.")
    kind = serializers.CharField(help_text="What it is about.")
    row = serializers.IntegerField(source="row_id", help_text="The id of what it is about.")
    type = TextOrNull(help_text="Of the event that was last sent; null: none was.")
    state = serializers.ChoiceField(Delivery.State.choices)
    changed_at = serializers.DateTimeField(help_text="When the row changed.")
    attempts = serializers.IntegerField()
    due_at = serializers.DateTimeField(help_text="Of the next attempt, if it waits.")
    attempted_at = serializers.DateTimeField(allow_null=True)
    status = serializers.IntegerField(allow_null=True, help_text="What the receiver answered last.")
    error = TextOrNull(help_text="Why the last attempt failed.")

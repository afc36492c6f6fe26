"""The names of sets of choices in the OpenAPI document, for fields that share a name but not their choices."""

ENUM_NAMES = {
    "Status": "claims.api.serializers.claims.STATUSES",
    "ReviewKind": "claims.api.serializers.reviews.KINDS",
    "ChangeKind": "claims.models.Change.Kind",
    "NoticeKind": "claims.models.Notice.Kind",
    "ChangeType": "claims.models.Change.Type",
    "SourceKind": "sources.models.Source.Kind",
    "SpeakerKind": "claims.models.Speaker.Kind",
    "SnapshotMethod": "sources.models.Snapshot.Method",
    "LineResult": "claims.api.serializers.bulk.RESULTS",
    "SourceChangeKind": "claims.models.source_change.Kind",
    "DeliveryState": "claims.models.Delivery.State",
    "WebhookState": "claims.models.Webhook.State",
}

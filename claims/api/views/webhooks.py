from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers.webhooks import (
    DeliveryInput,
    DeliverySerializer,
    ReplayInput,
    SecretInput,
    WebhookChangesInput,
    WebhookInput,
    WebhookSerializer,
    WebhookWithSecretSerializer,
)
from claims.models import Delivery, Webhook
from claims.models.webhook import DeliveryQuerySet
from claims.webhooks import subscribing
from claimtrack.addresses import address
from claimtrack.api.filters import refuse_unknown
from claimtrack.api.idempotency import idempotent
from claimtrack.api.serializers import read_body
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db.attribution import acting
from claimtrack.models import User
from claimtrack.roles import signed_in


def editor(request: Request) -> User:
    """Return the user, who must be an Editor. Raises NotAllowed."""
    subscribing.require_editor(request.user)
    return signed_in(request.user)


class WebhookViewSet(LedgerViewSet):
    """Webhooks send messages about changes to other systems. Editors see them, with a token of the scope admin."""

    queryset = Webhook.objects.all()
    serializer_class = WebhookSerializer
    # The secret of the webhook that this request has made, or given a new secret.
    secret: str | None = None

    @extend_schema(request=WebhookInput, responses={201: WebhookWithSecretSerializer})
    def create(self, request: Request) -> Response:
        """Make a webhook; the answer shows its secret, once. Takes an Editor."""
        return self._with_secret(self._create(request))

    @extend_schema(request=WebhookChangesInput, responses=WebhookSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Rename a webhook, change its address, pause or resume it. Takes an Editor."""
        by = editor(request)
        webhook = get_object_or_404(Webhook, pk=pk)
        changes = read_body(request, WebhookChangesInput)
        state = changes.pop("state", None)
        with acting(by):
            if changes:
                webhook = subscribing.edit_webhook(webhook=webhook, by=by, **changes)
            if state == Webhook.State.ACTIVE:
                webhook = subscribing.resume_webhook(webhook=webhook, by=by)
            elif state and state != webhook.state:
                webhook = subscribing.pause_webhook(webhook=webhook, by=by)
        return self.shown(webhook)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        """Remove a webhook and its waiting messages. Takes an Editor."""
        by = editor(request)
        refuse_unknown(request.query_params, ())
        subscribing.remove_webhook(webhook=get_object_or_404(Webhook, pk=pk), by=by)
        return Response(status=204)

    @extend_schema(operation_id="webhooks_secret", request=SecretInput, responses=WebhookWithSecretSerializer)
    def renew(self, request: Request, pk: int) -> Response:
        """Give a webhook a new secret; the answer shows it, once. Takes an Editor."""
        return self._with_secret(self._renew(request, pk))

    @extend_schema(operation_id="webhooks_replay", request=ReplayInput, responses=WebhookSerializer)
    @idempotent
    def replay(self, request: Request, pk: int) -> Response:
        """Send again what changed since a place or a time. Takes an Editor."""
        by = editor(request)
        webhook = get_object_or_404(Webhook, pk=pk)
        return self.shown(subscribing.replay_webhook(webhook=webhook, by=by, **read_body(request, ReplayInput)))

    @idempotent
    def _create(self, request: Request) -> Response:
        by = editor(request)
        webhook = subscribing.create_webhook(by=by, **read_body(request, WebhookInput))
        self.secret = webhook.shown_secret
        return self.shown(webhook, 201)

    @idempotent
    def _renew(self, request: Request, pk: int) -> Response:
        by = editor(request)
        webhook = get_object_or_404(Webhook, pk=pk)
        webhook = subscribing.rotate_secret(webhook=webhook, by=by, **read_body(request, SecretInput))
        self.secret = webhook.shown_secret
        return self.shown(webhook)

    def _with_secret(self, response: Response) -> Response:
        """Add the secret to the answer behind `idempotent`, which keeps answers for a day."""
        if response.status_code < 300:
            response.data["secret"] = self.secret
        return response


class DeliveryViewSet(LedgerViewSet):
    """The messages of a webhook that wait or were sent in the last week, newest first. Takes an Editor."""

    queryset = Delivery.objects.all()
    serializer_class = DeliverySerializer
    orderings = ("-id",)

    def get_queryset(self) -> DeliveryQuerySet:
        webhook = get_object_or_404(Webhook.objects.visible_to(self.request.user), pk=self.kwargs["webhook"])
        return super().get_queryset().filter(webhook=webhook)

    @extend_schema(request=DeliveryInput, responses={201: DeliverySerializer})
    @idempotent
    def create(self, request: Request, webhook: int) -> Response:
        """Send a message of the type webhook.test. Takes an Editor."""
        by = editor(request)
        row = get_object_or_404(Webhook, pk=webhook)
        read_body(request, DeliveryInput)
        made = subscribing.send_test(webhook=row, by=by)
        headers = {"Location": address("deliveries-list", row.pk)}
        return Response(DeliverySerializer(made).data, 201, headers=headers)

from time import monotonic

import pytest
from django.utils import timezone

from claims import curating
from claims.models import Change, Delivery, Webhook
from claims.models.change import changes_since
from claims.webhooks import delivering
from claims.webhooks.subscribing import create_webhook
from tests.factories import make_user, step
from tests.receiver import receiving


@pytest.fixture
def receiver(settings):
    # Which allows loopback.
    settings.DEVELOPMENT = True
    with receiving() as server:
        yield server


@pytest.fixture
def subscribe(receiver, transactional_db):
    """Return a function that makes a webhook for the receiver."""

    def make(**given) -> Webhook:
        given = {"name": "Newsroom", "endpoint": receiver.url, **given}
        webhook = create_webhook(by=make_user("editor"), **given)
        receiver.secrets.append(webhook.shown_secret)
        return webhook

    return make


@pytest.fixture
def send(receiver):
    """Return a function that lets the webhook send its due messages, and returns (type, id) of those that arrived."""

    def work(webhook: Webhook) -> list:
        settled()
        delivering.work(webhook.pk)
        return receiver.told()

    return work


def settled() -> None:
    """Wait for transactions elsewhere in the cluster, which delay the feed."""
    deadline = monotonic() + 60
    while Change.objects.exists() and changes_since(None, 1)[1]:
        assert monotonic() < deadline, "still waiting for another transaction"


def edit(claim, text):
    curating.edit_claim(claim=claim, by=make_user("editor"), expected=None, text=text)


def dismiss(claim):
    step(claim, "dismissed", by=make_user("moderator"))


def ready(webhook):
    """Let the waiting times of the webhook and its messages pass."""
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    Delivery.objects.update(due_at=timezone.now())

"""Webhooks: their subscriptions, their deliveries, and the claims that each has sent.

`claims.webhooks` explains how they work. No row keeps a body, which is composed when it is sent.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.models.change import Change, FeedPosition
from claimtrack.db import events
from claimtrack.models import User
from claimtrack.roles import Role, role_of

# The beginning of every Fernet token. A secret is never stored in plain text.
ENCRYPTED = "gAAAA"
SECRETS = ["secret", "old_secret"]
# The columns that only the sending process writes.
SET_BY_WORK = [
    *("era", "xact", "change", "life"),
    *("delivered_at", "failures", "failing_since", "rests_until", "lease", "leased_until"),
]


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: User | AnonymousUser | None) -> WebhookQuerySet:
        return self.all() if role_of(user) >= Role.EDITOR else self.none()

    def active(self) -> WebhookQuerySet:
        return self.filter(state=Webhook.State.ACTIVE)

    def rested(self) -> WebhookQuerySet:
        """Return the webhooks that no process works on and that do not pause after a failure."""
        free = models.Q(leased_until=None) | models.Q(leased_until__lte=clock())
        return self.active().filter(free, models.Q(rests_until=None) | models.Q(rests_until__lte=clock()))


# Not now(), which is the time at which the transaction began.
def clock() -> models.Func:
    return models.Func(function="clock_timestamp", output_field=models.DateTimeField())


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent(), exclude=[*SECRETS, *SET_BY_WORK])
class Webhook(models.Model):
    """A subscription: an address that gets messages about the changes that its filters keep."""

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("webhook", "Active")
        PAUSED = "paused", _("Paused")
        OFF = "off", _("Switched off")

    class Reason(models.TextChoices):
        GONE = "gone", _("The receiver answered 410 Gone")
        FAILING = "failing", _("Nothing arrived for five days")
        SECRET = "secret", _("Its secret cannot be read: the key of the site has changed")

    name = models.CharField(_("name"), max_length=100)
    endpoint = models.CharField(_("address"), max_length=2000)
    filters = models.CharField(_("filters"), max_length=2000, blank=True)
    kinds = ArrayField(models.CharField(max_length=7, choices=Change.Kind), verbose_name=_("what it is told of"))
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.ACTIVE)
    off_because = models.CharField(_("switched off because"), max_length=7, choices=Reason, blank=True)
    secret = models.CharField(max_length=300, editable=False, help_text="Encrypted (claims.webhooks.signing).")
    old_secret = models.CharField(max_length=300, blank=True, editable=False, help_text="Encrypted.")
    old_secret_until = models.DateTimeField(_("the old secret signs until"), null=True, editable=False)
    # Its place in the feed: all changes up to here have been handled.
    era = models.SmallIntegerField(default=0)
    xact = models.BigIntegerField(default=0)
    change = models.BigIntegerField(default=0)
    life = models.SmallIntegerField(default=0, help_text="The era of the ledger in which it last worked.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    delivered_at = models.DateTimeField(_("last delivery"), null=True, editable=False)
    # Failed attempts in a row.
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    rests_until = models.DateTimeField(null=True, editable=False)
    # The process that works on it.
    lease = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    # Set only when the secret is new, to be shown once.
    shown_secret = ""

    class Meta:
        verbose_name, verbose_name_plural = _("webhook"), _("webhooks")
        constraints = [
            models.UniqueConstraint(fields=["name"], name="webhook_name"),
            models.CheckConstraint(condition=models.Q(endpoint__regex="^https?://[^/]"), name="webhook_endpoint"),
            models.CheckConstraint(
                condition=~models.Q(kinds=[]) & models.Q(kinds__contained_by=Change.Kind.values),
                name="webhook_kinds",
            ),
            models.CheckConstraint(condition=models.Q(state__in=["active", "paused", "off"]), name="webhook_state"),
            models.CheckConstraint(
                condition=models.Q(state="off", off_because__in=["gone", "failing", "secret"])
                | ~models.Q(state="off") & models.Q(off_because=""),
                name="webhook_off",
            ),
            models.CheckConstraint(
                condition=models.Q(secret__startswith=ENCRYPTED)
                & (models.Q(old_secret="") | models.Q(old_secret__startswith=ENCRYPTED)),
                name="webhook_secret_encrypted",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the path of its page at the desk."""
        return reverse("admin:claims_webhook_change", args=[self.pk])

    @property
    def reason(self) -> str | None:
        """Why it is switched off."""
        return self.off_because or None

    @property
    def place(self) -> FeedPosition:
        return FeedPosition(self.era, self.xact, self.change)

    @property
    def takes_claims(self) -> bool:
        return Change.Kind.CLAIM in self.kinds


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User | AnonymousUser | None) -> DeliveryQuerySet:
        return self.all() if role_of(user) >= Role.EDITOR else self.none()

    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state=Delivery.State.WAITING)


class Delivery(models.Model):
    """A message of a webhook about one row, waiting or sent. It keeps no body."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        GIVEN_UP = "given_up", _("Given up")

    # Kinds in addition to those of the feed.
    TEST: ClassVar = "test"
    LEDGER: ClassVar = "ledger"

    message = models.UUIDField(default=uuid4, editable=False, help_text="The webhook-id.")
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    kind = models.CharField(max_length=7)
    row_id = models.BigIntegerField()
    type = models.CharField(max_length=20, blank=True, help_text="Of the event that was last sent.")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    changed_at = models.DateTimeField(help_text="When the row changed.")
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    attempted_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="HTTP, of the last attempt.")
    error = models.CharField(max_length=30, blank=True, help_text="Of the last attempt, as a code.")
    milliseconds = models.PositiveIntegerField(null=True, help_text="How long the last attempt took.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("delivery"), _("deliveries")
        indexes = [
            # what is sent next
            models.Index(fields=["webhook", "due_at"], condition=models.Q(state="waiting"), name="delivery_due"),
            # the page of a webhook, newest first
            models.Index(fields=["webhook", "-id"], name="delivery_newest"),
            # old deliveries to delete
            models.Index(fields=["attempted_at"], condition=~models.Q(state="waiting"), name="delivery_done"),
        ]
        constraints = [
            # A newer change replaces a waiting one.
            models.UniqueConstraint(
                fields=["webhook", "kind", "row_id"], condition=models.Q(state="waiting"), name="delivery_waiting_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "delivered", "given_up"]), name="delivery_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(attempted_at__isnull=False), name="delivery_attempted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}: {self.state}"

    @property
    def header(self) -> str:
        """The webhook-id of its message."""
        return f"msg_{self.message.hex}"


class Told(models.Model):
    """A claim that a webhook with filters has sent, or that matched when the webhook was made. When it leaves, one message says so."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="+", db_index=False)
    claim = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "told"
        constraints = [models.UniqueConstraint(fields=["webhook", "claim"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.claim}"

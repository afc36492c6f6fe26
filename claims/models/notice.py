"""Notices: messages to one person that somebody did something which concerns them (claims.notices)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.models.claim import Claim
from claims.models.comment import Comment
from claims.models.webhook import Webhook
from claimtrack.models import User
from claimtrack.roles import Role, role_of

CAP = 99


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User | AnonymousUser | None) -> NoticeQuerySet:
        """Return the user's own notices, none if they may no longer read comments."""
        return self.filter(person=user) if user and role_of(user) >= Role.MODERATOR else self.none()

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def capped_count(self) -> int:
        """Count them up to CAP + 1."""
        return self.order_by()[: CAP + 1].count()

    def for_list(self) -> NoticeQuerySet:
        return self.select_related("by", "claim", "comment", "webhook").defer("claim__search").order_by("-pk")


class Notice(models.Model):
    """One message to one person."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("Assigned")
        ASKED = "asked", _("Asked")
        MENTIONED = "mentioned", _("Mentioned")
        COMMENTED = "commented", _("Commented")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REOPENED = "reopened", _("Reopened")
        TAKEN_OVER = "taken_over", _("Taken over")
        HANDED_ON = "handed_on", _("Handed on")
        DUE = "due", _("Due")
        REVIEW_BY = "review_by", _("To be looked at again")
        COME_DUE = "come_due", _("Come due")
        WEBHOOK_OFF = "webhook_off", _("Webhook switched off")
        GAVE_UP = "gave_up", pgettext_lazy("a message of a webhook", "Given up")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", db_index=False)
    kind = models.CharField(max_length=11, choices=Kind)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="notices", db_index=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="+", db_index=False)
    due = models.DateField(null=True, help_text="The day that has come, or of kind asked the last day.")
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    to_send = models.BooleanField(default=False, help_text="By e-mail, which has not been sent yet.")
    sent_at = models.DateTimeField(null=True, help_text="By e-mail.")
    message = models.UUIDField(null=True, help_text="The e-mail it was or is about to be sent with, in its Message-ID.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            # a person's list
            models.Index(fields=["person", "-id"], name="notice_person"),
            # the number of unread ones, and the notices of an opened claim
            models.Index(fields=["person", "claim"], condition=models.Q(read_at=None), name="notice_unread"),
            # waiting e-mails
            models.Index(fields=["person"], condition=models.Q(to_send=True), name="notice_to_send"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "person", "kind", "due"],
                condition=models.Q(kind__in=["due", "review_by", "come_due"]),
                name="notice_due_once",
            ),
            models.CheckConstraint(
                condition=models.Q(claim=None, webhook__isnull=False) | models.Q(claim__isnull=False, webhook=None),
                name="notice_subject",
            ),
            models.CheckConstraint(condition=models.Q(to_send=False) | models.Q(sent_at=None), name="notice_sent_once"),
        ]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        """Return the path of the claim at the desk, at the comment if there is one, or that of the webhook."""
        if self.webhook:
            return self.webhook.get_absolute_url()
        path = reverse("admin:claims_claim_change", args=[self.claim_id])
        return f"{path}#comment-{self.comment_id}" if self.comment_id else path

    @property
    def sentence(self) -> str:
        """The sentence in the active language. It names the claim or webhook only by its number."""
        kind = self.Kind(self.kind)
        template = ASKED_BY if kind == self.Kind.ASKED and self.due else SENTENCES[kind]
        return template % {
            "person": self.by,
            "claim": self.claim_id,
            "webhook": self.webhook_id,
            "day": date_format(self.due) if self.due else "",
        }


SENTENCES = {
    Notice.Kind.ASSIGNED: _("%(person)s assigned claim %(claim)s to you."),
    Notice.Kind.ASKED: _("%(person)s asks you to work on claim %(claim)s."),
    Notice.Kind.MENTIONED: _("%(person)s mentioned you in a comment on claim %(claim)s."),
    Notice.Kind.COMMENTED: _("%(person)s commented on claim %(claim)s."),
    Notice.Kind.RETURNED: _("%(person)s returned claim %(claim)s, which you had submitted."),
    Notice.Kind.APPROVED: _("%(person)s approved claim %(claim)s, which you had submitted."),
    Notice.Kind.CORRECTED: _("%(person)s corrected your verdict on claim %(claim)s."),
    Notice.Kind.WITHDRAWN: _("%(person)s withdrew your verdict on claim %(claim)s."),
    Notice.Kind.REOPENED: _("%(person)s reopened claim %(claim)s, which you had decided."),
    Notice.Kind.TAKEN_OVER: _("%(person)s took claim %(claim)s over from you."),
    Notice.Kind.HANDED_ON: _("%(person)s gave claim %(claim)s, which you had, to somebody else or to nobody."),
    Notice.Kind.WEBHOOK_OFF: _("Webhook %(webhook)s is switched off: its receiver is gone, or nothing arrives there."),
    Notice.Kind.GAVE_UP: _("Webhook %(webhook)s gave up a message that its receiver has refused for days."),
    Notice.Kind.DUE: _("Claim %(claim)s is due: you are asked to work on it by %(day)s."),
    Notice.Kind.REVIEW_BY: _("The verdict on claim %(claim)s is to be looked at again by %(day)s."),
    Notice.Kind.COME_DUE: _("Claim %(claim)s, which is about the future, came due on %(day)s."),
}
ASKED_BY = _("%(person)s asks you to work on claim %(claim)s by %(day)s.")

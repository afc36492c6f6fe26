"""Whom the desk asked for a correction or a reply, and the outcomes.

An inquiry belongs to a claim, and outcomes belong to an inquiry; no row is ever overwritten. Each row has a part for readers, which
they see once it is published, and a note for the desk. A row that should not have been published can be withdrawn from readers.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim, visible
from claims.models.guards import inquiry as guards
from claims.models.review import with_merged
from claims.models.speaker import Speaker, winner_of
from claimtrack.models import User
from claimtrack.roles import Role, role_of
from sources.models import Source

# Rows that are published and not withdrawn from readers.
SHOWN = models.Q(published_at__isnull=False, withdrawn_at=None)


class Publishable(models.Model):
    """The fields of both kinds of rows: a part for readers, a note for the desk, and who published it."""

    text = models.TextField(_("text"), blank=True, help_text=_("For readers, once it is published."))
    note = models.TextField(_("note"), blank=True, help_text=_("Internal: whom exactly, and how they are reached."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("published by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        """Whether readers see it, if they see the claim."""
        return self.published_at is not None and self.withdrawn_at is None


def publishable_constraints(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of a table of such rows. `name` begins their names."""
    published = models.Q(published_at=None, published_by=None) | models.Q(
        published_at__isnull=False, published_by__isnull=False
    )
    withdrawn = models.Q(withdrawn_at=None, withdrawn_by=None) | models.Q(
        published_at__isnull=False, withdrawn_at__isnull=False, withdrawn_by__isnull=False
    )
    return [
        models.CheckConstraint(condition=published, name=f"{name}_published"),
        models.CheckConstraint(condition=withdrawn, name=f"{name}_withdrawn"),
    ]


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, user: User | AnonymousUser | None) -> InquiryQuerySet:
        """Return those that this person may see: a Moderator all, others the published ones of claims that they see."""
        if role_of(user) >= Role.MODERATOR:
            return self
        # Those of a merged claim are shown at its winner.
        return self.filter(SHOWN & (visible(user, via="claim__") | models.Q(claim__merged_into__isnull=False)))

    def of_claim_and_merged(self, claim: Claim) -> InquiryQuerySet:
        """Return those of the claim and of claims that were merged into it, directly or through others."""
        return self.filter(claim__in=with_merged(claim))

    def of_speaker(self, speaker: int) -> InquiryQuerySet:
        """Return those that asked this speaker, or one who was merged into this one."""
        return self.alias(winner=winner_of(models.F("speaker"))).filter(winner=speaker)

    def with_answer(self) -> InquiryQuerySet:
        """Annotate `answer`: that of the last outcome, None while there is none."""
        last = Outcome.objects.filter(inquiry=models.OuterRef("pk")).order_by("-pk").values("answer")[:1]
        return self.annotate(answer=models.Subquery(last))

    def for_list(self, user: User | AnonymousUser | None) -> InquiryQuerySet:
        """Return them, oldest first, with those `outcomes` that this person may see."""
        outcomes = Outcome.objects.visible_to(user).select_related("by").order_by("pk")
        return (
            self.select_related("speaker", "source", "by")
            .prefetch_related(models.Prefetch("outcomes", outcomes))
            .order_by("pk")
        )


class Inquiry(Publishable):
    """One question of the desk to the speaker of a claim, to the source of an article, or to somebody else."""

    class AskedFor(models.TextChoices):
        REPLY = "reply", _("Reply")
        CORRECTION = "correction", _("Correction")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        LETTER = "letter", _("Letter")
        FORM = "form", _("Web form")
        SOCIAL = "social", _("Social network")
        IN_PERSON = "in_person", _("In person")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="inquiries", verbose_name=_("claim"))
    asked_for = models.CharField(_("asked for"), max_length=10, choices=AskedFor)
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="inquiries", verbose_name=_("speaker")
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=pgettext_lazy("who publishes", "source"),
    )
    name = models.CharField(_("name"), max_length=300, blank=True, help_text=_("Of somebody else."))
    channel = models.CharField(_("how"), max_length=9, choices=Channel)
    asked_on = models.DateField(_("asked on"))

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("inquiry"), _("inquiries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(speaker__isnull=False, source=None, name="")
                | models.Q(speaker=None, source__isnull=False, name="")
                | models.Q(speaker=None, source=None) & ~models.Q(name=""),
                name="inquiry_asked",
            ),
            models.CheckConstraint(condition=models.Q(asked_for__in=["reply", "correction"]), name="inquiry_asked_for"),
            models.CheckConstraint(
                condition=models.Q(channel__in=["email", "phone", "letter", "form", "social", "in_person"]),
                name="inquiry_channel",
            ),
            *publishable_constraints("inquiry"),
        ]
        indexes = [
            # the figures of a period, and the list of their rows
            models.Index(fields=["asked_on"], name="inquiry_asked_on"),
        ]
        triggers = guards.frozen_but_published()

    def __str__(self) -> str:
        return gettext("%(what)s asked of %(name)s") % {"what": self.get_asked_for_display(), "name": self.asked}

    @property
    def asked_kind(self) -> str:
        return "speaker" if self.speaker_id else "source" if self.source_id else "other"

    @property
    def asked_id(self) -> int | None:
        return self.speaker.winner.pk if self.speaker else self.source_id

    @property
    def asked(self) -> str:
        """The present name of whoever was asked."""
        if self.speaker:
            return self.speaker.winner.name
        return self.source.name if self.source else self.name


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: User | AnonymousUser | None) -> OutcomeQuerySet:
        """Return those that this person may see: a Moderator all, others the published ones of inquiries that they see."""
        if role_of(user) >= Role.MODERATOR:
            return self
        return self.filter(SHOWN, inquiry__in=Inquiry.objects.visible_to(user))


class Outcome(Publishable):
    """An answer to an inquiry, or an action after it. There may be several; the last one counts."""

    class Answer(models.TextChoices):
        REPLIED = "replied", _("Replied")
        CORRECTED = "corrected", _("Corrected")
        REMOVED = "removed", _("Removed")
        DECLINED = "declined", _("Declined")
        NONE = "none", _("No answer")

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="outcomes", verbose_name=_("inquiry"))
    answer = models.CharField(_("answer"), max_length=9, choices=Answer)
    came_on = models.DateField(_("came on"))
    url = models.URLField(_("URL"), max_length=2000, blank=True, validators=[URLValidator(schemes=["http", "https"])])

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("outcome"), _("outcomes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer__in=["replied", "corrected", "removed", "declined", "none"]),
                name="outcome_answer",
            ),
            models.CheckConstraint(condition=models.Q(url="") | models.Q(url__regex="^https?://"), name="outcome_url"),
            *publishable_constraints("outcome"),
        ]
        triggers = guards.frozen_but_published()

    def __str__(self) -> str:
        return self.get_answer_display()


# The label for an inquiry without an outcome.
WAITING = _("No answer yet")

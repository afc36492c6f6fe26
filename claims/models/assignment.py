"""Who works on a claim, and who is asked to, in addition to `Claim.assignee`."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.guards import assignment as guards
from claimtrack.db import events


class Takeover(models.Model):
    """One append-only row of a claim's history: somebody took it over from its assignee."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="takeovers", verbose_name=_("claim"))
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("taken from")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("takeover"), _("takeovers")
        triggers = guards.TAKEOVER

    def __str__(self) -> str:
        return gettext("%(by)s took claim %(claim)s over from %(colleague)s") % {
            "by": self.by,
            "claim": self.claim_id,
            "colleague": self.taken_from,
        }


@pghistory.track(events.InsertEvent(), events.UpdateEvent(row=pghistory.New), events.DeleteEvent())
class Request(models.Model):
    """Who is asked to work on a claim, in any status. No right depends on it."""

    class Priority(models.TextChoices):
        HIGH = "high", _("High")
        NORMAL = "normal", _("Normal")
        LOW = "low", _("Low")

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="request", verbose_name=_("claim"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    due = models.DateField(_("due"), null=True, blank=True, help_text=_("The last day."))
    priority = models.CharField(_("priority"), max_length=6, choices=Priority, default=Priority.NORMAL)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("request"), _("requests")
        constraints = [
            models.CheckConstraint(condition=models.Q(priority__in=["high", "normal", "low"]), name="request_priority"),
        ]

    def __str__(self) -> str:
        return gettext("%(person)s is asked for claim %(claim)s") % {"person": self.person, "claim": self.claim_id}

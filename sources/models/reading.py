"""When pages are read again, the result of the last time, and when their hosts may be asked."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.models.published import Article, Snapshot

LISTED_FAILURES = 3  # in a row


class ReadingQuerySet(models.QuerySet["Reading"]):
    def due(self) -> ReadingQuerySet:
        """Return those that are due, the longest overdue first."""
        return self.filter(due_at__lte=Now()).order_by("due_at", "pk")

    def listed(self) -> ReadingQuerySet:
        """Return those that the desk should see: gone, moved, forbidden, or failed several times in a row."""
        outcomes = Reading.Outcome
        told = [outcomes.GONE, outcomes.MOVED, outcomes.FORBIDDEN, outcomes.NO_RULES]
        failed = models.Q(outcome=outcomes.FAILED, failures__gte=LISTED_FAILURES)
        return self.filter(models.Q(outcome__in=told) | failed, due_at__isnull=False)


class Reading(models.Model):
    """The schedule of one address: of an article that is read again, or of a page that is only looked up.

    It is never public. Its validators and digests are those of the last time that the page was read.
    """

    class Outcome(models.TextChoices):
        NONE = "", _("Not read again yet")
        UNCHANGED = "unchanged", _("As it was")
        CHANGED = "changed", pgettext_lazy("page", "Changed")
        THERE = "there", _("Still there")
        GONE = "gone", pgettext_lazy("page", "Gone")
        MOVED = "moved", pgettext_lazy("page", "Moved")
        FORBIDDEN = "forbidden", _("Forbidden by robots.txt")
        NO_RULES = "no_rules", _("Not read: robots.txt cannot be read")
        FAILED = "failed", _("Not reached")

    url = models.CharField(_("URL"), max_length=2000, help_text=_("As it is requested."))
    article = models.OneToOneField(
        Article, models.CASCADE, null=True, related_name="reading", verbose_name=_("article")
    )
    due_at = models.DateTimeField(_("due at"), null=True, help_text=_("Null: it is not read again."))
    times = models.PositiveIntegerField(_("times"), default=0, help_text=_("In a row that it was as before."))
    read_at = models.DateTimeField(_("read at"), null=True, help_text=_("The last time that it was asked for."))
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    code = models.CharField(_("code"), max_length=30, blank=True, help_text=_("Why it failed."))
    status = models.PositiveSmallIntegerField(_("status"), default=0, help_text=_("Of the answer, if there was one."))
    failures = models.PositiveIntegerField(_("failures"), default=0, help_text=_("In a row."))
    moved_to = models.CharField(_("moved to"), max_length=2000, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=500, blank=True)
    furniture = models.JSONField(_("furniture"), default=list, help_text=_("Digests of lines around the article."))
    compared = models.ForeignKey(
        Snapshot,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("compared"),
        help_text=_("Up to which text its quotations were compared."),
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("reading"), _("readings")
        constraints = [
            models.UniqueConstraint(fields=["url"], condition=models.Q(article=None), name="reading_of_address"),
        ]
        indexes = [
            # what is due
            models.Index(fields=["due_at", "id"], name="reading_due"),
            # the desk's list
            models.Index(fields=["outcome", "id"], name="reading_outcome"),
        ]

    def __str__(self) -> str:
        return self.url


class Host(models.Model):
    """A host: when all workers together may ask it again, and what its robots.txt says."""

    name = models.CharField(_("name"), max_length=300, unique=True, help_text=_("With the port, if there is one."))
    free_at = models.DateTimeField(_("free at"), db_default=Now())
    rules = models.TextField(_("rules"), null=True, help_text=_("Its robots.txt; null if it could not be read."))
    rules_at = models.DateTimeField(_("rules at"), null=True)
    delay = models.FloatField(_("delay"), default=0, help_text=_("Seconds between requests that the rules ask for."))

    class Meta:
        verbose_name, verbose_name_plural = _("host"), _("hosts")

    def __str__(self) -> str:
        return self.name

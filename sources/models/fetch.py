"""Pages that jobs fetch, so that nobody waits for a slow server."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claimtrack.kept import kept_refusal, kept_warning
from claimtrack.models import Job, User
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of
from claimtrack.warnings import InputWarning
from sources.models.published import Article, Snapshot

KEPT = timedelta(days=7)
LIVE = ("todo", "doing")


class FetchQuerySet(models.QuerySet["Fetch"]):
    def visible_to(self, user: User | AnonymousUser) -> FetchQuerySet:
        """Return the fetches that a Contributor asked for. Moderators see all."""
        role = role_of(user)
        if role >= Role.MODERATOR:
            return self
        return self.filter(by=user.pk) if role >= Role.CONTRIBUTOR else self.none()

    def waiting(self) -> FetchQuerySet:
        return self.filter(state=Fetch.State.WAITING)

    def abandoned(self) -> FetchQuerySet:
        """Return the waiting fetches that no job will run any more."""
        live = Job.objects.filter(status__in=LIVE).values("pk")
        return self.waiting().exclude(job__in=live)

    def for_evidence(self, user: User, urls: Iterable[str]) -> FetchQuerySet:
        """Return the pages that this person asked for as evidence, oldest first."""
        rows = self.filter(by=user, purpose=Fetch.Purpose.EVIDENCE, url__in=urls)
        return rows.select_related("snapshot__article__source").order_by("pk")

    def old(self) -> FetchQuerySet:
        return self.filter(ended_at__lt=Now() - KEPT)


class Fetch(models.Model):
    """A page that somebody asked for, and the result. Its job repeats the ingest until it succeeds or is refused."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being fetched")
        DONE = "done", _("Fetched")
        FAILED = "failed", _("Not fetched")

    class Purpose(models.TextChoices):
        ARTICLE = "article", _("A new article")
        SNAPSHOT = "snapshot", _("An article as it stands now")
        EVIDENCE = "evidence", _("Evidence")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    # The job may do no more than this role, since a token may do less than its user.
    role = models.PositiveSmallIntegerField(editable=False)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    url = models.CharField(_("address"), max_length=2000)
    given = models.JSONField(_("given"), default=dict, help_text=_("The other arguments of the ingest."))
    typed = models.JSONField(_("typed"), default=dict, help_text=_("What stood in the form, to show it again."))
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, related_name="+", verbose_name=_("article whose text is taken again")
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    job = models.BigIntegerField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # The refusal of the last attempt, also while another attempt waits.
    refused = models.JSONField(_("refused"), null=True)
    warned = models.JSONField(_("warnings"), default=list)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+", verbose_name=_("snapshot"))
    article_is_new = models.BooleanField(default=False)
    snapshot_is_new = models.BooleanField(default=False)
    source_is_new = models.BooleanField(default=False)
    asked_at = models.DateTimeField(_("asked at"), db_default=Now())
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = FetchQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("fetch of a page"), _("fetches of pages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", ended_at=None, snapshot=None)
                | models.Q(state="done", ended_at__isnull=False, snapshot__isnull=False)
                | models.Q(state="failed", ended_at__isnull=False, snapshot=None, refused__isnull=False),
                name="fetch_state",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def refusal(self) -> Refused | None:
        """Why the last attempt failed."""
        return kept_refusal(self.refused) if self.refused else None

    @property
    def warnings(self) -> list[InputWarning]:
        return [kept_warning(one) for one in self.warned]

"""A file between its dry run and its import."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claimtrack.db.guards import frozen
from claimtrack.models import User

KEPT = timedelta(days=1)


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, user: User) -> UploadQuerySet:
        """Return the file that this person may import, unless it has expired."""
        return self.filter(user=user, created_at__gt=Now() - KEPT)

    def useless(self, user: User) -> UploadQuerySet:
        """Return the files that a new file of this person replaces, and expired files."""
        return self.filter(models.Q(user=user) | models.Q(created_at__lte=Now() - KEPT))


class Upload(models.Model):
    """A file that somebody uploaded for an import. Only they may use it. It never changes, and is deleted when it is imported.

    Each person has at most one. A new file has another id, so a page about the former one cannot import the new one by mistake.
    """

    class Kind(models.TextChoices):
        LINES = "lines", _("Claims, one JSON object on each line")
        TABLE = "table", _("Claims, a table (CSV)")
        CLAIMREVIEW = "claimreview", _("ClaimReview of other publishers")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=11, choices=Kind)
    content = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        triggers = [guard for guard in frozen() if guard.name == "frozen_update"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["lines", "table", "claimreview"]), name="upload_kind"),
        ]

    def __str__(self) -> str:
        return self.name

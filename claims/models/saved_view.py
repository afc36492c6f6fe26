from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from claimtrack.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def shown_to(self, user: User) -> SavedViewQuerySet:
        """One's own views, and those that colleagues share with the desk."""
        return self.filter(models.Q(owner=user) | models.Q(shared=True)).order_by("name", "pk")


class SavedView(models.Model):
    """A view of the queue that somebody named: its search, filters and order, as the query string of its address."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name

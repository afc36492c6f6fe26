from __future__ import annotations

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from claims.models.guards import verdict as guards
from claimtrack.models import User


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: User | AnonymousUser | None) -> VerdictQuerySet:
        """Every step: the scale is public."""
        return self


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Verdict(models.Model):
    """A step of the desk's scale, or one off the scale such as Unverifiable."""

    code = models.SlugField(unique=True, help_text="For machines; never changes once the step is used.")
    label = models.CharField(max_length=100)
    value = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="1 (False) to 5 (True); empty for a step off the scale.",
    )
    description = models.TextField(blank=True, help_text="What this step means, for readers.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value=None) | models.Q(value__range=(1, 5)), name="verdict_value"
            ),
            models.CheckConstraint(condition=models.Q(code__regex=r"^[a-z0-9_]+$"), name="verdict_code"),
            models.CheckConstraint(condition=~models.Q(label=""), name="verdict_label"),
        ]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        return self.label

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from claims.models.guards import verdict as guards
from claimtrack.db import events
from claimtrack.models import User

MAX_LABEL = 100


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: User | AnonymousUser | None) -> VerdictQuerySet:
        """Return all steps, since the scale is public."""
        return self

    def labels(self, language: str) -> dict[str, str]:
        """Return the translations of labels into this language, by the label in the desk's language."""
        if language == settings.CLAIMTRACK_DEFAULT_LANGUAGE:
            return {}
        rows = self.exclude(**{f"labels__{language}": None}).values_list("label", f"labels__{language}")
        return {label: other for label, other in rows if other}


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class Verdict(models.Model):
    """A step of the desk's scale, or one off the scale such as Unverifiable."""

    code = models.SlugField(_("code"), unique=True, help_text=_("For machines; never changes once the step is used."))
    label = models.CharField(_("label"), max_length=MAX_LABEL)
    labels = models.JSONField(
        _("labels in other languages"),
        default=dict,
        blank=True,
        help_text=_("By the code of the language. Where there is none, the label itself is shown."),
    )
    value = models.PositiveSmallIntegerField(
        _("value"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 (False) to 5 (True); empty for a step off the scale."),
    )
    description = models.TextField(_("description"), blank=True, help_text=_("What this step means, for readers."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("verdict"), _("verdicts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value=None) | models.Q(value__range=(1, 5)), name="verdict_value"
            ),
            models.CheckConstraint(condition=models.Q(code__regex=r"^[a-z0-9_]+$"), name="verdict_code"),
            models.CheckConstraint(condition=~models.Q(label=""), name="verdict_label"),
            models.UniqueConstraint(Lower("label"), name="verdict_label_once"),
        ]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        return str(self.labels.get(get_language()) or self.label)

    def clean(self) -> None:
        known = [code for code, _ in settings.LANGUAGES]
        if not isinstance(self.labels, dict) or not all(
            code in known and isinstance(label, str) and 0 < len(label) <= MAX_LABEL
            for code, label in self.labels.items()
        ):
            raise ValidationError(
                {"labels": gettext("A label in another language is a text of at most 100 characters.")}
            )

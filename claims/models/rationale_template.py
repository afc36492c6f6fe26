from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from claimtrack.db import events


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class RationaleTemplate(models.Model):
    """A text with a name, from which a rationale may be begun."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    text = models.TextField(_("text"), max_length=5000)

    class Meta:
        verbose_name = _("template for rationales")
        verbose_name_plural = _("templates for rationales")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

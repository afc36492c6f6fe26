from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now, Substr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claimtrack.db import events
from claimtrack.models import User
from claimtrack.roles import Role, role_of
from sources.models import Snapshot


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User | AnonymousUser | None) -> SuggestionQuerySet:
        return self if role_of(user) >= Role.MODERATOR else self.none()

    def waiting(self) -> SuggestionQuerySet:
        """Return those that no Editor has decided. A merge leaves them until it is undone."""
        return self.filter(declined=False, claim__merged_into=None)

    def for_list(self) -> SuggestionQuerySet:
        """Return them, oldest first, with their `quote` and without the whole text."""
        quote = Substr(
            "snapshot__text", models.F("start_offset") + 1, models.F("end_offset") - models.F("start_offset")
        )
        return (
            self.select_related("claim__speaker", "claim__verdict", "snapshot__article__source", "by")
            .defer("claim__search", "snapshot__text")
            .annotate(quote=quote)
            .order_by("pk")
        )


@pghistory.track(events.InsertEvent(), events.UpdateEvent(row=pghistory.New), events.DeleteEvent())
class Suggestion(models.Model):
    """A passage that may repeat a checked claim, which a Moderator suggests to the Editors. It is never public.

    An Editor adds the appearance, which deletes the row, or declines it, so that it is not suggested again.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="suggestions", verbose_name=_("claim"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("snapshot"))
    start_offset = models.PositiveIntegerField(_("start offset"))
    end_offset = models.PositiveIntegerField(_("end offset"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    declined = models.BooleanField(_("declined"), default=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("suggestion"), _("suggestions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_offset__lt=models.F("end_offset")), name="suggestion_offsets"
            ),
            models.UniqueConstraint(fields=["claim", "snapshot", "start_offset"], name="suggestion_once"),
        ]

    def __str__(self) -> str:
        return gettext("A passage suggested for claim %(claim)s") % {"claim": self.claim_id}

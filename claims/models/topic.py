from __future__ import annotations

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from claimtrack.db import events
from claimtrack.db.exists import exists
from claimtrack.models import User
from claimtrack.roles import Role, role_of

MAX_DAYS = 3650


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: User | AnonymousUser | None) -> TopicQuerySet:
        """Return topics of visible claims. Contributors see all."""
        if role_of(user) >= Role.CONTRIBUTOR:
            return self
        from claims.models.claim_topic import ClaimTopic

        return self.filter(exists(ClaimTopic.objects.visible_to(user).filter(topic=models.OuterRef("pk"))))


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class Topic(models.Model):
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    review_after = models.PositiveSmallIntegerField(
        _("review after"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DAYS)],
        help_text=_("Days after its publication by which the desk looks at a verdict again. Empty: it need not."),
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("topic"), _("topics")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="topic_name"),
            models.CheckConstraint(condition=models.Q(slug__regex=r"^[-a-z0-9_]+$"), name="topic_slug"),
            models.CheckConstraint(
                condition=models.Q(review_after=None) | models.Q(review_after__range=(1, MAX_DAYS)),
                name="topic_review_after",
            ),
        ]

    def __str__(self) -> str:
        return self.name

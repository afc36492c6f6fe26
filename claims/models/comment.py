"""What Moderators and Editors say to each other about a claim. It is never public."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext

from claims.models.claim import Claim
from claims.models.guards import comment as guards
from claimtrack.models import User
from claimtrack.roles import Role, role_of


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User | AnonymousUser | None) -> CommentQuerySet:
        return self if role_of(user) >= Role.MODERATOR else self.none()


class Comment(models.Model):
    """One comment. Its author may withdraw it, which removes the text; otherwise it never changes."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) & ~models.Q(text="")
                | models.Q(withdrawn_at__isnull=False, text=""),
                name="comment_text",
            ),
        ]
        triggers = guards.COMMENT

    def __str__(self) -> str:
        return gettext("Comment of %(author)s on claim %(claim)s") % {"author": self.author, "claim": self.claim_id}

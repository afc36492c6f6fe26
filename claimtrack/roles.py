"""The roles of the desk. Each is a Django group of the same name."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from claimtrack.refusals import Message, NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from claimtrack.models import User


class Role(IntEnum):
    """Roles are cumulative: a higher one may do whatever a lower one may."""

    NONE = 0
    CONTRIBUTOR = 1
    MODERATOR = 2
    EDITOR = 3

    @property
    def group(self) -> str:
        """The name of the Django group that gives this role."""
        return self.name.capitalize()

    @property
    def label(self) -> Message:
        return LABELS[self]


LABELS = {
    Role.NONE: Message("No role"),
    Role.CONTRIBUTOR: Message("Contributor"),
    Role.MODERATOR: Message("Moderator"),
    Role.EDITOR: Message("Editor"),
}


def role_of(user: User | AnonymousUser | None) -> Role:
    """Return the role of a user: NONE for anonymous and deactivated users, EDITOR for a superuser."""
    return getattr(user, "role", Role.NONE)


def require(by: User | AnonymousUser, role: Role, message: str) -> None:
    """Raise NotAllowed with this message unless `by` has at least `role`."""
    if role_of(by) < role:
        raise NotAllowed(message)


def signed_in(user: User | AnonymousUser) -> User:
    """Return the user if signed in. Raises NotAllowed for an anonymous user."""
    if user.is_anonymous:
        raise NotAllowed("You may not do this without signing in.")
    return user

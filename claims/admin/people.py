from claimtrack.models import User, with_role
from claimtrack.roles import Role


def assignees() -> list[User]:
    """Everybody whom a claim can be assigned to, by name."""
    return list(with_role(Role.MODERATOR).order_by("username"))

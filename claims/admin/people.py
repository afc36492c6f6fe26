from django.db.models import Q

from claimtrack.models import User
from claimtrack.roles import Role


def assignees() -> list[User]:
    """Everybody whom a claim can be assigned to, by name."""
    groups = [role.group for role in Role if role >= Role.MODERATOR]
    chosen = User.objects.filter(Q(groups__name__in=groups) | Q(is_superuser=True), is_active=True)
    return list(chosen.distinct().order_by("username"))

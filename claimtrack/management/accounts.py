from django.core.management.base import CommandError

from claimtrack.models import User


def account(name: str) -> User:
    """Return the user of this name. Raises CommandError."""
    try:
        return User.objects.get_by_natural_key(name)
    except User.DoesNotExist:
        raise CommandError(f"There is no user “{name}”.") from None

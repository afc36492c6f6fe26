"""On whose behalf a job acts: the person who asked, whose role the verbs check again, or the desk itself."""

from django.contrib.auth.models import Group
from django.db import transaction

from claimtrack.models import JOBS_ACCOUNT, User
from claimtrack.roles import Role


def person(pk: int) -> User:
    """Return the person who asked for a job, with their present role: NONE if they were deactivated."""
    return User.objects.get(pk=pk)


def desk() -> User:
    """Return the built-in account, which may do what a Contributor may. A trigger keeps it from signing in."""
    account = User.objects.filter(username=JOBS_ACCOUNT).first()
    if account is None:
        with transaction.atomic():
            account, _ = User.objects.get_or_create(username=JOBS_ACCOUNT, defaults={"password": "!"})
            account.groups.add(Group.objects.get(name=Role.CONTRIBUTOR.group))
    return account

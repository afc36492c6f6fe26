import pytest
from django.contrib.auth.models import Group

from claimtrack.models import User


def make_user(role):
    user = User.objects.create(username=role.lower())
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


@pytest.fixture
def contributor(db):
    return make_user("Contributor")


@pytest.fixture
def moderator(db):
    return make_user("Moderator")

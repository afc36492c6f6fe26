import pytest

from tests import factories

PASSWORD = "correct-horse-battery"


@pytest.fixture
def moderator(db):
    return with_password(factories.make_user("moderator", email="mira@desk.example"))


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def sign_in(client):
    """Send the sign-in page's form."""

    def sign_in(user, password=PASSWORD, **extra):
        name = user if isinstance(user, str) else user.username
        return client.post("/admin/account/login/", {"login": name, "password": password}, **extra)

    return sign_in

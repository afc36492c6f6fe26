import pytest

from tests import factories


@pytest.fixture
def contributor(db):
    return factories.make_user("contributor", username="contributor")

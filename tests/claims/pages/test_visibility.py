"""The leak test of the public pages: no address and no parameter finds hidden rows, whoever asks."""

import re

import pytest
from django.urls import get_resolver

from claims.api.filters import ClaimFilterSet
from claims.models import Claim, Speaker, Topic
from claims.pages.front import ORDERINGS
from claims.pages.urls import PAGES
from sources.models import Source
from tests.claimtrack.api.test_visibility import FAR, SECRET, desk, ids, questions
from tests.factories import make_claim, make_user

assert desk, "a fixture"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def values(name):
    """The values of the placeholder of a route. One that is not known here fails: add it."""
    return {
        "<slug:slug>": list(Topic.objects.values_list("slug", flat=True)),
        "<int:pk>": ids(Claim, Speaker, Source),
    }[name]


def asked():
    """(route, address, parameters): every page, and the front page with every question."""
    for page in PAGES:
        route = str(page.pattern)
        placeholders = re.findall("<[a-z]+:[a-z]+>", route)
        for value in values(placeholders[0]) if placeholders else [""]:
            yield route, "/" + (route.replace(placeholders[0], str(value)) if placeholders else route), {}
    for name, found in ClaimFilterSet.base_filters.items():
        for value in questions(name, {"items": found.value_field.schema}):
            yield f"?{name}", "/", {name: value}
    for ordering in ORDERINGS:
        yield "?ordering", "/", {"ordering": ordering, "q": SECRET}


def told(client, address, parameters):
    """Return the text of a page without its form and its links to other pages, which repeat the parameters."""
    response = client.get(address, parameters)
    assert response.status_code in (200, 301, 404), (address, parameters)
    page = response.content.decode()
    return re.sub('<form.*?</form>|<nav class="pager".*?</nav>', "", page, flags=re.S)


def found(client, marker):
    return {
        route for route, address, parameters in asked() if marker.lower() in told(client, address, parameters).lower()
    }


@pytest.mark.parametrize("role", [None, "editor"])
def test_they_tell_nothing_hidden(client, desk, role):
    if role:
        client.force_login(make_user(role))
    assert found(client, SECRET) == found(client, FAR) == set()


def test_the_form_offers_nothing_hidden(client, desk):
    assert SECRET.lower() not in client.get("/").content.decode().lower()


def test_the_same_walk_would_find_a_leak(client, desk, monkeypatch):
    moderator = make_user("moderator")
    for module in ("page", "fact_check", "choices", "words"):
        monkeypatch.setattr(f"claims.pages.{module}.EVERYBODY", moderator)
    monkeypatch.setattr("claims.pages.page.Page.get_queryset", lambda page: Claim.objects.all())
    # What is written under the real rule, and what is written here.
    monkeypatch.setattr("claimtrack.db.statements._statements", {})
    # Nothing hidden was ever published, and the scale holds no secret.
    barren = {"?verdict", "?reviewed_after", "?reviewed_before", "?review_by_after", "?review_by_before"}
    barren |= {"corrections/", "verdicts/"}
    assert found(client, SECRET) == {route for route, _, _ in asked()} - barren


def test_a_public_claim_is_found(client):
    make_claim("unverified", text=f"{SECRET} is public.")
    assert SECRET in told(client, "/", {"q": SECRET})


def test_every_page_is_walked():
    resolver = get_resolver()
    assert {page.name for page in PAGES} == {
        key for key in resolver.namespace_dict["pages"][1].reverse_dict if isinstance(key, str)
    }

"""Saved views of the queue: named, private or shared, and removed."""

import pytest
from django.urls import reverse

from claims.curating.saved_views import MAX_VIEWS, save_view
from claims.models import SavedView
from tests import factories

LIST = reverse("admin:claims_claim_changelist")
PAGE = reverse("admin:claims_claim_views")
QUERY = "view=open&speaker=3&q=bridge"


def shown(client):
    """The names of the views beside those of the queue."""
    page = client.get(LIST).content.decode()
    saved = page.partition('aria-label="Saved views">')[2].partition("</nav>")[0]
    return [view.name for view in SavedView.objects.order_by("pk") if view.name in saved]


def test_it_works(desk, moderator):
    form = desk.get(f"{PAGE}?{QUERY}&p=3&status=").context["form"]
    answer = desk.post(PAGE, {"query": form["query"].value(), "name": "The bridge", "shared": "on"})
    assert answer.url == f"{LIST}?{QUERY}"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.owner, view.shared) == ("The bridge", QUERY, moderator, True)
    assert f'<a href="?{QUERY.replace("&", "&amp;")}"' in desk.get(LIST).content.decode()
    # The one that is open is marked.
    assert desk.get(f"{LIST}?{QUERY}").content.decode().count('aria-current="page"') > 1


def test_a_private_view_is_shown_to_its_owner_alone(desk, client, moderator):
    save_view(by=moderator, name="Mine", query=QUERY)
    save_view(by=moderator, name="Ours", query=QUERY, shared=True)
    assert shown(desk) == ["Mine", "Ours"]
    client.force_login(factories.make_user("contributor"))
    assert shown(client) == ["Ours"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": " "}, "This must not be empty."),
        ({"name": "n" * 101}, "at most 100 fit"),
        ({"name": "Taken"}, "You have a view of this name"),
        ({"query": "nonsense=1"}, "This view has a filter that is not understood."),
        ({"query": "speaker=abc"}, "This view has a filter that is not understood."),
        ({"query": "p=2"}, "must not be empty"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, moderator, given, sentence):
    save_view(by=moderator, name="Taken", query=QUERY)
    answer = desk.post(PAGE, {"query": QUERY, "name": "Roads", **given})
    page = answer.content.decode()
    assert sentence in page and f'value="{given.get("name", "Roads")}"' in page
    assert SavedView.objects.count() == 1


def test_a_person_has_a_limited_number(desk, moderator):
    for number in range(MAX_VIEWS):
        save_view(by=moderator, name=str(number), query=QUERY)
    assert "You have 30 views" in desk.post(PAGE, {"query": QUERY, "name": "One more"}).content.decode()


def test_a_contributor_shares_none(client, db):
    client.force_login(factories.make_user("contributor"))
    client.post(PAGE, {"query": QUERY, "name": "Mine", "shared": "on"})
    assert not SavedView.objects.get().shared


@pytest.mark.parametrize(("role", "left"), [("contributor", 1), ("moderator", 1), ("editor", 0)])
def test_whose_view_is_removed(client, moderator, role, left):
    view = save_view(by=moderator, name="Ours", query=QUERY, shared=True)
    client.force_login(factories.make_user(role))
    client.post(PAGE, {"remove": view.pk})
    assert SavedView.objects.count() == left


def test_the_owner_removes_a_private_one_and_nobody_else(desk, client, moderator):
    view = save_view(by=moderator, name="Mine", query=QUERY)
    client.force_login(factories.make_user("editor"))
    client.post(PAGE, {"remove": view.pk})
    assert SavedView.objects.exists()
    client.force_login(moderator)
    assert "is removed" in client.post(PAGE, {"remove": view.pk}, follow=True).content.decode()
    assert not SavedView.objects.exists()

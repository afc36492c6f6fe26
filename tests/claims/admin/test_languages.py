"""The guess of a language, which a form asks for."""

import pytest
from django.urls import reverse

from tests import factories

ADDRESS = reverse("admin:sources_article_language")
GERMAN = "Die Brücke trägt neuntausend Autos am Tag."


def test_it_works(desk):
    assert desk.post(ADDRESS, {"text": GERMAN}).json() == {"language": "de", "name": "German"}


def test_its_name_is_in_the_language_of_the_page(client, db):
    client.force_login(factories.make_user("contributor", language="fr"))
    assert client.post(ADDRESS, {"text": GERMAN}).json()["name"] == "Allemand"


@pytest.mark.parametrize("text", ["", "Odile Marsh", f"<html><p>{GERMAN}</p></html>"])
def test_it_may_be_none(desk, text):
    assert desk.post(ADDRESS, {"text": text}).json() == {"language": "", "name": ""}


def test_it_is_for_the_desk(client, desk, db):
    assert desk.get(ADDRESS).status_code == 405
    client.logout()
    assert client.post(ADDRESS, {"text": GERMAN}).status_code == 302

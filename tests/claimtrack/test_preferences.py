"""The page on which each person sets how the desk works for them."""

import pytest
from django.urls import reverse

from claimtrack.models import User
from tests import factories

PAGE = reverse("preferences")


@pytest.fixture
def reader_of_mail(client, db):
    user = factories.make_user("moderator", email="ines@desk.example", public_name="Ines")
    client.force_login(user)
    return user


def test_it_works(client, reader_of_mail):
    assert "To ines@desk.example, without the text of claims and comments." in client.get(PAGE).text
    given = {"public_name": "Ines Alder", "notices_by_email": "daily"}
    answer = client.post(PAGE, given, follow=True)
    assert "Your settings are saved." in answer.text
    reader_of_mail.refresh_from_db()
    assert (reader_of_mail.public_name, reader_of_mail.notices_by_email) == ("Ines Alder", "daily")


def test_the_menu_of_the_header_leads_there(client, reader_of_mail):
    assert f'<a href="{PAGE}">Your settings</a>' in client.get(reverse("admin:index")).text


def test_nothing_else_of_the_account_can_be_set(client, reader_of_mail):
    given = {"public_name": "", "notices_by_email": "none", "is_superuser": "on", "email": "x@y.example"}
    client.post(PAGE, given)
    reader_of_mail.refresh_from_db()
    assert (reader_of_mail.is_superuser, reader_of_mail.email) == (False, "ines@desk.example")


def test_a_value_that_does_not_exist_is_refused(client, reader_of_mail):
    answer = client.post(PAGE, {"public_name": "Somebody else", "notices_by_email": "hourly"})
    assert "Select a valid choice" in answer.text
    assert User.objects.get(pk=reader_of_mail.pk).public_name == "Ines"


def test_without_an_address_there_is_no_mail_to_choose(client, moderator):
    client.force_login(moderator)
    assert "An administrator has to enter your e-mail address first." in client.get(PAGE).text
    client.post(PAGE, {"notices_by_email": "daily"})
    assert User.objects.get(pk=moderator.pk).notices_by_email == "none"


def test_where_the_desk_sends_no_mail_the_page_says_so(client, reader_of_mail, settings):
    settings.CLAIMTRACK_SENDS_EMAIL = False
    assert "This desk sends no e-mail." in client.get(PAGE).text


def test_it_is_for_people_of_the_desk(client, db):
    assert client.get(PAGE).status_code == 302
    client.force_login(factories.make_user())
    assert client.get(PAGE).status_code == 302

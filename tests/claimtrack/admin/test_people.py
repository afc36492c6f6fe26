"""The page of people: administrators add them, give them a role, and deactivate them."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from claimtrack.models import User
from tests import factories

LIST = reverse("admin:claimtrack_user_changelist")
ADD = reverse("admin:claimtrack_user_add")
PASSWORD = "correct-horse-battery"
NEW = {
    "username": "mira",
    "public_name": "Mira Oss",
    "email": "mira@desk.example",
    "access": "moderator",
    "password": PASSWORD,
}
QUERIES = 7


@pytest.fixture
def admin(client, db):
    user = factories.make_user(is_superuser=True, is_staff=True, username="ada")
    client.force_login(user)
    return user


def page_of(person):
    return reverse("admin:claimtrack_user_change", args=[person.pk])


def typed(person, **changes):
    given = {"username": person.username, "public_name": person.public_name, "email": person.email}
    return {**given, "access": "moderator", "active": "on", **changes}


def listed(client, **query):
    return {person.username for person in client.get(LIST, query).context["cl"].result_list}


def test_who_is_added_signs_in_at_once(client, admin):
    page = client.post(ADD, NEW, follow=True).text
    assert "Added: mira can sign in now." in page and "Mira Oss" in page
    client.logout()
    answer = client.post("/admin/account/login/", {"login": "mira", "password": PASSWORD}, follow=True)
    assert answer.status_code == 200 and answer.request["PATH_INFO"] == "/admin/"
    assert answer.context["user"].role.name == "MODERATOR"


def test_there_are_no_raw_groups_and_permissions(client, admin):
    for address in (ADD, page_of(admin)):
        page = client.get(address).text
        for name in ("groups", "user_permissions", "is_staff", "is_superuser"):
            assert f'name="{name}"' not in page
    assert client.get("/admin/auth/group/").status_code == 404


REFUSED = [
    ({"username": "ada"}, "username", "Somebody else has this name."),
    ({"password": "mira"}, "password", "This password is too"),
    ({"password": ""}, "password", "Give a first password"),
    ({"access": "king"}, "access", "Select a valid choice"),
    ({"public_name": "x" * 201}, "public_name", "at most 200"),
]


@pytest.mark.parametrize(("change", "field", "told"), REFUSED)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(client, admin, change, field, told):
    answer = client.post(ADD, {**NEW, **change})
    form = answer.context["adminform"].form
    assert list(form.errors) == [field] and told in form.errors[field][0]
    for name, value in {**NEW, **change}.items():
        assert name in ("access", "password") or f'value="{value}"' in answer.text or not value
    assert f'value="{PASSWORD}"' not in answer.text, "no answer holds a secret"
    assert not User.objects.filter(username="mira").exists()


def test_a_role_is_changed_and_nothing_else(client, admin, moderator):
    TOTP.activate(moderator, "JBSWY3DPEHPK3PXP")
    page = client.get(page_of(moderator)).text
    assert '<option value="moderator" selected>' in page and "Authenticator app" in page
    client.post(page_of(moderator), typed(moderator, access="editor"))
    assert User.objects.get(pk=moderator.pk).role.name == "EDITOR"


def test_who_is_deactivated_is_out(client, admin, moderator):
    client.post(page_of(moderator), {key: value for key, value in typed(moderator).items() if key != "active"})
    assert not User.objects.get(pk=moderator.pk).is_active
    assert moderator.username in listed(client, active="no") and moderator.username not in listed(client, active="yes")


@pytest.mark.parametrize("change", [{"access": "editor"}, {"active": ""}])
def test_the_last_administrator_is_told_in_words(client, admin, change):
    given = {key: value for key, value in typed(admin, **{"access": "administrator", **change}).items() if value}
    answer = client.post(page_of(admin), given)
    assert "This is the last administrator: make somebody else an administrator first" in answer.text
    admin.refresh_from_db()
    assert admin.is_active and admin.is_superuser


@pytest.mark.parametrize("role", ["contributor", "moderator", "editor"])
def test_it_is_for_administrators(client, db, role):
    client.force_login(factories.make_user(role))
    assert client.get(LIST).status_code == 403
    assert client.post(ADD, NEW).status_code == 403


def test_whom_single_sign_on_brings_is_told(client, admin, moderator):
    SocialAccount.objects.create(user=moderator, provider="https://login.example", uid="8f3a")
    assert "at each sign-in, their groups there decide the role anew" in client.get(page_of(moderator)).text


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "5 September 2025, 14:07"), ("de", "5. September 2025 14:07"), ("ar", "5 سبتمبر 2025، 14:07")],
)
def test_the_last_sign_in_is_a_date_of_the_readers_language(client, admin, moderator, language, shown):
    User.objects.filter(pk=moderator.pk).update(last_login=datetime(2025, 9, 5, 14, 7, tzinfo=UTC))
    User.objects.filter(pk=admin.pk).update(language=language)
    assert shown in client.get(page_of(moderator)).text
    assert shown in client.get(LIST).text


FOUND = [
    ({"q": "oss mira"}, {"mira"}, "any words of a name, in any order"),
    ({"q": "desk.example"}, {"mira"}, "part of an address"),
    ({"access": "editor"}, {"edna"}, "a role"),
    ({"access": "administrator"}, {"ada"}, "administrators, who are no Editors here"),
    ({"access": "none"}, {"nora"}, "who has no role"),
    ({"factor": "yes"}, {"edna"}, "who has a second factor"),
    ({"factor": "no", "access": "moderator"}, {"mira"}, "filters mean AND"),
]


@pytest.mark.parametrize(("query", "expected", "reason"), FOUND, ids=[row[2] for row in FOUND])
def test_the_list(client, admin, query, expected, reason):
    factories.make_user("moderator", username="mira", public_name="Mira Oss", email="mira@desk.example")
    TOTP.activate(factories.make_user("editor", username="edna"), "JBSWY3DPEHPK3PXP")
    factories.make_user(username="nora")
    assert listed(client, **query) == expected, reason


@pytest.mark.parametrize("many", [3, 200])
def test_queries(client, admin, django_assert_num_queries, many):
    for _ in range(many):
        factories.make_user("moderator")
    with django_assert_num_queries(QUERIES):
        assert "Moderator" in client.get(LIST).text


def test_a_new_password_takes_no_way_in_from_anybody(client, admin):
    """Django's form for it can also leave somebody without a password, an only administrator too."""
    address = reverse("admin:auth_user_password_change", args=[admin.pk])
    assert "usable_password" not in client.get(address).text
    refused = client.post(address, {"usable_password": "false", "unset-password": "1"})
    assert refused.status_code == 200 and refused.context["form"].errors.keys() == {"password1", "password2"}
    admin.refresh_from_db()
    assert admin.has_usable_password()
    assert client.post(address, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)

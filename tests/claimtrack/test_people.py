"""The verbs that add people and change what they may do, and the guards: the last administrator stays, and so do the roles."""

from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from claimtrack import people
from claimtrack.models import User
from claimtrack.people import Access
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Refused
from claimtrack.roles import Role
from tests import factories

PASSWORD = "correct-horse-battery"


def make_admin(**fields):
    return factories.make_user(is_superuser=True, is_staff=True, **fields)


@pytest.fixture
def admin(db):
    return make_admin()


def added(admin, **given):
    return people.add_person(by=admin, **{"username": "mira", "password": PASSWORD, **given})


def test_it_works(admin):
    person = added(admin, access=Access.MODERATOR, public_name="Mira  Oss", email="Mira@DESK.example")
    assert (person.role, person.is_staff, person.is_superuser, person.is_active) == (Role.MODERATOR, True, False, True)
    assert (person.public_name, person.email) == ("Mira Oss", "Mira@desk.example")
    assert person.check_password(PASSWORD)
    person = people.edit_person(by=admin, person=person, access=Access.EDITOR, username="mira.oss")
    assert (person.username, User.objects.get(pk=person.pk).role) == ("mira.oss", Role.EDITOR)


WAYS = [
    (Access.NONE, (Role.NONE, False, False), "who has no role may not use the desk"),
    (Access.CONTRIBUTOR, (Role.CONTRIBUTOR, True, False), "each role opens the desk"),
    (Access.ADMINISTRATOR, (Role.EDITOR, True, True), "an administrator counts as an Editor"),
]


@pytest.mark.parametrize(("access", "expected", "reason"), WAYS, ids=[row[2] for row in WAYS])
def test_each_access(admin, access, expected, reason):
    person = User.objects.get(pk=added(admin, access=access).pk)
    assert (person.role, person.is_staff, person.is_superuser) == expected, reason
    assert Access.of(person) is access


def test_an_administrator_no_more_has_the_role_that_is_given(admin):
    other = make_admin()
    other.groups.add(Group.objects.get(name="Editor"))
    person = people.edit_person(by=admin, person=other, access=Access.MODERATOR)
    assert (User.objects.get(pk=person.pk).role, person.is_superuser) == (Role.MODERATOR, False)


def test_other_groups_and_fields_stay(admin):
    person = factories.make_user("moderator", email="a@desk.example")
    person.groups.add(Group.objects.create(name="Readers"))
    people.edit_person(by=admin, person=person, access=Access.CONTRIBUTOR)
    person = User.objects.get(pk=person.pk)
    assert set(person.groups.values_list("name", flat=True)) == {"Readers", "Contributor"}
    assert person.email == "a@desk.example"


REFUSED = [
    ({"username": ""}, Invalid, "username", "a name to sign in with"),
    ({"username": "a b"}, Invalid, "username", "of certain characters"),
    ({"username": "x" * 151}, Invalid, "username", "that fits"),
    ({"username": "taken"}, Conflict, "username", "and is nobody else's"),
    ({"public_name": "x" * 201}, Invalid, "public_name", "a public name that fits"),
    ({"email": "mira"}, Invalid, "email", "an address"),
    ({"email": "TAKEN@desk.example"}, Conflict, "email", "that nobody else has"),
    ({"password": "mira"}, Invalid, "password", "a password that is hard to guess"),
]


@pytest.mark.parametrize(("given", "refusal", "field", "reason"), REFUSED, ids=[row[3] for row in REFUSED])
def test_what_is_refused(admin, given, refusal, field, reason):
    factories.make_user(username="taken", email="taken@desk.example")
    with pytest.raises(refusal) as refused:
        added(admin, **given)
    assert refused.value.field == field, reason
    assert User.objects.count() == 2


def test_only_administrators_look_after_people(admin):
    editor = factories.make_user("editor")
    with pytest.raises(NotAllowed):
        added(editor)
    with pytest.raises(NotAllowed):
        people.edit_person(by=editor, person=editor, access=Access.ADMINISTRATOR)


LAST = [
    ({"access": Access.EDITOR}, "access", "demoted"),
    ({"access": Access.NONE}, "access", "removed"),
    ({"active": False}, "active", "deactivated"),
]


@pytest.mark.parametrize(("change", "field", "reason"), LAST, ids=[row[2] for row in LAST])
def test_the_last_administrator_stays(admin, change, field, reason):
    make_admin(is_active=False)
    with pytest.raises(Conflict) as refused:
        people.edit_person(by=admin, person=admin, **change)
    assert (refused.value.code, refused.value.field) == ("last_administrator", field)
    assert people.administrators().get() == admin
    make_admin()
    people.edit_person(by=admin, person=admin, **change)
    assert people.administrators().count() == 1


IN_SQL = [
    "UPDATE claimtrack_user SET is_superuser = false",
    "UPDATE claimtrack_user SET is_staff = false",
    "UPDATE claimtrack_user SET is_active = false",
    "DELETE FROM claimtrack_user",
]


@pytest.mark.parametrize("sql", IN_SQL)
def test_the_database_keeps_the_last_administrator(admin, sql):
    make_admin()
    with pytest.raises(IntegrityError, match="last administrator"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert people.administrators().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_do_not_remove_each_other():
    one, other = make_admin(), make_admin()
    refused = []

    def demote(by, person):
        try:
            people.edit_person(by=by, person=person, access=Access.EDITOR)
        except Refused as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    both = [Thread(target=demote, args=pair) for pair in ((one, other), (other, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert (people.administrators().count(), refused) == (1, ["last_administrator"])


@pytest.mark.django_db(transaction=True)
def test_the_guard_waits_for_who_was_first():
    """Both have seen two administrators. The second one's guard looks again once the first has committed."""
    one, other = make_admin(), make_admin()
    refused = []

    def demote_the_other():
        try:
            User.objects.filter(pk=other.pk).update(is_superuser=False)
        except IntegrityError as error:
            refused.append(str(error))
        finally:
            connection.close()

    second = Thread(target=demote_the_other)
    with transaction.atomic():
        User.objects.filter(pk=one.pk).update(is_superuser=False)
        second.start()
        second.join(0.3)
        assert second.is_alive()
    second.join()
    assert people.administrators().get() == other
    assert "last administrator" in refused[0]


@pytest.mark.parametrize("name", [role.group for role in Role if role])
def test_a_role_s_group_stays(db, name):
    group = Group.objects.get(name=name)
    with pytest.raises(IntegrityError, match="groups of the roles"), transaction.atomic():
        group.delete()
    with pytest.raises(IntegrityError, match="groups of the roles"), transaction.atomic():
        Group.objects.filter(name=name).update(name="Others")
    other = Group.objects.create(name="Others")
    other.name = "Some"
    other.save()
    other.delete()

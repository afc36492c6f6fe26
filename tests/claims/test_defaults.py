import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from claims.defaults import SCALE, ensure_desk
from claims.models import Verdict

pytestmark = pytest.mark.django_db


def desk():
    return (
        {(group.name, code) for group in Group.objects.all() for code in permissions(group)},
        list(Verdict.objects.values()),
    )


def permissions(group):
    return set(group.permissions.values_list("codename", flat=True))


def test_it_is_there_after_migrating():
    assert set(Group.objects.values_list("name", flat=True)) == {"Contributor", "Moderator", "Editor"}
    scale = Verdict.objects.values_list("code", "value")
    assert list(scale) == [(code, value) for code, _, value, _ in SCALE]
    assert dict(scale)["true"] == 5 and dict(scale)["false"] == 1 and dict(scale)["satire"] is None


def test_again_it_changes_nothing():
    before = desk()
    ensure_desk()
    assert desk() == before


def test_roles_are_cumulative_and_nobody_deletes_what_has_history():
    contributor, moderator, editor = (
        permissions(Group.objects.get(name=n)) for n in ("Contributor", "Moderator", "Editor")
    )
    assert contributor < moderator < editor
    assert "add_claim" in contributor and "change_speaker" in moderator and "change_verdict" in editor
    for model in ("claim", "review", "evidence", "snapshot", "article", "merge", "appearance"):
        assert f"delete_{model}" not in editor
    assert not [code for code in editor if code.endswith(("_user", "_group", "_permission"))]


def test_it_makes_what_is_missing():
    before = desk()
    Group.objects.get(name="Editor").permissions.clear()
    Group.objects.get(name="Moderator").permissions.clear()
    Verdict.objects.all().delete()
    ensure_desk()
    groups, scale = desk()
    assert groups == before[0]
    assert [step["code"] for step in scale] == [step["code"] for step in before[1]]


def test_a_scale_of_the_desk_s_own_is_left_alone():
    Verdict.objects.exclude(code="true").delete()
    Verdict.objects.update(label="So it is")
    ensure_desk()
    assert [verdict.label for verdict in Verdict.objects.all()] == ["So it is"]


@pytest.mark.django_db(transaction=True)
def test_it_is_back_after_a_flush():
    """As after every transactional test."""
    groups, scale = desk()
    Permission.objects.filter(codename="add_claim").delete()
    call_command("flush", interactive=False, verbosity=0)
    again, new = desk()
    assert again == groups
    assert [step["code"] for step in new] == [step["code"] for step in scale]

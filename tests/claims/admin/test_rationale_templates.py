"""Templates for rationales: kept by Editors, offered on the review page."""

import pytest
from django.urls import reverse

from claims.models import RationaleTemplate
from tests import factories

LIST = reverse("admin:claims_rationaletemplate_changelist")
ADD = reverse("admin:claims_rationaletemplate_add")
GIVEN = {"name": "Counts", "text": "We counted “n” things.\n\nThen again."}


def test_it_works(client, db):
    editor = factories.make_user("editor")
    client.force_login(editor)
    assert client.post(ADD, GIVEN).status_code == 302
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=editor)
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    assert '<option data-text="We counted “n” things.' in page


def test_an_edit_is_on_record(client, db):
    editor = factories.make_user("editor")
    client.force_login(editor)
    client.post(ADD, GIVEN)
    key = RationaleTemplate.objects.get().pk
    client.post(reverse("admin:claims_rationaletemplate_change", args=[key]), {**GIVEN, "text": "Reworded."})
    history = client.get(reverse("admin:claims_rationaletemplate_history", args=[key])).content.decode()
    assert "Then again." in history and str(editor) in history


@pytest.mark.parametrize(("role", "seen"), [("contributor", 403), ("moderator", 200)])
def test_others_do_not_change_them(client, db, role, seen):
    client.force_login(factories.make_user(role))
    assert client.get(LIST).status_code == seen
    assert client.post(ADD, GIVEN).status_code == 403
    assert not RationaleTemplate.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"), [({"name": ""}, "name"), ({"text": " "}, "text"), ({"text": "a" * 5001}, "text")]
)
def test_what_is_wrong_is_said_at_its_field(client, db, given, field):
    client.force_login(factories.make_user("editor"))
    answer = client.post(ADD, {**GIVEN, **given})
    assert answer.context["adminform"].form.errors.keys() == {field}


def test_two_of_a_name_are_refused(client, db):
    client.force_login(factories.make_user("editor"))
    client.post(ADD, GIVEN)
    assert client.post(ADD, GIVEN).status_code == 200
    assert RationaleTemplate.objects.count() == 1

import pytest
from django.urls import reverse

from claims import curating
from claimtrack.db.attribution import acting
from claimtrack.db.history import Change, edits
from sources.models import Source
from tests import factories

pytestmark = pytest.mark.django_db


def test_each_edit_says_who_changed_what_from_what_to_what():
    first, second = factories.make_user("moderator"), factories.make_user("moderator")
    source = factories.make_source(name="The Currier")
    with acting(first):
        Source.objects.filter(pk=source.pk).update(name="The Courier", kind="newspaper")
    with acting(second):
        Source.objects.filter(pk=source.pk).update(name="Courier")
    source.refresh_from_db()
    found = [(edit.by, edit.changes) for edit in edits(source)]
    assert found == [
        (
            first,
            [
                Change("name", "name", "The Currier", "The Courier"),
                Change("kind", "kind", "Other", "Newspaper or magazine"),
            ],
        ),
        (second, [Change("name", "name", "The Courier", "Courier")]),
    ]


def test_related_rows_are_shown_by_name():
    moderator, speaker = factories.make_user("moderator"), factories.make_speaker("Ada Merle")
    claim = factories.make_claim("unverified", speaker=None)
    claim = curating.edit_claim(claim=claim, by=moderator, expected=None, speaker=speaker)
    assert edits(claim, without=["status"])[-1].changes == [Change("speaker", "speaker", None, speaker)]


def test_what_is_left_out_makes_no_edit():
    claim = factories.make_claim("unverified")
    assert edits(claim, without=["status"]) == []


def test_an_edit_by_nobody_on_record_has_no_author():
    source = factories.make_source(name="The Currier")
    Source.objects.filter(pk=source.pk).update(name="The Courier")
    source.refresh_from_db()
    assert [edit.by for edit in edits(source)] == [None]


def test_the_history_page_is_for_those_who_may_see_the_row(client):
    claim = factories.make_claim()
    topic = factories.make_topic("water")
    client.force_login(factories.make_user("contributor"))
    assert client.get(reverse("admin:claims_topic_history", args=[topic.pk])).status_code == 200
    assert client.get(reverse("admin:claims_review_history", args=[claim.pk])).status_code in (302, 403)
    nobody = factories.make_user()
    nobody.is_staff = True
    nobody.save()
    client.force_login(nobody)
    assert client.get(reverse("admin:claims_topic_history", args=[topic.pk])).status_code == 403

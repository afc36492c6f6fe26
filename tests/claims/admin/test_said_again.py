"""The workbench lists what repeats a checked claim, and adds it to the claim. What the key does is tested in a browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Appearance, Claim, Suggestion
from tests.factories import make_claim, make_snapshot, make_speaker, make_user

pytestmark = pytest.mark.django_db

QUERIES = 22
SAID = "All 40 boats sail from the harbour each day"
TEXT = f"“{SAID},” said Ada Roe.\n\nTom Lind replied: “{SAID}.”\n\n{SAID}, and more than 70 per cent of them are late."


@pytest.fixture
def checked():
    return make_claim("checked", text=f"{SAID}.", speaker=make_speaker("Ada Roe"), language="en")


@pytest.fixture
def snapshot():
    return make_snapshot(TEXT, language="en")


def shown(client, snapshot):
    """The rows of the list, and what stands before them."""
    response = client.get(reverse("admin:sources_article_said_again", args=[snapshot.article_id]))
    assert response.status_code == 200
    section = response.content.decode().partition('id="said-again"')[2]
    before, *rows = section.split("data-start=")
    return before, rows


def add(client, claim, snapshot):
    address = reverse("admin:sources_article_change", args=[snapshot.article_id])
    data = {"action": "again", "claim": claim.pk, "start": 1, "end": len(SAID) + 2}
    return client.post(address, data, follow=True).content.decode()


def test_it_works(desk, checked, snapshot):
    tom = make_speaker("Tom Lind")
    before, (first, second) = shown(desk, snapshot)
    assert "2 passages seem to repeat a checked claim" in before
    for row in (first, second):
        assert f"/admin/claims/claim/{checked.pk}/change/" in row and "v-1" in row
    assert "Here said by Ada Roe" in first and "Suggest it to the Editors" in first and "data-take" not in first
    assert "Here said by Tom Lind" in second and "data-take" in second and f'data-speaker="{tom.pk}"' in second
    assert 'value="again"' not in second


def test_an_editor_adds_the_appearance(client, checked, snapshot):
    client.force_login(make_user("editor"))
    assert "Add it to this claim" in shown(client, snapshot)[1][0]
    assert "Added to" in add(client, checked, snapshot)
    added = checked.appearances.get(snapshot=snapshot)
    assert (added.quote, added.start_offset) == (f"{SAID},", 1)
    # It is on record now.
    [second] = shown(client, snapshot)[1]
    assert "Here said by Tom Lind" in second


def test_a_moderator_leaves_it_to_the_editors(desk, client, checked, snapshot):
    assert "Left to the Editors" in add(desk, checked, snapshot)
    assert not checked.appearances.filter(snapshot=snapshot).exists()
    first = shown(desk, snapshot)[1][0]
    assert "Left to the Editors" in first and "data-again" not in first
    suggestion = Suggestion.objects.get()
    page = reverse("admin:claims_claim_change", args=[checked.pk])
    assert "accept_suggestion" not in desk.get(page).content.decode()

    client.force_login(make_user("editor"))
    assert "1 passage in which a claim is said again" in client.get("/admin/").content.decode()
    queue = client.get(reverse("admin:claims_claim_changelist"), {"view": "suggested"})
    assert list(queue.context["cl"].queryset) == [checked]
    answer = client.post(page, {"action": f"accept_suggestion:{suggestion.pk}"}, follow=True)
    assert "Quote added." in answer.content.decode()
    assert checked.appearances.filter(snapshot=snapshot).exists()


def test_an_editor_adds_in_the_workbench_what_a_moderator_left(desk, client, checked, snapshot):
    add(desk, checked, snapshot)
    client.force_login(make_user("editor"))
    first = shown(client, snapshot)[1][0]
    assert "Left to the Editors" in first and "Add it to this claim" in first and "data-again" in first
    assert "Added to" in add(client, checked, snapshot)
    assert checked.appearances.filter(snapshot=snapshot).exists()
    assert not Suggestion.objects.exists()


def test_what_editors_declined_is_not_listed(client, checked, snapshot, moderator):
    client.force_login(moderator)
    add(client, checked, snapshot)
    client.force_login(make_user("editor"))
    page = reverse("admin:claims_claim_change", args=[checked.pk])
    client.post(page, {"action": f"decline_suggestion:{Suggestion.objects.get().pk}"})
    assert len(shown(client, snapshot)[1]) == 1
    assert Appearance.objects.filter(claim=checked).count() == 1


REPEATS_NOTHING = [
    (f"“{SAID.replace('40', '14')},” said Ada Roe.", "another number"),
    (f"“{SAID.replace('sail', 'do not sail')},” said Ada Roe.", "a denial"),
    ("“The harbour is closed each day,” said Ada Roe.", "something else"),
]


@pytest.mark.parametrize(("text", "reason"), REPEATS_NOTHING, ids=[row[1] for row in REPEATS_NOTHING])
def test_what_is_not_the_same_is_not_listed(desk, checked, text, reason):
    before, rows = shown(desk, make_snapshot(text, language="en"))
    assert rows == [] and "No quotation or marked sentence repeats a checked claim." in before


@pytest.mark.parametrize("status", ["unverified", "withdrawn", "dismissed"])
def test_only_a_verdict_in_force_counts(desk, snapshot, status):
    make_claim(status, text=f"{SAID}.", speaker=make_speaker("Ada Roe"), language="en")
    assert shown(desk, snapshot)[1] == []


def test_namesakes_are_not_the_same_speaker(desk, checked, snapshot):
    namesake = make_speaker("A. Roe", aliases=["Ada Roe"])
    row, *buttons = shown(desk, snapshot)[1][0].split("<button")
    assert 'data-name=""' in row and "data-speaker" not in row
    # The key takes it into the form. That it is the claim's speaker is for a person to say.
    assert ["data-again" in button for button in buttons[:4]] == [False, True, False, False]
    assert [
        f'data-speaker="{one.pk}"' in button
        for one, button in zip((checked.speaker, namesake), buttons[2:4], strict=True)
    ]


def test_of_a_long_quotation_the_sentence_is_listed(desk, checked):
    text = f"“Come in and sit down, all of you. {SAID}. Nobody believes me,” said Ada Roe."
    [row] = shown(desk, make_snapshot(text, language="en"))[1]
    assert f'data-quote="{SAID}."' in row and "Here said by Ada Roe" in row


def test_only_the_first_fifty_are_compared(desk, checked):
    text = "\n\n".join(f"“There are {n} ferries in the northern fleet,” said Ada Roe." for n in range(52, 103))
    before = shown(desk, make_snapshot(text, language="en"))[0]
    assert "Only the first 50 passages of this text were compared." in before


def sought(captured):
    """The statements that look for claims with the words of a passage."""
    return [query for query in captured if "unnest(found)" in query["sql"]]


def test_all_passages_are_sought_in_one_statement(desk, checked, snapshot, django_assert_num_queries):
    long = make_snapshot("\n\n".join([TEXT] * 16), language="en")
    for text in (snapshot, long):
        with django_assert_num_queries(QUERIES) as captured:
            shown(desk, text)
        assert len(sought(captured)) == 1


def test_the_page_opens_without_it(desk, checked, snapshot):
    with CaptureQueriesContext(connection) as captured:
        page = desk.get(reverse("admin:sources_article_change", args=[snapshot.article_id])).content.decode()
    assert not sought(captured)
    assert reverse("admin:sources_article_said_again", args=[snapshot.article_id]) in page


def test_who_may_propose_nothing_sees_none(client, snapshot):
    make_claim("unverified", snapshot=snapshot, quote="Tom Lind replied")
    client.force_login(make_user(is_staff=True))
    address = reverse("admin:sources_article_said_again", args=[snapshot.article_id])
    assert client.get(address).status_code == 403


def test_a_claim_that_one_may_not_see_is_not_there(client, snapshot):
    client.force_login(make_user("contributor"))
    hidden = make_claim("dismissed", text=f"{SAID}.")
    address = reverse("admin:sources_article_change", args=[snapshot.article_id])
    answer = client.post(address, {"action": "again", "claim": hidden.pk, "start": 1, "end": 9})
    assert answer.status_code == 404
    assert Claim.objects.get(pk=hidden.pk).appearances.count() == 1

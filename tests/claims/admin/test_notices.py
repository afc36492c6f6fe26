"""The list of notices, the number of unread ones in the header, and marking them as read."""

import re

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Notice
from tests import factories

PAGE = reverse("notices")


@pytest.fixture
def ed(db):
    return factories.make_user("editor", username="ed")


@pytest.fixture
def told(moderator, ed):
    """Three notices of the Moderator, oldest first."""
    for n in range(3):
        claim = factories.make_claim(text=f"Nine hundred and {n} boats.")
        curating.comment(claim=claim, by=ed, text=f"@{moderator} look")
    return list(Notice.objects.order_by("pk"))


def unread(client, address="/admin/"):
    """Return what the header of a page says."""
    page = client.get(address).text
    found = re.search(r'aria-label="Notices \((\d+\+?) unread\)"', page)
    assert f'<span class="count">{found[1]}</span>' in page if found else 'aria-label="Notices"' in page
    return found and found[1]


def test_it_works(client, desk, told):
    shown = client.get(PAGE).text
    for notice in told:
        assert f"ed mentioned you in a comment on claim {notice.claim_id}." in shown
        assert notice.claim.text in shown
    assert shown.index(told[2].claim.text) < shown.index(told[0].claim.text)
    assert unread(client) == "3"


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "/admin/",
        "/admin/claims/claim/?view=open",
        "/admin/sources/article/",
        "/admin/preferences/",
        "/admin/account/two-factor/",
    ],
)
def test_the_header_of_each_page_tells_how_many(client, desk, told, address):
    assert unread(client, address) == "3"


def test_one_is_read(client, desk, told):
    assert client.post(PAGE, {"one": told[1].pk}).status_code == 302
    assert unread(client) == "2"
    shown = client.get(PAGE, {"show": "unread"}).text
    assert told[1].claim.text not in shown and told[0].claim.text in shown


def test_all_are_read_but_those_that_came_meanwhile(client, desk, told, moderator, ed):
    curating.comment(claim=told[0].claim, by=ed, text=f"@{moderator} again")
    client.post(PAGE, {"until": told[2].pk})
    assert unread(client) == "1"
    client.post(PAGE, {"until": Notice.objects.order_by("pk").last().pk})
    assert unread(client) is None
    assert "You have read everything." in client.get(PAGE, {"show": "unread"}).text


def test_nobody_reads_a_colleagues(client, told, ed):
    client.force_login(ed)
    assert "Nothing has happened yet that concerns you." in client.get(PAGE).text
    client.post(PAGE, {"until": told[2].pk})
    client.post(PAGE, {"one": told[0].pk})
    assert Notice.objects.unread().count() == 3


def test_contributors_have_none(client, db):
    client.force_login(factories.make_user("contributor"))
    assert client.get(PAGE).status_code == 403
    assert "Notices" not in client.get("/admin/").text


@pytest.mark.parametrize("query", ["page=0", "page=abc", "page=99", "show=", "show=%00", "until=x", "one=%00"])
def test_rubbish_is_no_error(client, desk, told, query):
    assert client.get(f"{PAGE}?{query}").status_code == 200
    assert client.post(PAGE, dict([query.split("=")])).status_code == 302
    assert unread(client) == "3"


def test_more_than_a_hundred_are_not_counted(client, desk, told, moderator):
    Notice.objects.bulk_create(
        Notice(person=moderator, kind="assigned", claim=told[0].claim, by=told[0].by) for _ in range(100)
    )
    assert unread(client) == "99+"
    pages = [client.get(PAGE, {"page": number}).text for number in (1, 2, 3)]
    assert told[0].claim.text in pages[2] and 'rel="next"' in pages[0] and 'rel="next"' not in pages[2]


@pytest.mark.parametrize("rows", [1, 40])
def test_queries_do_not_grow(client, desk, moderator, ed, django_assert_num_queries, rows):
    claim = factories.make_claim()
    Notice.objects.bulk_create(Notice(person=moderator, kind="assigned", claim=claim, by=ed) for _ in range(rows))
    with django_assert_num_queries(9):
        client.get(PAGE)


REVIEWED = [
    ("awaiting_approval", {"to": "in_review", "note": "Which year?"}, "ed returned claim {}, which you had submitted."),
    ("awaiting_approval", {"to": "checked"}, "ed approved claim {}, which you had submitted."),
    ("checked", {"to": "in_review", "rationale": "A new count."}, "ed reopened claim {}, which you had decided."),
    ("checked", {"to": "withdrawn", "rationale": "Wrong."}, "ed withdrew your verdict on claim {}."),
    (
        "checked",
        {"to": "checked", "verdict": "true", "rationale": "Counted again.", "evidence": factories.EVIDENCE},
        "ed corrected your verdict on claim {}.",
    ),
]


@pytest.mark.parametrize(("status", "step", "sentence"), REVIEWED)
def test_a_step_by_a_program_is_told(client, moderator, ed, status, step, sentence):
    claim = factories.take_to(factories.make_claim(), status, by=moderator)
    client.force_login(ed)
    body = {**step, "expected": claim.version}
    assert client.post(f"/api/v1/claims/{claim.pk}/reviews/", body, "application/json").status_code == 201
    client.force_login(moderator)
    assert sentence.format(claim.pk) in client.get(PAGE).text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"action": "take_over"}, "ed took claim {} over from you."),
        ({"action": "assign", "to": ""}, "ed gave claim {}, which you had, to somebody else or to nobody."),
    ],
)
def test_whoever_loses_a_claim_is_told(client, moderator, ed, form, sentence):
    claim = factories.take_to(factories.make_claim(), "in_review", by=moderator)
    client.force_login(ed)
    address = reverse("admin:claims_claim_change", args=[claim.pk])
    assert client.post(address, {**form, "version": claim.version}).status_code == 302
    client.force_login(moderator)
    assert sentence.format(claim.pk) in client.get(PAGE).text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"action": "assign", "to": "{}"}, "ed assigned claim {} to you."),
        (
            {"action": "ask", "ask-person": "{}", "ask-due": "2031-05-06", "ask-priority": "high"},
            "ed asks you to work on claim {} by 6 May 2031.",
        ),
    ],
)
def test_whoever_is_given_or_asked_for_a_claim_is_told(client, moderator, ed, form, sentence):
    claim = factories.take_to(factories.make_claim(), "in_review", by=ed)
    client.force_login(ed)
    address = reverse("admin:claims_claim_change", args=[claim.pk])
    filled = {name: value.format(moderator.pk) for name, value in form.items()}
    assert client.post(address, filled).status_code == 302
    client.force_login(moderator)
    assert sentence.format(claim.pk) in client.get(PAGE).text

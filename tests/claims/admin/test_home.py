"""The home page: what it shows to each role."""

import re
from datetime import date

import pytest
from django.urls import reverse

from claims import curating
from claims.models.queue import decisions_per_day
from tests import factories

HOME = reverse("admin:index")


def text(client):
    """Return the text of a page, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(HOME).content.decode()).split())


def test_it_counts_what_waits_and_shows_mine(client, moderator):
    for status in ("proposed", "proposed", "unverified", "checked"):
        factories.make_claim(status)
    mine = factories.make_claim("unverified", text="I took this one.")
    factories.step(mine, "in_review", by=moderator)
    client.force_login(moderator)
    page = text(client)
    assert "2 Proposed" in page and "1 In review" in page and "1 Checked" in page and "0 Dismissed" in page
    assert "My work I took this one." in page
    assert "1 accepted and free to take" in page


def test_my_work_is_marked_with_what_is_new(client, moderator):
    editor = factories.make_user("editor")
    mine = factories.make_claim("unverified", text="I took this one.")
    factories.step(mine, "in_review", by=moderator)
    curating.comment(claim=mine, by=editor, text="Which year?")
    asked = factories.make_claim("unverified", text="Somebody wants this one.")
    curating.ask(claim=asked, by=editor, person=moderator, due=date(2020, 5, 1), priority="high")
    client.force_login(moderator)
    page = text(client)
    assert "My work I took this one. Commented In review" in page
    assert "Asked of me Somebody wants this one. Asked Unverified" in page and "Overdue" in page
    client.get(reverse("admin:claims_claim_change", args=[mine.pk]))
    assert "My work I took this one. In review" in text(client)


def test_a_claim_is_taken_where_it_waits(client, moderator):
    claim, proposed = factories.make_claim("unverified"), factories.make_claim()
    client.force_login(moderator)
    page = client.get(HOME).text
    address = reverse("admin:claims_claim_change", args=[claim.pk])
    assert f'action="{address}?' in page and f"claim/{proposed.pk}/change/?_changelist_filters=view%3Dopen" in page
    assert page.count('value="step:take"') == 1
    form = {"expected": claim.version, "evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0"}
    assert client.post(address, {**form, "action": "step:take"}).status_code == 302
    claim.refresh_from_db()
    assert claim.assignee == moderator


def test_an_editor_sees_what_awaits_approval(client, moderator):
    factories.make_claim("awaiting_approval")
    client.force_login(moderator)
    assert "1 for you to approve" not in text(client)
    client.force_login(factories.make_user("editor"))
    assert "1 for you to approve" in text(client)


def test_ones_own_submissions_do_not_await_ones_own_approval(client, db):
    editor = factories.make_user("editor")
    factories.take_to(factories.make_claim(), "awaiting_approval", by=editor)
    client.force_login(editor)
    assert "1 for you to approve" not in text(client)


def test_an_article_that_changed_under_a_claim_is_told(client, moderator):
    lost, kept = factories.make_claim(), factories.make_claim()
    for claim, newer in ((lost, "All is different."), (kept, factories.TEXT + " More.")):
        article = claim.appearances.get().snapshot.article
        factories.make_snapshot(newer, article=article)
    client.force_login(moderator)
    assert text(client).count("1 quote gone") == 1


def test_decisions_are_counted_by_day(client, moderator):
    claim = factories.make_claim("checked")
    factories.make_claim("dismissed")
    day = claim.reviewed_at.date()
    counts = decisions_per_day(3, day)
    assert [n for _, n in counts] == [0, 0, 2] and counts[-1][0] == day
    client.force_login(moderator)
    page = client.get(HOME).content.decode()
    assert "2 decisions in the last 28 days, at most 2 on one day" in page


def test_a_contributor_sees_the_public_side_and_their_own(client, db):
    me = factories.make_user("contributor")
    factories.make_claim("proposed")
    factories.make_claim("proposed", by=me)
    client.force_login(me)
    page = text(client)
    assert "1 Proposed" in page and "1 proposed by me" in page and "Waiting longest" not in page


@pytest.mark.parametrize("rows", [1, 12])
def test_queries_do_not_grow(client, moderator, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.make_claim("unverified")
        factories.make_claim("checked")
    client.force_login(moderator)
    with django_assert_num_queries(27):
        client.get(HOME)

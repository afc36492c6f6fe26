"""Comments on the review page: written, withdrawn, and shown to Moderators and Editors only."""

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Comment, Notice
from tests import factories


def page(claim):
    return reverse("admin:claims_claim_change", args=[claim.pk])


def say(client, claim, text):
    return client.post(page(claim), {"action": "comment", "comment": text}, follow=True)


def test_it_works(client, desk, moderator):
    claim = factories.make_claim("unverified")
    answer = say(client, claim, "Who counted? See https://roads.example/2024 <b>now</b>")
    assert answer.redirect_chain[-1][0].endswith("#comments")
    assert "Commented." in answer.text
    assert '<a href="https://roads.example/2024"' in answer.text and "&lt;b&gt;now" in answer.text


def test_who_is_mentioned_finds_it(client, desk, moderator):
    claim = factories.make_claim()
    ines = factories.make_user("editor", username="ines")
    say(client, claim, "@ines, which year?")
    client.force_login(ines)
    notices = client.get(reverse("notices")).text
    assert f"{moderator} mentioned you in a comment on claim {claim.pk}." in notices
    assert f'href="{page(claim)}#comment-{Comment.objects.get().pk}"' in notices


def test_a_mention_of_nobody_is_told(client, desk):
    answer = say(client, factories.make_claim(), "@inez, which year?")
    assert "Nobody who reads comments is called @inez, so nobody was told." in answer.text
    assert Comment.objects.get().text == "@inez, which year?"


def test_what_is_refused_stays_in_the_form(client, desk):
    answer = say(client, factories.make_claim(), "x" * 5001)
    assert answer.status_code == 400 and not Comment.objects.exists()
    assert "at most 5,000 fit" in answer.text and "x" * 5001 in answer.text


def test_the_author_withdraws_it(client, desk, moderator):
    claim = factories.make_claim()
    row = curating.comment(claim=claim, by=moderator, text="Rather not.")
    theirs = curating.comment(claim=claim, by=factories.make_user("editor"), text="Kept.")
    shown = client.get(page(claim)).text
    assert f"withdraw_comment:{row.pk}" in shown and f"withdraw_comment:{theirs.pk}" not in shown
    answer = client.post(page(claim), {"action": f"withdraw_comment:{row.pk}"}, follow=True)
    assert "Withdrawn by its author." in answer.text and "Rather not." not in answer.text
    answer = client.post(page(claim), {"action": f"withdraw_comment:{theirs.pk}"})
    assert answer.status_code == 403 and "Only its author withdraws a comment." in answer.text


@pytest.mark.parametrize("argument", ["", "abc", "0", "999999", "9" * 30])
def test_a_comment_that_is_not_there(client, desk, argument):
    answer = client.post(page(factories.make_claim()), {"action": f"withdraw_comment:{argument}"})
    assert answer.status_code == 404


def test_contributors_and_readers_see_none(client, db):
    me = factories.make_user("contributor")
    claim = factories.make_claim("unverified", by=me)
    curating.comment(claim=claim, by=factories.make_user("moderator"), text="Xylophant")
    client.force_login(me)
    shown = client.get(page(claim))
    assert shown.status_code == 200 and "Xylophant" not in shown.text and "comment-form" not in shown.text
    answer = client.post(page(claim), {"action": "comment", "comment": "Me too."})
    assert answer.status_code == 403 and Comment.objects.count() == 1


def test_opening_the_claim_reads_its_notices(client, desk, moderator):
    claims = [factories.make_claim(), factories.make_claim()]
    for claim in claims:
        curating.comment(claim=claim, by=factories.make_user("editor"), text=f"@{moderator} look")
    client.get(page(claims[0]))
    assert [row.claim for row in Notice.objects.unread()] == [claims[1]]


@pytest.mark.parametrize("rows", [1, 9])
def test_queries_do_not_grow(client, desk, moderator, django_assert_num_queries, rows):
    claim = factories.make_claim()
    for _ in range(rows):
        curating.comment(claim=claim, by=factories.make_user("moderator"), text="One more.")
    client.get(page(claim))
    with django_assert_num_queries(50):
        client.get(page(claim))

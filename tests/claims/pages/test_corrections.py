"""GET /corrections/, /verdicts/ and /topics/."""

import re

import pytest

from claims.models import Verdict
from tests.claims.pages.test_front import link
from tests.factories import make_claim, make_user, step

pytestmark = pytest.mark.django_db


def corrected(status="checked", **fields):
    claim, editor = make_claim("checked", verdict="true", **fields), make_user("editor")
    step(claim, "checked", by=editor, verdict="false")
    if status != "checked":
        step(claim, status, by=editor)
    return claim


def listed(page):
    return [int(pk) for pk in re.findall('<a href="/claims/([0-9]+)/"', page.partition('<ol class="corrections">')[2])]


def test_it_works(client):
    claims = [corrected(), corrected()]
    make_claim("checked")
    page = client.get("/corrections/").content.decode()
    assert listed(page) == [claims[1].pk, claims[0].pk]
    assert page.count("from True to False.") == 2


def test_a_verdict_that_is_no_longer_in_force_is_told_on_its_page_alone(client):
    corrected("withdrawn")
    assert "There has been no correction." in client.get("/corrections/").content.decode()


def test_pages_follow_each_other(client):
    claims = [corrected() for _ in range(25)]
    page = client.get("/corrections/").content.decode()
    later = client.get(link(page, "next").removeprefix("http://127.0.0.1:8000")).content.decode()
    assert listed(page) + listed(later) == [claim.pk for claim in reversed(claims)]


def test_its_queries_do_not_grow(client, django_assert_num_queries):
    for count in (1, 5):
        for _ in range(count):
            corrected()
        with django_assert_num_queries(3):
            client.get("/corrections/")


def test_the_scale_is_explained(client):
    page = client.get("/verdicts/").content.decode()
    for verdict in Verdict.objects.all():
        assert f'href="/?verdict={verdict.code}">{verdict.label}</a>' in page
        assert verdict.description in page


def test_topics_are_those_of_public_claims(client):
    make_claim("unverified", topics=["roads"])
    make_claim("proposed", topics=["secrets"])
    page = client.get("/topics/").content.decode()
    assert '<a href="/topics/roads/">Roads</a>' in page
    assert "secrets" not in page

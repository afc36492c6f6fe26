"""Webhooks at the desk, for Editors."""

import re

import pytest
from django.urls import reverse

from claims.models import Delivery, Webhook
from claims.webhooks.subscribing import create_webhook
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:claims_webhook_changelist"
GIVEN = {"name": "Newsroom", "endpoint": "https://news.example/hook", "kinds": ["claim"], "since": "now"}


@pytest.fixture
def editor(client):
    user = make_user("editor")
    client.force_login(user)
    return user


def test_it_works(client, editor):
    page = client.post(reverse("admin:claims_webhook_add"), {**GIVEN, "filters": "?status=checked"}).content.decode()
    webhook = Webhook.objects.get()
    assert (webhook.created_by, webhook.filters) == (editor, "status=checked")
    [secret] = set(re.findall("whsec_[A-Za-z0-9+/=]+", page.replace("&#x2B;", "+")))
    assert secret not in webhook.secret
    url = webhook.get_absolute_url()
    page = client.get(url).content.decode()
    assert "whsec_" not in page, "it is shown once"
    for action, words in (
        ("test", "A test is on its way"),
        ("pause", "Paused: nothing is sent"),
        ("resume", "Resumed: what waits"),
    ):
        assert words in client.post(url, {"action": action}, follow=True).content.decode()
    assert Delivery.objects.get().kind == "test"
    page = client.post(url, {"action": "secret"}).content.decode()
    assert "whsec_" in page and "signed with the old secret too" in page
    assert "told again" in client.post(url, {"action": "replay", "since": "beginning"}, follow=True).content.decode()
    client.post(url, {"action": "edit", "name": "Archive", "endpoint": "https://archive.example/"})
    assert Webhook.objects.get().name == "Archive"
    assert "Archive" in client.get(reverse(LIST)).content.decode()
    assert "is removed" in client.post(url, {"action": "remove"}, follow=True).content.decode()
    assert not Webhook.objects.exists()


# what is given, at which field the refusal stands, its words
REFUSED = [
    ({"endpoint": "http://news.example/"}, "endpoint", "begins with https://"),
    ({"endpoint": "https://user:word@news.example/"}, "endpoint", "carries a user name"),
    ({"filters": "statuss=checked"}, "filters", "There is no parameter “statuss”"),
    ({"filters": "status=nowhere"}, "filters", "does not fit “status”"),
    ({"filters": "status=checked&limit=3"}, "filters", "There is no parameter “limit”"),
    ({"kinds": []}, "kinds", "required"),
    ({"kinds": ["topic"], "filters": "status=checked"}, "filters", "it is not told of claims"),
]


@pytest.mark.parametrize(("given", "field", "words"), REFUSED)
def test_what_does_not_fit_is_said_at_its_field(client, editor, given, field, words):
    page = client.post(reverse("admin:claims_webhook_add"), {**GIVEN, **given}).content.decode()
    errors = re.findall(rf'(?s)id="id_{field}_?.*?<ul class="errorlist".*?</ul>', page)
    assert errors and words in errors[0]
    assert not Webhook.objects.exists()


def test_a_place_that_was_lost_is_refused(client, editor):
    webhook = create_webhook(by=editor, name="Newsroom", endpoint="https://news.example/")
    answer = client.post(webhook.get_absolute_url(), {"action": "replay", "since": "0.7.9"})
    assert (answer.status_code, "no such place" in answer.content.decode()) == (400, True)


def test_the_page_shows_what_waits_and_why(client, editor, django_assert_max_num_queries):
    webhook = create_webhook(by=editor, name="Newsroom", endpoint="https://news.example/")
    claim = make_claim("unverified")
    Delivery.objects.create(
        webhook=webhook, kind="claim", row_id=claim.pk, changed_at=claim.created_at, attempts=2, error="timeout"
    )
    with django_assert_max_num_queries(9):
        page = client.get(webhook.get_absolute_url()).content.decode()
    assert "took too long" in page and reverse("admin:claims_claim_change", args=[claim.pk]) in page


def test_only_editors_see_it(client):
    webhook = create_webhook(by=make_user("editor"), name="Newsroom", endpoint="https://news.example/")
    client.force_login(make_user("moderator"))
    for url in (reverse(LIST), reverse("admin:claims_webhook_add"), webhook.get_absolute_url()):
        assert client.get(url).status_code == 403
        assert client.post(url, {"action": "remove"}).status_code == 403

"""A forgotten password is replaced by e-mail."""

import re

import pytest
from django.core import mail

from tests.claimtrack.signing_in.conftest import PASSWORD

RESET = "/admin/account/password/reset/"
NEW = "a-bridge-too-far-9"


@pytest.fixture
def ask(client):
    def ask(email):
        response = client.post(RESET, {"email": email}, follow=True)
        assert "a letter with a link" in response.text, "whoever asks is told the same"
        return [re.search(r"http\S+", letter.body)[0] for letter in mail.outbox]

    return ask


def replace(client, link, password=NEW):
    page = client.get(link, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password}, follow=True)


def test_it_works(client, moderator, ask, sign_in):
    assert 'href="/admin/account/password/reset/"' in client.get("/admin/account/login/").text
    (link,) = ask("mira@desk.example")
    assert mail.outbox[0].to == ["mira@desk.example"]
    assert moderator.username in mail.outbox[0].body
    assert "Your password is changed" in replace(client, link).text
    assert client.get("/admin/").status_code == 302, "a reset signs nobody in"
    assert sign_in(moderator, PASSWORD).status_code == 200
    assert sign_in(moderator, NEW).status_code == 302


def test_a_link_works_once(client, moderator, ask):
    (link,) = ask("mira@desk.example")
    replace(client, link)
    assert "This link does not work" in client.get(link, follow=True).text


def test_a_password_that_is_too_short_is_refused(client, moderator, ask):
    (link,) = ask("mira@desk.example")
    assert "at least 12 characters" in replace(client, link, "short").text


def test_an_unknown_address_gets_no_letter(client, moderator, ask):
    assert ask("stranger@elsewhere.example") == []


def test_a_deactivated_account_gets_no_letter(client, moderator, ask):
    moderator.is_active = False
    moderator.save()
    assert ask("mira@desk.example") == []


def test_who_signs_in_at_an_issuer_gets_no_password(client, moderator, ask):
    moderator.set_unusable_password()
    moderator.save()
    assert ask("mira@desk.example") == []


def test_a_mail_server_that_is_away_is_a_line_in_the_log(client, moderator, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = client.post(RESET, {"email": "mira@desk.example"})
    assert response.status_code == 302
    assert "password_reset_mail_failed" in caplog.text

"""Guesses are counted in the database, by account and by address, also if many come at once."""

from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network

import pytest
import time_machine
from django.db import connection
from django.test import Client

from tests import factories
from tests.claimtrack.signing_in.conftest import PASSWORD, with_password

LOGIN = "/admin/account/login/"
TRIED, REFUSED, LIMITED = "are not correct", "Too many failed", "Too many requests"


def outcomes(responses):
    return [next(word for word in (TRIED, REFUSED, LIMITED) if word in response.text) for response in responses]


def guess(client, name, address="10.0.0.1", **form):
    return client.post(LOGIN, {"login": name, "password": "wrong", **form}, REMOTE_ADDR=address)


def test_an_account_takes_five_wrong_passwords_in_five_minutes(client, moderator, sign_in):
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False) as clock:
        guesses = [guess(client, moderator.username, f"10.0.0.{number}") for number in range(8)]
        assert outcomes(guesses) == [TRIED] * 5 + [REFUSED] * 3
        assert REFUSED in sign_in(moderator).text, "the right password is not tried either"
        clock.shift(301)
        assert sign_in(moderator).status_code == 302


def test_an_address_takes_ten_wrong_passwords_a_minute_whatever_the_account(client, db):
    guesses = [guess(client, f"nobody{number}") for number in range(12)]
    assert outcomes(guesses) == [TRIED] * 10 + [REFUSED] * 2
    assert outcomes([guess(client, "nobody", "10.0.0.2")]) == [TRIED]


def test_an_address_takes_a_hundred_wrong_passwords_a_day(client, db):
    with time_machine.travel("2027-03-01T12:00:00Z", tick=False) as clock:
        found = []
        for minute in range(11):
            found += outcomes([guess(client, f"nobody{minute}.{number}") for number in range(10)])
            clock.shift(61)
        assert found == [TRIED] * 100 + [REFUSED] * 10
        clock.shift(24 * 60 * 60)
        assert outcomes([guess(client, "nobody")]) == [TRIED]


def test_a_right_password_is_not_counted(client, moderator):
    for _ in range(8):
        assert guess(client, moderator.username, password=PASSWORD).status_code == 302
        client.logout()


def test_writing_the_name_in_capitals_is_no_other_account(client, moderator):
    names = [moderator.username, moderator.username.upper(), moderator.username.title()] * 2
    guesses = [guess(client, name, f"10.0.0.{number}") for number, name in enumerate(names)]
    assert outcomes(guesses) == [TRIED] * 5 + [REFUSED]


def test_the_address_is_the_one_behind_trusted_proxies(client, db, settings):
    settings.CLAIMTRACK_TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    forwarded = [f"203.0.113.{number}" for number in range(12)]
    guesses = [
        client.post(
            LOGIN, {"login": "nobody", "password": "x"}, REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": hop}
        )
        for hop in forwarded
    ]
    # It is the account that is limited here, not the proxy's address, which would end at ten.
    assert outcomes(guesses) == [TRIED] * 5 + [REFUSED] * 7
    assert outcomes([guess(client, "another")]) == [TRIED]


def test_an_address_that_anybody_can_write_is_not_believed(client, db):
    guesses = [
        client.post(
            LOGIN, {"login": f"nobody{number}", "password": "x"}, headers={"X-Forwarded-For": f"203.0.113.{number}"}
        )
        for number in range(12)
    ]
    assert outcomes(guesses) == [TRIED] * 10 + [REFUSED] * 2


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_no_more_tries_than_fifty_in_a_row():
    name = with_password(factories.make_user("moderator")).username

    def one(number):
        try:
            return guess(Client(), name, f"10.0.{number}.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as threads:
        found = outcomes(threads.map(one, range(50)))
    assert found.count(TRIED) == 5
    assert found.count(REFUSED) == 45


def test_an_address_uses_the_form_thirty_times_a_minute(client, moderator):
    answers = [guess(client, moderator.username, password=PASSWORD) for _ in range(31) if not client.logout()]
    assert [answer.status_code for answer in answers] == [302] * 30 + [429]
    assert LIMITED in answers[-1].text
    assert answers[-1]["Retry-After"] == "60"


def test_resets_are_limited_by_address(client, db):
    asked = [
        client.post("/admin/account/password/reset/", {"email": f"a{number}@desk.example"}) for number in range(21)
    ]
    assert [response.status_code for response in asked] == [302] * 20 + [429]
    assert LIMITED in asked[-1].text
    assert asked[-1]["Retry-After"] == "60"
    assert "form-action 'self'" in asked[-1]["Content-Security-Policy"]

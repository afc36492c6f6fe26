"""Rate limits, and the addresses by which anonymous requests are counted."""

import threading
from ipaddress import ip_network

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory

from claimtrack.api import throttling
from claimtrack.api.throttling import client_address
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/verdicts/"
START = 1_800_000_000 // 60 * 60 + 15


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        throttling._anonymous.clear()
        yield traveller


def refused(response, wait):
    assert (response.status_code, response.json()["code"]) == (429, "throttled")
    assert (response["Content-Type"], response["Retry-After"]) == ("application/problem+json", str(wait))


def test_it_works(client, settings, clock):
    settings.CLAIMTRACK_THROTTLE_ANON = 2
    first = client.get(URL)
    assert (first["RateLimit-Policy"], first["RateLimit"]) == ('"anonymous";q=2;w=60', '"anonymous";r=1;t=45')
    assert client.get(URL)["RateLimit"] == '"anonymous";r=0;t=45'
    last = client.get(URL)
    refused(last, 45)
    assert last["RateLimit"] == '"anonymous";r=0;t=45'
    assert client.get(URL, REMOTE_ADDR="192.0.2.7").status_code == 200, "others are not concerned"
    clock.shift(45)
    assert client.get(URL).status_code == 200


def test_the_anonymous_have_no_limit_by_default(client):
    assert "RateLimit" not in client.get(URL)


def test_each_worker_has_its_share(client, settings):
    settings.CLAIMTRACK_THROTTLE_ANON, settings.CLAIMTRACK_WORKERS = 3, 2
    assert [client.get(URL).status_code for _ in range(3)] == [200, 200, 429]


def test_counting_the_anonymous_asks_no_database(client, settings, django_assert_num_queries):
    client.get("/api/v1/")
    settings.CLAIMTRACK_THROTTLE_ANON = 100
    with django_assert_num_queries(0):
        assert "RateLimit" in client.get("/api/v1/")


def test_a_token_is_counted_in_the_database(client, settings, clock):
    settings.CLAIMTRACK_THROTTLE_TOKEN = 2
    token = make_token(scope="read")
    assert client.get(URL, headers=bearing(token))["RateLimit"] == '"token";r=1;t=45'
    client.get(URL, headers=bearing(token))
    refused(client.get(URL, headers=bearing(token)), 45)
    assert client.get(URL, headers=bearing(make_token(user=token.user))).status_code == 200, (
        "another one of the same user"
    )
    assert client.get(URL).status_code == 200, "nor the anonymous"
    clock.shift(45)
    assert client.get(URL, headers=bearing(token))["RateLimit"] == '"token";r=1;t=60'


def test_workers_tell_each_other_what_they_counted(client, settings, monkeypatch):
    settings.CLAIMTRACK_THROTTLE_TOKEN = 3
    headers = bearing(make_token(scope="read"))
    monkeypatch.setattr(throttling, "EXCHANGE", 0)
    assert [client.get(URL, headers=headers).status_code for _ in range(3)] == [200] * 3
    monkeypatch.setattr(throttling, "_tallies", {})
    assert [client.get(URL, headers=headers).status_code for _ in range(2)] == [200, 429], "another worker, at first"


def test_writes_are_counted_by_user_whichever_way_they_come(client, settings):
    settings.CLAIMTRACK_THROTTLE_WRITE = 2
    user = make_user("contributor")
    one, other = make_token(user=user), make_token(user=user)

    def write(name, headers):
        return client.post("/api/v1/topics/", {"name": name}, content_type="application/json", headers=headers)

    assert write("A", bearing(one))["RateLimit"] == '"write";r=1;t=45'
    assert write("B", bearing(other)).status_code == 201
    refused(write("C", bearing(one)), 45)
    client.force_login(user)
    refused(write("C", {}), 45)
    assert client.get(URL).status_code == 200, "reading while signed in is not counted"
    assert write("C", bearing(make_token())).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_at_once_none_is_lost(settings):
    settings.CLAIMTRACK_THROTTLE_TOKEN = 10
    token = make_token(scope="read")
    seen = []

    def ask():
        client = Client()
        seen.extend(client.get(URL, headers=bearing(token)).status_code for _ in range(5))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (seen.count(200), seen.count(429)) == (10, 10)


# peer, X-Forwarded-For, address, reason
ADDRESSES = [
    ("192.0.2.1", "", "192.0.2.1", "straight"),
    ("192.0.2.1", "198.51.100.1", "192.0.2.1", "anybody may say so"),
    ("10.0.0.1", "198.51.100.1", "198.51.100.1", "a proxy of ours says so"),
    ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1", "what the client itself wrote stands before it"),
    ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1", "two proxies of ours"),
    ("10.0.0.1", "", "10.0.0.1", "ours, but it does not say"),
    ("10.0.0.1", "unknown", "10.0.0.1", "nor does this"),
    ("", "198.51.100.1", "198.51.100.1", "by a Unix socket"),
    ("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::/64", "a network of IPv6 is one"),
    ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1", "IPv4 written as IPv6"),
]


@pytest.mark.parametrize(("peer", "forwarded", "address", "reason"), ADDRESSES)
def test_whose_request_it_is(settings, peer, forwarded, address, reason):
    settings.CLAIMTRACK_TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)) == address, reason


def test_without_a_proxy_of_ours_the_peer_counts():
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "198.51.100.1"})
    assert client_address(request) == "10.0.0.1"
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="", headers={"X-Forwarded-For": "198.51.100.1"})) == ""

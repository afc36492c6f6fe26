"""deploy/nginx.conf in a real nginx before the site: nobody is handed what was made for somebody else."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from itertools import permutations
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from claimtrack import tokens
from tests.factories import make_claim, make_user, step

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
EXAMPLE = Path(django_settings.BASE_DIR / "deploy/nginx.conf")
CLAIMS = "/api/v1/claims/"
# The lines that keep readers with a token or session away from the cache. Without them the headers of the answers must do.
KEPT_AWAY = re.compile(r"^ *proxy_(?:cache_bypass|no_cache) .*\n", re.M)
MAIN = """
daemon off;
pid nginx.pid;
error_log error.log warn;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
    {site}
}}
"""

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]


def replaced(text, old, new):
    assert old in text, f"{EXAMPLE} has no {old!r}"
    return text.replace(old, new)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(params=["as it is", "by headers alone"])
def site(request, tmp_path, live_server, settings):
    """A function that asks the site through nginx, with a cache that is allowed an hour."""
    settings.CLAIMTRACK_CACHE_SECONDS = 3600
    port = free_port()
    text = EXAMPLE.read_text()
    text = replaced(text, "/var/cache/nginx/claimtrack", str(tmp_path / "cache"))
    text = replaced(text, "server 127.0.0.1:8000;", f"server {live_server.thread.host}:{live_server.thread.port};")
    text = replaced(text, "listen 80;", f"listen 127.0.0.1:{free_port()};")
    # A certificate is no part of what is tested.
    text = replaced(text, "listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = re.sub(r"^ *ssl_certificate.*\n", "", text, flags=re.M)
    if request.param == "by headers alone":
        assert len(KEPT_AWAY.findall(text)) == 2
        text = KEPT_AWAY.sub("", text)
    user = "user root;" if os.geteuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(MAIN.format(user=user, site=text))
    running = subprocess.Popen([NGINX, "-p", tmp_path, "-c", "nginx.conf", "-e", "error.log"])

    def ask(path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "127.0.0.1", **names})
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response, body

    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert running.poll() is None, (tmp_path / "error.log").read_text()
            time.sleep(0.05)
        ask.kept_away = request.param == "as it is"
        yield ask
    finally:
        running.terminate()
        running.wait(10)


def token_of(role):
    user = make_user(role)
    return f"Bearer {tokens.create_token(by=user, user=user, scope='admin', name='reader').secret}"


@pytest.fixture
def token():
    return token_of("moderator")


@pytest.fixture
def claims():
    """Two claims: readers see the first, and only moderators the second."""
    make_claim("checked", text="The ferry carried nine thousand people.")
    make_claim("proposed", text="The bridge is closed to lorries.")


def texts(body):
    return {text for text in ("The ferry carried", "The bridge is closed") if text in body}


def test_a_public_answer_is_kept(site, claims):
    first, body = site(CLAIMS)
    again, same = site(CLAIMS)
    assert (first.status, first.headers["X-Cache-Status"]) == (200, "MISS")
    assert (again.status, again.headers["X-Cache-Status"]) == (200, "HIT")
    assert body == same
    assert texts(body) == {"The ferry carried"}
    unchanged, nothing = site(CLAIMS, If_None_Match=first.headers["ETag"])
    assert (unchanged.status, unchanged.headers["X-Cache-Status"], nothing) == (304, "HIT", "")


def test_a_moderator_then_a_stranger(site, claims, token):
    assert texts(site(CLAIMS, Authorization=token)[1]) == {"The ferry carried", "The bridge is closed"}
    response, body = site(CLAIMS)
    assert (response.status, texts(body)) == (200, {"The ferry carried"})


def test_a_stranger_then_a_moderator(site, claims, token):
    assert texts(site(CLAIMS)[1]) == {"The ferry carried"}
    response, body = site(CLAIMS, Authorization=token)
    assert (response.status, texts(body)) == (200, {"The ferry carried", "The bridge is closed"})


def test_a_session_then_a_stranger(site, claims, client):
    client.force_login(make_user("moderator"))
    session = client.cookies["sessionid"].value
    assert texts(site(CLAIMS, Cookie=f"sessionid={session}")[1]) == {"The ferry carried", "The bridge is closed"}
    response, body = site(CLAIMS)
    assert (response.status, texts(body)) == (200, {"The ferry carried"})


def test_a_refused_token_then_a_stranger(site, claims):
    assert site(CLAIMS, Authorization="Bearer ct_none")[0].status == 401
    assert site(CLAIMS)[0].status == 200


def test_each_form_is_kept_for_itself(site, claims):
    assert site(CLAIMS, Accept="text/csv")[1].startswith("claim_id,")
    assert site(CLAIMS)[1].startswith("{")
    assert site(CLAIMS, Accept="text/csv")[1].startswith("claim_id,")


def test_without_the_setting_nothing_is_kept(site, claims, settings):
    settings.CLAIMTRACK_CACHE_SECONDS = 0
    assert [site(CLAIMS)[0].headers["X-Cache-Status"] for _ in range(2)] == ["MISS", "MISS"]


def test_the_desk_is_never_kept(site):
    assert [site("/admin/login/")[0].headers["X-Cache-Status"] for _ in range(2)] == [None, None]


STRANGER, CONTRIBUTOR, MODERATOR, SESSION, REFUSED = "stranger", "contributor", "moderator", "session", "refused"
# What the first of two sends beside who it is. nginx turns HEAD into GET, asks for the whole of a range, and keeps what comes.
FIRST = [
    ("GET", {}, "reads"),
    ("HEAD", {}, "asks for the headers"),
    ("GET", {"Range": "bytes=0-9"}, "asks for a part"),
    ("GET", {"If-None-Match": '"1"'}, "knows a version that a token was told"),
    ("GET", {"Origin": "https://reader.example"}, "is a page elsewhere"),
]


@pytest.mark.parametrize(("method", "headers", "why"), FIRST, ids=[row[2] for row in FIRST])
def test_of_any_two_each_gets_what_is_theirs(site, claims, client, method, headers, why):
    client.force_login(make_user("moderator"))
    who = {
        STRANGER: {},
        CONTRIBUTOR: {"Authorization": token_of("contributor")},
        MODERATOR: {"Authorization": token_of("moderator")},
        SESSION: {"Cookie": f"sessionid={client.cookies['sessionid'].value}"},
        REFUSED: {"Authorization": "Bearer ct_none"},
    }
    public, everything = {"The ferry carried"}, {"The ferry carried", "The bridge is closed"}
    theirs = {
        STRANGER: (200, public),
        CONTRIBUTOR: (200, public),
        MODERATOR: (200, everything),
        SESSION: (200, everything),
        REFUSED: (401, set()),
    }
    wrong = []
    for number, (first, second) in enumerate(permutations(who, 2)):
        # Each pair has an address, and so a place in the cache, of its own.
        path = f"{CLAIMS}?limit={number + 5}"
        site(path, method, **headers, **who[first])
        for reader in (second, first, second):
            if reader == SESSION and STRANGER in (first, second) and not site.kept_away:
                # Public answers do not vary by cookies, so without those two lines a session may be shown what the public sees.
                continue
            response, body = site(path, **who[reader])
            if (response.status, texts(body)) != theirs[reader]:
                wrong.append((first, second, reader, response.status))
    assert wrong == []


def test_a_page_elsewhere_may_read_what_was_kept_for_others(site, claims):
    assert site(CLAIMS)[0].headers["Access-Control-Allow-Origin"] is None
    for _ in range(2):
        assert site(CLAIMS, Origin="https://reader.example")[0].headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_not_there_yet_is_not_kept(site, client):
    claim = make_claim("proposed")
    path = f"{CLAIMS}{claim.pk}/"
    assert site(path)[0].status == 404
    step(claim, "unverified", by=make_user("moderator"))
    assert site(path)[0].status == 200


def test_a_head_of_an_export_is_short(site, claims):
    response, body = site("/api/v1/claims.ndjson", "HEAD")
    assert (response.status, body) == (200, "")
    assert site("/api/v1/claims.ndjson")[1].count("\n") == 1


def test_a_form_that_is_too_large_gets_the_desks_page(site):
    answer, body = site("/admin/sources/article/add/", method="POST", Content_Length=str(13 << 20))
    assert answer.status == 413 and "This form is too large" in body
    elsewhere, body = site("/api/v1/claims/", method="POST", Content_Length=str(13 << 20))
    assert elsewhere.status == 413 and "This form is too large" not in body

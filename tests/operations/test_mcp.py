"""Assistants read the ledger by the Model Context Protocol, with the package's own client, on each of its transports."""

import asyncio
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from threading import Thread

import httpx2
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from claims import curating
from claims.api.filters import CORRECTED
from claims.mcp import serving
from claims.mcp.asking import Caller
from claims.models import Claim
from claimtrack.models import Token
from tests.claimtrack.test_tokens import make_token
from tests.factories import make_claim, make_user
from tests.operations.conftest import MANAGE, SERVING

# pytest rewrites it when it is imported first, which Python 3.11 cannot do as deep in coroutines as the client does.
import_module("anyio._core._subprocesses")

TOOLS = ["search_claims", "match_text", "get_claim"]


@contextmanager
def serving_http():
    """Serve over HTTP in a thread of this process, and yield the address."""
    server = serving.http_server()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def address(served):
    with serving_http() as address:
        yield address


NO_LOG = django_settings.VAR_DIR / "no log here"


def stdio(ledger, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMTRACK_")}
    there = {
        "DATABASE_URL": ledger.url(SERVING),
        "CLAIMTRACK_DEBUG": "on",
        "CLAIMTRACK_LOG_KEY": str(NO_LOG),
        "CLAIMTRACK_VAR_DIR": str(django_settings.VAR_DIR),
    }
    return StdioServerParameters(command=sys.executable, args=[str(MANAGE), "mcp"], env=kept | there | environment)


@asynccontextmanager
async def over_http(address, token):
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http,
        streamable_http_client(address, http_client=http) as streams,
    ):
        yield streams


def call(server, *calls, mode="auto"):
    """Call the tools one after the other over one connection. Return what each answers, a refusal as text."""

    async def talk():
        async with Client(server, mode=mode) as client:
            assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    # In a thread of its own: tests in a browser leave a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        answers = thread.submit(lambda: asyncio.run(talk())).result()
    return [found.content[0].text if found.is_error else found.structured_content for found in answers]


def test_it_works_on_standard_input_and_output(served, client, settings):
    settings.CLAIMTRACK_LOG_KEY = NO_LOG
    claim = Claim.objects.public().filter(CORRECTED)[0]
    calls = [("search_claims", {"ids": [str(claim.pk)], "corrected": True}), ("get_claim", {"id": claim.pk})]
    found, read = call(stdio(served), *calls)
    of_the_api = client.get(f"/api/v1/claims/{claim.pk}/")
    assert found["claims"] == [{"page": f"http://127.0.0.1:8000/claims/{claim.pk}/", **of_the_api.json()}]
    assert read["claim"] == found["claims"][0]
    assert (read["url"], read["etag"]) == (f"http://127.0.0.1:8000/api/v1/claims/{claim.pk}/", of_the_api["ETag"])
    assert read["history"] == client.get(f"/api/v1/claims/{claim.pk}/reviews/").json()["results"]


def test_a_text_is_matched(served, client):
    claim = Claim.objects.public().filter(verdict__isnull=False, language="en").earliest("pk")
    text = f"Nobody here knows anything about it. {claim.text}"
    [found] = call(serving.make_server(Caller()), ("match_text", {"text": text, "limit": 1}))
    [_, sentence] = found["sentences"]
    assert (sentence["text"], sentence["matches"][0]["claim"], sentence["matches"][0]["same"]) == (
        claim.text,
        claim.pk,
        True,
    )
    of_the_api = client.get(f"/api/v1/claims/{claim.pk}/").json()
    assert {"page": f"http://127.0.0.1:8000/claims/{claim.pk}/", **of_the_api} in found["claims"]
    assert len(found["claims"]) == len({one["id"] for one in found["claims"]})


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_it_works_over_http(address, mode):
    asked = {"verdict": ["false", "mostly_false"], "limit": 1}
    [first] = call(address, ("search_claims", asked), mode=mode)
    [second] = call(address, ("search_claims", {**asked, "cursor": first["next_cursor"]}), mode=mode)
    assert {found["claims"][0]["verdict"]["code"] for found in (first, second)} <= {"false", "mostly_false"}
    assert first["claims"][0]["id"] != second["claims"][0]["id"]


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("search_claims", {"speeker": 3}, "400 Bad Request: There is no parameter “speeker”"),
        ("search_claims", {"said_after": "yesterday"}, "this takes a date such as 2025-09-05. (at said_after)"),
        ("search_claims", {"limit": 1000}, "this takes a whole number from 1 to 200"),
        ("match_text", {"text": "x" * 5001}, "400 Bad Request"),
        ("match_text", {"text": "It rained. " * 21}, "400 Bad Request"),
        ("match_text", {"text": ["It rained."]}, "(at text)"),
        ("match_text", {"text": "It rained.", "limit": 1000}, "(at limit)"),
        ("match_text", {}, "(at text)"),
        ("get_claim", {}, "get_claim takes the id of a claim, such as 17."),
        ("get_claim", {"id": "17/reviews"}, "get_claim takes the id of a claim, such as 17."),
        ("get_claim", {"id": 900000}, "404 Not Found: There is nothing here, or nothing that you may see."),
        ("review", {"id": 1, "to": "dismissed"}, "There is no tool “review”"),
    ],
)
def test_a_refusal_says_what_would_be_right(served, name, arguments, sentence):
    [refused] = call(serving.make_server(Caller()), (name, arguments))
    assert sentence in refused


def test_each_sees_what_the_api_shows_them(address):
    hidden = make_claim("proposed")
    asked = "get_claim", {"id": hidden.pk}
    [refused] = call(address, asked)
    assert refused.startswith("404 ")
    [refused] = call(over_http(address, make_token("moderator", Token.Scope.READ).secret), asked)
    assert refused.startswith("404 ")
    [found] = call(over_http(address, make_token("moderator").secret), asked)
    assert (found["claim"]["id"], found["claim"]["page"], found["etag"]) == (hidden.pk, None, f'"{hidden.version}"')


def test_a_hidden_claim_is_neither_matched_nor_found_by_others(address):
    text = "The lighthouse keeper of Quillmouth has forty-one parrots."
    hidden = make_claim("proposed", text=text, language="en")
    asked = ("match_text", {"text": text}), ("search_claims", {"q": "Quillmouth parrots"})
    for answer in call(address, *asked):
        assert hidden.pk not in [claim["id"] for claim in answer["claims"]]
    for answer in call(over_http(address, make_token("moderator").secret), *asked):
        assert answer["claims"][0]["id"] == hidden.pk


def test_the_token_of_standard_input_is_a_setting(served):
    hidden = make_claim("proposed")
    [found] = call(stdio(served, CLAIMTRACK_MCP_TOKEN=make_token("moderator").secret), ("get_claim", {"id": hidden.pk}))
    assert found["claim"]["status"] == "proposed"


def test_a_merged_claim_is_its_winner(served):
    loser = make_claim("unverified")
    winner = make_claim("unverified", speaker=loser.speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=make_user("editor"))
    [found] = call(serving.make_server(Caller()), ("get_claim", {"id": loser.pk}))
    assert (found["claim"]["id"], found["url"]) == (winner.pk, f"http://127.0.0.1:8000/api/v1/claims/{winner.pk}/")


def post(address, **headers):
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    return httpx2.post(address, json=message, headers=accept | headers)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost:6274"}, 200),  # an inspector on this machine
        ({"Origin": "https://pages.example"}, 403),
        ({"Host": "pages.example"}, 421),  # a page that had its name lead to loopback
        ({"Authorization": "Bearer ct_unknown"}, 401),
        ({"Authorization": "Basic eDp5"}, 401),
    ],
)
def test_whom_it_answers(address, headers, status):
    assert post(address, **headers).status_code == status


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_no_stream_stays_open(address, method):
    answer = httpx2.request(method, address, headers={"Accept": "text/event-stream"}, timeout=5)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_message_that_is_far_too_long_is_refused(address):
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"cursor": "x" * (serving.MOST_BYTES + 1)}}
    answer = httpx2.post(address, json=message, headers={"Accept": "application/json, text/event-stream"})
    assert answer.status_code == 413


def test_without_anonymous_reading_it_says_nothing_without_a_token(address, settings):
    settings.CLAIMTRACK_ANONYMOUS_READ = False
    refused = post(address)
    assert (refused.status_code, refused.json()["code"]) == (401, "not_authenticated")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="claimtrack"'
    [refused] = call(serving.make_server(Caller()), ("search_claims", {}))
    assert refused.startswith("401 ")
    [found] = call(over_http(address, make_token("contributor").secret), ("search_claims", {"limit": 1}))
    assert len(found["claims"]) == 1


def test_it_counts_with_the_api(address, settings):
    settings.CLAIMTRACK_THROTTLE_TOKEN = 2
    token = make_token("contributor").secret
    answers = [post(address, Authorization=f"Bearer {token}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"]


def test_without_the_package(monkeypatch):
    monkeypatch.delitem(sys.modules, "claims.mcp.serving")
    monkeypatch.delattr("claims.mcp.serving")
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    with pytest.raises(CommandError, match=r"This takes the optional package mcp: pip install .*mcp\.txt"):
        call_command("mcp")


def test_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        there = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CommandError, match=r"Cannot listen at 127\.0\.0\.1:.*in use"):
            call_command("mcp", "--http", there)


@pytest.mark.parametrize("there", ["8001", "pages.example", "127.0.0.1:99999", "http://127.0.0.1:8001"])
def test_an_address_to_listen_at_is_whole(there):
    with pytest.raises(CommandError, match=r"Give a host and a port, such as 127\.0\.0\.1:8001"):
        call_command("mcp", "--http", there)

"""Serve the tools, over standard input and output or over HTTP."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson
import uvicorn
from django.conf import settings
from django.db import connections
from django.urls import reverse
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams, TextContent
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from claims.mcp.asking import Caller, ask
from claims.mcp.tools import INSTRUCTIONS, TOOLS, Failed
from claimtrack import __version__

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PATH = "/mcp"
# Far more than the longest text that a tool accepts.
MOST_BYTES = 1 << 20

T = TypeVar("T")

# As many as in a worker of the API.
threads = ThreadPoolExecutor(settings.CLAIMTRACK_THREADS, thread_name_prefix="mcp")


async def _in_thread(call: Callable[..., T], *arguments: Any) -> T:
    def call_and_close() -> T:
        # Assistants ask rarely, and an idle thread should hold no connection to the database.
        try:
            return call(*arguments)
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(threads, call_and_close)


def make_server(own: Caller) -> Server[Any]:
    """Return the server of the protocol. `own` is the caller if the transport does not name one, as on standard input."""

    async def list_tools(context: ServerRequestContext[Any], params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[tool for tool, _ in TOOLS.values()])

    async def call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        caller = _caller(context.request) if context.request else own
        return await _in_thread(_result, caller, params.name, params.arguments or {})

    return Server(
        "claimtrack",
        version=__version__,
        title=settings.CLAIMTRACK_DESK_NAME,
        instructions=INSTRUCTIONS,
        website_url=settings.CLAIMTRACK_SITE_URL,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _result(caller: Caller, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """Call a tool. A refusal is a result too, so that the assistant can read it and correct itself."""
    if name not in TOOLS:
        return _refused(f"There is no tool “{name}”: {', '.join(TOOLS)}.")
    _, call = TOOLS[name]
    try:
        found = call(caller, arguments)
    except Failed as failed:
        return _refused(str(failed))
    return CallToolResult(content=[TextContent(text=orjson.dumps(found).decode())], structured_content=found)


def _refused(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=sentence)], is_error=True)


def _caller(request: HTTPConnection) -> Caller:
    return Caller(
        authorization=request.headers.get("Authorization", ""),
        address=request.client.host if request.client else "",
        forwarded_for=request.headers.get("X-Forwarded-For", ""),
    )


class LikeTheApi:
    """Accepts the clients that the API accepts: if the API's root refuses a client (401, 429), its answer is the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if scope["method"] != "POST":
                # A GET would open a stream that stays empty, since there are no sessions.
                await Response(status_code=405, headers={"Allow": "POST"})(scope, receive, send)
                return
            answer = await _in_thread(ask, _caller(HTTPConnection(scope)), "GET", reverse("root"))
            if answer.status != 200:
                await Response(answer.content, answer.status, answer.headers)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def http_app() -> ASGIApp:
    """Return the application for streamable HTTP. It keeps no sessions, so each request is authenticated by itself."""
    # Protects a server on loopback from web pages that resolve their own host name to it (DNS rebinding).
    hosts = [*settings.ALLOWED_HOSTS, *LOOPBACK]
    security = TransportSecuritySettings(
        allowed_hosts=[*hosts, *(f"{host}:*" for host in hosts)],
        allowed_origins=[settings.CLAIMTRACK_SITE_URL, *(f"http://{host}:*" for host in LOOPBACK)],
    )
    # Over HTTP, only the request says who calls.
    app = make_server(Caller()).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MOST_BYTES,
        transport_security=security,
    )
    return LikeTheApi(app)


def http_server() -> uvicorn.Server:
    config = uvicorn.Config(
        http_app(),
        log_config=None,
        access_log=False,
        # The API reads the address of a client behind a trusted proxy itself.
        proxy_headers=False,
        server_header=False,
        # The time that gunicorn gives the site (claimtrack.server).
        timeout_graceful_shutdown=(settings.CLAIMTRACK_STATEMENT_TIMEOUT or 30) + 5,
    )
    return uvicorn.Server(config)


def serve_stdio() -> None:
    token = settings.CLAIMTRACK_MCP_TOKEN
    server = make_server(Caller(authorization=f"Bearer {token}" if token else ""))

    async def serve() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    asyncio.run(serve())

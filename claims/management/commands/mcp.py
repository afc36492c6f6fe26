import socket
from argparse import ArgumentTypeError
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser

ADDRESS = "127.0.0.1:8001"
# What the extra brings.
EXTRA = {"mcp", "mcp_types", "starlette", "uvicorn"}


def address(text: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{text}")
        if parts.port is not None and parts.hostname and parts.netloc == text:
            return parts.hostname, parts.port
    except ValueError:
        pass
    raise ArgumentTypeError(f"Give a host and a port, such as {ADDRESS}.")


class Command(BaseCommand):
    help = (
        "Serve the ledger to assistants by the Model Context Protocol, to read. On standard input and output, it shows what the"
        " public may see, or with CLAIMTRACK_MCP_TOKEN what the token's user may see. See docs/mcp.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        help_text = f"Serve over HTTP, by default at {ADDRESS}; clients send tokens as for the API."
        parser.add_argument(
            "--http", metavar="HOST:PORT", nargs="?", type=address, const=address(ADDRESS), help=help_text
        )

    def handle(self, *args: str, **options: Any) -> None:
        try:
            from claims.mcp import serving
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in EXTRA:
                raise
            raise CommandError(
                "This takes the optional package mcp: pip install --require-hashes -r requirements/mcp.txt, or"
                " pip install 'claimtrack[mcp]'."
            ) from error
        if not options["http"]:
            serving.serve_stdio()
            return
        host, port = options["http"]
        try:
            listening = socket.create_server(options["http"], family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        except OSError as error:
            raise CommandError(f"Cannot listen at {host}:{port}: {error.strerror}.") from error
        self.stderr.write(
            f"Serving the Model Context Protocol at http://{host}:{listening.getsockname()[1]}{serving.PATH}"
        )
        with listening:
            serving.http_server().run(sockets=[listening])

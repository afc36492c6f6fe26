"""Fetch one page from an address that somebody typed, without giving access to the internal network.

requests-hardened resolves a host once, refuses private addresses, and connects to the address that it checked, which prevents DNS
rebinding. It limits neither size nor total time, and knows fewer special addresses. This module adds:

- only global unicast addresses (IANA's special-purpose registries), and no metadata servers of clouds;
- only ports 80 and 443;
- a check of each redirect like that of the first address;
- a limit on the decompressed body;
- a deadline for everything but name resolution, which has the resolver's own time-out.

Cookies, proxies, .netrc and certificates of the environment are not used.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import requests
import urllib3
from requests.utils import requote_uri
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection

from claimtrack.refusals import Amount, Message, reason
from sources.pages.canonical import split_url

MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
MAX_BYTES = 5_000_000  # of a page
MAX_VALIDATOR = 500  # characters

_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_PORTS = frozenset({None, 80, 443})
_GLOBAL_UNICAST_V6 = ipaddress.ip_network("2000::/3")
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})  # Azure's; those of other clouds are not public
_CHUNK = 65_536
_PERMANENT = frozenset({301, 308})
_NOT_MODIFIED = 304
_TEMPORARY = frozenset({408, 425, 429})  # and all from 500


class FetchError(ValueError):
    """The page could not be fetched. The message is a sentence for the person who gave the address.

    `code` is one of url, address_refused, too_many_redirects, too_large, timeout, content_type, http_status, connection.
    `status` is that of the answer, if there was one, and `retry_after` the pause in seconds that the server asks for.
    """

    def __init__(self, code: str, message: str, *, status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.retry_after = retry_after

    @property
    def is_temporary(self) -> bool:
        """Whether a later attempt may succeed."""
        answered_so = self.status in _TEMPORARY or self.status >= 500
        return answered_so or self.code in ("timeout", "connection")


@dataclass(frozen=True)
class Validators:
    """The validators of a page that a server sent before (RFC 9110), so that it need not send the same page again."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Fetched:
    """A page as its server sent it, decompressed."""

    url: str  # as requested
    final_url: str  # after redirects
    status: int
    media_type: str  # one of MEDIA_TYPES
    content_type: str  # the whole header, for decoding
    body: bytes
    validators: Validators = Validators()
    moved: bool = False  # whether all redirects were permanent

    @property
    def redirected(self) -> bool:
        return self.final_url != self.url

    @property
    def not_modified(self) -> bool:
        """Whether the server answered that the page still has these validators, without sending it."""
        return self.status == _NOT_MODIFIED


def fetch(
    url: str,
    *,
    user_agent: str,
    timeout: float = 20.0,
    max_bytes: int = MAX_BYTES,
    max_redirects: int = 5,
    allow: frozenset[str] = frozenset(),
    known: Validators | None = None,
    before_each: Callable[[str], None] | None = None,
) -> Fetched:
    """GET a page of HTML or plain text within `timeout` seconds, redirects included.

    `allow` names IP addresses that may be connected to on any port although they are not public, for tests. `known` are the
    validators of the page as it was read before. `before_each` is called with each address before it is requested, and may refuse.
    Raises FetchError.
    """
    deadline = time.monotonic() + timeout
    target, moved = url, True
    conditions = known.headers() if known else {}
    for _ in range(max_redirects + 1):
        with (
            _Sockets(deadline) as sockets,
            _translated_errors(sockets),
            _session(sockets, user_agent, allow) as session,
        ):
            address = _address(target)
            if before_each:
                before_each(address)
            with session.get(
                address, stream=True, allow_redirects=False, timeout=sockets.seconds_left(), headers=conditions
            ) as response:
                sockets.seconds_left()  # if the sockets are shut down during the headers, these seem complete
                location = session.get_redirect_target(response)
                if location is None:
                    moved = moved and target != url
                    if conditions and response.status_code == _NOT_MODIFIED:
                        return Fetched(url, address, _NOT_MODIFIED, "", "", b"", known or Validators(), moved)
                    media_type = _media_type(response, max_bytes)
                    body = _body(response, sockets, max_bytes)
                    content_type = response.headers["Content-Type"]
                    now = _validators(response)
                    return Fetched(url, address, response.status_code, media_type, content_type, body, now, moved)
                moved = moved and response.status_code in _PERMANENT
                target = urljoin(address, requote_uri(location))
    raise FetchError(
        "too_many_redirects",
        Message("The address redirects more than %(limit)s times.", {"limit": max_redirects}),
    )


@contextmanager
def connected(
    url: str, *, user_agent: str, timeout: float, allow: frozenset[str]
) -> Iterator[tuple[HTTPSession, str, Callable[[], float]]]:
    """Open a session for one request with the same protection, for methods other than GET.

    Yields the session, the address to ask for, and a function that returns the seconds left until the deadline, or raises
    FetchError after it. Raises FetchError.
    """
    with (
        _Sockets(time.monotonic() + timeout) as sockets,
        _translated_errors(sockets),
        _session(sockets, user_agent, allow) as session,
    ):
        yield session, _address(url), sockets.seconds_left


class _Sockets:
    """The sockets of one request. At the deadline they are shut down, which ends slow and hanging reads.

    Socket time-outs only limit the wait for the next byte. The sockets are duplicates, because TLS takes over the original.
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._shut_down)
        self._timer.daemon = True

    def __enter__(self) -> "_Sockets":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        for sock in self._sockets:
            sock.close()

    def seconds_left(self) -> float:
        """Return the time left, more than 0. Raises FetchError after the deadline."""
        if self.is_over():
            raise _too_slow()
        return max(0.001, self._deadline - time.monotonic())

    def is_over(self) -> bool:
        return time.monotonic() >= self._deadline

    def registering(self, connection_class: type[HTTPConnection]) -> type:
        """Return a subclass of the connection class that registers its sockets here."""

        def connect(connection: HTTPConnection) -> socket.socket:
            sock = connection_class._new_conn(connection)
            self._sockets.append(sock.dup())
            if self.is_over():
                self._shut_down()
            return sock

        return type(connection_class.__name__, (connection_class,), {"_new_conn": connect})

    def _shut_down(self) -> None:
        for sock in self._sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _PublicOnly(IPFilterAdapter):
    """Connects only to public addresses, and registers the sockets for the deadline."""

    def __init__(self, sockets: _Sockets, allow: frozenset[str], *, is_https_proto: bool) -> None:
        super().__init__(is_https_proto=is_https_proto, allow_loopback=bool(allow))
        self._deadline_sockets = sockets
        self._allow = allow

    def build_connection_pool_key_attributes(
        self, *args: object, **kwargs: object
    ) -> tuple[dict[str, object], dict[str, object]]:
        host_params, pool_kwargs = super().build_connection_pool_key_attributes(*args, **kwargs)
        address = ipaddress.ip_address(host_params["host"].strip("[]"))
        if str(address) not in self._allow and not (_is_public(address) and host_params["port"] in _PORTS):
            raise InvalidIPAddress(address)
        return host_params, pool_kwargs

    def get_connection_with_tls_context(self, *args: object, **kwargs: object) -> urllib3.HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = self._deadline_sockets.registering(pool.ConnectionCls)
        return pool


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST_V6:
        return False
    return address.is_global and not address.is_multicast and address not in _METADATA


def _address(url: str) -> str:
    try:
        return split_url(url).geturl()
    except ValueError as error:
        raise FetchError("url", reason(error)) from error


def _session(sockets: _Sockets, user_agent: str, allow: frozenset[str]) -> HTTPSession:
    """Return a session for one request, so that no cookie is kept."""
    session = HTTPSession(
        Config(ip_filter_enable=True, ip_filter_allow_loopback_ips=False, never_redirect=True, default_timeout=None)
    )
    session.trust_env = False
    session.headers.update(
        {"User-Agent": user_agent, "Accept": ", ".join(MEDIA_TYPES), "Accept-Encoding": "gzip, deflate"}
    )
    for scheme in ("http", "https"):
        session.mount(f"{scheme}://", _PublicOnly(sockets, allow, is_https_proto=scheme == "https"))
    return session


def _media_type(response: requests.Response, max_bytes: int) -> str:
    """Return the media type if the headers announce a page that can be used. Raises FetchError."""
    if response.status_code != 200:
        raise FetchError(
            "http_status",
            Message("The server answered with status %(status_code)s.", {"status_code": response.status_code}),
            status=response.status_code,
            retry_after=seconds_of(response.headers.get("Retry-After", "")),
        )
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise FetchError(
            "content_type",
            Message(
                "The address holds “%(media_type)s”, which is neither HTML nor plain text.",
                {"media_type": media_type or Message("unknown")},
            ),
        )
    if response.headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
        raise FetchError("content_type", Message("The page is compressed in a way that was not requested."))
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise _too_large(max_bytes)
    return media_type


def _validators(response: requests.Response) -> Validators:
    """Return the validators of an answer. Longer ones than a column takes are left out."""
    found = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Validators(*(value if len(value) <= MAX_VALIDATOR and value.isprintable() else "" for value in found))


def seconds_of(retry_after: str) -> float:
    """Return the seconds that a header Retry-After asks for, as a number or as a date. 0 if it cannot be read."""
    value = retry_after.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _body(response: requests.Response, sockets: _Sockets, max_bytes: int) -> bytes:
    body = bytearray()
    # read1 returns at most this many bytes after decompression.
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
        sockets.seconds_left()
    sockets.seconds_left()  # if the sockets are shut down, a body without Content-Length seems complete
    return bytes(body)


@contextmanager
def _translated_errors(sockets: _Sockets) -> Iterator[None]:
    """Raise FetchError instead of the errors of the libraries."""
    try:
        yield
    except FetchError:
        raise
    except InvalidIPAddress as error:
        raise FetchError("address_refused", Message("The address does not lead to a public web server.")) from error
    except ValueError as error:
        raise FetchError("url", Message("The URL, or one that it redirects to, cannot be read.")) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        if sockets.is_over() or isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
            raise _too_slow() from error
        raise FetchError("connection", Message("The server could not be reached, or closed the connection.")) from error


def _too_large(max_bytes: int) -> FetchError:
    return FetchError("too_large", Message("The page is larger than %(limit)s bytes.", {"limit": Amount(max_bytes)}))


def _too_slow() -> FetchError:
    return FetchError("timeout", Message("The server took too long to answer."))

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests_hardened.ip_filter

from claimtrack.refusals import Message
from sources.pages.fetching import Fetched, FetchError, Validators, fetch, seconds_of

AGENT = "claimtrack/0.1 (+https://desk.example)"
LOOPBACK = frozenset({"127.0.0.1"})
PAGE = b"<html><body><p>The old pier is closed.</p></body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Site(ThreadingHTTPServer):
    """A web site on loopback: `pages` maps a path to (status, headers, chunks of the raw body)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.pages: dict[str, tuple[int, dict[str, str], list[bytes]]] = {}
        self.seen: list[dict[str, str]] = []
        self.closing = threading.Event()

    def handle_error(self, *_):
        """A client that hangs up is not an error here."""


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self):
        self.server.seen.append({"path": self.path, **self.headers})
        if self.path == "/silent":
            self.server.closing.wait()
        elif self.path == "/dripping-head":
            self.drip(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        elif self.path == "/dripping-body":
            self.drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        elif self.path in self.server.pages:
            status, headers, chunks = self.server.pages[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for chunk in chunks:
                self.wfile.write(chunk)
        else:
            self.send_error(404)

    def drip(self, start: bytes) -> None:
        self.wfile.write(start)
        for _ in range(200):  # 4 seconds: a client without a deadline comes back, but late
            if self.server.closing.wait(0.02):
                break
            self.wfile.write(b"x")

    def log_message(self, *_):
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()


def get(url: str, *, timeout: float = 10, max_bytes: int = 5_000_000, allow: frozenset[str] = LOOPBACK) -> Fetched:
    return fetch(url, user_agent=AGENT, timeout=timeout, max_bytes=max_bytes, allow=allow)


def refusal(url: str, **options) -> str:
    with pytest.raises(FetchError) as caught:
        get(url, **options)
    # A sentence that pages can translate.
    assert isinstance(caught.value.args[0], Message) and caught.value.args[0].endswith(".")
    return caught.value.code


def test_it_works(site):
    site.pages["/pier"] = (200, HTML, [PAGE])
    assert get(f" {site.url}/pier#top ") == Fetched(
        url=f" {site.url}/pier#top ",
        final_url=f"{site.url}/pier#top",
        status=200,
        media_type="text/html",
        content_type="text/html; charset=utf-8",
        body=PAGE,
    )


def test_what_is_sent(site, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    site.pages["/old"] = (302, {"Location": "/pier", "Set-Cookie": "reader=7"}, [])
    site.pages["/pier"] = (200, HTML, [PAGE])
    get(f"{site.url}/old")
    assert [request["path"] for request in site.seen] == ["/old", "/pier"]
    for request in site.seen:
        assert request["User-Agent"] == AGENT
        assert request["Host"] == f"127.0.0.1:{site.server_port}"
        assert not {"Cookie", "Authorization"} & set(request)


def test_redirects_are_followed(site):
    for number, status in enumerate([301, 302, 303, 307, 308]):
        site.pages[f"/{number}"] = (
            status,
            {"Location": f"{site.url}/{number + 1}" if number % 2 else f"{number + 1}"},
            [],
        )
    site.pages["/5"] = (200, HTML, [PAGE])
    assert get(f"{site.url}/0").final_url == f"{site.url}/5"


def test_a_redirect_to_an_unencoded_address(site):
    site.pages["/old"] = (302, {"Location": "/old pier"}, [])
    site.pages["/old%20pier"] = (200, HTML, [PAGE])
    assert get(f"{site.url}/old").body == PAGE


def test_too_many_redirects(site):
    for number in range(6):
        site.pages[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, [])
    site.pages["/6"] = (200, HTML, [PAGE])
    assert refusal(f"{site.url}/0") == "too_many_redirects"
    assert len(site.seen) == 6


REFUSED_ADDRESSES = [
    ("http://127.0.0.1/", "loopback"),
    ("http://127.9.9.9/", "all of loopback"),
    ("http://localhost/", "loopback by name"),
    ("http://2130706433/", "loopback as one number"),
    ("http://0x7f000001/", "loopback in hexadecimal"),
    ("http://0177.0.0.1/", "loopback in octal"),
    ("http://127.1/", "loopback, shortened"),
    ("http://0.0.0.0/", "this host"),
    ("http://10.0.0.1/", "private"),
    ("http://172.16.0.1/", "private"),
    ("http://192.168.0.1/", "private"),
    ("http://100.64.0.1/", "behind a provider's NAT, where clouds keep services"),
    ("http://169.254.10.10/", "link-local"),
    ("http://169.254.169.254/latest/meta-data/", "the metadata of most clouds"),
    ("http://168.63.129.16/", "Azure's metadata"),
    ("http://192.0.0.192/", "Oracle's metadata"),
    ("http://192.0.2.1/", "documentation"),
    ("http://192.88.99.1/", "6to4 relay"),
    ("http://198.18.0.1/", "benchmarks"),
    ("http://224.0.0.1/", "multicast"),
    ("http://240.0.0.1/", "reserved"),
    ("http://255.255.255.255/", "broadcast"),
    ("http://[::1]/", "loopback"),
    ("http://[::]/", "this host"),
    ("http://[::ffff:127.0.0.1]/", "IPv4 loopback inside IPv6"),
    ("http://[::ffff:a9fe:a9fe]/", "IPv4 metadata inside IPv6"),
    ("http://[::7f00:1]/", "IPv4-compatible, the older form"),
    ("http://[64:ff9b::7f00:1]/", "IPv4 through NAT64"),
    ("http://[64:ff9b:1::1]/", "local-use NAT64"),
    ("http://[2002:7f00:1::]/", "IPv4 through 6to4"),
    ("http://[2001:0:7f00:1::]/", "IPv4 through Teredo"),
    ("http://[2001:db8::1]/", "documentation"),
    ("http://[3fff::1]/", "documentation, the newer block"),
    ("http://[fe80::1]/", "link-local"),
    ("http://[fec0::1]/", "site-local"),
    ("http://[fd00:ec2::254]/", "unique local, Amazon's metadata"),
    ("http://[ff02::1]/", "multicast"),
    ("http://[5f00::1]/", "segment routing"),
    ("http://[4000::1]/", "not assigned to anybody"),
    ("http://198.41.0.4:25/", "a public address, but no web server's port"),
    ("https://198.41.0.4:8443/", "nor this one"),
]


@pytest.mark.parametrize(("url", "why"), REFUSED_ADDRESSES)
def test_refused_addresses(url, why, monkeypatch):
    # So that IPv6 literals are looked at where the machine has no IPv6.
    monkeypatch.setattr(requests_hardened.ip_filter, "allowed_gai_family", lambda: socket.AF_UNSPEC)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connected"))
    assert refusal(url, allow=frozenset()) == "address_refused", why


@pytest.mark.parametrize("location", ["http://127.0.0.2/", "http://10.0.0.1/", "//169.254.169.254/", "http://[::1]/"])
def test_a_redirect_to_a_refused_address(site, location, monkeypatch):
    monkeypatch.setattr(requests_hardened.ip_filter, "allowed_gai_family", lambda: socket.AF_UNSPEC)
    site.pages["/old"] = (302, {"Location": location}, [])
    assert refusal(f"{site.url}/old") == "address_refused"


@pytest.mark.parametrize(
    "location", ["ftp://norvik.example/", "file:///etc/passwd", "http://ann:secret@norvik.example/", "http://["]
)
def test_a_redirect_to_no_web_address(site, location):
    site.pages["/old"] = (302, {"Location": location}, [])
    assert refusal(f"{site.url}/old") == "url"


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Make names resolve to each of the addresses in turn; returns the names asked for so far."""
    real, left, asked = socket.getaddrinfo, list(answers), []

    def getaddrinfo(name, *args, **kwargs):
        if name == "norvik.example":
            asked.append(name)
            name = left.pop(0)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_of_a_private_address(monkeypatch):
    resolver(monkeypatch, "10.0.0.1")
    assert refusal("http://norvik.example/") == "address_refused"


def test_a_name_is_resolved_once(site, monkeypatch):
    site.pages["/pier"] = (200, HTML, [PAGE])
    asked = resolver(monkeypatch, "127.0.0.1", "10.0.0.1")
    assert get(f"http://norvik.example:{site.server_port}/pier").body == PAGE
    assert asked == ["norvik.example"]
    assert site.seen[0]["Host"] == f"norvik.example:{site.server_port}"


def test_a_name_is_checked_again_after_a_redirect(site, monkeypatch):
    site.pages["/old"] = (302, {"Location": "/pier"}, [])
    site.pages["/pier"] = (200, HTML, [PAGE])
    resolver(monkeypatch, "127.0.0.1", "10.0.0.1")
    assert refusal(f"http://norvik.example:{site.server_port}/old") == "address_refused"


@pytest.mark.parametrize(
    "url",
    ["", "pier", "ftp://norvik.example/", "file:///etc/passwd", "http://ann:secret@norvik.example/", "http:///pier"],
)
def test_no_web_address(url):
    assert refusal(url) == "url"


@pytest.mark.parametrize(
    "url", [f"http://{'a' * 64}.example/", "http://norvik..example/", "http://\u200f.example/", "http://１２７.0.0.1/"]
)
def test_no_host_name(url):
    assert refusal(url) == "url"


@pytest.mark.parametrize("status", [204, 206, 304, 401, 404, 500, 503])
def test_a_status_other_than_200(site, status):
    site.pages["/pier"] = (status, HTML, [])
    assert refusal(f"{site.url}/pier") == "http_status"


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/json", "text/html2", "", None])
def test_another_content_type(site, content_type):
    site.pages["/pier"] = (200, {} if content_type is None else {"Content-Type": content_type}, [PAGE])
    assert refusal(f"{site.url}/pier") == "content_type"


@pytest.mark.parametrize("content_type", ["text/plain", "TEXT/HTML;charset=x", "application/xhtml+xml ; charset=utf-8"])
def test_accepted_content_types(site, content_type):
    site.pages["/pier"] = (200, {"Content-Type": content_type}, [PAGE])
    assert get(f"{site.url}/pier").content_type == content_type


def test_a_body_of_just_the_size(site):
    site.pages["/pier"] = (200, HTML, [b"x" * 70_000])
    assert len(get(f"{site.url}/pier", max_bytes=70_000).body) == 70_000


def test_too_large_as_declared(site):
    site.pages["/pier"] = (200, {**HTML, "Content-Length": "5000001"}, [])
    assert refusal(f"{site.url}/pier") == "too_large"


def test_too_large_undeclared(site):
    site.pages["/pier"] = (200, HTML, [b"x" * 50_000] * 4)
    assert refusal(f"{site.url}/pier", max_bytes=199_999) == "too_large"


@pytest.mark.parametrize(("encoding", "compress"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_compressed(site, encoding, compress):
    site.pages["/pier"] = (200, {**HTML, "Content-Encoding": encoding}, [compress(PAGE)])
    assert get(f"{site.url}/pier").body == PAGE


def test_a_body_that_is_large_once_decompressed(site):
    bomb = gzip.compress(b"x" * 20_000_000)
    assert len(bomb) < 20_000
    site.pages["/pier"] = (200, {**HTML, "Content-Encoding": "gzip", "Content-Length": str(len(bomb))}, [bomb])
    assert refusal(f"{site.url}/pier") == "too_large"


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip"])
def test_compressed_otherwise(site, encoding):
    site.pages["/pier"] = (200, {**HTML, "Content-Encoding": encoding}, [gzip.compress(gzip.compress(PAGE))])
    assert refusal(f"{site.url}/pier") == "content_type"


@pytest.mark.parametrize("path", ["/silent", "/dripping-head", "/dripping-body"])
def test_the_deadline(site, path):
    started = time.monotonic()
    assert refusal(f"{site.url}{path}", timeout=0.2) == "timeout"
    assert time.monotonic() - started < 3


def test_the_deadline_covers_redirects(site):
    site.pages["/old"] = (302, {"Location": "/silent"}, [])
    assert refusal(f"{site.url}/old", timeout=0.2) == "timeout"


def test_nobody_listens():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert refusal(f"http://127.0.0.1:{unused.getsockname()[1]}/") == "connection"


def test_a_name_that_does_not_resolve(monkeypatch):
    def getaddrinfo(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert refusal("http://norvik.example/") == "connection"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Length": "100"}, b"half"),
        ({"Transfer-Encoding": "chunked"}, b"64\r\nhalf"),
        ({"Content-Encoding": "gzip"}, b"no gzip"),
    ],
)
def test_a_broken_body(site, headers, body):
    site.pages["/pier"] = (200, {**HTML, **headers}, [body])
    assert refusal(f"{site.url}/pier") == "connection"


def test_chunked(site):
    site.pages["/pier"] = (
        200,
        {**HTML, "Transfer-Encoding": "chunked"},
        [b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)],
    )
    assert get(f"{site.url}/pier").body == PAGE


def test_a_page_is_asked_for_on_condition(site):
    said = {**HTML, "ETag": '"one"', "Last-Modified": "Sat, 02 May 2026 10:00:00 GMT"}
    site.pages["/page"] = (200, said, [PAGE])
    first = fetch(f"{site.url}/page", user_agent=AGENT, allow=LOOPBACK)
    assert first.validators == Validators('"one"', "Sat, 02 May 2026 10:00:00 GMT") and not first.not_modified
    site.pages["/page"] = (304, {}, [])
    again = fetch(f"{site.url}/page", user_agent=AGENT, allow=LOOPBACK, known=first.validators)
    assert (again.not_modified, again.validators, again.body) == (True, first.validators, b"")
    assert (site.seen[-1]["If-None-Match"], site.seen[-1]["If-Modified-Since"]) == (
        '"one"',
        first.validators.last_modified,
    )
    with pytest.raises(FetchError) as error:
        fetch(f"{site.url}/page", user_agent=AGENT, allow=LOOPBACK)
    assert error.value.status == 304, "nobody asked on condition"


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False), (307, False)])
def test_whether_a_page_moved_for_good(site, status, moved):
    site.pages["/old"] = (status, {"Location": "/new"}, [])
    site.pages["/new"] = (200, HTML, [PAGE])
    asked = []
    found = fetch(f"{site.url}/old", user_agent=AGENT, allow=LOOPBACK, before_each=asked.append)
    assert (found.moved, found.redirected) == (moved, True)
    assert asked == [f"{site.url}/old", f"{site.url}/new"]
    assert not fetch(f"{site.url}/new", user_agent=AGENT, allow=LOOPBACK).moved


def test_how_long_a_server_wants_to_be_left_alone(site):
    site.pages["/busy"] = (503, {"Retry-After": "120"}, [])
    with pytest.raises(FetchError) as error:
        fetch(f"{site.url}/busy", user_agent=AGENT, allow=LOOPBACK)
    assert (error.value.status, error.value.retry_after) == (503, 120)
    assert seconds_of("Wed, 01 Jan 2020 00:00:00 GMT") == seconds_of("soon") == seconds_of("") == 0
    assert seconds_of("Fri, 01 Jan 2100 00:00:00 GMT") > 10**8

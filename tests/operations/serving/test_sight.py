"""Metrics and logs of a real gunicorn with two workers."""

import json
import socket
import urllib.request

import pytest

from claimtrack import __version__
from tests.factories import make_claim

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def scrape(address):
    """The samples that Prometheus would read."""
    with urllib.request.urlopen(f"http://{address}/metrics") as response:
        lines = response.read().decode().splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


def test_workers_count_together(serve, address):
    claim = make_claim("unverified")
    site = serve("--workers", "2", CLAIMTRACK_METRICS=address)
    for _ in range(20):
        assert site.request(f"/api/v1/claims/{claim.pk}/")[0].status == 200
    assert site.request("/api/v1/claims/?speeker=3")[0].status == 400
    assert site.request("/api/v1/claims/", method="SPY")[0].status == 401
    found = scrape(address)
    detail = "api/v1/claims/<int:pk>/"
    assert found[f'claimtrack_requests_total{{method="GET",route="{detail}",status="200"}}'] == 20
    assert found['claimtrack_requests_total{method="GET",route="api/v1/claims/",status="400"}'] == 1
    assert found['claimtrack_requests_total{method="other",route="api/v1/claims/",status="401"}'] == 1
    assert found[f'claimtrack_request_duration_seconds_count{{route="{detail}"}}'] == 20
    took = found[f'claimtrack_request_duration_seconds_sum{{route="{detail}"}}']
    assert 0 < found[f'claimtrack_database_seconds_total{{route="{detail}"}}'] < took


@pytest.mark.parametrize("on", [False, True])
def test_readers_never_get_metrics(serve, address, on):
    site = serve(**({"CLAIMTRACK_METRICS": address} if on else {}))
    for path in ("/metrics", "/metrics/"):
        response, body = site.request(path)
        assert response.status == 404
        assert "claimtrack_requests" not in body


def test_they_are_off_by_default(serve, address):
    serve()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) != 0


def test_health_and_log_lines(serve):
    site = serve()
    response, body = site.request("/readyz", Host="anything.example")
    assert (response.status, json.loads(body)["version"]) == (200, __version__)
    response, _ = site.request("/api/v1/?key=swordfish", X_Request_ID="from-the-proxy")
    assert response.headers["X-Request-ID"] == "from-the-proxy"
    # The first request that has a line: health has none.
    line = site.line("request")
    assert (line["request_id"], line["route"]) == ("from-the-proxy", "api/v1/")
    assert "swordfish" not in json.dumps(line)


def test_what_gunicorn_refuses_is_logged_without_its_words(serve):
    site = serve()
    with socket.create_connection(("127.0.0.1", site.port), 60) as odd:
        odd.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization Bearer ct_swordfish\r\n\r\n")
        assert odd.recv(100).startswith(b"HTTP/1.1 400 ")
    line = site.line("A request could not be read")
    assert "swordfish" not in json.dumps(line)


def test_asking_for_the_headers_alone_is_no_warning(serve):
    site = serve()
    for path in ("/api/v1/", "/api/v1/claims/"):
        response, body = site.request(path, method="HEAD")
        assert (response.status, body) == (200, "")
    site.stop()
    lines = [site.lines.get() for _ in range(site.lines.qsize())]
    assert sum('"event": "request"' in line for line in lines) == 2
    assert not [line for line in lines if "body" in line]

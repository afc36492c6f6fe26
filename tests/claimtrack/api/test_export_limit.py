"""How many exports one process sends at a time."""

from threading import BoundedSemaphore

import pytest

from claimtrack.api import exports
from tests.factories import make_claim

pytestmark = pytest.mark.django_db

EXPORTS = [
    ("/api/v1/claims.ndjson", {}),
    ("/api/v1/claims.csv", {}),
    ("/api/v1/claims.jsonld", {}),
    ("/api/v1/claims/", {"Accept": "application/x-ndjson"}),
    ("/api/v1/claims/", {"Accept": "text/csv"}),
    ("/feeds/claimreview/", {}),
]


@pytest.fixture(autouse=True)
def one(monkeypatch):
    monkeypatch.setattr(exports, "free", BoundedSemaphore(1))
    make_claim("checked")


@pytest.mark.parametrize(("path", "headers"), EXPORTS)
def test_they_share_one_limit(client, path, headers):
    first = client.get("/api/v1/claims.ndjson")
    response = client.get(path, headers=headers)
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert response.json()["code"] == "too_many_exports"
    assert b"".join(first.streaming_content)
    assert client.get(path, headers=headers).status_code == 200


# The end of a request gives its connection back, which a test in one transaction would not survive.
@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_closed_early_counts_no_more(client):
    first = client.get("/api/v1/claims.ndjson")
    first.close()
    first.close()
    assert client.get("/api/v1/claims.ndjson").status_code == 200


def test_one_that_is_refused_never_counts(client):
    assert client.get("/api/v1/claims.ndjson?speeker=3").status_code == 400
    assert client.get("/api/v1/claims.ndjson").status_code == 200


def test_one_that_an_error_replaces_counts_no_more():
    exports.ExportResponse(iter(()))
    exports.ExportResponse(iter(()))


def test_pages_are_no_exports(client):
    held = client.get("/api/v1/claims.ndjson")
    assert client.get("/api/v1/claims/").status_code == 200
    assert b"".join(held.streaming_content)

import logging

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from claimtrack import __version__, health

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_it_is_well_whatever_the_host_and_the_scheme(client, caplog, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    with caplog.at_level(logging.INFO):
        response = client.get(path, headers={"Host": "10.3.0.7:9999"})
    assert response.status_code == 200
    assert (response.json()["status"], response.json()["version"]) == ("ok", __version__)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Request-ID"]
    assert caplog.records == []


def test_livez_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/livez").json() == {"status": "ok", "version": __version__}


def test_readyz_asks_the_database_little(client, django_assert_num_queries):
    health._migrations()
    with django_assert_num_queries(3):  # Django looks whether the table of migrations is there; and one for jobs
        assert client.get("/readyz").json()["migrations"] == "ok"


def test_a_migration_that_is_missing_is_named(client, caplog):
    MigrationRecorder(connection).record_unapplied("claims", "0001_search")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "unavailable",
        "version": __version__,
        "database": "ok",
        "migrations": "missing: claims.0001_search",
    }
    assert "Not ready." in caplog.text
    assert client.get("/livez").status_code == 200


def test_a_database_that_is_ahead_is_ready(client):
    MigrationRecorder(connection).record_applied("claims", "9999_of_the_next_version")
    assert client.get("/readyz").status_code == 200


def test_a_database_that_is_away(client, monkeypatch):
    def away(self):
        raise OperationalError("connection refused")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert (response.json()["database"], response.json()["migrations"]) == ("away", "unknown")


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_they_are_only_read(client, path):
    assert client.head(path).status_code == 200
    response = client.post(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/livez/", "/readyz/x", "/metrics", "/metrics/"])
def test_nothing_else_is_served_there(client, path):
    assert client.get(path).status_code == 404

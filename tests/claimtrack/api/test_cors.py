"""Any page may read what is public, and nothing else."""

import pytest

from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db

ORIGIN = {"Origin": "https://reader.example"}


def preflight(client, path, method, *headers):
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": ", ".join(headers)}
    return client.options(path, headers={**ORIGIN, **asked})


def test_it_works(client):
    make_claim("checked")
    response = client.get("/api/v1/claims/", headers=ORIGIN)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response and not response.cookies
    assert {"ETag", "Link", "Retry-After"} <= set(response["Access-Control-Expose-Headers"].split(", "))


def test_no_page_may_write_or_send_a_token(client):
    allowed = preflight(client, "/api/v1/claims/", "POST", "authorization", "content-type")
    assert allowed["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "authorization" not in allowed["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in allowed


def test_no_page_reads_what_a_write_is_answered(client):
    client.force_login(make_user("contributor"))
    response = client.post("/api/v1/topics/", {"name": "A"}, content_type="application/json", headers=ORIGIN)
    assert response.status_code == 201 and "Access-Control-Allow-Origin" not in response


def test_the_admin_is_closed(client):
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/", headers=ORIGIN)

"""The export of the queue: the rows of the list, in the forms of the API."""

import csv
import io
import json
from threading import BoundedSemaphore

import pytest
from django.urls import reverse

from claims.models import Claim
from tests import factories

LIST = reverse("admin:claims_claim_changelist")
CSV, NDJSON = reverse("admin:claims_claim_csv"), reverse("admin:claims_claim_ndjson")


def export(client, address):
    answer = client.get(address)
    return b"".join(answer).decode()


def ids(client, query=""):
    return [json.loads(line)["id"] for line in export(client, NDJSON + query).splitlines()]


@pytest.fixture
def claims(db):
    return {status: factories.make_claim(status) for status in factories.WAYS}


def test_it_works(desk, claims):
    answer = desk.get(f"{CSV}?view=decided")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "text/csv; charset=utf-8; header=present",
        'attachment; filename="claims.csv"',
    )
    content = b"".join(answer).decode()
    assert content.startswith("\ufeffclaim_id,")
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    wanted = [claims[status] for status in ("withdrawn", "dismissed", "checked")]
    assert [row["text"] for row in rows] == [claim.text for claim in wanted]


@pytest.mark.parametrize(
    "query", ["", "?view=open", "?status=checked&status=proposed&sort=oldest", "?q=bridge", "?assignee=none", "?p=2"]
)
def test_it_gives_what_the_list_shows(desk, claims, query):
    listed = desk.get(LIST + query).context["cl"].queryset
    assert ids(desk, query) == [claim.pk for claim in listed] != []


def test_it_is_not_cut_at_a_page(desk, claims, monkeypatch):
    monkeypatch.setattr("claimtrack.admin.DeskAdmin.list_per_page", 2)
    assert len(ids(desk)) == len(claims)


def test_everybody_gets_what_they_may_see(client, claims):
    contributor = factories.make_user("contributor")
    client.force_login(contributor)
    visible = Claim.objects.visible_to(contributor)
    assert sorted(ids(client)) == sorted(visible.values_list("pk", flat=True)) != []
    assert claims["proposed"].pk not in ids(client)


@pytest.mark.parametrize("query", ["?view=perhaps", "?nonsense=1", "?speaker=abc"])
def test_a_filter_that_is_not_understood_gives_no_file(desk, claims, query):
    answer = desk.get(CSV + query)
    assert (answer.status_code, answer.url) == (302, LIST + query)


def test_as_many_as_the_server_allows(desk, claims, monkeypatch):
    monkeypatch.setattr("claimtrack.api.exports.free", BoundedSemaphore(1))
    reading = desk.get(CSV)
    answer = desk.get(CSV, follow=True)
    assert "This server is sending as many files as it can" in answer.content.decode()
    reading.close()


def test_who_may_not_see_claims_gets_no_file(client, claims):
    client.force_login(factories.make_user(is_staff=True))
    assert client.get(CSV).status_code == 403

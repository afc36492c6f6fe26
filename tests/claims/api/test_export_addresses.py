"""/api/v1/claims.csv, .ndjson and .jsonld: whole lists for links and for programs that set no Accept header."""

import csv
import io
import json

import pytest

from tests.factories import make_claim

pytestmark = pytest.mark.django_db

LIST = "/api/v1/claims/"
FORMS = {"csv": "text/csv", "ndjson": "application/x-ndjson", "jsonld": "application/ld+json"}


def get(client, form, accept="*/*", **parameters):
    return client.get(f"/api/v1/claims.{form}", parameters, headers={"Accept": accept})


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_it_is_what_the_list_gives_to_who_asks_for_the_type(client, form):
    for status in ("checked", "unverified", "proposed"):
        make_claim(status)
    response, listed = get(client, form), client.get(LIST, headers={"Accept": FORMS[form]})
    assert response.getvalue() == listed.getvalue() != b""
    assert response["Content-Type"] == listed["Content-Type"]
    assert response["Content-Disposition"] == f'attachment; filename="claims.{form}"'
    assert 'rel="describedby"' in response["Link"]


def test_json_ld_is_one_graph_of_those_with_a_verdict(client, settings):
    settings.CLAIMTRACK_SITE_URL = "https://checks.example"
    shown = [make_claim("checked", verdict=verdict) for verdict in ("true", "false")]
    make_claim("unverified")
    response = get(client, "jsonld")
    graph = json.loads(response.getvalue())
    assert response["Content-Type"] == "application/ld+json"
    assert graph["@context"] == "https://schema.org"
    assert [node["@id"] for node in graph["@graph"]] == [
        f"https://checks.example/claims/{claim.pk}/" for claim in reversed(shown)
    ]
    assert graph == client.get(LIST, headers={"Accept": "application/ld+json"}).json()
    assert json.loads(get(client, "jsonld", status="unverified").getvalue())["@graph"] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/json", "application/xml;q=0.5"])
def test_the_address_decides_whatever_is_accepted(client, form, accept):
    assert get(client, form, accept)["Content-Type"].startswith(FORMS[form])


def test_filters_and_orderings_work(client):
    claims = [make_claim("checked", text=text).pk for text in ("Ten boats sail.", "Two bridges fell.")]
    make_claim("unverified", text="No boats sail.")
    rows = csv.DictReader(io.StringIO(get(client, "csv", status="checked", ordering="created_at").getvalue().decode()))
    assert [int(row["claim_id"]) for row in rows] == claims
    [line] = get(client, "ndjson", status="checked", q="boats").getvalue().splitlines()
    assert json.loads(line)["id"] == claims[0]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("limit", "10", "it is whole"),
        ("cursor", "x", "and begins at the beginning"),
        ("ordering", "relevance", "only the newest are ranked"),
        ("statuss", "checked", "filters are as strict as on a page"),
        ("bom", "perhaps", "true or false, and only of a table"),
    ],
    ids=lambda value: value,
)
def test_bad_parameters_are_problems(client, form, name, value, reason):
    response = get(client, form, **{name: value})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["field"] == name


@pytest.mark.parametrize("address", ["/api/v1/claims.csv", LIST])
def test_a_byte_order_mark_on_request(client, address):
    make_claim("unverified", text="Käse ist billig.")
    plain, marked = (
        client.get(address, {"bom": bom}, headers={"Accept": "text/csv"}).getvalue() for bom in ("false", "true")
    )
    assert (plain[:8], marked) == (b"claim_id", b"\xef\xbb\xbf" + plain)


def test_it_is_revalidated_and_has_a_head(client):
    make_claim("unverified")
    response = get(client, "csv")
    again = client.get("/api/v1/claims.csv", headers={"Accept": "*/*", "If-None-Match": response["ETag"]})
    assert again.status_code == 304
    head = client.head("/api/v1/claims.jsonld")
    assert (head.status_code, head["Content-Type"]) == (200, "application/ld+json")


def test_the_data_package_names_the_address(client, settings):
    [resource] = client.get("/api/v1/claims/dictionary/").json()["resources"]
    assert resource["path"] == f"{settings.CLAIMTRACK_SITE_URL}/api/v1/claims.csv"


@pytest.mark.parametrize("accept", FORMS.values())
def test_ordering_by_relevance_is_no_fault_of_ours(client, accept):
    make_claim("checked", text="Ten boats sail.")
    response = client.get(LIST, {"q": "boats", "ordering": "relevance"}, headers={"Accept": accept})
    assert response.status_code == (200 if accept == "application/ld+json" else 400)

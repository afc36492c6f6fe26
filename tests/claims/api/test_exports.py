import csv
import io
import json

import pytest
from django.conf import settings as site
from django.db import connection
from rest_framework import serializers

from claims.api.serializers.claims import ClaimSerializer
from claims.formats import csv as tables
from claims.formats import json as json_format
from claims.models import Claim
from tests.factories import QUOTE, make_claim, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"
DICTIONARY = "/api/v1/claims/dictionary/"


def export(client, media_type, **parameters):
    response = client.get(URL, parameters, headers={"Accept": media_type})
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content).decode()


def table(client, **parameters):
    return list(csv.DictReader(io.StringIO(export(client, "text/csv", **parameters), newline="")))


def ndjson(client, **parameters):
    return [json.loads(line) for line in export(client, "application/x-ndjson", **parameters).splitlines()]


def test_it_works(client):
    claims = [
        make_claim("checked", topics=["roads", "ferries"], said_at="2025-09"),
        make_claim("unverified", speaker=None),
    ]
    make_claim("proposed")
    listed = client.get(URL).json()["results"]
    assert ndjson(client) == listed
    assert [int(row["claim_id"]) for row in table(client)] == [claim.pk for claim in reversed(claims)]
    row = table(client, status="checked")[0]
    assert (row["verdict"], row["topics"], row["said_at"], row["quote"]) == ("false", "ferries roads", "2025-09", QUOTE)
    assert row["snapshot_current"] == "true"
    assert table(client, speaker="none")[0]["speaker"] == ""


def test_it_is_the_whole_list_in_batches(client, monkeypatch):
    monkeypatch.setattr(json_format, "BATCH", 2)
    claims = [make_claim("unverified").pk for _ in range(5)]
    assert [row["id"] for row in ndjson(client, ordering="created_at")] == claims
    assert [int(row["claim_id"]) for row in table(client, ordering="created_at")] == claims


def test_it_reads_through_a_cursor_of_the_server(client, monkeypatch):
    monkeypatch.setattr(json_format, "BATCH", 1)
    for _ in range(2):
        make_claim("unverified")

    def cursors():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE statement LIKE '%claims_claim%'")
            return cursor.fetchone()[0]

    response = client.get(URL, headers={"Accept": "application/x-ndjson"})
    lines = iter(response.streaming_content)
    next(lines)
    assert cursors() == 1
    assert (len(list(lines)), cursors()) == (1, 0)


def test_nobody_reads_an_answer_to_head(client):
    make_claim("unverified")
    response = client.head(URL, headers={"Accept": "text/csv"})
    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"")


def test_a_row_for_each_appearance_and_one_without(client):
    snapshots = [make_snapshot(), make_snapshot()]
    make_claim("unverified", appearances=[{"snapshot": snapshot, "quote": QUOTE} for snapshot in snapshots])
    bare = Claim.objects.create(text="Bare.", origin="claimreview", created_by=make_user("moderator"))
    client.force_login(make_user("moderator"))
    rows = table(client)
    assert [row["snapshot_id"] for row in rows] == ["", *(str(snapshot.pk) for snapshot in snapshots)]
    assert rows[0]["claim_id"] == str(bare.pk)


def test_it_says_what_it_is(client):
    response = client.get(URL, headers={"Accept": "text/csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert f'<{site.CLAIMTRACK_SITE_URL}{DICTIONARY}>; rel="describedby"' in response["Link"]
    assert '<https://spdx.org/licenses/CC-BY-4.0.html>; rel="license"' in response["Link"]
    assert "Accept" in response["Vary"]
    again = client.get(URL, headers={"Accept": "text/csv", "If-None-Match": response["ETag"]})
    assert again.status_code == 304
    other = client.get(URL, headers={"Accept": "application/x-ndjson", "If-None-Match": response["ETag"]})
    assert other.status_code == 200


def test_nothing_found_is_a_header_or_nothing(client):
    assert (export(client, "text/csv"), export(client, "application/x-ndjson")) == (tables.HEADER, "")
    assert export(client, "text/csv", q="") == tables.HEADER


@pytest.mark.parametrize(
    ("text", "cell", "reason"),
    [
        ("=1+1", "'=1+1", "at the start"),
        ("+1", "'+1", "every sign"),
        ("-1", "'-1", "a minus too"),
        ("@SUM(A1)", "'@SUM(A1)", "a function of another time"),
        ("＝1+1", "'＝1+1", "a full-width sign"),
        ("\tx", "'\tx", "white space that spreadsheets drop"),
        (" =1+1", " '=1+1", "behind a blank"),
        ("total;=1+1", "total;'=1+1", "behind a semicolon"),
        ("total; @x", "total; '@x", "and a blank"),
        ("total\t=1+1", "total\t'=1+1", "behind a tab"),
        ("total\r\n-1", "total\r\n'-1", "behind a line end"),
        ('total;"=1+1"', 'total;"\'=1+1"', "behind a quotation mark that begins a cell"),
        ("total;＋1", "total;'＋1", "full-width, behind a semicolon"),
        ("1 = 1; a-b", "1 = 1; a-b", "signs inside a cell are left alone"),
        ("Käse; 3 + 4", "Käse; 3 + 4", "and so is what begins otherwise"),
    ],
)
def test_no_cell_is_a_formula(text, cell, reason):
    claim = {path.split(".")[0]: None for _, path, _ in tables.COLUMNS} | {"id": 1, "text": text, "topics": []}
    [row] = csv.DictReader(io.StringIO(tables.HEADER + tables.lines([json.dumps(claim)]), newline=""))
    assert row["text"] == cell


def test_text_survives(client):
    text = 'Lines\nand "quotes", commas; ünïcode 😀'
    make_claim("unverified", text=text, snapshot=make_snapshot(source=make_source(name='A "Paper", daily')))
    [row] = table(client)
    assert row["source"] == 'A "Paper", daily'
    assert row["text"] == client.get(URL).json()["results"][0]["text"]


# parameter, value, reason
REFUSED = [
    ("limit", "10", "it is whole"),
    ("cursor", "x", "and begins at the beginning"),
    ("ordering", "relevance", "only the newest are ranked"),
    ("statuss", "checked", "filters are as strict as on a page"),
]


@pytest.mark.parametrize(("name", "value", "reason"), REFUSED)
@pytest.mark.parametrize("media_type", ["text/csv", "application/x-ndjson"])
def test_what_it_does_not_take_is_refused(client, media_type, name, value, reason):
    response = client.get(URL, {name: value, "q": "x"}, headers={"Accept": media_type})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["field"] == name, reason


def test_only_the_list_is_exported(client):
    claim = make_claim("unverified")
    assert client.get(f"{URL}{claim.pk}/", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/api/v1/speakers/", headers={"Accept": "text/csv"}).status_code == 406


def test_the_dictionary_names_every_column(client):
    package = client.get(DICTIONARY).json()
    [resource] = package["resources"]
    fields = resource["schema"]["fields"]
    assert ",".join(field["name"] for field in fields) + "\r\n" == tables.HEADER
    assert all(field["description"] for field in fields)
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://spdx.org/licenses/CC-BY-4.0.html"}]
    assert {field["name"]: field["type"] for field in fields}["snapshot_taken_at"] == "datetime"


def test_the_table_holds_all_that_the_json_holds():
    def paths(serializer, prefix=""):
        for name, field in serializer.fields.items():
            inner = getattr(field, "child", field)
            if isinstance(inner, serializers.Serializer):
                yield from paths(inner, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}"

    # The receipt is another document about the claim.
    assert {path for _, path, _ in tables.COLUMNS} == set(paths(ClaimSerializer())) - {"receipt"}


def test_a_licence_may_be_an_address(client, settings):
    settings.CLAIMTRACK_DATA_LICENSE = "https://desk.example/licence"
    assert client.get(DICTIONARY).json()["licenses"] == [{"path": "https://desk.example/licence"}]

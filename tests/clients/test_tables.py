"""pandas and DuckDB read the addresses of the exports as they are, with what the Data Package says of the columns."""

from pathlib import Path

import duckdb
import duckdb_extension_httpfs
import pandas
import pytest

from tests.factories import make_claim, make_external_review, make_snapshot

FORMULA = "=SUM(A1:A9) is what the council's table said; +1 for each ferry."
# As the table has it: what a spreadsheet would run is behind an apostrophe.
GUARDED = "'=SUM(A1:A9) is what the council's table said; '+1 for each ferry."
PANDAS_TYPES = {"integer": "Int64", "boolean": "boolean", "string": "string", "date": "string"}
DUCKDB_TYPES = {"integer": "BIGINT", "boolean": "BOOLEAN", "datetime": "TIMESTAMP WITH TIME ZONE", "string": "VARCHAR"}
DUCKDB_TYPES |= {"date": "DATE"}


@pytest.fixture
def api(transactional_db, live_server, settings):
    """The address of a desk with three claims in four places, one of them without a date, a language and a verdict."""
    settings.CLAIMTRACK_SITE_URL = live_server.url
    twice = make_snapshot(text="Drei Fähren – »jeden Tag«.\nSo stand es da. Drei Fähren, jeden Tag.", language="de")
    places = [{"snapshot": twice, "quote": quote} for quote in ("Drei Fähren – »jeden Tag«", "Drei Fähren, jeden Tag")]
    text = 'Drei "Fähren", jeden Tag;\nauch sonntags 😀.'
    make_claim("checked", text=text, appearances=places, language="de", topics=["traffic", "harbour"])
    make_claim("checked", text=FORMULA, language="en", said_at="2025-09", verdict="satire")
    make_external_review(make_claim("unverified", text="Nobody counts the ferries.", speaker=None))
    return f"{live_server.url}/api/v1"


@pytest.fixture
def described(client, api):
    """The type of each column, as the Data Package names it."""
    [resource] = client.get("/api/v1/claims/dictionary/").json()["resources"]
    assert resource["path"] == f"{api}/claims.csv"
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


@pytest.fixture
def duck():
    # A relation of sql() would ask the server again at each look.
    connection = duckdb.connect()
    # The extension that reads http, from its package: DuckDB would fetch it.
    [extension] = Path(duckdb_extension_httpfs.__file__).parent.rglob("*.duckdb_extension")
    connection.load_extension(str(extension))
    connection.execute("SET TimeZone = 'UTC'")
    return connection


@pytest.mark.parametrize("marked", ["", "&bom=true"])
def test_pandas_reads_the_table_with_the_types_of_the_data_package(api, described, marked):
    moments = [name for name, kind in described.items() if kind == "datetime"]
    types = {name: PANDAS_TYPES[kind] for name, kind in described.items() if kind != "datetime"}
    table = pandas.read_csv(f"{api}/claims.csv?ordering=created_at{marked}", dtype=types, parse_dates=moments)
    assert list(table.columns) == list(described)
    assert len(table) == 4 and table["claim_id"].nunique() == 3
    assert {str(table[name].dtype.tz) for name in moments} == {"UTC"}
    first, _, formula, last = table.to_dict("records")
    assert first["text"] == 'Drei "Fähren", jeden Tag;\nauch sonntags 😀.'
    assert (first["verdict"], first["verdict_value"], first["topics"]) == ("false", 1, "harbour traffic")
    assert first["end"] - first["start"] == len(first["quote"]) and first["snapshot_current"]
    assert formula["text"] == GUARDED
    assert (formula["said_at"], formula["speaker"][:7]) == ("2025-09", "Speaker")
    assert all(pandas.isna(last[name]) for name in ("verdict", "speaker_id", "language", "said_at", "reviewed_at"))


def test_pandas_guesses_no_worse(api):
    table = pandas.read_csv(f"{api}/claims.csv?has_verdict=true")
    assert {str(table[name].dtype) for name in ("claim_id", "start", "end", "article_id", "version")} == {"int64"}
    assert str(table["snapshot_current"].dtype) == "bool"


@pytest.mark.parametrize(
    ("query", "rows"),
    [("language=de", 2), ("verdict=satire", 1), ("topic=harbour", 2), ("q=ferries&has_verdict=false", 1)],
)
def test_filters_are_part_of_the_address(api, duck, query, rows):
    assert len(pandas.read_csv(f"{api}/claims.csv?{query}")) == rows
    assert duck.execute(f"SELECT count(*) FROM read_csv('{api}/claims.csv?{query}')").fetchone() == (rows,)


@pytest.mark.parametrize("marked", ["", "?bom=true"])
def test_duckdb_reads_the_table_with_the_types_of_the_data_package(api, described, duck, marked):
    types = {name: DUCKDB_TYPES[kind] for name, kind in described.items()}
    duck.execute(f"CREATE TABLE claims AS FROM read_csv('{api}/claims.csv{marked}', columns={types}, header=true)")
    table = duck.table("claims")
    assert dict(zip(table.columns, map(str, table.types), strict=True)) == types
    assert table.aggregate("count(*), count(DISTINCT claim_id), count(verdict_value)").fetchone() == (4, 3, 2)
    [(text,)] = table.filter("verdict = 'satire'").project("text").fetchall()
    assert text == GUARDED
    assert table.filter("language = 'de'").project("text LIKE '%\n%'").fetchall() == [(True,), (True,)]


def test_duckdb_finds_header_and_types_by_itself(api, described, duck):
    duck.execute(f"CREATE TABLE claims AS FROM '{api}/claims.csv'")
    table = duck.table("claims")
    assert table.columns == list(described)
    found = dict(zip(table.columns, map(str, table.types), strict=True))
    assert {found[name] for name in ("claim_id", "start", "version")} == {"BIGINT"}
    assert {found[name] for name in ("created_at", "snapshot_taken_at")} == {"TIMESTAMP WITH TIME ZONE"}


def test_both_read_a_claim_a_line(api, duck):
    frame = pandas.read_json(f"{api}/claims.ndjson?ordering=created_at", lines=True)
    assert list(frame["provenance"].map(len)) == [2, 1, 1]
    assert frame["text"][1] == FORMULA, "only tables are guarded"
    rows = duck.execute(
        f"SELECT id, unnest(provenance).quote FROM read_ndjson('{api}/claims.ndjson?language=de')"
    ).fetchall()
    assert [quote for _, quote in rows] == ["Drei Fähren – »jeden Tag«", "Drei Fähren, jeden Tag"]


def test_duckdb_reads_the_graph(api, duck):
    nodes = f"SELECT unnest(\"@graph\") AS node FROM read_json('{api}/claims.jsonld')"
    labels = duck.execute(f"SELECT node.reviewRating.alternateName AS label FROM ({nodes}) ORDER BY label").fetchall()
    assert labels == [("False",), ("Satire",)]

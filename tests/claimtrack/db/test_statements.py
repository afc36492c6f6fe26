"""A cached statement with other values is the statement that Django would write for these."""

from datetime import UTC, date

import psycopg
import pytest
from django.core.exceptions import EmptyResultSet
from django.db import DataError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.api.filters import ClaimFilterSet
from claims.api.views.claims import ClaimViewSet
from claims.models import Claim
from claims.transitions import Status
from claimtrack.api.pagination import Cursor, Window, beginning_at
from claimtrack.db import statements
from tests.factories import make_claim

IDS = st.integers(1, 2**63 - 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
DAYS = st.dates(date(1000, 1, 1))
MOMENTS = st.datetimes(timezones=st.just(UTC))
# What may be given to each filter whose SQL is kept; a new one without values fails.
VALUES = {
    "speaker": st.none() | IDS,
    "status": st.sampled_from([str(status) for status in Status]),
    "verdict": WORDS,
    "source": IDS,
    "source_domain": WORDS,
    "article": IDS,
    "article_url": WORDS,
    "topic": WORDS,
    "said_after": DAYS,
    "said_before": DAYS,
    "due_after": DAYS,
    "due_before": DAYS,
    "review_by_after": DAYS,
    "review_by_before": DAYS,
    "published_after": MOMENTS,
    "published_before": MOMENTS,
    "reviewed_after": MOMENTS,
    "reviewed_before": MOMENTS,
    "updated_since": MOMENTS,
    # As tsquery() writes them; None for a query without a word.
    "q": st.none() | st.sampled_from(["'ferri'", "'ferri' & !'tax'", "'bridg':*"]),
}
LISTS = {name: st.lists(some, min_size=1, max_size=2, unique_by=repr) for name, some in VALUES.items()}
ASKED = st.fixed_dictionaries({}, optional=LISTS)
EDGES = {"created_at": MOMENTS, "updated_at": MOMENTS, "reviewed_at": st.none() | MOMENTS, "said_at": st.none() | DAYS}
ORDERINGS = [ordering for ordering in ClaimViewSet.orderings if ordering != "relevance"]


def typed(write, *arguments):
    """What is written, with its parameters in it; None for a list that holds nothing whatever the ledger holds."""
    try:
        sql, params = write(*arguments)
    except EmptyResultSet:
        return None
    # Django puts what is not a value in parentheses.
    return sql.replace("(%s)", "%s"), [str(value) for value in params]


@pytest.mark.django_db
@settings(max_examples=200, deadline=None)
@given(data=st.data(), ordering=st.sampled_from(ORDERINGS), backwards=st.booleans())
def test_it_is_the_statement_that_would_be_written(data, ordering, backwards):
    key = Claim._meta.get_field(ordering.lstrip("-"))
    window = Window(ordering, key, Cursor(backwards, None), 50)

    def write(values):
        filters = {name: those for name, those in values.items() if name != "cursor"}
        claims = ClaimFilterSet.apply(Claim.objects.public(), filters)
        return beginning_at(claims, window, values.get("cursor"))[:51].query.sql_with_params()

    asked = data.draw(ASKED)
    edges = st.none() | st.tuples(EDGES[key.name], IDS)
    for others in (asked, {name: data.draw(LISTS[name]) for name in asked}):
        edge = data.draw(edges)
        values = {**others, **({"cursor": edge} if edge else {})}
        kept = typed(statements.statement, ("test", ordering, backwards), values, write)
        assert kept == typed(write, values)


def test_it_is_written_once_for_all_values_of_a_shape():
    written = []

    def write(values):
        written.append(values)
        return "a IN (%s, %s) AND b = %s", [*values["a"], 7]

    found = [statements.statement("once", {"a": [n, "x"]}, write) for n in range(3)]
    assert found == [("a IN (%s, %s) AND b = %s", [n, "x", 7]) for n in range(3)]
    assert len(written) == 1


# Beside the first, which is one value that is not null.
SHAPES = [
    ({"a": [1, 2]}, "another number of values"),
    ({"a": [None]}, "a null, which SQL compares in another way"),
    ({"b": [1]}, "another filter"),
    ({"a": [1], "b": [1]}, "one filter more"),
]


@pytest.mark.parametrize(("values", "reason"), SHAPES)
def test_another_shape_is_another_statement(values, reason):
    written = []

    def write(given):
        written.append(given)
        return str(given.keys()), []

    for given_values in ({"a": [1]}, values):
        statements.statement(("shapes", reason), given_values, write)
    assert len(written) == 2, reason


def test_it_does_not_keep_without_end(monkeypatch):
    monkeypatch.setattr(statements, "_statements", {})
    monkeypatch.setattr(statements, "MAX_STATEMENTS", 3)
    for number in range(20):
        statements.statement(number, {}, lambda values: ("a", []))
        assert len(statements._statements) <= 3


def test_every_filter_whose_sql_is_kept_has_values():
    assert {name for name, found in ClaimFilterSet.base_filters.items() if found.fixed_sql} == VALUES.keys()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_prepared_on_the_server(client):
    make_claim("unverified")
    for _ in range(10):
        assert client.get("/api/v1/claims/?status=unverified").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_closed_is_opened_anew(client):
    claim = make_claim("unverified")
    assert client.get("/api/v1/claims/").status_code == 200
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    assert [row["id"] for row in client.get("/api/v1/claims/").json()["results"]] == [claim.pk]


@pytest.mark.django_db
def test_values_and_percent_signs_reach_the_server_as_they_are():
    [row] = statements.read("SELECT %s, '50%%', %s::int + 1, %s::text[]", ["it's %s", 7, ["a", None]])
    assert row == (b"it's %s", b"50%", b"8", b"{a,NULL}")


@pytest.mark.django_db
def test_what_the_server_refuses_is_an_error_of_django():
    with pytest.raises(DataError) as refusal, transaction.atomic():
        statements.read("SELECT 1 / %s", [0])
    assert isinstance(refusal.value.__cause__, psycopg.errors.DivisionByZero)

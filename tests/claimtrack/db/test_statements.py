"""A statement that is kept says, with other values in it, what would be written anew for these."""

import re
import unicodedata
from datetime import UTC, date, datetime

import psycopg
import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.types.numeric import Int8

from claims.api.filters import CLAIMS
from claims.api.views.claims import ClaimViewSet
from claims.models import Claim
from claims.transitions import Status
from claimtrack.api.filters import keep
from claimtrack.api.pagination import Cursor, beginning_at
from claimtrack.db import statements
from tests.factories import make_claim

IDS = st.integers(1, 2**63 - 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
QUERIES = st.lists(
    st.sampled_from(["ferry", "-tax", '"nine cars"', "Ängström", "bridg*", "the", "-", "%s"]), max_size=3
)
DAYS = st.dates(date(1000, 1, 1))
MOMENTS = st.datetimes(timezones=st.just(UTC))
# What may be given to each parameter, as its Kind reads it; a new parameter without values fails.
VALUES = {
    "ids": st.lists(IDS, max_size=3, unique=True),
    "speaker": st.none() | IDS,
    "speaker_name": WORDS,
    "status": st.sampled_from([statements.Constant(status) for status in Status]),
    "verdict": WORDS,
    "has_verdict": st.booleans(),
    "corrected": st.booleans(),
    "source": IDS,
    "source_domain": WORDS,
    "article": IDS,
    "article_url": WORDS,
    "topic": WORDS,
    "language": WORDS.map(statements.Constant),
    "said_after": DAYS,
    "said_before": DAYS,
    "published_after": MOMENTS,
    "published_before": MOMENTS,
    "reviewed_after": MOMENTS,
    "reviewed_before": MOMENTS,
    "updated_since": MOMENTS,
    "q": QUERIES.map(" ".join).map(next(p for p in CLAIMS if p.name == "q").kind.read),
}
# The same value twice is written once, and asked for with one place too many: no other rows.
LISTS = {
    name: st.lists(some, min_size=1, max_size=1 if name == "ids" else 2, unique_by=repr)
    for name, some in VALUES.items()
}
ASKED = st.fixed_dictionaries({}, optional=LISTS)
EDGES = {"created_at": MOMENTS, "updated_at": MOMENTS, "reviewed_at": st.none() | MOMENTS, "said_at": st.none() | DAYS}
ORDERINGS = [ordering for ordering in ClaimViewSet.orderings if ordering != "relevance"]


def kept(write, values, *key):
    return typed(lambda given: statements.statement(write, given, "test", *key), values)


def typed(write, values):
    """What is written; None for a list that holds nothing whatever the ledger holds."""
    try:
        sql, params = write(values)
    except EmptyResultSet:
        return None
    parts = iter(params)
    return re.sub("%[%s]", lambda found: found[0] if found[0] == "%%" else statements._literal(next(parts)), sql)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), ordering=st.sampled_from(ORDERINGS), backwards=st.booleans())
def test_it_is_the_statement_that_would_be_written(data, ordering, backwards):
    key = Claim._meta.get_field(ordering.lstrip("-"))

    def write(values):
        asked, position = values
        claims = keep(Claim.objects.public(), CLAIMS, asked)
        page = beginning_at(claims, Cursor(backwards, position), key, ordering.startswith("-"))[:51]
        return page.query.sql_with_params()

    asked = data.draw(ASKED)
    edges = st.none() | st.tuples(EDGES[key.name], IDS)
    for others in (asked, {name: data.draw(LISTS[name]) for name in asked}):
        values = others, data.draw(edges)
        assert kept(write, values, ordering, backwards) == typed(write, values)


KEPT = [
    # what is written of a value, the values given, whether the statement is kept, why
    (lambda v: ("a = %s", (v,)), "x", True, "the value as it is"),
    (lambda v: ("a IN (%s, %s)", tuple(v)), ["x", "y"], True, "two values"),
    (lambda v: ("a = %s AND b = %s", (7, v)), 3, True, "one beside a constant"),
    (lambda v: ("a LIKE '%%' AND b = %s AND c = %s", ("it's 100 %", Int8(v))), 3, True, "one that Django dresses up"),
    (lambda v: ("a = %s OR b = %s", (v, v)), 3, True, "one in two places"),
    (lambda v: (f"a IS {v}", ()), True, True, "True and False are part of the shape"),
    (lambda v: ("a = %s", (v.lower(),)), "x", False, "folded"),
    (lambda v: ("a = %s", (v.strip(),)), "x", False, "trimmed"),
    (lambda v: ("a = %s", (unicodedata.normalize("NFKC", v),)), "x", False, "made another form"),
    (lambda v: ("a = %s", (f"{v}%",)), "x", False, "a pattern made of it"),
    (lambda v: ("a = %s", tuple(v.split()[:1])), "x", False, "its first word"),
    (lambda v: ("a = %s", (v + 1,)), 3, False, "another number"),
    (lambda v: (f"a = {v}", ()), 3, False, "inside the SQL"),
    (lambda v: ("a = 1", ()), 3, False, "left out"),
    (lambda v: ("a = %s AND b = %s", (v, str(v))), 3, False, "once as it is, once as another"),
    (lambda v: ("a >= %s", (v.replace(tzinfo=None),)), datetime(2026, 1, 1, tzinfo=UTC), False, "without its zone"),
    (lambda v: ("a >= %s", (v.date(),)), datetime(2026, 1, 1, tzinfo=UTC), False, "rounded"),
]


@pytest.mark.parametrize(("write", "values", "is_kept", "reason"), KEPT)
def test_it_is_kept_only_where_values_stay_what_they_are(monkeypatch, write, values, is_kept, reason):
    monkeypatch.setattr(statements, "_kept", {})
    calls = []

    def counted(given):
        calls.append(given)
        return write(given)

    assert [typed(lambda given: statements.statement(counted, given), values) for _ in range(3)] == [
        typed(write, values)
    ] * 3
    assert (len(calls) == 2) == is_kept, reason


def test_a_value_goes_in_as_what_django_makes_of_it():
    def write(value):
        return "a = %s AND b = %s", (Int8(value), 7)

    for value in (1, 2):
        sql, params = statements.statement(write, value, "dressed")
        assert (sql, [(type(param), param) for param in params]) == ("a = %s AND b = 7", [(Int8, value)])


def test_other_types_and_numbers_of_values_are_other_statements():
    shapes = [[1], [1, 2], ["1"], [None], [True], [date(2026, 1, 1)], [datetime(2026, 1, 1, tzinfo=UTC)], [1.5], []]

    def write(values):
        return ", ".join(f"{type(value).__name__} %s" for value in values), tuple(values)

    for values in shapes * 2:
        assert kept(write, values, "types") == typed(write, values)


def test_it_does_not_keep_without_end(monkeypatch):
    monkeypatch.setattr(statements, "_kept", {})
    monkeypatch.setattr(statements, "MOST", 3)
    for number in range(20):
        statements.statement(lambda value: ("a = %s", (value,)), 1, number)
        assert len(statements._kept) <= 3


def test_every_parameter_has_values():
    assert {parameter.name for parameter in CLAIMS} == VALUES.keys()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_closed_is_opened_anew(client):
    claim = make_claim("unverified")
    assert client.get("/api/v1/claims/").status_code == 200
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    assert [row["id"] for row in client.get("/api/v1/claims/").json()["results"]] == [claim.pk]

"""Documents equal the serializers' JSON byte by byte, whether they were stored or are composed when they are read."""

from datetime import UTC, date

import orjson
import pytest
from django.conf import settings as project
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.api.serializers.claims import ClaimSerializer
from claims.models import Claim
from claims.models.document import JSON, JSON_OF_ONE
from sources.models import Article, Domain, Source
from tests.factories import make_claim, make_snapshot, make_source
from tests.psql import run

pytestmark = pytest.mark.django_db


def read():
    """Return the JSON of all claims as a list contains it, after a check that a detail contains the same."""
    site = project.CLAIMTRACK_SITE_URL
    rows = Claim.objects.order_by("pk").values_list("pk", JSON, JSON_OF_ONE)
    assert all(json == detail for _, json, detail in rows)
    return [f'{{"id":{pk},"url":"{site}/api/v1/claims/{pk}/","receipt":null,{json}}}'.encode() for pk, json, _ in rows]


def declared():
    return [orjson.dumps(ClaimSerializer(claim).data) for claim in Claim.objects.for_list().order_by("pk")]


def assert_right():
    kept = read()
    assert kept == declared()
    run("TRUNCATE claims_document")
    assert read() == kept
    call_command("documents")
    assert read() == kept


def test_it_works():
    source = make_source()
    snapshot = make_snapshot(source=source, canonical_url="https://www.paper.example:8443/x", title="")
    Domain.objects.create(source=source, host="a-second.example")
    make_snapshot("Another text.", article=snapshot.article)
    for status, said in [("checked", "2026"), ("proposed", "2026-03"), ("withdrawn", "2026-03-04"), ("in_review", "")]:
        make_claim(status, snapshot=snapshot, said_at=said, topics=["b", "a"], language="en")
    make_claim(speaker=None, snapshot=make_snapshot(canonical_url=None, source=make_source()), speaker_role="Unheard")
    assert_right()


# All that JSON and SQL quote, escape or mangle: NUL cannot be stored, and lone surrogates have no UTF-8.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
MOMENTS = st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year >= 1000)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, name=TEXT, title=TEXT, said=st.none() | st.dates(min_value=date(1000, 1, 1)), zone=MOMENTS)
def test_any_text(text, name, title, said, zone):
    claim = Claim.objects.first() or make_claim("unverified", topics=["traffic"])
    precision = ["day", "month", "year"][len(text) % 3]
    Claim.objects.filter(pk=claim.pk).update(
        text=text, speaker_role=title, said_at=said, said_precision=precision if said else ""
    )
    Source.objects.update(name=name)
    Article.objects.update(title=title, published_at=zone, published_precision=["second", "day"][len(name) % 2])
    assert_right()

"""The JSON that PostgreSQL writes is byte for byte the JSON that the serializers declare."""

from datetime import UTC, date, datetime

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework import serializers

from claims.api.serializers.claims import ClaimSerializer
from claims.api.serializers.speakers import SpeakerSerializer
from claims.api.serializers.topics import TopicSerializer
from claims.api.serializers.verdicts import VerdictSerializer
from claims.models import Claim, Speaker, Topic, Verdict
from claimtrack.db import json as sqljson
from sources.models import Article, Domain, Source
from sources.serializers import SourceSerializer
from tests.factories import make_claim, make_snapshot, make_source, make_speaker

pytestmark = pytest.mark.django_db

SERIALIZERS = [
    (ClaimSerializer, Claim),
    (SpeakerSerializer, Speaker),
    (TopicSerializer, Topic),
    (VerdictSerializer, Verdict),
    (SourceSerializer, Source),
]


def both_ways(serializer, model):
    """The rows of a model as PostgreSQL writes them, and as the serializer does."""
    rows = model.objects.order_by("pk")
    fetched = rows.for_list() if hasattr(rows, "for_list") else rows
    return (
        [json for json, _ in sqljson.rows(rows, serializer, "pk")],
        [orjson.dumps(serializer(row).data) for row in fetched],
    )


@pytest.mark.parametrize(("serializer", "model"), SERIALIZERS)
def test_it_works(serializer, model):
    source = make_source(country="DE", language="de", homepage="https://paper.example/")
    speaker = make_speaker("Ängström", role="Mayor", wikidata_id="Q42", aliases=["Ö", "B"])
    snapshot = make_snapshot(source=source, canonical_url="https://www.paper.example:8443/x", title="")
    Article.objects.update(published_at=datetime(2026, 3, 1, tzinfo=UTC), published_precision="day")
    Domain.objects.create(source=source, host="a-second.example")
    make_snapshot("Another text.", article=snapshot.article)
    for status, said in [("checked", "2026"), ("proposed", "2026-03"), ("withdrawn", "2026-03-04"), ("in_review", "")]:
        make_claim(status, snapshot=snapshot, speaker=speaker, said_at=said, topics=["b", "a"], language="en")
    make_claim(speaker=None, snapshot=make_snapshot(canonical_url=None, source=make_source()), speaker_role="Unheard")
    Article.objects.filter(canonical_url=None).update(
        published_at=datetime(2026, 3, 1, 10, 30, 5, tzinfo=UTC), published_precision="second"
    )
    written, declared = both_ways(serializer, model)
    assert written == declared
    assert written


# All that JSON and SQL quote, escape or mangle: NUL cannot be stored, and lone surrogates have no UTF-8.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)

MOMENTS = st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year >= 1000)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, name=TEXT, title=TEXT, said=st.none() | st.dates(min_value=date(1000, 1, 1)), zone=MOMENTS)
def test_any_text_is_written_alike(text, name, title, said, zone):
    claim = Claim.objects.first() or make_claim("unverified", topics=["traffic"])
    precision = ["day", "month", "year"][len(text) % 3]
    Claim.objects.filter(pk=claim.pk).update(
        text=text, speaker_role=title, said_at=said, said_precision=precision if said else ""
    )
    Speaker.objects.filter(pk=claim.speaker_id).update(role=name)
    Article.objects.update(title=title, published_at=zone, published_precision=["second", "day"][len(name) % 2])
    for serializer, model in ((ClaimSerializer, Claim), (SpeakerSerializer, Speaker)):
        written, declared = both_ways(serializer, model)
        assert written == declared


def test_what_it_cannot_write_is_told_at_once():
    class Unknown(serializers.Serializer):
        nothing = serializers.CharField()

    with pytest.raises(AttributeError, match="IN_SQL"):
        sqljson.rows(Topic.objects.all(), Unknown)

"""The rows of the benchmark pass the guards, and the floor serves the same JSON as the API."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from bench import data, floor
from bench.corpus import Corpus
from claims.models import Claim
from claims.transitions import Status
from tests.planner import without_index_scans

CLAIMS = 600
LISTS: list[dict[str, str]] = [
    {},
    {"status": "checked"},
    {"status": "withdrawn"},
    {"speaker": "1"},
    {"speaker": "2", "status": "unverified"},
    {"source": "1"},
    {"topic": "pensions"},
    {"q": "percent"},
]


@pytest.fixture
def corpus(db, settings):
    settings.CLAIMTRACK_SITE_URL = floor.SITE
    with connection.cursor() as cursor:
        # Begins the transaction of the test: else the first one of load() would be whole, and stay.
        cursor.execute("SELECT")
        with without_index_scans():
            data.load(cursor.connection, CLAIMS)
        yield cursor.connection


def test_the_guards_let_every_row_in(corpus):
    # Those that wait for the end of the transaction, too.
    corpus.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert Claim.objects.count() == CLAIMS
    assert {*Claim.objects.values_list("status", flat=True)} == {*Status}
    assert Claim.objects.filter(search=None).count() == 0


def test_the_corpus_is_skewed(corpus):
    assert CLAIMS * 0.4 < Claim.objects.search("percent").count() < CLAIMS * 0.7
    assert Claim.objects.by_speakers([1]).count() > 10 * Claim.objects.by_speakers([90]).count()


def test_it_is_the_same_for_everybody():
    once, again = (Corpus(CLAIMS, 1, [(1, "False")]) for _ in range(2))

    assert [once.base_rows(), *once.batches(100)] == [again.base_rows(), *again.batches(100)]


def test_the_floor_serves_the_bytes_of_the_list(corpus, client):
    for given in LISTS:
        answer = client.get("/api/v1/claims/", given)

        assert answer.status_code == 200 and len(answer.json()["results"]) > 0, given
        assert results(answer.content) == results(floor.page(corpus, given)), given


def test_the_floor_serves_the_bytes_of_the_next_page(corpus, client):
    _, created_at, pk = Claim.objects.public().order_by("-created_at").values_list("text", "created_at", "pk")[49]
    following = client.get("/api/v1/claims/").json()["next"]

    page = floor.page(corpus, {"after": f"{created_at.isoformat()},{pk}"})

    assert results(client.get(following).content) == results(page)


def test_the_floor_serves_the_bytes_of_every_detail(corpus, client):
    for claim in Claim.objects.public().order_by("pk")[:100]:
        assert client.get(f"/api/v1/claims/{claim.pk}/").content == floor.detail(corpus, claim.pk)


def test_idiomatic_drf_serves_the_same_fields(corpus, client):
    """It configures settings of its own, so it takes a process of its own."""
    program = "from bench.idiomatic import ClaimSerializer; print(*ClaimSerializer().fields)"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    pk = Claim.objects.public().values_list("pk", flat=True)[0]

    assert {*said.stdout.split()} == client.get(f"/api/v1/claims/{pk}/").json().keys()


def results(page):
    """Return the rows of a page, without its links, since each server has its own cursors."""
    return page[page.index(b'"results":') :]

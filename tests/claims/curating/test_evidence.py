"""Evidence that quotes a snapshot, as a step of the verification takes it."""

from functools import partial

import pytest

from claims import curating, reviewing
from claims.models import Evidence, Review
from claimtrack.refusals import Invalid, Message
from sources.ingesting import ingest
from sources.models import Article, Snapshot
from sources.pages.fetching import FetchError
from tests.factories import make_claim, make_snapshot, make_source, make_user, step
from tests.sources.ingesting.pages import BODY, URL, page, serving

pytestmark = pytest.mark.django_db

TEXT = "Count of the bridge, March.\nCars a day: 4,100. Lorries a day: 90.\nCounted by hand. Cars a day: 4,100 in all."


@pytest.fixture
def snapshot():
    source = make_source("roads.example")
    return make_snapshot(TEXT, source=source, canonical_url="https://roads.example/count")


def piece(snapshot, /, **given):
    return {"url": snapshot.article.url, "stance": "refutes", "snapshot": snapshot.pk, **given}


def published(*pieces):
    """Publish a verdict on these pieces, and return them as they were stored."""
    return list(
        step(make_claim("in_review"), "checked", by=make_user("editor"), evidence=pieces).evidence.order_by("pk")
    )


def refused(*pieces):
    with pytest.raises(Invalid) as refusal:
        published(*pieces)
    assert not Evidence.objects.exists()
    return refusal.value


def test_it_works(snapshot):
    [row] = published(piece(snapshot, quote="Lorries a day: 90"))
    start = TEXT.index("Lorries")
    assert (row.snapshot, row.start_offset, row.end_offset) == (snapshot, start, start + 17)
    assert (row.prefix, row.quote, row.suffix) == (TEXT[:start], "Lorries a day: 90", TEXT[start + 17 :])


ANCHORED = [
    # what is given, where the slice begins, why
    ({"quote": "Counted by hand"}, "Counted by hand", "it occurs once"),
    ({"quote": " Counted  by hand "}, "Counted by hand", "blanks do not count"),
    ({"quote": "Lorries a day : 90"}, "Lorries a day: 90", "a blank before a colon is typography"),
    ({"quote": "Cars a day: 4,100", "start": 28}, "Cars a day: 4,100. Lorries", "the offset says which"),
    ({"quote": "Cars a day: 4,100", "suffix": " in all"}, "Cars a day: 4,100 in all", "what follows says which"),
    ({"quote": "Cars a day: 4,100", "prefix": "by hand. "}, "Cars a day: 4,100 in all", "what precedes says which"),
    ({"quote": "Cars a day: 4,100"}, None, "it occurs twice"),
    ({"quote": "Counted by hand", "start": 0}, None, "it is not there"),
    ({"quote": "counted by hand"}, None, "letter case is part of a quote"),
    ({"quote": "ars a day: 4,100 in"}, None, "it cuts a word"),
    ({"quote": "Lorries a day: 9"}, None, "it cuts a number"),
    ({"quote": "Lorries a day: 900"}, None, "the page says less"),
    ({"quote": "—"}, None, "punctuation is no quote"),
]


@pytest.mark.parametrize(("given", "passage", "reason"), ANCHORED)
def test_where_a_quote_is_found(snapshot, given, passage, reason):
    if passage is None:
        refusal = refused(piece(snapshot, **given))
        assert refusal.field == "evidence.0.quote" and refusal.code.startswith("quote_"), reason
    else:
        [row] = published(piece(snapshot, **given))
        assert row.start_offset == TEXT.index(passage), reason


def test_the_nearest_passage_comes_with_the_refusal(snapshot):
    refusal = refused({"url": "https://a.example/", "stance": "context"}, piece(snapshot, quote="Lorries a day: 95"))
    assert refusal.field == "evidence.1.quote"
    assert refusal.extra["nearest"]["quote"].startswith("Lorries a day: 90")


def test_typography_is_that_of_the_page():
    place = make_snapshot("She said: “It’s forty,” and left.")
    [row] = published(piece(place, quote='"It\'s forty,"'))
    assert row.quote == "“It’s forty,”"


def test_without_a_snapshot_a_quote_is_what_somebody_typed():
    [row] = published({"url": "https://a.example/", "stance": "context", "quote": "As I read it"})
    assert (row.snapshot, row.quote, row.start_offset, row.prefix) == (None, "As I read it", None, "")


def test_a_snapshot_without_a_quote(snapshot):
    refusal = refused(piece(snapshot))
    assert (refusal.code, refusal.field) == ("required", "evidence.0.quote")


def test_a_snapshot_that_there_is_not(snapshot):
    refusal = refused(piece(snapshot, snapshot=9_999_999, quote="Counted by hand"))
    assert (refusal.code, refusal.field) == ("not_found", "evidence.0.snapshot")


def test_an_offset_without_a_snapshot():
    refusal = refused({"url": "https://a.example/", "stance": "context", "quote": "x", "start": 3})
    assert (refusal.code, refusal.field) == ("required", "evidence.0.snapshot")


@pytest.mark.parametrize("url", ["https://elsewhere.example/count", "https://roads.example/2025/count"])
def test_the_address_of_another_page(snapshot, url):
    refusal = refused(piece(snapshot, url=url, quote="Counted by hand"))
    assert (refusal.code, refusal.field) == ("other_page", "evidence.0.url")


SAME_PAGE = [
    ("http://ROADS.example:80/count?utm_source=x", "in another spelling"),
    ("https://web.archive.org/web/2026/https://roads.example/count", "in an archive"),
]


@pytest.mark.parametrize(("url", "reason"), SAME_PAGE)
def test_other_addresses_of_the_page(snapshot, url, reason):
    [row] = published(piece(snapshot, url=url, quote="Counted by hand"))
    assert (row.url, row.snapshot) == (url, snapshot), reason


def test_the_archive_address_of_the_snapshot_is_kept(snapshot):
    Snapshot.objects.filter(pk=snapshot.pk).update(archive_url="https://keep.example/1")
    given = [piece(snapshot, quote="Counted by hand"), piece(snapshot, quote="Lorries a day: 90")]
    first, second = published(given[0], {**given[1], "archive_url": "https://keep.example/2"})
    assert (first.archive_url, second.archive_url) == ("https://keep.example/1", "https://keep.example/2")


def test_an_approval_copies_it_and_a_correction_begins_with_it(snapshot):
    claim, editor = make_claim("in_review"), make_user("editor")
    given = piece(snapshot, quote="Cars a day: 4,100", suffix=" in all")
    step(claim, "awaiting_approval", by=make_user("moderator"), evidence=[given])
    row = reviewing.review(claim=claim, to="checked", by=editor, expected=None)
    claim.refresh_from_db()
    [submitted], [approved] = row.approves.evidence.all(), row.evidence.all()
    columns = ("snapshot_id", "quote", "start_offset", "end_offset", "prefix", "suffix")
    assert [getattr(approved, name) for name in columns] == [getattr(submitted, name) for name in columns]

    begun = curating.drafts.begun_from(row)["evidence"]
    [again] = step(claim, "checked", by=editor, verdict="true", evidence=begun).evidence.all()
    assert [getattr(again, name) for name in columns] == [getattr(approved, name) for name in columns]


def test_a_draft_keeps_it_and_a_returned_submission_has_it(snapshot):
    claim, moderator = make_claim("in_review"), make_user("moderator")
    given = piece(snapshot, quote="Counted by hand", start=TEXT.index("Counted"))
    assert curating.save_draft(claim=claim, by=moderator, evidence=[given]).evidence == [given]
    step(claim, "awaiting_approval", by=moderator, evidence=[given])
    step(claim, "in_review", by=make_user("editor"), note="Which lorries?")
    assert claim.drafts.get(author=moderator).evidence == [given]


class TestPages:
    """A page that is ingested on the way."""

    GIVEN = {"url": URL, "stance": "supports", "quote": BODY[2]}

    @pytest.fixture(autouse=True)
    def pages(self, monkeypatch):
        self.serve(monkeypatch, serving(page()))

    def serve(self, monkeypatch, fetcher):
        monkeypatch.setattr("claims.curating.evidence.ingest", partial(ingest, fetcher=fetcher))

    def test_it_works(self):
        given, warnings = curating.read_page(index=0, given=self.GIVEN, by=make_user("moderator"))
        article = Article.objects.get()
        assert warnings == []
        assert given | {"accessed_at": ""} == {
            **self.GIVEN,
            "snapshot": article.current_snapshot_id,
            "title": "Mill sold",
            "publisher": article.source.name,
            "accessed_at": "",
        }
        [row] = published(given)
        assert (row.quote, row.snapshot.method) == (BODY[2], "fetched")
        assert row.accessed_at and str(row.published) == "2026-03-02"

    def test_what_is_given_stays(self):
        given, _ = curating.read_page(
            index=0,
            given={**self.GIVEN, "title": "Mill", "publisher": "Us", "accessed_at": "2026-03-05"},
            by=make_user("moderator"),
        )
        assert (given["title"], given["publisher"], given["accessed_at"]) == ("Mill", "Us", "2026-03-05")

    def test_the_archive_address_goes_to_the_snapshot(self):
        archived = {**self.GIVEN, "archive_url": "https://keep.example/mill"}
        given, _ = curating.read_page(index=0, given=archived, by=make_user("moderator"))
        assert Snapshot.objects.get(pk=given["snapshot"]).archive_url == "https://keep.example/mill"

    def test_an_address_that_leads_elsewhere(self, monkeypatch):
        self.serve(monkeypatch, serving(page(), final_url=URL))
        short = {**self.GIVEN, "url": "https://short.example/x"}
        given, warnings = curating.read_page(index=1, given=short, by=make_user("moderator"))
        assert given["url"] == URL
        assert {w.field for w in warnings} == {"evidence.1.url"}
        assert [w.code for w in warnings] == ["redirected", "url_replaced"]
        assert published(given)

    def test_a_page_that_cannot_be_fetched(self, monkeypatch):
        def fetcher(url, **_):
            raise FetchError("connection", Message("The server does not answer."))

        self.serve(monkeypatch, fetcher)
        given, [warning] = curating.read_page(index=2, given=self.GIVEN, by=make_user("moderator"))
        assert given == self.GIVEN
        assert (warning.code, warning.field) == ("no_snapshot", "evidence.2.url")
        assert warning.detail == "This evidence stays without a snapshot of its page: The server does not answer."
        assert not Article.objects.exists()

    def test_evidence_makes_nothing_public(self):
        given, _ = curating.read_page(index=0, given=self.GIVEN, by=make_user("moderator"))
        published(given)
        assert Review.objects.visible_to(None).filter(evidence__snapshot=given["snapshot"]).exists()
        assert not Snapshot.objects.visible_to(None).filter(pk=given["snapshot"]).exists()
        assert not Article.objects.visible_to(None).filter(url=URL).exists()

import functools
import threading
import time
from datetime import UTC, date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection, transaction

from sources import ingesting
from sources.ingesting import ingest
from sources.models import Article, Domain, Snapshot, Source
from sources.pages.canonical import sha256
from sources.pages.fetching import Fetched, fetch
from tests.sources.ingesting.pages import BODY, TEXT, URL, page, serving


def test_it_works(contributor):
    when = datetime(2026, 3, 2, 9, 15, tzinfo=timezone(timedelta(hours=1)))
    done = ingest(
        by=contributor, source_name="Tidende", url=f"{URL}?utm_source=x", text=TEXT, title="Mill  sold", byline="A. Hale",
        published_at=when, language="en", archive_url="https://archive.example/1",
    )  # fmt: skip

    assert (done.source_is_new, done.article_is_new, done.snapshot_is_new, done.warnings) == (True, True, True, ())
    assert done.source.name == "Tidende" and [d.host for d in done.source.domains.all()] == ["tidende.example"]
    article = Article.objects.get()
    assert article == done.article and article.source == done.source and article.created_by == contributor
    assert (article.url, article.canonical_url) == (URL, URL)
    assert (article.title, article.byline, article.language) == ("Mill sold", "A. Hale", "en")
    assert article.published_at == datetime(2026, 3, 2, 8, 15, tzinfo=UTC) and article.published_precision == "second"
    snapshot = Snapshot.objects.get()
    assert article.current_snapshot == snapshot == done.snapshot and snapshot.taken_by == contributor
    assert snapshot.text == TEXT and snapshot.sha256 == article.first_sha256 == sha256(TEXT)
    assert (snapshot.method, snapshot.extractor, snapshot.final_url) == ("text", "", "")
    assert snapshot.archive_url == "https://archive.example/1"


def test_html_is_extracted_and_its_statements_kept(contributor):
    done = ingest(by=contributor, source_name="Tidende", url=f"{URL}?page=1", html=page(canonical=URL).encode())
    assert [line for line in done.snapshot.text.split("\n") if line in BODY] == BODY
    assert (done.snapshot.method, done.snapshot.extractor) == (
        "html",
        "trafilatura",
    ) and done.snapshot.extractor_version
    assert done.article.canonical_url == URL and done.warnings == ()
    assert (done.article.title, done.article.byline, done.article.language) == ("Mill sold", "Ann Hale", "en")
    assert done.article.published_at == datetime(2026, 3, 2, 8, 15, tzinfo=UTC)


def test_what_the_person_says_goes_before_what_the_page_says(contributor):
    done = ingest(
        by=contributor, url=URL, html=page(), title="The mill", published_at=date(2026, 3, 1), language="en-GB"
    )
    assert (done.article.title, done.article.byline, done.article.language) == ("The mill", "Ann Hale", "en-GB")
    assert done.article.published_at == datetime(2026, 3, 1, tzinfo=UTC) and done.article.published_precision == "day"


def test_a_url_is_fetched(contributor):
    done = ingest(by=contributor, url=URL, fetcher=serving(page(canonical="/2026/mill-sold")))
    assert (done.snapshot.method, done.snapshot.final_url) == ("fetched", URL)
    assert done.article.url == done.article.canonical_url == "https://tidende.example/2026/mill-sold"
    assert done.source.name == "tidende.example", "a source without a name is called by its host"


def test_a_url_of_plain_text_is_fetched(contributor):
    done = ingest(by=contributor, url=URL, fetcher=serving(plain=TEXT))
    assert (done.snapshot.text, done.snapshot.method, done.snapshot.extractor) == (TEXT, "fetched", "")


def test_a_page_is_decoded_by_its_header(contributor):
    def fetcher(url, *, user_agent):
        return Fetched(
            url, url, 200, "text/html", "text/html; charset=windows-1252", page(title="Mølle").encode("cp1252")
        )

    assert ingest(by=contributor, url=URL, fetcher=fetcher).article.title == "Mølle"


def test_nothing_is_fetched_inside_the_transaction(contributor, settings):
    settings.CLAIMTRACK_SITE_URL = "https://desk.example"
    open_before = len(connection.savepoint_ids)

    def fetcher(url, *, user_agent):
        assert user_agent == "claimtrack (+https://desk.example)"
        assert len(connection.savepoint_ids) == open_before
        return serving(page())(url, user_agent=user_agent)

    ingest(by=contributor, url=URL, fetcher=fetcher)


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        moved = self.path == "/short"
        self.send_response(302 if moved else 200)
        self.send_header("Location", "/2026/mill?utm_source=short") if moved else None
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"" if moved else page().encode())

    def log_message(self, *args):
        pass


def test_over_real_http(contributor):
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}"
        done = ingest(
            by=contributor, url=f"{root}/short", fetcher=functools.partial(fetch, allow=frozenset({"127.0.0.1"}))
        )
        server.shutdown()
    assert done.article.url == f"{root}/2026/mill" and done.snapshot.final_url == f"{root}/2026/mill?utm_source=short"
    assert done.article.canonical_url == f"{root}/2026/mill" and done.source.domains.get().host == "127.0.0.1"
    assert BODY[1] in done.snapshot.text and done.warnings == ()


def test_text_is_normalised_and_nothing_else(contributor):
    done = ingest(by=contributor, source_name="Tidende", text="\ufeff Cafe\u0301 “x”  y\u00a0z\r\nline\rend \n\n")
    assert done.snapshot.text == "Caf\u00e9 “x”  y\u00a0z\nline\nend"


def test_the_same_again_changes_nothing(contributor):
    def again():
        return ingest(by=contributor, source_name="Tidende", url="http://www.tidende.example/2026/mill#x", text=TEXT)

    first = again()
    Article.objects.update(seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    second = again()
    assert (second.source_is_new, second.article_is_new, second.snapshot_is_new) == (False, False, False)
    assert (second.article, second.snapshot, second.warnings) == (first.article, first.snapshot, ())
    assert second.article.seen_at > datetime(2026, 1, 1, tzinfo=UTC)
    assert (Source.objects.count(), Article.objects.count(), Snapshot.objects.count()) == (1, 1, 1)


def test_a_changed_text_is_a_new_snapshot_and_an_undone_edit_the_old_one(contributor):
    first = ingest(by=contributor, url=URL, text=TEXT)
    second = ingest(by=contributor, url=URL, text=TEXT + "Corrected.")
    assert second.snapshot_is_new and not second.article_is_new and second.article == first.article
    assert second.article.current_snapshot == second.snapshot != first.snapshot
    first.snapshot.refresh_from_db()
    assert first.snapshot.text == TEXT
    third = ingest(by=contributor, url=URL, text=TEXT)
    assert not third.snapshot_is_new and third.article.current_snapshot == third.snapshot == first.snapshot
    assert Snapshot.objects.count() == 2 and third.article.first_sha256 == first.snapshot.sha256


def test_an_article_without_url_is_known_by_source_and_first_text(contributor):
    first = ingest(by=contributor, source_name="Radio Aldersund", text=TEXT)
    assert first.article.canonical_url is None and not Domain.objects.exists()
    assert ingest(by=contributor, source_name="Radio Aldersund", text=TEXT).article == first.article
    assert ingest(by=contributor, source_name="Radio Aldersund", text=TEXT + "!").article_is_new
    assert ingest(by=contributor, source_name="Radio Norvik", text=TEXT).article_is_new


def test_blanks_are_filled_and_the_rest_kept(contributor):
    ingest(by=contributor, url=URL, text=TEXT, title="By hand", published_at=date(2026, 3, 1))
    done = ingest(by=contributor, url=URL, html=page(), archive_url="https://archive.example/2")
    assert (done.article.title, done.article.byline, done.article.language) == ("By hand", "Ann Hale", "en")
    assert (done.article.published_at, done.article.published_precision) == (datetime(2026, 3, 1, tzinfo=UTC), "day")
    assert [(warning.code, warning.field, warning.detail) for warning in done.warnings] == [
        ("title_kept", "title", "The article keeps its title “By hand”; “Mill sold” is left out."),
        (
            "published_at_kept",
            "published_at",
            "The article keeps its date 2026-03-01 00:00 UTC; 2026-03-02 08:15 UTC is left out.",
        ),
    ]


def test_a_day_and_a_moment_of_it_do_not_differ(contributor):
    ingest(by=contributor, url=URL, text=TEXT, published_at=date(2026, 3, 2))
    assert ingest(by=contributor, url=URL, text=TEXT, published_at=datetime(2026, 3, 2, 8, tzinfo=UTC)).warnings == ()


def test_an_archive_url_is_set_once(contributor):
    ingest(by=contributor, url=URL, text=TEXT)
    assert ingest(by=contributor, url=URL, text=TEXT, archive_url="https://a.example/1").snapshot.archive_url
    done = ingest(by=contributor, url=URL, text=TEXT, archive_url="https://a.example/2")
    assert done.snapshot.archive_url == "https://a.example/1" and len(done.warnings) == 1


def test_what_a_page_says_is_cut_to_fit(contributor):
    assert ingest(by=contributor, url=URL, html=page(title="Mill " * 250)).article.title == "Mill " * 200


def test_a_page_with_an_impossible_date_goes_in_without(contributor):
    done = ingest(by=contributor, url=URL, html=page().replace("2026-03-02T09:15:00", "9999-12-31T23:59:00"))
    assert done.article.published_at is None and done.article.published_precision == ""


def test_changes_of_an_article_are_attributed(moderator):
    ingest(by=moderator, url=URL, text=TEXT)
    ingest(by=moderator, url=URL, text=TEXT, title="Mill sold")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.metadata->>'user' FROM sources_articleevent e JOIN pghistory_context c ON c.id = e.pgh_context_id"
        )
        assert cursor.fetchall() == [(str(moderator.pk),)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("given", [{"url": URL}, {}], ids=["with URL", "without"])
def test_two_of_the_same_article_at_once_make_one(contributor, given):
    start = threading.Barrier(4, timeout=10)
    outcomes: list[ingesting.Ingested | Exception] = []

    def one():
        try:
            start.wait()
            outcomes.append(ingest(by=contributor, source_name="Tidende", text=TEXT, **given))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [type(outcome) for outcome in outcomes] == [ingesting.Ingested] * 4, outcomes
    for new in ("source_is_new", "article_is_new", "snapshot_is_new"):
        assert sum(getattr(outcome, new) for outcome in outcomes) == 1
    assert (Source.objects.count(), Article.objects.count(), Snapshot.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_title_that_is_being_given_by_hand_is_kept(contributor):
    ingest(by=contributor, url=URL, text=TEXT)

    def again():
        try:
            ingest(by=contributor, url=URL, text=TEXT, title="Mill sold")
        finally:
            connection.close()

    thread = threading.Thread(target=again)
    with transaction.atomic(), connection.cursor() as cursor:
        Article.objects.update(title="By hand")
        thread.start()
        waiting, deadline = 0, time.monotonic() + 10
        while not waiting and time.monotonic() < deadline:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            (waiting,) = cursor.fetchone()
    thread.join(10)
    assert waiting == 1 and Article.objects.get().title == "By hand"

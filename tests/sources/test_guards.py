"""What the database refuses when SQL bypasses the verbs: sources, articles, snapshots."""

import pytest

from sources.pages.canonical import sha256
from tests.factories import make_snapshot, make_source, make_user
from tests.psql import insert, refusal, run

pytestmark = pytest.mark.django_db

FROZEN = [
    ("UPDATE sources_snapshot SET text = 'Another text.'", "the text"),
    ("UPDATE sources_snapshot SET sha256 = repeat('a', 64)", "its hash"),
    ("UPDATE sources_snapshot SET taken_at = now() + interval '1 day'", "when it was taken"),
    ("UPDATE sources_snapshot SET method = 'fetched'", "how"),
    ("UPDATE sources_snapshot SET taken_by_id = (SELECT max(id) FROM claimtrack_user)", "by whom"),
    ("UPDATE sources_snapshot SET article_id = (SELECT max(id) FROM sources_article)", "of which article"),
    (
        "UPDATE sources_snapshot SET archive_url = 'https://archive.example/1', text = 'x'",
        "nor along with the archive URL",
    ),
    ("DELETE FROM sources_snapshot", "not even deleted"),
]


@pytest.mark.parametrize(("statement", "reason"), FROZEN)
def test_a_snapshot_is_frozen(statement, reason):
    make_snapshot()
    make_snapshot("Another article.")
    make_user()
    assert refusal(statement) == "frozen", reason


def test_an_archive_url_is_set_once():
    make_snapshot()
    run("UPDATE sources_snapshot SET archive_url = 'https://archive.example/1'")
    assert refusal("UPDATE sources_snapshot SET archive_url = 'https://archive.example/2'") == "frozen"
    assert refusal("UPDATE sources_snapshot SET archive_url = NULL") == "frozen"


TEXTS = [
    ("Cafe\u0301", "snapshot_normal_text", "NFD"),
    ("One\r\ntwo", "snapshot_normal_text", "a carriage return"),
    ("", "snapshot_normal_text", "nothing"),
]


def row(text, **changed):
    article = make_snapshot("An article.").article
    columns = {"text": text, "sha256": sha256(text), "method": "text", "extractor": "", "extractor_version": ""}
    return insert(
        "sources_snapshot",
        **{**columns, "final_url": "", "article_id": article.pk, "taken_by_id": article.created_by_id, **changed},
    )


@pytest.mark.parametrize(("text", "guard", "reason"), TEXTS)
def test_a_text_that_is_not_normal(text, guard, reason):
    assert refusal(row(text)) == guard, reason


SHA256 = [
    (sha256("another text"), "of another text"),
    (sha256("Café 😀").upper(), "in upper case"),
    ("", "none"),
]


@pytest.mark.parametrize(("given", "reason"), SHA256)
def test_a_sha256_that_is_not_the_text_s(given, reason):
    run(row("Café 😀"))
    assert refusal(row("Café 😀", sha256=given)) == "snapshot_sha256", reason


def test_the_same_text_twice():
    assert refusal(row("An article.")) == "snapshot_once"
    assert refusal(row("Another.", method="guessed")) == "snapshot_method"


HOSTS = [
    ("www.harbour.example", "a leading www."),
    ("Harbour.example", "upper case"),
    ("häfen.example", "not IDNA"),
    ("harbour.example.", "a trailing dot"),
    ("harbour.example:80", "a port"),
    ("https://harbour.example", "an address"),
    ("harbour .example", "white space"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("host", "reason"), HOSTS)
def test_a_host_spelt_otherwise(host, reason):
    source = make_source()
    run(insert("sources_domain", source_id=source.pk, host="xn--hfen-loa.example"))
    assert refusal(insert("sources_domain", source_id=source.pk, host=host)) == "domain_host", reason


@pytest.mark.parametrize("host", ["archive.ph", "web.archive.org", "a-example.cdn.ampproject.org"])
def test_an_archive_is_no_paper_s_domain(host):
    assert refusal(insert("sources_domain", source_id=make_source().pk, host=host)) == "domain_archive"


def test_a_host_belongs_to_one_source():
    make_source("harbour.example")
    assert "host" in refusal(insert("sources_domain", source_id=make_source().pk, host="harbour.example"))


def test_the_current_snapshot_is_the_article_s_own():
    article, other = make_snapshot().article, make_snapshot()
    change = f"UPDATE sources_article SET current_snapshot_id = {other.pk} WHERE id = {article.pk}"
    assert refusal(change) == "own_snapshot"


ARTICLES = [
    ("canonical_url = (SELECT min(canonical_url) FROM sources_article)", "canonical_url", "another article's address"),
    ("canonical_url = 'ftp://harbour.example/'", "article_canonical_url", "no address of a page"),
    ("published_at = now()", "article_published_precision", "a date of no precision"),
    ("published_at = NULL, published_precision = 'day'", "article_published_precision", "precise about nothing"),
    ("url = ''", "article_url", "an address that readers do not get"),
    ("first_sha256 = 'x'", "article_first_sha256", "no hash"),
    ("language = 'English'", "article_language", "no tag"),
]


@pytest.mark.parametrize(("change", "guard", "reason"), ARTICLES)
def test_an_article_that_is_none(change, guard, reason):
    make_snapshot(canonical_url="https://a.example/")
    article = make_snapshot(canonical_url="https://b.example/").article
    assert guard in refusal(f"UPDATE sources_article SET {change} WHERE id = {article.pk}"), reason


def test_an_article_without_address_is_known_by_its_source_and_first_text():
    source = make_source()
    make_snapshot("A speech.", source=source, canonical_url=None)
    article = make_snapshot("Another speech.", source=source, canonical_url=None).article
    change = f"UPDATE sources_article SET first_sha256 = '{sha256('A speech.')}' WHERE id = {article.pk}"
    assert refusal(change) == "article_without_url"


SOURCES = [
    ("name = ''", "source_name", "no name"),
    ("country = 'no'", "source_country", "lower case"),
    ("language = 'Norwegian'", "source_language", "no tag"),
]


@pytest.mark.parametrize(("change", "guard", "reason"), SOURCES)
def test_a_source_that_is_none(change, guard, reason):
    make_source()
    assert refusal(f"UPDATE sources_source SET {change}") == guard, reason


def test_what_is_cited_is_not_deleted():
    make_snapshot()
    for table in ("sources_article", "sources_source", "claimtrack_user"):
        assert refusal(f"DELETE FROM {table}")

from datetime import datetime

import pytest

from claimtrack.models import User
from claimtrack.refusals import Invalid, NotAllowed
from sources import ingesting
from sources.ingesting import ingest
from sources.models import Article, Source
from sources.pages.fetching import FetchError
from tests.sources.ingesting.pages import TEXT, URL, page


def test_a_user_without_role_may_not(db):
    with pytest.raises(NotAllowed):
        ingest(by=User.objects.create(username="reader"), source_name="Tidende", text=TEXT)
    assert not Source.objects.exists()


SENSELESS = [
    # given, field, code, why
    ({"source_name": "Tidende"}, "url", "required", "nothing to record"),
    ({"text": TEXT, "html": page()}, "html", "invalid", "two contents"),
    ({"text": TEXT}, "source_name", "source_missing", "a text of nobody"),
    ({"text": " \n\t"}, "text", "required", "no text"),
    ({"text": "\u200b\n"}, "text", "required", "nothing that shows"),
    ({"text": TEXT, "source_name": "\u200b"}, "source_name", "source_missing", "a name of which nothing shows"),
    ({"text": "a\0b"}, "text", "bad_character", "U+0000, which PostgreSQL cannot hold"),
    ({"text": "a\ud83d"}, "text", "bad_character", "half of a surrogate pair"),
    ({"text": "x" * 2_000_001}, "text", "too_long", "one more than fits"),
    ({"html": "<p></p>"}, "html", "nothing_extracted", "a page without text"),
    ({"html": ""}, "html", "nothing_extracted", "no page"),
    ({"html": b"\x00\xff"}, "html", "nothing_extracted", "bytes of anything but a page"),
    ({"html": "<p>" + "x" * 5_000_000}, "html", "too_long", "more than is fetched either"),
    ({"text": TEXT, "url": "ftp://tidende.example/mill"}, "url", "url", "no http"),
    ({"text": TEXT, "url": "https://tidende.example/" + "x" * 2000}, "url", "url", "longer than its column"),
    ({"text": TEXT, "url": "https://[2001:db8::1]/mill"}, "url", "url", "a host that no source can own"),
    ({"url": "mill.html"}, "url", "url", "a file name"),
    ({"text": TEXT, "source_domain": "tidende.example/2026"}, "source_domain", "domain", "more than a domain"),
    ({"text": TEXT, "source_domain": "[2001:db8::1]"}, "source_domain", "domain", "a host that no source can own"),
    ({"text": TEXT, "source_name": "x" * 301}, "source_name", "too_long", "longer than its column"),
    (
        {"text": TEXT, "source_name": "\ufdfa" * 250},
        "source_name",
        "too_long",
        "longer than a column once the ligature is taken apart",
    ),
    ({"text": TEXT, "source_name": "Tid\0ende"}, "source_name", "bad_character", "U+0000"),
    ({"text": TEXT, "title": "x" * 1001}, "title", "too_long", "longer than its column"),
    ({"text": TEXT, "byline": "\ud83d"}, "byline", "bad_character", "half of a surrogate pair"),
    ({"text": TEXT, "language": "English"}, "language", "invalid", "a name, not a tag"),
    ({"text": TEXT, "language": "en\nfr"}, "language", "invalid", "two lines"),
    ({"text": TEXT, "language": "en" + "-abcdefgh" * 4}, "language", "invalid", "longer than its column"),
    ({"text": TEXT, "published_at": datetime.fromisoformat("2026-03-02T09:15")}, "published_at", "invalid", "no zone"),
    (
        {"text": TEXT, "published_at": datetime.fromisoformat("0001-01-01T00:00+01:00")},
        "published_at",
        "invalid",
        "in UTC before the calendar begins",
    ),
    ({"text": TEXT, "archive_url": "javascript:alert(1)"}, "archive_url", "url", "no http"),
]


@pytest.mark.parametrize(("given", "field", "code", "why"), SENSELESS, ids=[f"{row[1]}: {row[3]}" for row in SENSELESS])
def test_input_without_sense_is_refused(contributor, given, field, code, why):
    with pytest.raises(Invalid) as refusal:
        ingest(by=contributor, **given)
    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert not Source.objects.exists()


def test_a_page_that_cannot_be_had_is_refused(contributor):
    def fetcher(url, *, user_agent):
        raise FetchError("timeout", "The server took too long to answer.")

    with pytest.raises(Invalid, match="too long") as refusal:
        ingest(by=contributor, url=URL, fetcher=fetcher)
    assert (refusal.value.field, refusal.value.code) == ("url", "timeout")


def test_loopback_is_not_fetched(contributor):
    with pytest.raises(Invalid) as refusal:
        ingest(by=contributor, url="http://127.0.0.1/metadata")
    assert refusal.value.code == "address_refused"


def test_text_that_the_database_refuses_is_a_refusal(contributor, monkeypatch):
    monkeypatch.setattr(ingesting.fields, "clean_characters", lambda text, field: text)
    with pytest.raises(Invalid) as refusal:
        ingest(by=contributor, source_name="Tidende", text="Cafe\u0301")
    assert (refusal.value.field, refusal.value.code) == ("text", "bad_character")
    assert not Source.objects.exists() and not Article.objects.exists()

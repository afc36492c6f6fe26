"""Taking in what a source published: the exact text, and whose it is.

One pipe, entered at three points: URL → fetch → HTML → extract → text → Article and Snapshot. Fetching and extracting
(taking.py) come before the transaction, which so lasts milliseconds. In it (filing.py) ingests take turns: two of the
same new article at once end in one article and one snapshot.

Whose page is it? The host of its address says so: of the address after redirects where the page was fetched, as that
server sent the text, else of the URL handed in. The Source that owns this host is the source, whatever name was given.
The page's own canonical link is believed only where its host belongs to that Source too. An article that is there
already has been looked after by people: what comes in fills its blanks and overwrites nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models.functions import Now

from claimtrack.cleaning import clean_language
from claimtrack.db.attribution import acting
from claimtrack.refusals import Invalid
from claimtrack.roles import Role, require
from sources.ingesting import fields, filing
from sources.ingesting.taking import take
from sources.models import Article, Snapshot, Source
from sources.pages import fetching
from sources.pages.canonical import sha256

_TURN = 0x696E67657374  # the advisory lock that is the turn: "ingest" in ASCII


@dataclass(frozen=True)
class Ingested:
    """What an ingest came to; `warnings` are sentences for the person who ingests."""

    article: Article
    snapshot: Snapshot
    source: Source
    source_is_new: bool
    article_is_new: bool
    snapshot_is_new: bool
    warnings: tuple[str, ...]


def ingest(
    *,
    by: Any,
    source_name: str = "",
    source_domain: str = "",
    url: str = "",
    text: str | None = None,
    html: str | bytes | None = None,
    title: str = "",
    byline: str = "",
    published_at: datetime | date | None = None,
    language: str = "",
    archive_url: str | None = None,
    fetcher: Callable[..., fetching.Fetched] = fetching.fetch,
) -> Ingested:
    """Record the text of an article as it stands now; the same again changes nothing but `seen_at`.

    Give `text`, or `html`, or neither: then the page at `url` is fetched, by `fetcher(url, user_agent=...)`. HTML in
    bytes is decoded as the page itself says. `published_at` is an aware datetime (to the second) or a date (to the day,
    kept as its 00:00 UTC). What is given here goes before what the page says.

    Raises NotAllowed below Contributor. Raises Invalid, naming the field, for input that makes no sense, for a page that
    cannot be had (codes of fetching.FetchError) or holds no article (nothing_extracted). Raises Conflict where the name
    means several sources (source_ambiguous), where a host is for a Moderator to add to a known source
    (source_other_domain), and where a known source's address leads away from it (redirected_away).
    """
    require(by, Role.CONTRIBUTOR, "ingest articles")
    if text is not None and html is not None:
        raise Invalid("Give the text or the HTML, not both.", field="html")
    if text is None and html is None and not url:
        raise Invalid("Give a URL, a text or HTML.", code="required", field="url")
    name = fields.line(source_name, "source_name", limit=300)
    domain = fields.domain(source_domain)
    url = fields.url(url, "url")
    archive_url = fields.url(archive_url or "", "archive_url") or None
    details = {
        "title": fields.line(title, "title", limit=1000),
        "byline": fields.line(byline, "byline", limit=1000),
        "language": clean_language(language),
        **fields.published(published_at),
    }
    taken = take(url=url, text=text, html=html, fetcher=fetcher)
    details |= {key: value for key, value in taken.details.items() if not details[key]}

    warnings = list(taken.warnings)
    with acting(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        source, source_is_new = filing.find_source(
            by=by, name=name, domain=domain, url=url, taken=taken, warnings=warnings
        )
        key = filing.find_key(taken=taken, source=source, warnings=warnings)
        article, article_is_new = filing.file_article(
            by=by, source=source, key=key, url=url, first_sha256=sha256(taken.text), details=details, warnings=warnings
        )
        snapshot, snapshot_is_new = filing.file_snapshot(
            by=by, article=article, taken=taken, archive_url=archive_url, warnings=warnings
        )
        Article.objects.filter(pk=article.pk).update(current_snapshot=snapshot, seen_at=Now())
        article.refresh_from_db()
    return Ingested(article, snapshot, article.source, source_is_new, article_is_new, snapshot_is_new, tuple(warnings))

"""Ingest an article: record its exact text and find out who published it.

There is one way with three entrances: URL → fetch → HTML → extract → text → Article and Snapshot. Fetching and extracting
(taking.py) happen before the transaction, so it lasts only milliseconds. In the transaction (filing.py), ingests take turns, so
that two ingests of the same new article at once create one article and one snapshot.

The source is the owner of the page's host, whatever name was given. If the page was fetched, the host is that of the address
after redirects, since that server sent the text. Otherwise it is the host of the given URL. An archived copy belongs to the
source of the original, and a post to its platform. A page's canonical link is used only if its host belongs to the same source.
If the article exists already, people may have edited it, so an ingest fills its empty fields and overwrites nothing.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import connection
from django.db.models.functions import Now

from claimtrack.cleaning import clean_language, clean_line
from claimtrack.dates import warnings_about
from claimtrack.db.attribution import verb
from claimtrack.isolation import TooCostly, within
from claimtrack.models import User
from claimtrack.names import is_nobody
from claimtrack.refusals import Conflict, Invalid, Message
from claimtrack.roles import Role, require
from claimtrack.warnings import InputWarning
from sources.ingesting import fields, filing, redacted
from sources.ingesting.taking import Taken, take
from sources.models import Article, Reading, Snapshot, Source
from sources.pages import fetching
from sources.pages.canonical import canonical_url, publisher_host, sha256
from sources.pages.redirects import target
from sources.pages.sameness import has_changed, is_another_page

TURN = 0x696E67657374  # the key of the advisory lock: "ingest" in ASCII
COMPARISON = 0.6  # seconds of CPU time, in addition to those in which the page was read


@dataclass(frozen=True)
class Given:
    """The arguments besides text and HTML, cleaned. `link` is the URL as it was given, `nobody` a given name that stands for nobody."""

    name: str
    nobody: str
    domain: str
    link: str
    url: str
    archive_url: str
    details: fields.Details


@dataclass(frozen=True)
class Ingested:
    """The result of an ingest. `warnings` are for the person who ingests."""

    article: Article
    snapshot: Snapshot
    source: Source
    source_is_new: bool
    article_is_new: bool
    snapshot_is_new: bool
    warnings: tuple[InputWarning, ...]


@dataclass(frozen=True)
class NewReading:
    """The result of reading an article again: its new snapshot, None if it says the same.

    `furniture` are the digests of the lines around the article in the present page. `elsewhere` is the address of the page that was
    sent, if it is not the article's. In that case nothing is recorded.
    """

    snapshot: Snapshot | None
    furniture: Sequence[str] = ()
    elsewhere: str = ""


def ingest(
    *,
    by: User,
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
    """Record the current text of an article. A repetition changes only `seen_at`.

    Give `text` or `html`. Without both, `fetcher(url, user_agent=...)` fetches the page at `url`. HTML in bytes is decoded as
    the page declares. `published_at` is an aware datetime (to the second) or a date (to the day, stored as 00:00 UTC).
    Arguments take precedence over what the page states. If `url` is a copy at an archive or cache, the original is recorded,
    and the copy becomes the snapshot's archive URL. If `url` is a platform's link around an address, that address is recorded.

    Raises NotAllowed below Contributor. Raises Invalid, with the field, for wrong input, for a page that cannot be fetched
    (codes of fetching.FetchError), has no article (nothing_extracted) or exceeds the limits (too_costly), for a copy whose
    address does not contain the original's (archive), and for an address that only leads to another one (short_url,
    redirect_notice). Raises Conflict if the name means several sources (source_ambiguous), if only a Moderator may add the
    host to a known source (source_other_domain), if the address of a known source redirects away from it
    (redirected_away), and if the key is gone that recognises what was removed from the article (redaction_key).
    """
    require(by, Role.CONTRIBUTOR, "You may not ingest articles: this takes a Contributor.")
    if text is not None and html is not None:
        raise Invalid("Give the text or the HTML, not both.", field="html")
    if text is None and html is None and not url:
        raise Invalid("Give a URL, a text or HTML.", code="required", field="url")
    given = read(
        source_name=source_name,
        source_domain=source_domain,
        url=url,
        title=title,
        byline=byline,
        published_at=published_at,
        language=language,
        archive_url=archive_url,
    )
    taken = take(url=given.url, text=text, html=html, fetcher=fetcher)
    details = _filled(given.details, taken.details)
    warnings = [
        *taken.warnings,
        *_about_link(given.link, given.url),
        *_about_copy(taken, given.archive_url),
        *_about_entities(given.url),
        *_about_nobody(given.nobody),
        *warnings_about(details["published_at"], "published_at"),
    ]
    copy = given.archive_url or taken.copy or None
    return _record(given.name, given.domain, given.url, taken, details, copy, warnings, by=by)


def read(
    *,
    source_name: str = "",
    source_domain: str = "",
    url: str = "",
    title: str = "",
    byline: str = "",
    published_at: datetime | date | None = None,
    language: str = "",
    archive_url: str | None = None,
) -> Given:
    """Clean the arguments besides text and HTML. Raises Invalid for everything that can be refused without the page."""
    name = fields.name(source_name, "source_name")
    nobody = name if name and is_nobody(name) else ""
    link = fields.url(url, "url")
    return Given(
        name="" if nobody else name,
        nobody=nobody,
        domain=fields.domain(source_domain),
        link=link,
        url=fields.url(target(link), "url"),
        archive_url=fields.archive_url(archive_url or ""),
        details={
            "title": clean_line(title, "title", limit=1000),
            "byline": clean_line(byline, "byline", limit=1000),
            "language": clean_language(language),
            **fields.published(published_at),
        },
    )


@verb
def _record(
    name: str,
    domain: str,
    url: str,
    taken: Taken,
    details: fields.Details,
    archive_url: str | None,
    warnings: list[InputWarning],
    *,
    by: User,
) -> Ingested:
    """Record the taken text in one transaction."""
    warnings = [*warnings]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    source, source_is_new = filing.find_source(by=by, name=name, domain=domain, url=url, taken=taken, warnings=warnings)
    address = filing.find_address(taken=taken, source=source, warnings=warnings)
    taken, details = redacted.as_redacted(taken, details, source, address[0])
    article, article_is_new = filing.file_article(
        by=by,
        source=source,
        address=address,
        first_sha256=sha256(taken.text),
        details=details,
        warnings=warnings,
    )
    snapshot, snapshot_is_new = filing.file_snapshot(
        by=by, article=article, taken=taken, archive_url=archive_url, warnings=warnings
    )
    Article.objects.filter(pk=article.pk).update(current_snapshot=snapshot, seen_at=Now())
    article.refresh_from_db()
    if article.canonical_url and taken.furniture:
        Reading.objects.update_or_create(
            article=article,
            defaults={"furniture": taken.furniture_digests},
            create_defaults={"url": article.url, "furniture": taken.furniture_digests},
        )
    return Ingested(article, snapshot, article.source, source_is_new, article_is_new, snapshot_is_new, tuple(warnings))


def ingest_again(
    *, by: User, article: Article, fetched: fetching.Fetched, known: Collection[str], passages: Collection[str]
) -> NewReading:
    """Record the present text of an article's page, unless only lines around the article have changed.

    `known` are the digests of those lines from the last reading, and `passages` the quotes without which the text counts as changed
    (sources.pages.sameness). Raises NotAllowed, Invalid and Conflict `redaction_key` as `ingest` does, and Conflict `another_page` if
    the page does not show the article, at least for now.
    """
    require(by, Role.CONTRIBUTOR, "You may not ingest articles: this takes a Contributor.")
    taken = take(url=fetched.url, text=None, html=None, fetcher=lambda *_, **__: fetched)
    if not _is_of(article, taken):
        return NewReading(None, elsewhere=taken.address)
    return _record_again(article, taken, known, passages, by=by)


@verb
def _record_again(
    article: Article, taken: Taken, known: Collection[str], passages: Collection[str], *, by: User
) -> NewReading:
    """Record the taken text in one transaction, if it has changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    article = Article.objects.select_related("source", "current_snapshot").get(pk=article.pk)
    taken, _ = redacted.as_redacted(taken, taken.details, article.source, article.canonical_url)
    current = article.current_snapshot
    if current and not _has_changed(current.text, taken, known, passages):
        return NewReading(None, taken.furniture_digests)
    if current and is_another_page(current.text, taken.text, passages=passages):
        raise Conflict(
            "The page shows something else in place of the article, such as a form to sign in.", code="another_page"
        )
    snapshot, _ = filing.file_snapshot(by=by, article=article, taken=taken, archive_url=None, warnings=[])
    Article.objects.filter(pk=article.pk).update(current_snapshot=snapshot, seen_at=Now())
    return NewReading(snapshot, taken.furniture_digests)


def _has_changed(text: str, taken: Taken, known: Collection[str], passages: Collection[str]) -> bool:
    """Compare within limits, since all ingests wait: a page of lines that repeat would take hours. If in doubt, it has changed."""
    try:
        return within(
            COMPARISON,
            has_changed,
            text,
            taken.text,
            furniture=taken.furniture_digests,
            known=[*known],
            passages=[*passages],
        )
    except TooCostly:
        return True


def _is_of(article: Article, taken: Taken) -> bool:
    """Return whether a page is that of the article: by its address, or by its canonical link if its host is the source's."""
    if canonical_url(taken.address) == article.canonical_url:
        return True
    try:
        linked = canonical_url(taken.link)
    except ValueError:
        return False
    own = article.source.domains.filter(host=publisher_host(taken.address)).exists()
    return own and linked == article.canonical_url


def _filled(given: fields.Details, stated: fields.Details) -> fields.Details:
    """Return the given arguments, completed by the statements of the page."""
    dated = given if given["published_at"] else stated
    return {
        "title": given["title"] or stated["title"],
        "byline": given["byline"] or stated["byline"],
        "language": given["language"] or stated["language"],
        "published_at": dated["published_at"],
        "published_precision": dated["published_precision"],
    }


def _about_copy(taken: Taken, archive_url: str) -> list[InputWarning]:
    if not taken.copy:
        return []
    host = urlsplit(taken.copy).hostname
    params = {"host": host, "address": taken.address, "copy": taken.copy}
    sentence = (
        Message(
            "“%(host)s” keeps copies of other sites' pages: the article is filed as “%(address)s”; the archive URL given stays,"
            " “%(copy)s” is left out.",
            params,
        )
        if archive_url
        else Message(
            "“%(host)s” keeps copies of other sites' pages: the article is filed as “%(address)s”; the copy is its archive URL.",
            params,
        )
    )
    return [InputWarning("archive_copy", "url", sentence)]


def _about_link(given: str, url: str) -> list[InputWarning]:
    if given == url:
        return []
    sentence = Message(
        "“%(hostname)s” only leads to “%(url)s”, which is taken for the URL.",
        {"hostname": urlsplit(given).hostname, "url": url},
    )
    return [InputWarning("redirect_left_out", "url", sentence)]


def _about_nobody(name: str) -> list[InputWarning]:
    sentence = Message("“%(name)s” names nobody and is left out.", {"name": name})
    return [InputWarning("source_name_left_out", "source_name", sentence)] if name else []


def _about_entities(url: str) -> list[InputWarning]:
    if "&amp;" not in url:
        return []
    sentence = Message(
        "The URL contains “&amp;”, as in a page's source, and is kept as it is: where “&” is meant, give that."
    )
    return [InputWarning("html_entity", "url", sentence)]

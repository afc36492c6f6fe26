"""From a URL, a page's HTML or a text to the text and what is known of it, before the ledger is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from claimtrack.isolation import TooCostly, isolated
from claimtrack.refusals import Invalid
from sources.ingesting import fields
from sources.models import Snapshot
from sources.pages import fetching
from sources.pages.extract import Extracted, NothingExtracted, decode, extract


@dataclass(frozen=True)
class Taken:
    """A text as it is to be stored, and where it comes from. `details` are columns of Article as the page states them."""

    text: str
    method: Snapshot.Method
    details: dict[str, Any]
    address: str = ""  # where the text came from, after redirects
    final_url: str = ""  # the same, if fetched
    link: str = ""  # the page's canonical link
    extractor: str = ""
    extractor_version: str = ""
    warnings: tuple[str, ...] = ()


def take(*, url: str, text: str | None, html: str | bytes | None, fetcher: Callable[..., fetching.Fetched]) -> Taken:
    """Fetch and extract, as far as that is still to do. Raises Invalid."""
    if text is not None:
        return Taken(fields.text(text, "text"), Snapshot.Method.TEXT, {}, address=url)
    if html is not None:
        if len(html) > fields.MAX_HTML:
            raise Invalid(f"The HTML is longer than {fields.MAX_HTML:,} characters.", code="too_long", field="html")
        return _extracted(html, Snapshot.Method.HTML, "html", address=url)
    try:
        fetched = fetcher(url, user_agent=f"claimtrack (+{settings.CLAIMTRACK_SITE_URL})")
    except fetching.FetchError as error:
        raise Invalid(str(error), code=error.code, field="url") from error
    final = fields.url(fetched.final_url, "url")
    if fetched.media_type != "text/plain":
        return _extracted(
            fetched.body, Snapshot.Method.FETCHED, "url", fetched.content_type, address=final, final_url=final
        )
    plain = fields.text(decode(fetched.body, fetched.content_type), "url")
    return Taken(plain, Snapshot.Method.FETCHED, {}, address=final, final_url=final)


def _extracted(
    html: str | bytes, method: Snapshot.Method, named: str, content_type: str | None = None, **where: str
) -> Taken:
    try:
        page = isolated(extract, html, where["address"] or None, content_type=content_type)
    except TooCostly as error:
        sentence = "The page takes too much time or memory to read: hand in its text instead."
        raise Invalid(sentence, code="too_costly", field=named) from error
    except NothingExtracted as error:
        raise Invalid(str(error), code="nothing_extracted", field=named) from error
    return Taken(
        text=fields.text(page.text, named),
        method=method,
        link=page.canonical_link or "",
        details=_details(page),
        extractor=page.extractor,
        extractor_version=page.version,
        warnings=page.warnings,
        **where,
    )


def _details(page: Extracted) -> dict[str, Any]:
    """What the page states, as far as it fits: a person is told what is wrong with theirs, a page cannot be."""
    try:
        published = fields.published(page.published_at)
    except Invalid:
        published = fields.published(None)
    return {
        "title": (page.title or "")[:1000],
        "byline": ", ".join(page.authors)[:1000],
        "language": page.language or "",
        **published,
    }

"""Get the text and metadata of an article from its URL, HTML or text, without using the database."""

from collections.abc import Callable
from dataclasses import dataclass

from claimtrack.addresses import user_agent
from claimtrack.isolation import TooCostly, isolated
from claimtrack.refusals import Amount, Invalid, Message, reason
from claimtrack.warnings import InputWarning
from sources.ingesting import fields
from sources.ingesting.fields import Details
from sources.models import Snapshot
from sources.pages import fetching
from sources.pages.archives import original
from sources.pages.canonical import host
from sources.pages.decoding import decode
from sources.pages.extract import Extracted, NothingExtracted, about_encoding, extract
from sources.pages.redirects import is_short, target
from sources.pages.sameness import digest

MOST_DIGESTS = 300
NOTHING: Details = {"title": "", "byline": "", "language": "", "published_at": None, "published_precision": ""}


class Unavailable(Invalid):
    """The page cannot be fetched now, but perhaps later."""


@dataclass(frozen=True)
class Taken:
    """A text as it will be stored, and its origin. `details` are columns of Article as the page states them."""

    text: str
    method: Snapshot.Method
    details: Details
    address: str = ""  # where the text was published: after redirects, and the original of an archived copy
    copy: str = ""  # the archived copy that the text was taken from
    final_url: str = ""  # where the desk fetched it, after redirects
    link: str = ""  # the page's canonical link
    extractor: str = ""
    extractor_version: str = ""
    warnings: tuple[InputWarning, ...] = ()
    furniture: tuple[str, ...] = ()  # lines of the text that are not of the article

    @property
    def furniture_digests(self) -> list[str]:
        return sorted({digest(line) for line in self.furniture})[:MOST_DIGESTS]


def take(*, url: str, text: str | None, html: str | bytes | None, fetcher: Callable[..., fetching.Fetched]) -> Taken:
    """Fetch and extract, unless that was done already. Raises Invalid."""
    if text is not None:
        address, copy = _published_at(url, "url")
        return Taken(fields.text(text, "text"), Snapshot.Method.TEXT, NOTHING, address=address, copy=copy)
    if html is not None:
        if len(html) > fields.MAX_HTML:
            raise Invalid(
                "The HTML is longer than %(limit)s characters.",
                code="too_long",
                field="html",
                params={"limit": Amount(fields.MAX_HTML)},
            )
        return _extracted(html, Snapshot.Method.HTML, "html", url)
    try:
        fetched = fetcher(url, user_agent=user_agent())
    except fetching.FetchError as error:
        refusal = Unavailable if error.is_temporary else Invalid
        raise refusal(reason(error), code=error.code, field="url") from error
    final = fields.url(fetched.final_url, "url")
    if fetched.media_type != "text/plain":
        return _extracted(
            fetched.body, Snapshot.Method.FETCHED, "url", final, content_type=fetched.content_type, final_url=final
        )
    decoded = isolated(decode, fetched.body, fetched.content_type)
    address, copy = _published_at(final, "url")
    return Taken(
        text=fields.text(decoded.text, "url"),
        method=Snapshot.Method.FETCHED,
        details=NOTHING,
        address=address,
        copy=copy,
        final_url=final,
        warnings=tuple(about_encoding(decoded, "url")),
    )


def _extracted(
    html: str | bytes,
    method: Snapshot.Method,
    field: str,
    url: str,
    *,
    content_type: str | None = None,
    final_url: str = "",
) -> Taken:
    try:
        page = isolated(extract, html, url or None, content_type=content_type)
    except TooCostly as error:
        sentence = Message("The page takes too much time or memory to read: hand in its text instead.")
        raise Invalid(sentence, code="too_costly", field=field) from error
    except NothingExtracted as error:
        raise Invalid(reason(error), code="nothing_extracted", field=field) from error
    address, copy = _published_at(url, field)
    return Taken(
        text=fields.text(page.text, field),
        method=method,
        details=_details(page),
        address=address,
        copy=copy,
        final_url=final_url,
        link=page.canonical_link or "",
        extractor=page.extractor,
        extractor_version=page.version,
        warnings=page.warnings,
        furniture=page.furniture,
    )


def _published_at(url: str, field: str) -> tuple[str, str]:
    """Return the address where a text was published, and the URL itself if it is an archived copy, else ""."""
    if not url:
        return "", ""
    if target(url) != url:
        sentence = Message(
            "The URL led to a notice about leaving for “%(url)s”: give that instead.", {"url": target(url)}
        )
        raise Invalid(sentence, code="redirect_notice", field=field)
    address = fields.url(original(url), field)
    if is_short(host(address)):
        sentence = Message(
            "“%(address)s” only leads to other sites' pages, and this address does not say to which: give that one.",
            {"address": host(address)},
        )
        raise Invalid(sentence, code="short_url", field=field)
    return address, url if address != url else ""


def _details(page: Extracted) -> Details:
    """Return what the page states, shortened to fit. Only people's input is refused, since a page cannot correct itself."""
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

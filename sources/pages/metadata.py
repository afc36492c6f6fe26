"""Read what an article's page states about itself: title, authors, date, language, canonical link.

The most reliable statement wins: JSON-LD of an article type, then Open Graph and other meta elements, then what trafilatura reads
from the visible page. Only the canonical link is taken first from `link rel=canonical`, which has no other purpose (RFC 6596).
bench/extraction.py measures the result.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import examine_meta, extract_author, extract_meta_json, extract_title
from trafilatura.settings import Document

from claimtrack.dates import LAST_YEAR
from claimtrack.names import identity
from claimtrack.refusals import Message
from sources.pages import bylines, jsonld
from sources.pages.canonical import canonical_url, split_url
from sources.pages.markup import json_ld
from sources.pages.signatures import OTHERS, signatures, without_others

_OTHER_ARTICLES = frozenset(
    {"BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "Report"}
)
_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "title")
_AUTHORS = ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "sailthru.author")
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "pubdate", "dcterms.created", "date")
_LANGUAGES = ("og:locale", "content-language", "dc.language")
_INLINE_TAG = re.compile(r"</?(?:a|b|br|em|i|mark|q|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
# Its extended and its basic form: 2026-03-04T12:30:05Z and 20260304T123005Z.
_ISO_8601 = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{8})(?:[T ](\d\d:\d\d(?::\d\d)?|\d{4}(?:\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_NUMERIC = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{4}|(?<=\d{4}[./-]\d[./-])\d{1,2}|(?<=\d{4}[./-]\d\d[./-])\d{1,2})\.?"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    "|dec(?:ember)?"
)
_IN_WORDS = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})"
    rf"|(?P<month2>{_MONTH})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}}))",
    re.IGNORECASE,
)
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?=/)")
_PUBLISHED_CLASS = re.compile(r"publi|posted|pubdate|entry-date|date-?line|time-?stamp", re.IGNORECASE)
_LONGEST_LINE = 60  # characters beside a time
# Items of microdata whose date is that of the page, and elements for what has dates of its own.
_ITEMS = re.compile(r"(?:Article|Posting|WebPage|Report|ClaimReview|CreativeWork)\s*$")
_OTHERS = re.compile(OTHERS, re.IGNORECASE)
_NAMES = 500  # characters of the names of an element that are read
# What programs write if there is no date.
_NULL = re.compile(r"0001-01-01|1970-01-01T00:00|(?:null|none|undefined|n/?a|false)$", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*([a-z]{2,3})\s*(?:[-_,]|$)", re.IGNORECASE)
_BUDDHIST_YEARS = range(2440, 2601)  # of the Thai calendar: 2567 is 2024
_FIRST_YEAR = 1605  # the first newspaper; "0001-01-01" is a program's null


@dataclass(frozen=True)
class Page:
    """A parsed page with the statements found in it."""

    tree: HtmlElement
    url: str | None
    nodes: list[jsonld.Node]
    unreadable: int  # JSON-LD scripts beyond repair
    article: jsonld.Node  # the node that describes this page's article; may be empty
    metas: dict[str, list[str]]  # content of meta elements by name, property, itemprop or http-equiv in lower case
    visible: Document


def read(tree: HtmlElement, url: str | None) -> Page:
    """Collect the statements of a page. `url` is its address, if it has one."""
    nodes, unreadable = jsonld.read(script.text_content() for script in json_ld(tree))
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            # In the body an itemprop belongs to an item of its own, such as a picture with its photographer.
            inner = attribute == "itemprop" and meta.getparent().tag != "head"
            if meta.get(attribute) and meta.get("content") and not inner:
                metas.setdefault(meta.get(attribute).strip().lower(), []).append(meta.get("content"))
    return Page(
        tree=tree,
        url=url,
        nodes=nodes,
        unreadable=unreadable,
        article=_article(nodes, url),
        metas=metas,
        visible=_visible(tree),
    )


def _visible(tree: HtmlElement) -> Document:
    """Return what trafilatura's extract_metadata finds, except for the date: its search is not used, and costs more than the rest."""
    found = examine_meta(tree)
    if " " not in (found.author or ""):
        found.author = None
    with suppress(Exception):  # a fault of the library, which it ignores too
        found = extract_meta_json(tree, found)
    found.title = found.title or extract_title(tree)
    found.author = found.author or extract_author(without_others(tree))
    found.clean_and_trim()
    return found


def title(page: Page) -> str | None:
    """Return the headline, without mark-up and without the site's name if the page states it."""
    stated = [page.article.get("headline"), page.article.get("name"), *_contents(page, _TITLES), page.visible.title]
    sites = {_line(site).casefold() for site in _site_names(page)} - {""}
    for candidate in stated:
        text = _line(candidate)
        cut = re.match(r"(.+)\s[|\-–—·»:]+\s(.+)", text)
        if cut and cut[2].casefold() in sites:
            text = cut[1].rstrip()
        if text:
            return text
    return None


def authors(page: Page) -> tuple[str, ...]:
    """Return the names of people and organisations in the order of the byline, each once."""
    named = page.article.get("author") or page.article.get("creator")
    stated = [[_name(author, page.nodes) for author in jsonld.as_list(named)]]
    stated += [page.metas.get(name, []) for name in _AUTHORS]
    # What only the visible page gives is often "Staff", the name of a user, or what is said about the author.
    stated += [
        [name for name in (page.visible.author or "").split(";") if " " in name.strip() and bylines.is_name(name)]
    ]
    sites = [_line(site) for site in _site_names(page)]
    guess = _site_after_headline(page.tree)
    if _is_of_host(guess, page.url):
        sites.append(guess)
    found = next((names for group in stated if (names := bylines.authors(map(_line, group), sites=sites))), ())
    if not found or {*map(identity, found)} <= {*map(identity, sites), identity(guess)}:
        return bylines.authors(signatures(page.tree), sites=[*sites, guess]) or found
    return found


def _site_after_headline(tree: HtmlElement) -> str:
    """Return what the title of the page has after its headline: “Ferry sold – Norvik News”."""
    headline, whole = (
        _line(e.text_content()) if e is not None else "" for e in (next(tree.iter("h1"), None), tree.find(".//title"))
    )
    rest = whole.removeprefix(headline) if headline else whole
    match = re.fullmatch(r"\s*[|\-–—·»:｜]\s*([^|–—·»｜]+)", rest) if rest != whole else None
    return match[1] if match else ""


def _is_of_host(name: str, url: str | None) -> bool:
    """Return whether a host has a name: norvik.example that of Norvik News. What a title ends with may also be the columnist's."""
    letters = "".join(filter(str.isalnum, name.casefold()))
    labels = (urlsplit(url or "").hostname or "").replace("-", "").split(".")
    return any(len(label) > 3 and (label in letters or letters in label) for label in labels) if letters else False


def published(page: Page) -> datetime | date | None:
    """Return when the page was published: an aware datetime, or a date. A time without a time zone counts as a date."""
    dates = [when for value in _dates(page) if (when := _parse_date(value))]
    return next((when for when in dates if isinstance(when, datetime)), dates[0] if dates else None)


def unread_date(page: Page) -> str:
    """Return the stated date of publication if none of the statements can be read, else ""."""
    return "" if published(page) else next((value for value in _dates(page) if not _NULL.match(value)), "")


def inferred_day(page: Page) -> date | None:
    """Return the day in the path of the address, or in a time element with a fitting class. The text is not searched."""
    match = _DAY_IN_PATH.search(urlsplit(page.url or "").path)
    values = ["-".join(match.groups())] if match else []
    for element in page.tree.iter("time"):
        if _is_of_another(element):
            continue
        parent = element.getparent()
        # In a dateline, a time may be one that its sentence speaks of.
        is_alone = len(_line(parent.text_content())) - len(_line(element.text_content())) < _LONGEST_LINE
        around = [element, parent] if is_alone else [element]
        if any(_PUBLISHED_CLASS.search(e.get("class", "")) for e in around) or element.get("pubdate") is not None:
            values.append(element.get("datetime", ""))
    dates = (_parse_date(_line(value)) for value in values)
    when = next((when for when in dates if when), None)
    return when.date() if isinstance(when, datetime) else when


def _dates(page: Page) -> list[str]:
    items = page.tree.xpath("//*[@itemprop='datePublished'][not(self::meta)]")
    items = [item for item in items if not _is_of_another(item)]
    stated = [
        *jsonld.as_list(page.article.get("datePublished")),
        *_contents(page, _DATES),
        *(item.get("datetime") or item.get("content") or item.text_content() for item in items),
    ]
    values = [value.get("@value") if isinstance(value, dict) else value for value in stated]
    # 20260304 may be a number. Seconds since 1970 match no form of date: without a time zone, they name no day.
    written = [str(value) if isinstance(value, int) and value is not True else value for value in values]
    return [line for value in written if (line := _line(value))]


def _is_of_another(element: HtmlElement) -> bool:
    """Return whether a date is that of a comment, another article, a video or the like on the page."""
    item = next((e for e in (element, *element.iterancestors()) if e.get("itemscope") is not None), None)
    if item is not None and not _ITEMS.search(item.get("itemtype", "Article")):
        return True
    return any(
        _OTHERS.search(f"{e.get('class', '')} {e.get('id', '')}"[:_NAMES]) and next(e.iter("h1"), None) is None
        for e in (element, *element.iterancestors())
        if e.tag not in ("html", "body")
    )


def language(page: Page) -> str | None:
    """Return the primary subtag of the page's language (BCP 47) in lower case."""
    stated = [*jsonld.as_list(page.article.get("inLanguage")), *page.tree.xpath("/html/@lang | /html/@xml:lang")]
    for value in [*stated, *_contents(page, _LANGUAGES)]:
        tag = _LANGUAGE.match(_line(value.get("alternateName") if isinstance(value, dict) else value))
        if tag:
            return tag[1].lower()
    return None


def canonical_link(page: Page) -> str | None:
    """Return the absolute http(s) address that the page gives as its own.

    An address without path and query is left out: some sites wrongly give their front page on all articles.
    """
    links = [
        link.get("href") for link in page.tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for link in [*links, *_addresses(page.article), *page.metas.get("og:url", [])]:
        try:
            parts = split_url(urljoin(page.url or "", link or ""))
        except ValueError:
            continue
        if parts.path.strip("/") or parts.query:
            return parts.geturl()
    return None


def _article(nodes: list[jsonld.Node], url: str | None) -> jsonld.Node:
    articles = [
        node for node in nodes if any(t.endswith("Article") or t in _OTHER_ARTICLES for t in jsonld.types(node))
    ]
    articles = articles or [node for node in nodes if "ClaimReview" in jsonld.types(node)]  # pages of fact-checkers
    # A page with endless scrolling describes the next article too.
    own = [node for node in articles if url and any(_same(url, address) for address in _addresses(node))]
    return next(iter(own or articles), {})


def _addresses(node: jsonld.Node) -> Iterator[str]:
    for value in jsonld.as_list([node.get("mainEntityOfPage"), node.get("url"), node.get("@id")]):
        address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(address, str):
            yield address


def _same(url: str, other: str) -> bool:
    try:
        return canonical_url(url) == canonical_url(urljoin(url, other))
    except ValueError:
        return False


def _contents(page: Page, names: tuple[str, ...]) -> list[str]:
    return [content for name in names for content in page.metas.get(name, [])]


def _site_names(page: Page) -> list[object]:
    publishers = [
        jsonld.resolve(p, page.nodes) for p in jsonld.as_list(page.article.get("publisher")) if isinstance(p, dict)
    ]
    return [*_contents(page, ("og:site_name", "application-name")), *(p.get("name") for p in publishers)]


def _name(author: object, nodes: list[jsonld.Node]) -> str:
    if isinstance(author, dict):
        author = jsonld.resolve(author, nodes)
        names = jsonld.as_list(author.get("name")) or [f"{author.get('givenName', '')} {author.get('familyName', '')}"]
        return "; ".join(str(name.get("@value", "")) if isinstance(name, dict) else str(name) for name in names)
    return author if isinstance(author, str) else ""


def _line(value: object) -> str:
    """Return the text of a statement on one line, without mark-up and control characters (JSON can contain U+0000)."""
    if not isinstance(value, str):
        return ""
    text = _INLINE_TAG.sub("", html.unescape(value))
    text = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", text).strip()


def _parse_date(value: str) -> datetime | date | None:
    """Return the time or day of a statement, or None if it is ambiguous (03/04/2026) or cannot be read."""
    try:
        if stamp := _ISO_8601.fullmatch(value):
            day, time, zone = stamp.groups()
            when = datetime.fromisoformat(f"{day}T{time}{zone}") if time and zone else date.fromisoformat(day)
        elif numbers := _NUMERIC.fullmatch(value):
            when = _numeric_date(*map(int, numbers.groups()))
        elif words := _IN_WORDS.fullmatch(value):
            month = _MONTHS.index((words["month"] or words["month2"])[:3].lower()) + 1
            when = date(int(words["year"] or words["year2"]), month, int(words["day"] or words["day2"]))
        else:
            when = parsedate_to_datetime(value)
            when = when if when.tzinfo else when.date()
    except ValueError:
        return None
    return when if _FIRST_YEAR <= when.year <= LAST_YEAR and when.year not in _BUDDHIST_YEARS else None


def _numeric_date(first: int, second: int, third: int) -> date:
    if first > 31:
        return date(first, second, third)
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(Message("Day and month cannot be told apart."))
    return date(third, second, first) if second <= 12 else date(third, first, second)

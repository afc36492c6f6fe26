"""Clean the fields of an ingest. Every refusal is an Invalid with field and code."""

import re
from datetime import UTC, date, datetime
from typing import TypedDict

from claimtrack.cleaning import clean_characters, clean_line, shows
from claimtrack.dates import check_year
from claimtrack.names import fits
from claimtrack.refusals import Amount, Invalid, Message, reason
from sources.models import HOST
from sources.pages.archives import NoOriginal, is_archive
from sources.pages.canonical import canonical_url, host, link, normal_host, publisher_host, split_url
from sources.pages.fetching import MAX_BYTES
from sources.pages.redirects import is_short

MAX_TEXT = 2_000_000  # code points: the length of the longest novels
# Invisible characters to strip. Others, such as joiners and variation selectors, may belong to the last character.
_OUTER = "\ufeff\u200b\u2060"
MAX_HTML = MAX_BYTES  # characters or bytes


class Published(TypedDict):
    """The columns of a date of publication."""

    published_at: datetime | None
    published_precision: str


class Details(Published):
    """The columns of an article that a page or a person states."""

    title: str
    byline: str
    language: str


def name(value: str, field: str) -> str:
    """Return the name of a source on one line. The forms in which names are compared must fit into their columns too."""
    value = clean_line(value, field, limit=300)
    if not fits(value):
        raise Invalid("“%(value)s” is too long a name.", code="too_long", field=field, params={"value": value})
    return value


def text(value: str, field: str) -> str:
    """Return a text as it is stored: NFC, `\\n` line ends, no white space or byte order mark at its ends."""
    if len(value) > MAX_TEXT:
        raise Invalid(
            "The text is longer than %(limit)s characters.",
            code="too_long",
            field=field,
            params={"limit": Amount(MAX_TEXT)},
        )
    if not shows(value):
        raise Invalid("The text is empty.", code="required", field=field)
    value = clean_characters(value, field)
    while value != (inner := value.strip().strip(_OUTER)):
        value = inner
    return value


def url(value: str, field: str) -> str:
    """Return the http(s) URL of an article or of its archived copy, as given, or "". Raises Invalid."""
    if not shows(value):
        return ""
    try:
        given = split_url(value).geturl()
        canonical_url(given)
        link(given)
        _ownable(publisher_host(given))
    except NoOriginal as error:
        raise Invalid(reason(error), code="archive", field=field) from error
    except ValueError as error:
        raise Invalid(reason(error), code="url", field=field) from error
    return given


def archive_url(value: str) -> str:
    """Return the http(s) URL of an archived copy, as given, or "". Raises Invalid."""
    if not shows(value):
        return ""
    try:
        given = split_url(value).geturl()
        _ownable(host(given))
    except ValueError as error:
        raise Invalid(reason(error), code="url", field="archive_url") from error
    return given


def domain(value: str, field: str = "source_domain") -> str:
    """Return the host of a domain that a person typed, or "". Raises Invalid."""
    if not shows(value):
        return ""
    try:
        name = _ownable(normal_host(value))
    except ValueError as error:
        raise Invalid(reason(error), code="domain", field=field) from error
    if is_short(name):
        sentence = Message(
            "“%(name)s” only leads to other sites' pages: give the domain of the publisher.", {"name": name}
        )
        raise Invalid(sentence, code="short_url", field=field)
    if is_archive(name):
        raise Invalid(
            "“%(name)s” keeps copies of other sites' pages and publishes none itself: give the domain of the original.",
            code="archive",
            field=field,
            params={"name": name},
        )
    return name


def published(value: datetime | date | None) -> Published:
    """Return the columns for a time or a day of publication. Raises Invalid."""
    if value is None:
        return {"published_at": None, "published_precision": ""}
    try:
        check_year(value)
        if isinstance(value, datetime) and value.utcoffset() is not None:
            value = value.astimezone(UTC)  # where it may lie in another year
            check_year(value)
    except ValueError as error:
        raise Invalid(reason(error), field="published_at") from error
    if not isinstance(value, datetime):
        day = datetime(value.year, value.month, value.day, tzinfo=UTC)
        return {"published_at": day, "published_precision": "day"}
    if value.utcoffset() is None:
        raise Invalid("A time of publication needs its zone.", field="published_at")
    return {"published_at": value, "published_precision": "second"}


def read_published(value: str) -> datetime | date | None:
    """Read an ISO 8601 date, or a date and time with its time zone. Return None for "". Raises Invalid."""
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise Invalid(
            "“%(value)s” is neither a date such as 2025-09-05 nor a time with its zone such as 2025-09-05T18:00:00Z.",
            field="published_at",
            params={"value": value},
        )
    return moment


def _ownable(name: str) -> str:
    """Return the host if a source can own it, which excludes IPv6 addresses. Raises ValueError."""
    if not re.fullmatch(HOST, name):
        raise ValueError(Message("“%(name)s” is no host name that a source can own.", {"name": name}))
    return name

"""What an ingest asks of its fields, whichever door they come through. Every refusal is an Invalid with field and code."""

import re
from datetime import UTC, date, datetime
from typing import Any

from claimtrack.cleaning import normal_text, shows
from claimtrack.refusals import Invalid
from sources.models import HOST
from sources.pages.canonical import canonical_url, host, normal_host

MAX_TEXT = 2_000_000  # code points: as long as the longest novels
MAX_HTML = 5_000_000  # characters, or bytes: as much as is fetched


def line(value: str, field: str, *, limit: int) -> str:
    """Return a name or title on one line, in NFC; empty where nothing of it shows."""
    value = " ".join(_normal(value, field).split())
    if not shows(value):
        return ""
    if len(value) > limit:
        raise Invalid(f"{field} has {len(value)} characters; at most {limit} fit.", code="too_long", field=field)
    return value


def text(value: str, field: str) -> str:
    """Return a text as it is stored: NFC, line ends of one kind, nothing else altered."""
    if len(value) > MAX_TEXT:
        raise Invalid(f"The text is longer than {MAX_TEXT:,} characters.", code="too_long", field=field)
    if not shows(value):
        raise Invalid("The text is empty.", code="required", field=field)
    return _normal(value, field)


def url(value: str, field: str) -> str:
    """Return an http(s) URL as given, without the white space around it; empty stays empty."""
    value = value.strip()
    if value:
        try:
            canonical_url(value)
            _ownable(host(value))
        except ValueError as error:
            raise Invalid(str(error), code="url", field=field) from error
    return value


def domain(value: str) -> str:
    """Return the host that a domain as a person types it means; empty stays empty."""
    try:
        return _ownable(normal_host(value)) if value.strip() else ""
    except ValueError as error:
        raise Invalid(str(error), code="domain", field="source_domain") from error


def published(value: datetime | date | None) -> dict[str, Any]:
    """Return the columns published_at and published_precision of a moment or a day."""
    if value is None:
        return {"published_at": None, "published_precision": ""}
    if not 1 < value.year < 9999:  # its UTC may lie in another year
        raise Invalid(f"The year {value.year} cannot be right.", field="published_at")
    if not isinstance(value, datetime):
        day = datetime(value.year, value.month, value.day, tzinfo=UTC)
        return {"published_at": day, "published_precision": "day"}
    if value.utcoffset() is None:
        raise Invalid("A time of publication needs its zone.", field="published_at")
    return {"published_at": value.astimezone(UTC), "published_precision": "second"}


def read_published(value: str) -> datetime | date | None:
    """Read an ISO 8601 date, or date and time with zone (a time without is no moment); None where empty."""
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
            f"“{value}” is neither a date such as 2025-09-05 nor a time with its zone such as 2025-09-05T18:00:00Z.",
            field="published_at",
        )
    return moment


def _normal(value: str, field: str) -> str:
    try:
        return normal_text(value)
    except ValueError as error:
        raise Invalid(str(error), code="bad_character", field=field) from error


def _ownable(name: str) -> str:
    """Return the host if it is one that a source can own (an IPv6 address is none)."""
    if not re.fullmatch(HOST, name):
        raise ValueError(f"“{name}” is no host name that a source can own.")
    return name

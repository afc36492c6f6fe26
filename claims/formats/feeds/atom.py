"""Write Atom (RFC 4287)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"

# Characters that XML 1.0 cannot contain (section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """An entry. `address` is its id and never changes. `page` is the address for readers."""

    address: str
    page: str
    title: str
    summary: str
    author: str
    updated: datetime


def atom(*, address: str, title: str, author: str, rights: str, entries: Iterable[Entry]) -> bytes:
    """Return the feed with this address as an XML document in UTF-8, newest entry first."""
    shown = list(entries)
    feed = ElementTree.Element("feed", xmlns=NAMESPACE)
    _text(feed, "id", address)
    _text(feed, "title", title)
    _text(feed, "updated", _moment(shown[0].updated if shown else datetime.fromtimestamp(0, UTC)))
    ElementTree.SubElement(feed, "link", rel="self", type=MEDIA_TYPE, href=address)
    _text(ElementTree.SubElement(feed, "author"), "name", author)
    ElementTree.SubElement(feed, "link", rel="license", href=rights)
    for entry in shown:
        element = ElementTree.SubElement(feed, "entry")
        _text(element, "id", entry.address)
        _text(element, "title", entry.title)
        _text(element, "published", _moment(entry.updated))
        _text(element, "updated", _moment(entry.updated))
        ElementTree.SubElement(element, "link", rel="alternate", href=entry.page)
        _text(ElementTree.SubElement(element, "author"), "name", entry.author)
        _text(element, "summary", entry.summary)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _FORBIDDEN.sub("\ufffd", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

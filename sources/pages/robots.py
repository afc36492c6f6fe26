"""Whether a site's robots.txt allows a page to be read (RFC 9309).

Protego reads the file, as in Scrapy. `urllib.robotparser` would allow forbidden pages: it takes `*` and `$` in a path for letters,
and applies the first matching rule instead of the longest.
"""

from urllib.parse import urlsplit

from protego import Protego

from sources.pages.canonical import split_url

AGENT = "claimtrack"  # the product token: what robots.txt calls this program
MAX_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB
MAX_DELAY = 3600.0  # seconds
# These answers mean that the site has no such file. Others leave open what it allows.
_NONE = range(400, 500)
_REFUSED = frozenset({401, 403, 429})


def address(url: str) -> str:
    """Return the address of the rules for this address. Raises ValueError."""
    parts = split_url(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def host(url: str) -> str:
    """Return the host of an address with its port, which identifies the server. Raises ValueError."""
    return urlsplit(split_url(url).geturl()).netloc.lower()


def is_missing(status: int) -> bool:
    """Return whether this answer says that there are no rules, so that everything may be read.

    A site that refuses to show the rules, or asks for a pause, is not taken to allow everything, although RFC 9309 would permit it.
    """
    return status in _NONE and status not in _REFUSED


def allows(rules: str, url: str) -> bool:
    return bool(Protego.parse(rules).can_fetch(url, AGENT))


def delay(rules: str) -> float:
    """Return the seconds that the site asks for between two requests, 0 if it does not."""
    return min(float(Protego.parse(rules).crawl_delay(AGENT) or 0), MAX_DELAY)

"""One spelling for each address, host and text, so that equal things compare equal.

Two spellings of one article must give one Article, but joining two articles under one address is the worse mistake: the
second would be recorded as a changed text of the first. So every rule here is one that no server can tell apart in
practice, and everything else is left to the canonical link that the page itself names:

- http is written https. Publishers serve both or redirect one to the other, and an archive of http links should meet
  today's. A port that is not the scheme's default means a particular server: then scheme and port stand.
- Host in lower case and in IDNA (UTS 46), without a trailing dot. A leading "www." stays in the address, as some sites
  answer only with it, and is dropped from `host`, which says who publishes.
- The fragment goes, query parameters are sorted, percent-encoding and dot segments are normalised (w3lib, after
  RFC 3986 section 6.2).
- Query parameters that only say where a reader came from go, by name: names that the query-stripping lists of browsers,
  ClearURLs and AdGuard drop on every site. `courlan.clean_url` is not used: it also drops `cid`, `uid`, `gallery` and a
  bare `?12345`, and reads `&copy=2` as "©=2", which makes one address of two articles.
- Case and trailing slash of the path stay: servers do tell them apart.
"""

import hashlib
import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

import idna
from w3lib.url import canonicalize_url

MAX_LENGTH = 2000  # what every browser, proxy and CDN still carries

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_TRACKING = re.compile(
    r"(?:utm|mtm|hsa|itm|oly|vero)_.*|_hs.*|(?:pk|at|ns)_(?:campaign|source|medium|mchannel|content|keyword|kwd|custom\d)"
    r"|(?:fb|g|d|y|ys|tw|tt)clid|msclkid|gclsrc|gbraid|wbraid|gad_source|gad_campaignid|srsltid|li_fat_id|igshid|igsh"
    r"|mc_cid|mc_eid|mkt_tok|_ga|_gl|xtor|cmpid|ocid|ref_src|ref_url|__twitter_impression|guccounter|guce_referrer"
    r"|guce_referrer_sig|_openstat|wickedid|rb_clickid"
)


def split_url(url: str) -> SplitResult:
    """The parts of an http(s) URL as given, stripped of surrounding white space.

    Raises ValueError, with a sentence for the person who typed it, for anything else.
    """
    url = url.strip()
    if not url:
        raise ValueError("The URL is empty.")
    if len(url) > MAX_LENGTH:
        raise ValueError(f"The URL is longer than {MAX_LENGTH} characters.")
    if any(c.isspace() or unicodedata.category(c) in ("Cc", "Cs") for c in url):
        raise ValueError("The URL contains white space or control characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("The URL cannot be read.") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise ValueError("The URL does not start with http:// or https://.")
    if "@" in parts.netloc:
        raise ValueError("The URL carries a user name or password; leave it out.")
    if not parts.hostname:
        raise ValueError("The URL names no host.")
    if port == 0:
        raise ValueError("The URL cannot be read.")
    return parts


def canonical_url(url: str) -> str:
    """The one spelling of an article's address, at most MAX_LENGTH ASCII characters; idempotent.

    Raises ValueError, with a sentence for the person who typed it, for what is no http(s) URL of a public host.
    """
    parts = split_url(url)
    host_name = _ascii_host(parts.hostname or "")
    netloc = f"[{host_name}]" if ":" in host_name else host_name
    scheme = parts.scheme
    if parts.port in (None, _DEFAULT_PORTS[scheme]):
        scheme = "https"
    else:
        netloc += f":{parts.port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    canonical = canonicalize_url(parts._replace(scheme=scheme, netloc=netloc, query=query, fragment="").geturl())
    if query and not {"=", "&"} & set(query):
        canonical = canonical.removesuffix("=")  # a bare ?12345 is another page than ?12345= on some servers
    if len(canonical) > MAX_LENGTH:
        raise ValueError(f"The URL is longer than {MAX_LENGTH} characters.")
    return canonical


def host(url: str) -> str:
    """Who publishes a URL: its host in lower-case IDNA without a leading "www."; ValueError as for `canonical_url`."""
    return _without_www(_ascii_host(split_url(url).hostname or ""))


def normal_host(domain: str) -> str:
    """The same for a domain as a person types it, with or without scheme and closing slash.

    Raises ValueError for anything that says more than a host (a path, a port) or is none.
    """
    domain = domain.strip()
    parts = split_url(domain if "://" in domain else f"https://{domain}")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.port is not None:
        raise ValueError("Give the domain alone, such as example.org.")
    return host(parts.geturl())


def sha256(text: str) -> str:
    """The SHA-256 of the text in UTF-8, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _is_tracking(pair: str) -> bool:
    return _TRACKING.fullmatch(pair.partition("=")[0].lower()) is not None


def _ascii_host(name: str) -> str:
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise ValueError("The URL's host is no IPv6 address.") from None
    try:
        ascii_name = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except UnicodeError:
        raise ValueError(f"“{name}” is no host name.") from None
    ascii_name = ascii_name.lower().removesuffix(".")
    labels = ascii_name.split(".")
    if len(ascii_name) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"“{name}” is no public host name.")
    return ascii_name


def _without_www(name: str) -> str:
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    return name

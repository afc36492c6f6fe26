"""One spelling for each address and host, so that equal ones compare equal.

Two spellings of an address must give one Article. But to give two articles one address is the worse mistake, since the second
would be recorded as a changed text of the first. So these rules only merge spellings that servers treat alike in practice. For
everything else, the page's own canonical link decides.

- http becomes https. Publishers serve both or redirect one to the other, and old http links should match today's. With a
  port other than the default, scheme and port stay, since they name a particular server.
- Host in lower case and in IDNA (UTS 46), without a trailing dot. A leading "www." stays in the address, as some sites
  answer only with it.
- Percent-encoding and dot segments are normalised after RFC 3986, section 6.2.2: reserved characters stay as they are.
- The fragment is removed, unless it names the document on a single-page site: it begins with "!" or "/", or it is a name after "@"
  or a negative number, as for chats of Telegram.
- Query parameters are sorted by name. Those with the same name (`id=1&id=2`, `a[x]=1&a[y]=2`, `ID=1&id=2`) keep their order,
  which matters to some servers. A query that has a parameter without a value, or a ";", is not sorted, because the server may
  read it as a whole. `&amp;` is not read as "&".
- Query parameters that only track readers are removed, by the names that the lists of browsers, ClearURLs and AdGuard remove
  on every site. `courlan.clean_url` is not used: it also removes `cid`, `uid`, `gallery` and a bare `?12345`, and reads
  `&copy=2` as "©=2", which gives two articles one address.
- The address of a copy at an archive or cache becomes that of the original (archives.py), and a platform's or search engine's
  link around an address becomes that address (redirects.py).
- A post on X and a video on YouTube have one address each, at whichever of the platform's hosts (platforms.py).
- Case and trailing slash of the path stay, because servers distinguish them.

The canonical address is for comparing. Readers are sent to `link`, which requests what was requested when the text was read.
"""

import hashlib
import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, quote, unquote_plus, urlsplit

import idna
from tld import get_tld

from claimtrack.refusals import Message
from sources.pages.archives import original
from sources.pages.platforms import PLATFORMS, platform_of, post

MAX_LENGTH = 2000  # browsers, proxies and CDNs accept at least this much

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# Invisible letters and marks.
_BLANK_LETTER = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH = "/:@!$&'()*+,;=~%"  # RFC 3986: pchar, and "/"
_QUERY = _PATH + "?"
# The subdomains of mobile and AMP editions, also behind that of a language (de.m.example.org).
_EDITION = re.compile(r"^(?:www|m|mobile|amp)\.|(?<=^[a-z]{2}\.)(?:m|mobile|amp)\.")
_OF_DOCUMENT = re.compile(r"[!/]|@[\w%]|-[0-9]+$")
_TRACKING = re.compile(
    r"(?:utm|mtm|hsa|itm|oly|vero)_.*|_hs.*|(?:pk|at|ns)_(?:campaign|source|medium|mchannel|content|keyword|kwd|custom\d)"
    r"|(?:fb|g|d|y|ys|tw|tt)clid|msclkid|gclsrc|gbraid|wbraid|gad_source|gad_campaignid|srsltid|li_fat_id|igshid|igsh"
    r"|mc_cid|mc_eid|mkt_tok|_ga|_gl|xtor|cmpid|ocid|ref_src|ref_url|__twitter_impression|guccounter|guce_referrer"
    r"|guce_referrer_sig|_openstat|wickedid|rb_clickid"
)


def split_url(url: str) -> SplitResult:
    """Return the parts of an http(s) URL, without white space and invisible characters at its ends.

    Raises ValueError, with a sentence for the person who typed it, for anything else.
    """
    url = _stripped(url)
    if not url:
        raise ValueError(Message("The URL is empty."))
    if len(url) > MAX_LENGTH:
        raise ValueError(Message("The URL is longer than %(limit)s characters.", {"limit": MAX_LENGTH}))
    if any(c.isspace() or unicodedata.category(c) in ("Cc", "Cs") for c in url):
        raise ValueError(Message("The URL contains white space or control characters."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(Message("The URL cannot be read.")) from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise ValueError(Message("The URL does not start with http:// or https://."))
    if "@" in parts.netloc:
        raise ValueError(Message("The URL carries a user name or password; leave it out."))
    if not parts.hostname:
        raise ValueError(Message("The URL names no host."))
    if port == 0:
        raise ValueError(Message("The URL cannot be read."))
    return parts


def canonical_url(url: str) -> str:
    """Return the canonical spelling of an article's address: at most MAX_LENGTH ASCII characters. It is idempotent.

    Raises ValueError, with a sentence for the person who typed it, for anything but an http(s) URL of a public host.
    """
    parts = split_url(original(split_url(url).geturl()))
    scheme, netloc = parts.scheme, _netloc(parts)
    if parts.port in (None, _DEFAULT_PORTS[scheme]):
        scheme, netloc = "https", netloc.removesuffix(f":{parts.port}")
    path = _without_dots(_encoded(parts.path, _PATH)) or "/"
    if address := post(netloc, path, parts.query):
        return address
    query = _encoded("&".join(_sorted(_pairs(parts.query))), _QUERY).replace("%20", "+")
    return _joined(scheme, netloc, path, query, _encoded(_document(parts), _QUERY))


def link(url: str) -> str:
    """Return the address to send readers to: the one given, without parameters that track readers.

    Only characters that no browser sends unencoded are encoded. Raises ValueError like `canonical_url`.
    """
    # An empty fragment may hide invisible characters at the end, as for canonical_url.
    parts = split_url(split_url(url).geturl())
    path, query, fragment = (
        quote(part, safe=safe + "[]|\\^`{}")
        for part, safe in ((parts.path, _PATH), ("&".join(_pairs(parts.query)), _QUERY), (_document(parts), _QUERY))
    )
    return _joined(parts.scheme, _netloc(parts), path or "/", query, fragment)


def host(url: str) -> str:
    """Return the host of a URL in lower-case IDNA without a leading "www.". Raises ValueError like `canonical_url`."""
    name = _ascii_host(split_url(url).hostname or "")
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    return name


def publisher_host(url: str) -> str:
    """Return the host by which the source of a URL is known. Raises ValueError like `canonical_url`.

    For a copy it is the host of the original, for a mobile or AMP edition that of the main site, and for a post on a social
    platform the main host of the platform.
    """
    return _publisher(host(original(split_url(url).geturl())))


def normal_host(domain: str) -> str:
    """Return the same for a domain that a person typed, with or without scheme and trailing slash.

    Raises ValueError if it contains more than a host (a path, a port), or is not a host.
    """
    domain = _stripped(domain)
    parts = split_url(domain if "://" in domain else f"https://{domain}")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.port is not None:
        raise ValueError(Message("Give the domain alone, such as example.org."))
    return _publisher(host(parts.geturl()))


def sha256(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8 as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _stripped(text: str) -> str:
    """Return the text without invisible characters at its ends."""
    start, end = 0, len(text)
    while start < end and not _is_visible(text[start]):
        start += 1
    while start < end and not _is_visible(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp", "Zs") and not _BLANK_LETTER.match(char)


def _publisher(name: str) -> str:
    if platform := platform_of(name):
        return PLATFORMS[platform][0]
    while (main := _EDITION.sub("", name, count=1)) != name and _may_own(main):
        name = main
    return name


def _netloc(parts: SplitResult) -> str:
    name = _ascii_host(parts.hostname or "")
    netloc = f"[{name}]" if ":" in name else name
    return netloc if parts.port is None else f"{netloc}:{parts.port}"


def _joined(scheme: str, netloc: str, path: str, query: str, fragment: str) -> str:
    url = f"{scheme}://{netloc}{path}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"
    if len(url) > MAX_LENGTH:
        raise ValueError(Message("The URL is longer than %(limit)s characters.", {"limit": MAX_LENGTH}))
    return url


def _encoded(part: str, safe: str) -> str:
    """Return a path, query or fragment with normalised percent-encoding."""
    return quote(_ESCAPE.sub(_escape, part), safe=safe)


def _escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _pairs(query: str) -> list[str]:
    """Return the parameters of a query without those that track readers."""
    return [pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0].lower())]


def _sorted(pairs: list[str]) -> list[str]:
    if any("=" not in pair or ";" in pair for pair in pairs):
        return pairs
    return sorted(pairs, key=lambda pair: unquote_plus(pair.partition("=")[0]).partition("[")[0].casefold())


def _document(parts: SplitResult) -> str:
    """Return the fragment if it names a document, else ""."""
    fragment = parts.fragment.partition(":~:")[0]  # what a browser marks in the page
    return fragment if _OF_DOCUMENT.match(fragment) else ""


def _may_own(name: str) -> bool:
    """Return whether a host can belong to a source. A public suffix such as co.uk or github.io cannot."""
    return "." in name and get_tld(f"https://{name}", fail_silently=True, search_private=True) != name


def _ascii_host(name: str) -> str:
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise ValueError(Message("The URL's host is no IPv6 address.")) from None
    try:
        ascii_name = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except UnicodeError:
        raise ValueError(Message("“%(name)s” is no host name.", {"name": name})) from None
    ascii_name = ascii_name.lower().removesuffix(".")
    labels = ascii_name.split(".")
    if len(ascii_name) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(Message("“%(name)s” is no public host name.", {"name": name}))
    return ascii_name

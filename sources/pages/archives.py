"""Copies of pages at archives, caches and mirrors, and the addresses of the originals.

A copy shows what another site published, so an archive is never the publisher of an article. Most archives put the address
of the original into that of the copy: after the time of the copy (as Wayback and Memento do), or in a parameter. Short
addresses such as perma.cc/A1B2-C3D4 do not contain it, and no request is made to find it.
"""

import re
from urllib.parse import unquote, unquote_plus, urlsplit

from claimtrack.refusals import Message
from sources.pages.redirects import target

# Subdomains are included.
HOSTS = (
    # Wayback Machine and archive.today, under all their names
    "archive.org", "archive.today", "archive.fo", "archive.is", "archive.li", "archive.md", "archive.ph", "archive.vn",
    # Memento, Perma and other archives on demand
    "mementoweb.org", "perma.cc", "perma-archives.org", "archive-it.org", "conifer.rhizome.org", "freezepage.com",
    "ghostarchive.org", "gyo.tc", "megalodon.jp", "oldweb.today", "peeep.us", "replayweb.page", "theoldnet.com", "webcitation.org",
    "webrecorder.io", "webrecorder.net",
    # archives of nations and universities
    "arquivo.pt", "haw.nsk.hr", "swap.stanford.edu", "vefsafn.is", "veebiarhiiv.digar.ee", "webarchiv.cz",
    "webarchive.loc.gov", "webarchive.nationalarchives.gov.uk", "webarchive.nla.gov.au", "webarchive.nrscotland.gov.uk",
    "webarchive.org.uk", "webarchive.parliament.uk", "archive.wikiwix.com", "padicat.cat", "warp.da.ndl.go.jp",
    "warp.ndl.go.jp", "wayback.nli.org.il", "web.archive.bibalex.org", "webarchiv.onb.ac.at", "webharvest.gov",
    "webarchive.bac-lac.gc.ca", "webarchive.unesco.org", "archivesinternet.bnf.fr", "archiefweb.eu",
    # caches and translations of search engines, AMP caches, and sites that show other sites' pages
    "12ft.io", "1ft.io", "ampproject.net", "ampproject.org", "bing-amp.com", "cache.baiducontent.com", "cc.bingj.com",
    "freedium.cfd", "microsofttranslator.com", "outline.com", "papago.naver.net", "r.jina.ai", "removepaywall.com",
    "removepaywalls.com", "readmedium.com", "smry.ai", "13ft.io", "printfriendly.com", "textise.net", "mipcdn.com",
    "mipcache.bdstatic.com",
    "translate.goog", "translate.google.com", "translate.googleusercontent.com", "translate.yandex.com",
    "translate.yandex.ru", "turbopages.org", "txtify.it", "webcache.googleusercontent.com", "yandexwebcache.net",
)  # fmt: skip
# Sites that show the posts of a platform under the same paths, by the platform's host. Many are run under names of their own.
MIRRORS = {
    "x.com": (
        "nitter.net", "nitter.cz", "nitter.space", "xcancel.com", "twiiit.com", "lightbrd.com", "fxtwitter.com", "vxtwitter.com",
        "fixupx.com", "fixvx.com", "twittpr.com",
    ),
    "youtube.com": ("yewtu.be", "yt.artemislena.eu", "piped.video", "piped.kavin.rocks", "youtube.076.ne.jp"),
    "reddit.com": ("teddit.net", "safereddit.com", "rxddit.com", "vxreddit.com", "reveddit.com"),
    "instagram.com": ("ddinstagram.com", "kkinstagram.com", "imginn.com"),
    "tiktok.com": ("vxtiktok.com", "tnktok.com", "proxitok.pabloferreiro.es"),
    "bsky.app": ("bskyx.app", "fxbsky.app"),
    "medium.com": ("scribe.rip",),
}  # fmt: skip
_MIRRORED = {
    "nitter": "x.com",
    "invidious": "youtube.com",
    "libreddit": "reddit.com",
    "redlib": "reddit.com",
    "teddit": "reddit.com",
    "bibliogram": "instagram.com",
    "proxitok": "tiktok.com",
}
_PLATFORM_OF = {host: platform for platform, hosts in MIRRORS.items() for host in hosts}
# A regular expression that Python and PostgreSQL understand.
HOST = (
    rf"(^|\.)({'|'.join(map(re.escape, (*HOSTS, *_PLATFORM_OF)))})$"
    rf"|^({'|'.join(_MIRRORED)})\."
)

_HOST = re.compile(HOST)
# Search engines that show copies of AMP pages under an address of their own.
_SEARCH_ENGINES = re.compile(r"(?:^|\.)(?:google(?:\.[a-z]{2,3}){1,2}|bing\.com)$")
_AMP_CACHES = ("ampproject.net", "ampproject.org", "bing-amp.com", "mipcdn.com", "mipcache.bdstatic.com")
# Yandex: https://mill-example.turbopages.org/mill.example/s/a
_TURBO = re.compile(r"(?:^|\.)turbopages\.org/|^(?:www\.)?yandex\.[a-z.]{2,6}/turbo")
_TURBO_PATH = re.compile(r"/(?:turbo/)?([^/?#]+\.[^/?#]+)/([sh])(/.*)", re.DOTALL)
_AMP = re.compile(r"/(?:(?:wp/)?[a-z]{1,2}|amp)/(s/)?([^/?#]+\.[^?#]*)(.*)", re.DOTALL)
_ESCAPED_QUERY = re.compile(r"([^?#]*?)%3F([^?#]*)\??(.*)", re.DOTALL | re.IGNORECASE)
_AMP_OWN = re.compile(r"(?<=[?&])(?:amp_[^=&#]*|usqp)=[^&#]*&?")
# A calendar of copies, and the address that creates a new one.
_NO_COPY = re.compile(r"/(?:web/\d*\*|save)/")
_CACHE = re.compile(r"[?&]q=cache(?::|%3A)(?:[\w-]{6,16}(?::|%3A)(?!/))?([^&#]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"[?&](?:url|u|q|text)=([^&#]+\.[^&#]+)")
_ADDRESS = re.compile(r"/(https?:/.*)", re.DOTALL | re.IGNORECASE)
_ESCAPED = re.compile(r"/(https?%3A(?:%2F|/)[^?#]*)", re.DOTALL | re.IGNORECASE)
# An address after the time of the copy, which may be written 20240101120000, 2024.01.01-120000, 2024-0101-1200-00.
_AFTER_TIME = re.compile(
    r"/(?:\d{4,14}(?:[a-z]{2}_)?|\d{4}\.\d\d\.\d\d-\d{6}|\d{4}-\d{4}-\d{4}-\d\d|newest)/([^/?#]+\..*)", re.DOTALL
)
# A translation is not a copy, since it does not say what the original says.
_TRANSLATION = re.compile(r"(?:^|\.)translate[.d]|^papago\.|translator\.com$")
_MAX_LAYERS = 5


class NoOriginal(ValueError):
    """The address of a copy does not contain the original's. The message is a sentence for the person who typed it."""


def is_archive(host: str) -> bool:
    """Return whether a host (lower case) keeps copies of other sites' pages."""
    return _HOST.search(host) is not None


def original(url: str) -> str:
    """Return the original address of an archived or cached copy, the target of a link that contains it, or else the address unchanged.

    Raises NoOriginal if the address of the copy does not contain it.
    """
    found = target(url)
    for _ in range(_MAX_LAYERS):  # an archive may hold a copy of another archive's copy
        parts = urlsplit(found)
        host = (parts.hostname or "").removesuffix(".")
        rest = found[found.index("//") + 2 :].removeprefix(parts.netloc)
        if _SEARCH_ENGINES.search(host) and parts.path.startswith("/amp/"):
            inner = _from_amp(_with_query(rest))
        elif _TRANSLATION.search(host) and is_archive(host):
            break
        elif mirrored := _platform(host):
            # Nitter marks the post that a link means by #m.
            inner = mirrored + rest.removesuffix("#m") if len(rest) > 1 else ""
        elif _TURBO.search(f"{host}{parts.path}"):
            inner = _from_turbo(rest) or _inner(rest)
        elif is_archive(host):
            inner = _from_amp(rest) if host.endswith(_AMP_CACHES) else _inner(rest)
        else:
            return found
        if not inner:
            break
        found = target(inner if re.match("https?://", inner, re.IGNORECASE) else f"https://{inner}")
    raise NoOriginal(
        Message(
            "“%(host)s” keeps copies of other sites' pages, and this address does not say of which one: give the"
            " address of the original as the URL, and this one as the archive URL.",
            {"host": host},
        )
    )


def _with_query(rest: str) -> str:
    """Return the path of a search engine's AMP address with the query of the original, of which it escapes the question mark."""
    match = _ESCAPED_QUERY.match(rest)
    if not match:
        return rest
    path, query, added = match.groups()
    return f"{path}?{query if '=' in query else unquote(query)}&{added}"


def _from_amp(rest: str) -> str:
    match = _AMP.match(rest)
    if not match:
        return ""
    secure, address, query = match.groups()
    own = _AMP_OWN.sub("", query.partition("#")[0]).rstrip("?&")
    return f"{'https' if secure else 'http'}://{address}{own}"


def _from_turbo(rest: str) -> str:
    match = _TURBO_PATH.match(rest)
    return f"{'https' if match[2] == 's' else 'http'}://{match[1]}{match[3]}" if match else ""


def _platform(host: str) -> str:
    """Return the host of the platform whose posts a site shows, or ""."""
    labels = host.split(".")
    suffixes = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_PLATFORM_OF[suffix] for suffix in suffixes if suffix in _PLATFORM_OF), _MIRRORED.get(labels[0], ""))


def _inner(rest: str) -> str:
    """Return the address inside the path and query of a copy's address, or ""."""
    if _NO_COPY.match(rest):
        return ""
    if match := _CACHE.search(rest):
        return unquote_plus(match[1]).split(" ")[0]
    if match := _ADDRESS.search(rest):
        # Some servers, and copying by hand, merge the two slashes into one.
        return re.sub(r"^(https?:)/+", r"\1//", match[1], flags=re.IGNORECASE)
    if match := _ESCAPED.search(rest) or _PARAMETER.search(rest):
        return unquote(match[1])
    if match := _AFTER_TIME.search(rest):
        return match[1]
    return ""

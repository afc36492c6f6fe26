"""Addresses that only lead to another page: the links that platforms and search engines put around it, and short ones.

People copy such addresses from posts and searches. They lead to another site's article, so the article is never filed under the
platform. The first kind contains the address of the page. A short address does not: it is followed if the page is fetched, and
refused if a text is given with it.
"""

import base64
import binascii
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from sources.pages.platforms import platform_of

# Sites other than platforms whose links contain their target, each with its subdomains.
_SITES = (
    "bing.com", "duckduckgo.com", "exit.sc", "flipboard.com", "getpocket.com", "href.li", "medium.com", "messenger.com",
    "naver.com", "protection.outlook.com", "slack-redir.net", "steamcommunity.com", "t.umblr.com", "wl.co", "yahoo.com",
    "yandex.com", "yandex.ru",
)  # fmt: skip
_SITE = re.compile(
    rf"^(?!translate\.)(?:.*\.)?(?:{'|'.join(map(re.escape, _SITES))}|google(?:\.[a-z]{{2,3}}){{1,2}}|baidu\.com)$"
)
# The parameters that contain the target, the likeliest first, and the search pages, whose parameters contain a query.
_PARAMETERS = (
    "u",
    "url",
    "q",
    "to",
    "z",
    "target",
    "uddg",
    "href",
    "link",
    "st.link",
    "imgrefurl",
    "dest",
    "redirect",
    "text",
)
_SEARCH = re.compile(r"/(?:search|results|web|html)?/?")
_IN_PATH = re.compile(
    r"//urldefense\.com/v3/__(https?:/.+?)__;|//r\.search\.yahoo\.com/.*?/RU=(https?[^/]+)/", re.IGNORECASE
)
_WITHOUT_NAME = re.compile(r"//href\.li/\?(https?://.+)", re.IGNORECASE)
# Short addresses, and those of news services, say nothing about where they lead.
_SHORT = re.compile(
    r"(?:^|\.)(?:0rz\.tw|2u\.pw|amzn\.to|apple\.news|bit\.do|bit\.ly|bitly\.com|buff\.ly|clck\.ru|cutt\.ly|dlvr\.it|dwz\.cn"
    r"|feedproxy\.google\.com|feeds\.feedburner\.com|flip\.it|g\.co|goo\.gl|han\.gl|ift\.tt|is\.gd|j\.mp|kutt\.it|lc\.cx|lihi\.cc|linktr\.ee|lnkd\.in|mcaf\.ee|me2\.do"
    r"|news\.google\.com|ow\.ly|ppt\.cc|pse\.is|qr\.ae|rb\.gy|rebrand\.ly|reurl\.cc|s\.id|search\.app|share\.google|shorturl\.at"
    r"|soo\.gd|surl\.li|t\.cn|t\.co|t\.ly|tiny\.cc|tinyurl\.com|trib\.al|u\.to|url\.cn|urlz\.fr|v\.gd|wp\.me|x\.gd)$"
)
_MOST_LAYERS = 5


def target(url: str) -> str:
    """Return the address that a link leads to if it contains it, and any other address unchanged."""
    for _ in range(_MOST_LAYERS):
        inner = _inner(url)
        if not inner:
            break
        url = inner
    return url


def is_short(host: str) -> bool:
    """Return whether the addresses of a host (lower case) lead to other sites' pages and do not say to which."""
    return _SHORT.search(host) is not None


def _inner(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").removesuffix(".")
    if match := _IN_PATH.search(url) or _WITHOUT_NAME.search(url):
        return unquote(next(filter(None, match.groups())))
    if not (_SITE.search(host) or platform_of(host)):
        return ""
    values = dict(reversed(parse_qsl(parts.query)))
    for name in _PARAMETERS:
        value = values.get(name, "")
        if name in ("q", "text") and _SEARCH.fullmatch(parts.path):
            continue
        if name == "u" and value.startswith("a1"):
            value = _decoded(value[2:])
        if re.fullmatch(r"https?://[^/\s]+\.\S+", value, re.IGNORECASE):
            return value
    return ""


def _decoded(value: str) -> str:
    """Return the address that Bing writes in base64."""
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""

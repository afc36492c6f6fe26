"""/robots.txt, and /sitemap.xml: an index of parts, each with the rows whose ids are in a range of SIZE.

Django's own sitemaps count the rows and skip to a page, which does not scale, and take the address of the site from the request.
"""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from claims.models import Claim, Speaker, Topic
from claims.pages.page import DEFAULT, EVERYBODY, Page
from claimtrack.addresses import absolute, address
from claimtrack.api.conditional import Answer, conditional
from claimtrack.db import revision
from sources.models import Source

# A part may contain 50,000 addresses, and each row has one in each language.
SIZE = 10_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The rows, their route, and the field in it.
KINDS: dict[str, tuple[Any, str, str]] = {
    "claims": (Claim.objects, "pages:claim", "pk"),
    "speakers": (Speaker.objects, "pages:speaker", "pk"),
    "sources": (Source.objects, "pages:source", "pk"),
    "topics": (Topic.objects, "pages:topic", "slug"),
}


def robots(request: HttpRequest) -> HttpResponse:
    """Restrict robots to the pages, which show everything that the API shows, and keep them from endless combinations of filters."""
    closed = ("/admin/", "/api/", "/?") if settings.CLAIMTRACK_ANONYMOUS_READ else ("/",)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {address('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class Sitemap(Page):
    answers = None  # too long to keep

    @conditional
    def index(self, request: Request) -> Answer:
        number = revision.current()
        parts = [address("sitemap-part", kind, part) for kind in _kinds() for part in _parts(_public(kind))]
        return _xml("sitemapindex", "sitemap", parts), number

    @conditional
    def part(self, request: Request, kind: str, part: int) -> Answer:
        number = revision.current()
        if kind not in _kinds():
            raise Http404
        _, route, field = KINDS[kind]
        first = (part - 1) * SIZE
        values = _public(kind).filter(pk__gt=first, pk__lte=first + SIZE).order_by("pk").values_list(field, flat=True)
        spaces = [DEFAULT, *(code for code, _ in settings.LANGUAGES if code != settings.CLAIMTRACK_LANGUAGE)]
        pages = [absolute(reverse(route, args=[value], current_app=space)) for value in values for space in spaces]
        if not pages:
            raise Http404
        return _xml("urlset", "url", pages), number


def _kinds() -> list[str]:
    """Return the kinds that have pages here. A desk with its own site may have the pages of claims there."""
    return [kind for kind in KINDS if kind != "claims" or not settings.CLAIMTRACK_CLAIM_URL]


def _public(kind: str) -> QuerySet:
    rows, _, _ = KINDS[kind]
    return rows.visible_to(EVERYBODY)


def _parts(rows: QuerySet) -> Iterator[int]:
    """Yield the numbers of the parts that have rows."""
    last = 0
    while pk := rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True).first():
        part = (pk - 1) // SIZE + 1
        yield part
        last = part * SIZE


def _xml(root: str, element: str, addresses: list[str]) -> HttpResponse:
    entries = "".join(f"<{element}><loc>{escape(each)}</loc></{element}>\n" for each in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{entries}</{root}>\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")

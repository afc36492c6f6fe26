from collections.abc import Iterable

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from claims.pages.claims import ClaimPage
from claims.pages.corrections import CorrectionsPage
from claims.pages.front import FrontPage
from claims.pages.lists import SourcePage, SpeakerPage, TopicPage
from claims.pages.page import DEFAULT
from claims.pages.sitemap import Sitemap, robots
from claims.pages.words import WordsPage

PAGES = [
    path("", FrontPage.as_view({"get": "list"}), name="front"),
    path("claims/<int:pk>/", ClaimPage.as_view({"get": "show"}), name="claim"),
    path("speakers/<int:pk>/", SpeakerPage.as_view({"get": "list"}), name="speaker"),
    path("sources/<int:pk>/", SourcePage.as_view({"get": "list"}), name="source"),
    path("topics/", WordsPage.as_view({"get": "topics"}), name="topics"),
    path("topics/<slug:slug>/", TopicPage.as_view({"get": "list"}), name="topic"),
    path("corrections/", CorrectionsPage.as_view({"get": "list"}), name="corrections"),
    path("verdicts/", WordsPage.as_view({"get": "verdicts"}), name="verdicts"),
]


def in_languages(codes: Iterable[str]) -> list[URLResolver]:
    """Return the pages in these languages. Every language except the default has a prefix (/de/) and its own instance namespace."""
    others = [code for code in codes if code != settings.CLAIMTRACK_LANGUAGE]
    return [
        *(path(f"{code}/", include((PAGES, DEFAULT), namespace=code)) for code in others),
        path("", include((PAGES, DEFAULT), namespace=DEFAULT)),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    *in_languages(code for code, _ in settings.LANGUAGES),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", Sitemap.as_view({"get": "index"}), name="sitemap"),
    path("sitemap-<str:kind>-<int:part>.xml", Sitemap.as_view({"get": "part"}), name="sitemap-part"),
]

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import trafilatura

from sources.pages import metadata

URL = "https://norvik.example/news/pier"


def page(head="", body="<p>The pier stays closed.</p>", *, ld=None, lang="", url=URL):
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    document = f"<html {lang}><head>{head}{script}</head><body>{body}</body></html>"
    return metadata.read(trafilatura.load_html(document), url)


def news(**statements):
    return {"@context": "https://schema.org", "@type": "NewsArticle", **statements}


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


TITLES = [
    # head, JSON-LD, title, why
    (meta("og:title", "Pier!"), news(headline="Pier closed"), "Pier closed", "JSON-LD before Open Graph"),
    (meta("og:title", "Pier"), {"@type": "Organization", "name": "Norvik"}, "Pier", "only JSON-LD of an article"),
    (meta("og:title", "Pier"), news(name="Pier closed"), "Pier closed", "an article without headline may have a name"),
    (meta("og:title", "Pier") + "<title>Norvik</title>", None, "Pier", "Open Graph before what is seen"),
    (meta("og:title", " ") + meta("twitter:title", "Pier"), None, "Pier", "an empty statement says nothing"),
    ("<title>Pier closed for the winter</title>", None, "Pier closed for the winter", "what is seen"),
    ("", news(headline="Pier &amp; quay &#8216;closed&#8217;"), "Pier & quay ‘closed’", "entities inside JSON"),
    ("", news(headline="<em>Pier</em>\n closed<br/>"), "Pier closed", "mark-up and line ends"),
    ("", news(headline="Pier < quay > dock"), "Pier < quay > dock", "no mark-up"),
    ("", news(headline="Pi\u0000er \ud800closed"), "Pier closed", "what no database can hold"),
    ("", news(headline="Cafe\u0301"), "Café", "NFC"),
    ("", news(headline=["Pier"]), None, "a headline is a string"),
    (meta("og:title", "Pier | Norvik News") + meta("og:site_name", "Norvik News"), None, "Pier", "the site's own name"),
    (meta("og:title", "A – B - norvik news") + meta("og:site_name", "Norvik News"), None, "A – B", "in any case"),
    (meta("og:title", "Pier | Norvik News"), None, "Pier | Norvik News", "a name that the page does not claim"),
    ("", news(headline="Pier - The Log", publisher={"name": "The Log"}), "Pier", "the publisher's name"),
    (
        meta("og:title", "Norvik News") + meta("og:site_name", "Norvik News"),
        None,
        "Norvik News",
        "nothing else remains",
    ),
]


@pytest.mark.parametrize(("head", "ld", "expected", "why"), TITLES)
def test_title(head, ld, expected, why):
    assert metadata.title(page(head, ld=ld)) == expected, why


AUTHORS = [
    # head, JSON-LD, authors, why
    (meta("author", "Tom Reyes"), news(author="Ann Hale"), ["Ann Hale"], "JSON-LD before meta"),
    ("", news(author={"@type": "Person", "name": "Ann Hale"}), ["Ann Hale"], "a person"),
    ("", news(author=[{"name": "Ann Hale"}, "Tom Reyes"]), ["Ann Hale", "Tom Reyes"], "a list, mixed"),
    ("", news(author=[[{"name": "Ann Hale"}]]), ["Ann Hale"], "a list in a list"),
    ("", news(author={"name": ["Ann Hale", "Tom Reyes"]}), ["Ann Hale", "Tom Reyes"], "two names of one author"),
    ("", news(author={"name": {"@value": "Ann Hale", "@language": "en"}}), ["Ann Hale"], "a name with its language"),
    ("", news(author={"givenName": "Ann", "familyName": "Hale"}), ["Ann Hale"], "a name in two parts"),
    ("", news(author={"@type": "Organization", "name": "Norvik Agency"}), ["Norvik Agency"], "an organisation"),
    ("", news(creator={"name": "Ann Hale"}), ["Ann Hale"], "a creator where no author is"),
    ("", news(author={"@type": "Person"}), [], "a person without a name"),
    (meta("author", "Ann Hale"), news(author={"@id": "#ann"}), ["Ann Hale"], "a reference to nothing"),
    (
        "",
        {"@graph": [news(author={"@id": "#ann"}), {"@id": "#ann", "@type": "Person", "name": "Ann Hale"}]},
        ["Ann Hale"],
        "a reference",
    ),
    (
        meta("article:author", "https://social.example/norvik") + meta("article:author", "By Ann Hale"),
        None,
        ["Ann Hale"],
        "an address is no name",
    ),
    (meta("author", "Ann Hale") + meta("author", "Tom Reyes"), None, ["Ann Hale", "Tom Reyes"], "one element each"),
    ("", None, [], "nobody"),
]


@pytest.mark.parametrize(("head", "ld", "expected", "why"), AUTHORS)
def test_authors(head, ld, expected, why):
    assert list(metadata.authors(page(head, ld=ld))) == expected, why


def test_a_picture_has_an_author_of_its_own():
    picture = '<figure itemscope><meta itemprop="author" content="Ivo Brandt"></figure>'
    assert metadata.authors(page(meta("author", "Ann Hale"), body=picture)) == ("Ann Hale",)
    assert metadata.authors(page(body=picture)) == ()


def test_the_visible_byline_comes_last():
    byline = '<article><span class="author">Ann Hale</span><p>The pier stays closed.</p></article>'
    assert metadata.authors(page(body=byline)) == ("Ann Hale",)
    assert metadata.authors(page(meta("author", "Tom Reyes"), body=byline)) == ("Tom Reyes",)
    assert metadata.authors(page(body=byline.replace("Ann Hale", "Staff"))) == ()


@pytest.mark.parametrize(
    ("head", "body", "expected", "why"),
    [
        ("", "<h1>Ferry</h1><p>By Ann Hale</p><p>It was sold.</p>", ("Ann Hale",), "after the headline"),
        ("", "<h1>Ferry</h1><p>By Tuesday evening all was sold.</p>", (), "a sentence"),
        (
            "",
            "<h1>Ferry</h1><p class=byline>By Ann Hale</p><aside>By <span class=author>Otto Grim</span></aside>",
            ("Ann Hale",),
            "not that of a story in a box",
        ),
        (
            "",
            "<h1>Ferry</h1><div class=related><i class=author>Otto Grim</i></div>",
            (),
            "nor where it has none itself",
        ),
        (
            "<title>Ferry – Le Phare</title>" + meta("author", "Le Phare"),
            "<h1>Ferry</h1><p class=signature>Par Léa Morin</p>",
            ("Léa Morin",),
            "a person and not the site, which the title names",
        ),
        (meta("author", "Le Phare"), "<h1>Ferry</h1>", ("Le Phare",), "the site if nobody signs"),
        (
            "<title>Ferry | Ann Hale</title>" + meta("author", "Ann Hale, Tom Reyes"),
            "<h1>Ferry</h1>",
            ("Ann Hale", "Tom Reyes"),
            "a columnist, whom the title names and the host does not",
        ),
        (
            "<title>Ferry | Norvik News</title>" + meta("author", "Ann Hale, Norvik News"),
            "<h1>Ferry</h1>",
            ("Ann Hale",),
            "a site that the host names too",
        ),
        ("", "<h1>Ferry</h1><p>Norvik Town, 5 March 2026</p>", (), "a place before a date"),
        ("", "<h1>Ferry</h1><h2>By Otto Grim</h2>", (), "a second headline"),
        ("", "<h1>Ferry</h1><p class=byline>Edited by Otto Grim</p>", (), "an editor"),
        ("", "<h1>Ferry</h1><p class=byline>Translated by Otto Grim</p>", (), "a translator"),
        ("", "<h1>Ferry</h1><p class=photo-byline>By Otto Grim</p>", (), "a photographer"),
        (
            "",
            "<h1>Ferry</h1><div class=author-bio>Otto Grim has written since 2019</div>",
            (),
            "a sentence about somebody",
        ),
        ("", "<h1>Ferry</h1><p class=byline>By Ann Hale in Oslo</p>", ("Ann Hale",), "where she was"),
    ],
)
def test_who_signs_on_the_page(head, body, expected, why):
    assert metadata.authors(page(head, body=body)) == expected, why


OTTO = "<span class=byline>By Otto Grim</span>"


@pytest.mark.parametrize(
    "other",
    [
        f"<ol class=comment-list><li>{OTTO}</li></ol>",
        f"<ul class=related><li>{OTTO}</li></ul>",
        f"<ul class=latest-news><li>{OTTO}</li></ul>",
        f"<div class='read-next'>{OTTO}</div>",
        f"<div class=sidebar>{OTTO}</div>",
        f"<nav>{OTTO}</nav>",
        f"<footer>{OTTO}</footer>",
        f"<article class=card><h3>Bridge</h3>{OTTO}</article>",
        f"<blockquote><p>No.</p>{OTTO}</blockquote>",
        f"<figure><img><figcaption>{OTTO}</figcaption></figure>",
    ],
)
def test_who_signs_something_else(other):
    article = "<article><h1>Ferry</h1>{}<p>It was sold.</p></article>"
    assert metadata.authors(page(body=article.format("") + other)) == ()
    assert metadata.authors(page(body=other + article.format("<p class=byline>By Ann Hale</p>"))) == ("Ann Hale",)


NOON = datetime(2026, 3, 4, 12, 30, 5, tzinfo=UTC)
DATES = [
    # as stated, moment, why
    ("2026-03-04T12:30:05Z", NOON, "UTC"),
    ("2026-03-04T14:30:05+02:00", NOON, "another zone"),
    ("2026-03-04T12:30:05+0000", NOON, "a zone without colon"),
    ("2026-03-04 12:30:05 +00:00", NOON, "spaces"),
    ("2026-03-04T12:30:05.678Z", NOON, "to the second"),
    ("2026-03-04T12:30Z", NOON.replace(second=0), "a time without seconds"),
    ("Wed, 04 Mar 2026 12:30:05 GMT", NOON, "the form of e-mail"),
    ("2026-03-04", date(2026, 3, 4), "a day"),
    ("2026-03-04T12:30:05", date(2026, 3, 4), "a time without a zone is no moment"),
    ("2026-02-30T12:30:05Z", None, "no such day"),
    ("0001-01-01 00:00:00Z", None, "a program's null"),
    ("1772627405000", None, "milliseconds"),
    ("last week", None, "words"),
    ("20260304T123005Z", NOON, "the basic form of ISO 8601"),
    ("20260304", date(2026, 3, 4), "of a day"),
    ("2026/3/4", date(2026, 3, 4), "the year first"),
    ("March 4, 2026", date(2026, 3, 4), "an English month"),
    ("4th Mar. 2026", date(2026, 3, 4), "or a shorter one"),
    ("25/12/2025", date(2025, 12, 25), "no month has the number 25"),
    ("12/25/2025", date(2025, 12, 25), "in any order"),
    ("04/04/2026", date(2026, 4, 4), "day and month are the same"),
    ("03/04/2026", None, "day and month cannot be told apart"),
    ("3.4.2026", None, "with stops, too"),
    ("31/02/2026", None, "no such day"),
    ("9999-12-31", None, "a program's never"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("stated", "expected", "why"), DATES)
def test_published(stated, expected, why):
    assert metadata.published(page(ld=news(datePublished=stated))) == expected, why
    assert metadata.published(page(meta("article:published_time", stated))) == expected, why


def test_the_zone_is_kept():
    stated = metadata.published(page(ld=news(datePublished="2026-03-04T14:30:05+02:00")))
    assert isinstance(stated, datetime)
    assert stated.utcoffset() == timedelta(hours=2)


def test_a_second_is_worth_more_than_a_day():
    head = meta("article:published_time", "2026-03-04T12:30:05Z")
    assert metadata.published(page(head, ld=news(datePublished="2026-03-04"))) == NOON


INFERRED = [
    # body, address, day, why
    ('<time class="published" datetime="2026-03-04">4 March</time>', URL, date(2026, 3, 4), "a time of this class"),
    ('<p class="entry-date"><time datetime="2026-03-04T12:30:05Z"></time></p>', URL, date(2026, 3, 4), "in one of it"),
    ("", "https://norvik.example/2026/03/04/pier", date(2026, 3, 4), "in the path of the address"),
    ("", "https://norvik.example/2026/03/04", None, "unless the path ends there: a list of that day"),
    ("", "https://norvik.example/1998-07-04-the-fire", None, "in its words it may be that of an event"),
    ("<p>On 1998-07-04 the bridge fell.</p>", URL, None, "a date in the text"),
    ('<p>The bridge fell on <time datetime="1998-07-04">4 July</time>.</p>', URL, None, "even one that is marked up"),
    (
        '<p class="dateline">NORVIK, <time datetime="1998-07-04">4 July</time> was the day on which the old bridge fell'
        " into the harbour of the town.</p>",
        URL,
        None,
        "in a sentence after a dateline",
    ),
    ('<div class="comment"><time class="posted" datetime="2020-01-01"></time></div>', URL, None, "that of a comment"),
    (
        '<li class="related-story"><time class="published" datetime="2020-01-01"></time></li>',
        URL,
        None,
        "of another article",
    ),
    ("<p class='date'>Published 03/05/2025</p>", URL, None, "day and month cannot be told apart"),
    ("<p>Veröffentlicht am 5. März 2025</p>", URL, None, "in German"),
    ("<p>発行：2025年3月5日</p>", URL, None, "in Japanese"),
]


@pytest.mark.parametrize(("body", "url", "expected", "why"), INFERRED)
def test_inferred_day(body, url, expected, why):
    asked = page(body=f"<p>The pier stays closed.</p>{body}", url=url)
    assert metadata.published(asked) is None
    assert metadata.inferred_day(asked) == expected, why


def test_microdata_states_a_date():
    body = '<p><span itemprop="datePublished" content="2026-03-04T12:30:05Z">4 March</span></p>'
    assert metadata.published(page(body=body)) == NOON


@pytest.mark.parametrize("kind", ["Comment", "VideoObject", "Event", "ImageObject"])
def test_microdata_of_something_else_states_none(kind):
    date = '<time itemprop="datePublished" datetime="2020-01-01"></time>'
    body = f'<div itemscope itemtype="https://schema.org/{kind}">{date}</div>'
    assert metadata.published(page(body=body)) is None
    own = date.replace("2020-01-01", "2026-03-04T12:30:05Z")
    article = f'<div itemscope itemtype="https://schema.org/NewsArticle">{body}{own}</div>'
    assert metadata.published(page(body=article)) == NOON


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("03/05/2025", "03/05/2025"), ("last week", "last week"), ("0001-01-01", ""), ("", ""), ("2026-03-04", "")],
)
def test_a_date_that_cannot_be_read(stated, expected):
    assert metadata.unread_date(page(ld=news(datePublished=stated))) == expected


LANGUAGES = [
    # html attribute, head, inLanguage, language, why
    ('lang="nb"', "", "en-GB", "en", "JSON-LD before the document's"),
    ('lang="en-US"', meta("og:locale", "nb_NO"), None, "en", "the document's before Open Graph's"),
    ("", meta("og:locale", "nb_NO"), None, "nb", "a locale is no language tag but begins with one"),
    ('lang="PT"', "", None, "pt", "lower case"),
    ("", "", {"name": "English", "alternateName": "en"}, "en", "a node"),
    ('lang="nb"', "", "English", "nb", "a name is no tag"),
    ('lang="x-default"', "", None, None, "no language"),
    ("", "", None, None, "nothing"),
]


@pytest.mark.parametrize(("lang", "head", "in_language", "expected", "why"), LANGUAGES)
def test_language(lang, head, in_language, expected, why):
    assert metadata.language(page(head, ld=news(inLanguage=in_language), lang=lang)) == expected, why


def link(href):
    return f'<link rel="canonical" href="{href}">'


LINKS = [
    # head, JSON-LD, canonical link, why
    (link("https://norvik.example/a") + meta("og:url", "https://norvik.example/b"), None, "/a", "the link comes first"),
    (link("/a"), None, "/a", "relative to the page"),
    (link("https://norvik.example/?id=7"), None, "/?id=7", "an article may live in a query"),
    (link("https://norvik.example/"), None, None, "the front page is no article"),
    (
        link("https://norvik.example/") + meta("og:url", URL),
        None,
        "/news/pier",
        "then who names the article is believed",
    ),
    (link("javascript:void(0)") + meta("og:url", URL), None, "/news/pier", "no address"),
    (link(""), news(url=URL), "/news/pier", "nothing"),
    ("", news(mainEntityOfPage={"@id": "https://norvik.example/a"}, url="/b"), "/a", "JSON-LD's page of the article"),
    ("", news(mainEntityOfPage="https://norvik.example/a"), "/a", "the same bare"),
    ("", news(mainEntityOfPage=True, url="/b"), "/b", "the same as a flag"),
    ("", None, None, "none"),
]


@pytest.mark.parametrize(("head", "ld", "expected", "why"), LINKS)
def test_canonical_link(head, ld, expected, why):
    assert metadata.canonical_link(page(head, ld=ld)) == (expected and "https://norvik.example" + expected), why


def test_a_relative_link_without_a_url_is_none():
    assert metadata.canonical_link(page(link("/a"), url=None)) is None


def test_of_two_articles_the_page_s_own():
    other, own = news(headline="Quay", url="/news/quay"), news(headline="Pier", url=URL + "?utm_source=x")
    assert metadata.title(page(ld=[other, own])) == "Pier"
    assert metadata.title(page(ld=[other, own], url=None)) == "Quay"


def test_a_fact_check_that_states_nothing_but_its_review():
    review = {"@type": "ClaimReview", "author": {"name": "Norvik Desk"}, "datePublished": "2026-03-04"}
    assert metadata.authors(page(ld=[review])) == ("Norvik Desk",)
    assert metadata.authors(page(ld=[review, news(author="Ann Hale")])) == ("Ann Hale",)

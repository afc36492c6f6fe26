"""Archived copies belong to the publisher of the original, and posts to their platform."""

from datetime import date, datetime

import pytest

from claimtrack.refusals import Invalid
from sources.ingesting import ingest
from sources.models import Domain, Source
from sources.pages.canonical import canonical_url
from tests.sources.ingesting.pages import TEXT, URL, page, serving

COPY = f"https://web.archive.org/web/20260302000000/{URL}"
POSTS = [
    ("https://m.blog.naver.com/annhale/22", "Naver Blog", {"blog.naver.com"}),
    ("https://www.ptt.cc/bbs/Gossiping/M.1.A.html", "PTT", {"ptt.cc"}),
    ("https://www.facebook.com/ann.hale/posts/1", "Facebook", {"facebook.com", "fb.com", "fb.me", "fb.watch"}),
    ("https://m.facebook.com/ann.hale/posts/1", "Facebook", {"facebook.com", "fb.com", "fb.me", "fb.watch"}),
    ("https://twitter.com/annhale/status/1", "X", {"x.com", "twitter.com"}),
    ("https://vk.com/wall-1_2", "VK", {"vk.com", "vk.ru", "vkvideo.ru"}),
    ("https://weibo.com/1/AbC", "Weibo", {"weibo.com", "weibo.cn"}),
]


def codes(done):
    return [warning.code for warning in done.warnings]


def test_a_copy_is_filed_under_the_paper_of_the_original(contributor):
    done = ingest(by=contributor, url=COPY, source_name="Tidende", text=TEXT)
    assert (done.article.url, done.article.canonical_url, done.snapshot.archive_url) == (URL, URL, COPY)
    assert [domain.host for domain in done.source.domains.all()] == ["tidende.example"]
    assert codes(done) == ["archive_copy"] and done.warnings[0].field == "url"


def test_copies_of_two_papers_are_two_papers(contributor):
    one = ingest(by=contributor, url=COPY, text=TEXT)
    other = ingest(by=contributor, url="https://web.archive.org/web/2026/https://avis.example/b", text=TEXT)
    assert (one.source.name, other.source.name) == ("tidende.example", "avis.example")


def test_a_copy_and_its_original_are_one_article(contributor):
    original = ingest(by=contributor, url=URL, text=TEXT)
    done = ingest(by=contributor, url=COPY, text=TEXT)
    assert (done.article, done.snapshot) == (original.article, original.snapshot)
    assert done.snapshot.archive_url == COPY


def test_a_fetched_copy_is_the_original_s_text(contributor):
    html = page(canonical=f"/web/20260302000000/{URL}")
    done = ingest(by=contributor, url=COPY, fetcher=serving(html, final_url=COPY))
    assert (done.article.canonical_url, done.snapshot.final_url, done.snapshot.archive_url) == (URL, COPY, COPY)
    assert codes(done) == ["archive_copy"]


def test_a_shortener_that_leads_to_a_copy_leads_to_the_original(contributor):
    done = ingest(by=contributor, url="https://short.example/x", fetcher=serving(page(), final_url=COPY))
    assert (done.article.canonical_url, done.snapshot.archive_url) == (URL, COPY)
    assert codes(done) == ["archive_copy", "redirected"]


def test_the_archive_url_given_stays(contributor):
    given = "https://perma.cc/A1B2-C3D4"
    done = ingest(by=contributor, url=COPY, text=TEXT, archive_url=given)
    assert done.snapshot.archive_url == given and COPY in done.warnings[0].detail


@pytest.mark.parametrize("url", ["https://archive.ph/AbC12", "https://perma.cc/A1B2-C3D4"])
def test_a_copy_that_does_not_say_of_what_is_refused(contributor, url):
    with pytest.raises(Invalid, match="give the address of the original") as refusal:
        ingest(by=contributor, url=url, source_name="Tidende", text=TEXT)
    assert (refusal.value.field, refusal.value.code) == ("url", "archive")
    assert not Source.objects.exists()


def test_an_archive_is_no_domain_of_a_paper(contributor):
    with pytest.raises(Invalid, match="give the domain of the original") as refusal:
        ingest(by=contributor, source_name="Tidende", source_domain="web.archive.org", text=TEXT)
    assert (refusal.value.field, refusal.value.code) == ("source_domain", "archive")


@pytest.mark.parametrize(
    "link",
    [
        "https://l.facebook.com/l.php?u=https%3A%2F%2Ftidende.example%2Fmarch%3Ffbclid%3Dx&h=1",
        "https://www.google.com/url?q=https://tidende.example/march&sa=D",
        "https://www.youtube.com/redirect?q=https%3A%2F%2Ftidende.example%2Fmarch",
    ],
)
def test_a_link_out_of_a_platform_is_filed_under_the_paper(contributor, link):
    done = ingest(by=contributor, url=link, text=TEXT)
    assert (done.source.name, done.article.canonical_url) == ("tidende.example", "https://tidende.example/march")
    assert codes(done) == ["redirect_left_out"] and not done.snapshot.archive_url


def test_a_link_is_fetched_where_it_leads(contributor):
    asked = []

    def fetcher(url, **kwargs):
        asked.append(url)
        return serving(page(), final_url=URL)(url, **kwargs)

    ingest(by=contributor, url=f"https://l.facebook.com/l.php?u={URL}", fetcher=fetcher)
    assert asked == [URL]


@pytest.mark.parametrize("url", ["https://t.co/AbC12", "https://bit.ly/abc", "https://news.google.com/articles/CBMi"])
def test_a_short_address_beside_a_text_is_refused(contributor, url):
    with pytest.raises(Invalid, match="does not say to which") as refusal:
        ingest(by=contributor, url=url, source_name="Tidende", text=TEXT)
    assert (refusal.value.field, refusal.value.code) == ("url", "short_url")
    assert not Source.objects.exists()


def test_a_short_address_is_followed(contributor):
    done = ingest(by=contributor, url="https://t.co/AbC12", fetcher=serving(page(), final_url=URL))
    assert done.article.canonical_url == URL and codes(done) == ["redirected"]


def test_a_notice_about_leaving_is_no_article(contributor):
    notice = "https://www.youtube.com/redirect?q=https://tidende.example/march"
    with pytest.raises(Invalid, match=r"tidende\.example/march") as refusal:
        ingest(by=contributor, url="https://t.co/AbC12", fetcher=serving(page(), final_url=notice))
    assert refusal.value.code == "redirect_notice"


def test_a_short_host_is_no_domain_of_a_paper(contributor):
    with pytest.raises(Invalid, match="give the domain of the publisher"):
        ingest(by=contributor, source_name="Tidende", source_domain="bit.ly", text=TEXT)


@pytest.mark.parametrize(("url", "name", "hosts"), POSTS)
def test_a_post_is_filed_under_its_platform(contributor, url, name, hosts):
    done = ingest(by=contributor, url=url, source_name="Ann Hale", text=TEXT)
    assert (done.source.name, done.source.kind, done.source_is_new) == (name, "platform", True)
    assert {domain.host for domain in done.source.domains.all()} == hosts
    assert codes(done) == ["source_name_left_out"] and "Ann Hale" in done.warnings[0].detail


def test_posts_of_one_platform_have_one_source(contributor):
    one = ingest(by=contributor, url="https://x.com/annhale/status/1", text=TEXT)
    other = ingest(by=contributor, url="https://mobile.twitter.com/annhale/status/2", text=TEXT)
    assert one.source == other.source and not other.source_is_new and other.warnings == ()


def test_a_post_is_taken_whatever_is_given_beside_it(contributor):
    """A known paper as name, and its domain: for any other host that is for a Moderator."""
    tidende = Source.objects.create(name="Tidende")
    Domain.objects.create(source=tidende, host="tidende.example")
    done = ingest(
        by=contributor,
        url="https://x.com/a/status/1",
        source_name="Tidende",
        source_domain="tidende.example",
        text=TEXT,
    )
    assert done.source.name == "X" and codes(done) == ["source_name_left_out", "source_domain_left_out"]
    assert {domain.host for domain in tidende.domains.all()} == {"tidende.example"}


def test_an_archived_post_is_its_platform_s(contributor):
    done = ingest(by=contributor, url="https://web.archive.org/web/2026/https://twitter.com/a/status/1", text=TEXT)
    assert done.source.name == "X" and done.article.canonical_url == "https://x.com/i/status/1"


def test_a_platform_that_the_desk_has_entered_is_taken(contributor):
    desk = Source.objects.create(name="Twitter", kind=Source.Kind.PLATFORM)
    Domain.objects.create(source=desk, host="twitter.com")
    assert ingest(by=contributor, url="https://x.com/a/status/1", text=TEXT).source == desk


LINKS = [
    ("https://tidende.example/cgi?b=1;c=2", "“;” parts parameters"),
    ("https://tidende.example/x?b=1&amp;c=2", "“&amp;” as it was given"),
    ("http://tidende.example/x?b=2&a=1", "without TLS, and in this order"),
    ("https://tidende.example/#!/x", "a document of a program"),
]


@pytest.mark.parametrize(("url", "why"), LINKS)
def test_readers_get_the_address_that_was_given(contributor, url, why):
    article = ingest(by=contributor, url=url, text=TEXT).article
    assert article.url == url, why
    assert canonical_url(article.url) == article.canonical_url


def test_an_address_from_a_page_s_source_is_kept_with_a_warning(contributor):
    done = ingest(by=contributor, url="https://tidende.example/x?b=1&amp;c=2", text=TEXT)
    assert codes(done) == ["html_entity"] and "&amp;" in done.warnings[0].detail


def test_parameters_of_one_name_have_an_order(contributor):
    one = ingest(by=contributor, url="https://tidende.example/show?id=1&id=2", text=TEXT)
    assert ingest(by=contributor, url="https://tidende.example/show?id=2&id=1", text=TEXT).article != one.article


SAME_NAMES = [
    ("Radio Nord", "radio nord", "case"),
    ("Radio Nord", "Radio\u00a0Nord\u200b", "blanks and unseen characters"),
    ("Radio O'Hara", "Radio O’Hara", "kinds of apostrophe"),
    ("Радио Север", "РАДИО СЕВЕР", "Cyrillic"),
    ("ラジオ北", "ﾗｼﾞｵ北", "half-width kana"),
]


@pytest.mark.parametrize(("name", "again", "why"), SAME_NAMES)
def test_a_source_without_address_is_known_by_its_name(contributor, name, again, why):
    one = ingest(by=contributor, source_name=name, text=TEXT)
    done = ingest(by=contributor, source_name=again, text=TEXT)
    assert (done.source, done.article, done.warnings) == (one.source, one.article, ()), why


def test_a_source_whose_name_is_alike_is_taken_with_a_warning(contributor):
    one = ingest(by=contributor, source_name="Radio Nord", text=TEXT)
    done = ingest(by=contributor, source_name="Rádio Nord", text=TEXT)
    assert done.source == one.source and codes(done) == ["source_alike"]


def test_a_new_host_is_not_given_to_a_source_whose_name_is_only_alike(contributor):
    one = ingest(by=contributor, source_name="Radio Nord", text=TEXT)
    done = ingest(by=contributor, source_name="Rádio Nord", url="https://radio.example/1", text=TEXT)
    assert done.source != one.source and done.warnings == ()


@pytest.mark.parametrize("name", ["N/A", "-", "Unbekannt", "不明"])
def test_a_name_of_nobody_is_none(contributor, name):
    with pytest.raises(Invalid) as refusal:
        ingest(by=contributor, source_name=name, text=TEXT)
    assert refusal.value.code == "source_missing"


def test_beside_an_address_a_name_of_nobody_is_left_out(contributor):
    done = ingest(by=contributor, source_name="N/A", url=URL, text=TEXT)
    assert done.source.name == "tidende.example" and codes(done) == ["source_name_left_out"]


def test_an_article_of_a_day_to_come_is_a_warning(contributor):
    done = ingest(by=contributor, url=URL, text=TEXT, published_at=date(2999, 1, 1))
    assert done.article.published == "2999-01-01" and codes(done) == ["date_to_come"]


@pytest.mark.parametrize("written", ["1000-01-01T00:00:00+14:00", "2999-12-31T23:59:59-12:00"])
def test_so_is_one_that_is_such_a_year_in_utc(contributor, written):
    with pytest.raises(Invalid, match="years go from"):
        ingest(by=contributor, url=URL, text=TEXT, published_at=datetime.fromisoformat(written))


@pytest.mark.parametrize("year", [1, 999, 3000, 9999])
def test_a_year_that_cannot_be_right_is_refused(contributor, year):
    with pytest.raises(Invalid, match="years go from") as refusal:
        ingest(by=contributor, url=URL, text=TEXT, published_at=date(year, 5, 3))
    assert refusal.value.field == "published_at"


@pytest.mark.parametrize("text", [TEXT + "\n", "\ufeff" + TEXT, f"\ufeff \n{TEXT}\u200b\n\n"])
def test_a_text_that_differs_in_its_ends_is_the_same(contributor, text):
    one = ingest(by=contributor, source_name="Radio Nord", text=TEXT)
    done = ingest(by=contributor, source_name="Radio Nord", text=text)
    assert (done.article, done.snapshot, done.snapshot.text) == (one.article, one.snapshot, TEXT)


@pytest.mark.parametrize("text", ["So it is ❤\ufe0f", "潮が遅い。", "المد متأخر\u200d"])
def test_what_belongs_to_the_last_character_stays(contributor, text):
    assert ingest(by=contributor, source_name="Radio Nord", text=f"{text}\u3000\n").snapshot.text == text

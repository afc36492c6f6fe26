import pytest

from sources.pages.archives import NoOriginal, is_archive, original

COPIES = [
    # address of the copy, address of the original, whose
    ("https://web.archive.org/web/20240101000000/https://mill.example/a", "https://mill.example/a", "Wayback Machine"),
    ("https://web.archive.org/web/20240101000000id_/https://mill.example/a", "https://mill.example/a", "unframed"),
    ("http://wayback.archive.org/web/2024/http://mill.example:80/a", "http://mill.example:80/a", "an old host of its"),
    ("https://web.archive.org/web/2024/https:/mill.example/a", "https://mill.example/a", "slashes folded"),
    ("https://web.archive.org/web/20240101/mill.example/a", "https://mill.example/a", "no scheme"),
    (
        "https://web.archive.org/web/2024/https://mill.example/a?id=7&b=x#!/c",
        "https://mill.example/a?id=7&b=x#!/c",
        "query and fragment are the original's",
    ),
    (
        "https://web.archive.org/web/2024/https%3A%2F%2Fmill.example%2Fa%3Fid%3D7",
        "https://mill.example/a?id=7",
        "encoded",
    ),
    ("https://web.archive.org/web/2024/https://mill.example/мельница", "https://mill.example/мельница", "Cyrillic"),
    ("https://web.archive.org/web/2024/https://水車.example/水", "https://水車.example/水", "Japanese"),
    ("https://web.archive.org/web/2024/https://mill.example/طاحونة", "https://mill.example/طاحونة", "Arabic"),
    ("https://webarchiv.cz/wayback/20240101/https://mill.example/a", "https://mill.example/a", "a national archive"),
    ("https://web.archive.bibalex.org/web/2024/https://mill.example/a", "https://mill.example/a", "a library's"),
    ("https://archive.wikiwix.com/cache/?url=https://mill.example/a", "https://mill.example/a", "an encyclopaedia's"),
    ("https://www.bing.com/amp/s/mill.example/a", "https://mill.example/a", "an AMP page at a search engine"),
    ("https://archive.ph/2024.01.01-120000/https://mill.example/a", "https://mill.example/a", "archive.today"),
    ("https://archive.is/newest/https://mill.example/a", "https://mill.example/a", "its newest copy"),
    ("https://archive.vn/o/AbC12/https://mill.example/a", "https://mill.example/a", "a link within a copy"),
    (
        "https://archive.md/?url=https%3A%2F%2Fmill.example%2Fa%3Fid%3D7&run=1",
        "https://mill.example/a?id=7",
        "a parameter",
    ),
    ("https://perma-archives.org/warc/20240101000000/https://mill.example/a", "https://mill.example/a", "Perma"),
    ("http://timetravel.mementoweb.org/memento/2024/http://mill.example/a", "http://mill.example/a", "Memento"),
    ("https://arquivo.pt/wayback/20240101000000/https://mill.example/a", "https://mill.example/a", "Portugal's"),
    ("https://www.webarchive.org.uk/wayback/archive/2024/https://mill.example/a", "https://mill.example/a", "the UK's"),
    (
        "https://wayback.archive-it.org/123/20240101000000/https://mill.example/a",
        "https://mill.example/a",
        "Archive-It",
    ),
    ("https://megalodon.jp/2024-0101-1200-00/https://mill.example/a", "https://mill.example/a", "Megalodon"),
    ("https://megalodon.jp/2024-0101-1200-00/mill.example:443/a", "https://mill.example:443/a", "its older form"),
    (
        "https://webcache.googleusercontent.com/search?q=cache:abcdefghijkl:https://mill.example/a%3Fid%3D7+sold&hl=en",
        "https://mill.example/a?id=7",
        "Google's cache",
    ),
    (
        "http://webcache.googleusercontent.com/search?q=cache:mill.example/a",
        "https://mill.example/a",
        "its shortest form",
    ),
    (
        "https://www.google.com/amp/s/mill.example/a%3fid=7",
        "https://mill.example/a?id=7",
        "Google escapes the mark of a query",
    ),
    (
        "https://www.google.co.uk/amp/s/mill.example/a%3Fid%3D7%26b%3D1",
        "https://mill.example/a?id=7&b=1",
        "or all of it",
    ),
    ("https://www.google.com/amp/s/mill.example/a%3Fid=7?usqp=x", "https://mill.example/a?id=7", "and adds its own"),
    ("https://mill-example.cdn.ampproject.org/c/s/mill.example/a%3F", "https://mill.example/a%3F", "a cache does not"),
    ("https://mill-example.cdn.ampproject.org/c/s/mill.example/a?usqp=x", "https://mill.example/a", "an AMP cache"),
    (
        "https://mill-example.cdn.ampproject.org/v/s/mill.example/a?id=7&amp_js_v=a6&amp_gsa=1#referrer=x",
        "https://mill.example/a?id=7",
        "with parameters of the cache's own",
    ),
    ("https://cdn.ampproject.org/c/mill.example/a", "http://mill.example/a", "without TLS"),
    ("https://www.google.co.uk/amp/s/mill.example/a/amp/", "https://mill.example/a/amp/", "Google's AMP viewer"),
    (
        "https://mill-example.turbopages.org/mill.example/s/a/b?id=7",
        "https://mill.example/a/b?id=7",
        "Yandex's turbo pages",
    ),
    ("https://yandex.ru/turbo/mill.example/s/a", "https://mill.example/a", "at the search engine"),
    ("https://yandex.com/turbo?text=https%3A%2F%2Fmill.example%2Fa", "https://mill.example/a", "in a parameter"),
    ("https://mill-example.mipcdn.com/c/s/mill.example/a.html", "https://mill.example/a.html", "Baidu's cache"),
    ("https://nitter.net/alda/status/17#m", "https://x.com/alda/status/17", "a mirror of a platform"),
    ("https://nitter.mill.example/alda/status/17", "https://x.com/alda/status/17", "on a host of one's own"),
    ("https://yewtu.be/watch?v=abc", "https://youtube.com/watch?v=abc", "Invidious"),
    ("https://redlib.mill.example/r/mill/comments/1/a/", "https://reddit.com/r/mill/comments/1/a/", "Redlib"),
    ("https://scribe.rip/@alda/a-1", "https://medium.com/@alda/a-1", "Scribe"),
    ("https://printfriendly.com/print?url=https%3A%2F%2Fmill.example%2Fa", "https://mill.example/a", "a page to print"),
    (
        "https://web.archive.org/web/2024/https://archive.ph/2024.01.01-120000/https://mill.example/a",
        "https://mill.example/a",
        "a copy of a copy",
    ),
]

UNKNOWN = [
    ("https://perma.cc/A1B2-C3D4", "a short address of Perma"),
    ("https://archive.ph/AbC12", "a short address of archive.today"),
    ("https://ghostarchive.org/archive/AbC12", "a short address of Ghostarchive"),
    ("https://web.archive.org/web/*/https://mill.example/a", "a calendar of copies"),
    ("https://web.archive.org/web/2024*/https://mill.example/a", "that of a year"),
    ("https://web.archive.org/save/https://mill.example/a", "the address that makes a copy"),
    ("https://archive.org/details/mill", "a collection of the archive"),
    ("https://mill-example.translate.goog/a?_x_tr_sl=da", "a translation says what the page does not"),
    ("https://www.google.com/amp/", "no address at all"),
]

ORIGINALS = [
    ("https://mill.example/a", "a page"),
    ("https://mill.example/web/2024/https://other.example/a", "which has another's address in its own"),
    ("https://notarchive.org.example/2024/https://mill.example/a", "on a host that looks like an archive's"),
    ("https://www.google.com/search?q=mill", "a page of Google's own"),
]


@pytest.mark.parametrize(("url", "expected", "whose"), COPIES)
def test_original(url, expected, whose):
    assert original(url) == expected, whose


@pytest.mark.parametrize(("url", "why"), UNKNOWN)
def test_a_copy_that_does_not_say_of_what(url, why):
    with pytest.raises(NoOriginal, match="give the address of the original"):
        original(url)


@pytest.mark.parametrize(("url", "why"), ORIGINALS)
def test_an_original_stays(url, why):
    assert original(url) == url, why


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("archive.org", True),
        ("web.archive.org", True),
        ("mill-example.cdn.ampproject.org", True),
        ("notarchive.org", False),
        ("archive.org.example", False),
        ("perma.cc", True),
    ],
)
def test_is_archive(host, expected):
    assert is_archive(host) is expected

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.pages.canonical import (
    MAX_LENGTH,
    canonical_url,
    host,
    link,
    normal_host,
    publisher_host,
    sha256,
)

SAME = [
    # as given, canonical, why
    ("https://example.org/a", "https://example.org/a", "a canonical address stays"),
    ("  https://example.org/a\n", "https://example.org/a", "white space comes along when an address is pasted"),
    ("http://example.org/a", "https://example.org/a", "http and https are one article"),
    ("HTTPS://Example.ORG/a", "https://example.org/a", "scheme and host have no case"),
    ("https://example.org", "https://example.org/", "an empty path is the root"),
    ("https://example.org./a", "https://example.org/a", "a trailing dot is the same host"),
    ("http://example.org:80/a", "https://example.org/a", "80 is the port of http"),
    ("https://example.org:443/a", "https://example.org/a", "443 is the port of https"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a", "one spelling of an international host"),
    ("https://XN--BCHER-KVA.example/a", "https://xn--bcher-kva.example/a", "its ASCII form has no case either"),
    ("https://ｅxample.org/a", "https://example.org/a", "as browsers read full-width letters"),
    ("https://example.org/a#part-2", "https://example.org/a", "a fragment is a place in the page"),
    ("https://example.org/a?", "https://example.org/a", "an empty query says nothing"),
    ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2", "the order of parameters says nothing"),
    ("https://example.org/x/../a/./b", "https://example.org/a/b", "dot segments are resolved"),
    ("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9", "percent-encoding has no case"),
    ("https://example.org/café", "https://example.org/caf%C3%A9", "an address is ASCII"),
    ("https://example.org/%7Eann", "https://example.org/~ann", "an unreserved character needs no encoding"),
    ("https://example.org/a?q=x%20y", "https://example.org/a?q=x+y", "two spellings of a space in a query"),
    (
        "https://example.org/a?utm_source=x&utm_medium=y&id=7",
        "https://example.org/a?id=7",
        "campaign marks go, the id stays",
    ),
    ("https://example.org/a?fbclid=x", "https://example.org/a", "a social network's click id"),
    ("https://example.org/a?GCLID=x", "https://example.org/a", "names of marks in any case"),
    ("http://[2001:DB8:0::1]/a", "https://[2001:db8::1]/a", "one spelling of an IPv6 host"),
    ("https://example.org/a=", "https://example.org/a=", "only a query loses its closing equals sign"),
    ("\ufeffhttps://example.org/a\u200b", "https://example.org/a", "unseen characters come along too"),
    ("\u200ehttps://example.org/a\u2060\u00ad\u3164\n", "https://example.org/a", "of several kinds"),
    ("https://example.org/%E2%80%8B", "https://example.org/%E2%80%8B", "unless somebody encoded them"),
    ("https://example.org/#!/mill", "https://example.org/#!/mill", "a fragment that names the document"),
    ("https://example.org/#/mill/7", "https://example.org/#/mill/7", "in both its forms"),
    ("https://example.org/#/mühle", "https://example.org/#/m%C3%BChle", "in ASCII"),
    ("https://example.org/a#:~:text=mill", "https://example.org/a", "a passage that a browser marks"),
    ("https://example.org/#!/mill:~:text=sold", "https://example.org/#!/mill", "there too"),
    ("https://example.org/a?id=2&id=1", "https://example.org/a?id=2&id=1", "one name twice: the order stands"),
    ("https://example.org/a?z=1&id=2&id=1", "https://example.org/a?id=2&id=1&z=1", "while names are sorted"),
    ("https://example.org/a?b=1;a=2&a=3", "https://example.org/a?b=1;a=2&a=3", "“;” may part parameters too"),
    ("https://example.org/a?b=1&amp;a=2", "https://example.org/a?b=1&amp;a=2", "“&amp;” as it is"),
    ("https://example.org/a?page&12", "https://example.org/a?page&12", "a query may be words"),
    ("https://example.org/\u65b0\u805e?q=\u6771", "https://example.org/%E6%96%B0%E8%81%9E?q=%E6%9D%B1", "Chinese"),
    (
        "https://example.org/\u062e\u0628\u0631",
        "https://example.org/%D8%AE%D8%A8%D8%B1",
        "Arabic",
    ),
    ("https://example.org/100%", "https://example.org/100%25", "a stray percent sign"),
    ("https://web.archive.org/web/2024/http://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2", "a copy"),
]

POST, VIDEO = "https://x.com/i/status/1370000000000000001", "https://www.youtube.com/watch?v=aB3dE5gH7jK"
POSTS = [
    ("https://mobile.twitter.com/Ann/status/1370000000000000001?s=20&t=AbC", POST, "a post at the former host"),
    ("https://twitter.com/ann/status/1370000000000000001/photo/1", POST, "its picture, opened"),
    ("https://x.com/ann/status/1370000000000000001", POST, "as it is shown"),
    ("https://x.com/new_name/status/1370000000000000001", POST, "after its author took another name"),
    ("https://twitter.com/i/web/status/1370000000000000001", POST, "without a name"),
    ("https://x.com/ann/status/1370000000000000001/likes", "", "another page"),
    ("https://x.com/ann", "", "everything by one person"),
    ("https://youtu.be/aB3dE5gH7jK?si=Qw12&t=90", VIDEO, "a short link to a second of it"),
    ("https://m.youtube.com/watch?app=desktop&v=aB3dE5gH7jK", VIDEO, "on a telephone"),
    ("https://www.youtube.com/shorts/aB3dE5gH7jK", VIDEO, "a short one"),
    ("https://www.youtube-nocookie.com/embed/aB3dE5gH7jK", VIDEO, "inside another page"),
    ("https://www.youtube.com/playlist?list=PL5&v=", "", "a list of videos"),
    ("https://notyoutube.com/watch?v=aB3dE5gH7jK", "", "another host"),
    ("https://www.youtube.com/embed/videoseries?list=PL5", "", "a list inside another page, and no video of that id"),
    ("https://www.youtube.com/embed/live_stream?channel=UC7", "", "what a channel shows now"),
    (f"{VIDEO}&lc=UgzQw12", "", "a comment on the video"),
    (f"{VIDEO}&v=zB3dE5gH7jK", "", "two ids, of which the server may take either"),
    (f"{VIDEO}&list=PL5&index=3", VIDEO, "a video in a list"),
]


@pytest.mark.parametrize(("given_url", "address", "why"), POSTS)
def test_posts_and_videos_have_one_address(given_url, address, why):
    found = canonical_url(given_url)
    assert (found if found in (POST, VIDEO) else "") == address, why
    assert not address or canonical_url(address) == address


DIFFERENT = [
    # one, other, why
    ("https://example.org/?id=7", "https://example.org/?id=8", "the id is the article"),
    ("https://example.org/?12345", "https://example.org/?12346", "so is a bare number"),
    ("https://example.org/?12345", "https://example.org/?12345=", "some servers tell these apart"),
    ("https://example.org/?cid=7", "https://example.org/?cid=8", "cid is more often a content id than a mark"),
    ("https://example.org/?a=1&copy=2", "https://example.org/?a=1%C2%A9=2", "a parameter is no HTML entity"),
    ("https://example.org/a?id=1&id=2", "https://example.org/a?id=2&id=1", "some servers take the last of two"),
    ("https://example.org/?a[x]=1&a[y]=2", "https://example.org/?a[y]=2&a[x]=1", "an array has an order"),
    ("https://example.org/?a%5Bx%5D=1&a%5By%5D=2", "https://example.org/?a%5By%5D=2&a%5Bx%5D=1", "encoded too"),
    ("https://example.org/?%61=1&a=2", "https://example.org/?a=2&%61=1", "one name in two spellings, and its order"),
    ("https://example.org/?ID=1&id=2", "https://example.org/?id=2&ID=1", "names have no case on some servers"),
    ("https://example.org/?b=1;c=2", "https://example.org/?b=1%3Bc=2", "“;” parts parameters on some servers"),
    ("https://example.org/?b=1;c=2", "https://example.org/?b=1&c=2", "and not on others"),
    ("https://example.org/?b=1&amp;c=2", "https://example.org/?b=1&c=2", "a parameter may be called “amp;c”"),
    ("https://example.org/?b&a=1", "https://example.org/?b=&a=1", "a name without a value is not an empty value"),
    ("https://example.org/?one&two", "https://example.org/?two&one", "words have an order"),
    ("https://example.org/#!/a", "https://example.org/#!/b", "a program's fragments are its documents"),
    ("https://web.telegram.org/k/#@mill", "https://web.telegram.org/k/#@quay", "so are the names of Telegram's chats"),
    ("https://web.telegram.org/a/#-1001", "https://web.telegram.org/a/#-1002", "and their numbers"),
    ("https://example.org/#/a", "https://example.org/", "and not its front page"),
    ("https://example.org/?q=C%2B%2B", "https://example.org/?q=C++", "an encoded plus sign is no space"),
    ("https://example.org/a", "https://example.org/A", "paths have case"),
    ("https://example.org/a//b", "https://example.org/a/b", "an empty segment is one"),
    ("https://example.org/a", "https://example.org/a/", "a trailing slash is the server's business"),
    ("https://example.org/a", "https://www.example.org/a", "some sites answer under one of them only"),
    ("https://example.org:8443/a", "https://example.org/a", "another port is another server"),
    ("http://example.org:443/a", "https://example.org/a", "the port is not the default of its scheme"),
    ("https://example.org/a%2Fb", "https://example.org/a/b", "an encoded slash separates nothing"),
    (
        "https://archive.example/1/https://example.org/a",
        "https://archive.example/1/https://example.org/b",
        "an archived page is known by the whole address",
    ),
]

REFUSED = [
    # as given, part of the sentence, why
    ("", "empty", "nothing"),
    (" \n", "empty", "nothing but white space"),
    ("harbour report", "white space", "words"),
    ("example.org/a", "http://", "no scheme"),
    ("ftp://example.org/a", "http://", "a protocol that carries no article"),
    ("javascript:alert(1)", "http://", "code"),
    ("https:///a", "no host", "no host"),
    ("https://example.org/a b", "white space", "a space inside"),
    ("https://example.org/a\tb", "white space", "a tab, which urlsplit would swallow"),
    ("https://example.org/\x07a", "control", "a control character"),
    ("https://example.org/\ud800", "control", "half of a surrogate pair"),
    ("https://ann:secret@example.org/", "password", "credentials are never stored"),
    ("https://ann@example.org/", "user name", "nor half of them"),
    ("https://https://example.org/", "no public host", "pasted twice"),
    ("https://localhost/a", "no public host", "nobody else can read it"),
    ("https://exa mple.org/", "white space", "a space in the host"),
    ("https://example..org/", "no public host", "an empty label"),
    ("https://-example.org/", "no public host", "a label cannot start with a hyphen"),
    ("https://ex%61mple.org/", "no public host", "percent-encoding in the host"),
    ("https://example.org\\@evil.example/", "user name", "browsers and servers read it differently"),
    (f"https://{'a' * 64}.example/", "no public host", "a label is at most 63 long"),
    (f"https://{'a.' * 124}example/", "no public host", "a host is at most 253 long"),
    ("https://ab\u200f.example/", "no host name", "an invisible character in the host"),
    ("https://[::1/", "cannot be read", "an unclosed bracket"),
    ("https://[::g]/", "cannot be read", "no IPv6 address"),
    ("https://example.org:99999/", "cannot be read", "no such port"),
    ("https://example.org:0/", "cannot be read", "no server listens there"),
    ("https://example.org:x/", "cannot be read", "a port is a number"),
    (f"https://example.org/{'a' * MAX_LENGTH}", "longer than", "too long"),
    (f"https://example.org/{'é' * (MAX_LENGTH // 3)}", "longer than", "too long once it is ASCII"),
]

url_like = st.builds(
    "{}://{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.org", "WWW.bücher.example.", "[::1]:8080", "a.example:80", "203.0.113.4"]),
    st.text(max_size=12) | st.text("ab/.%2eEF;?=é&", max_size=15),
    st.text(max_size=12) | st.text("ab=&%3dé+;", max_size=15),
    st.text(max_size=5),
)


@pytest.mark.parametrize(("given_url", "expected", "why"), SAME)
def test_canonical_url(given_url, expected, why):
    assert canonical_url(given_url) == expected, why


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT)
def test_two_articles_stay_two(one, other, why):
    assert canonical_url(one) != canonical_url(other), why


@pytest.mark.parametrize(("given_url", "sentence", "why"), REFUSED)
def test_no_address_of_an_article(given_url, sentence, why):
    with pytest.raises(ValueError, match=sentence):
        canonical_url(given_url)


@given(url_like | st.text())
@example("https://example.org/#@¹")
@example("https://example.org/#-٣")
def test_canonical_url_is_idempotent(url):
    try:
        canonical = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(canonical) == canonical
    assert canonical.isascii() and len(canonical) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("url", "expected", "why"),
    [
        ("https://WWW.Example.org/a", "example.org", "without www."),
        ("http://example.org:8080/a", "example.org", "without the port"),
        ("https://news.example.org/", "news.example.org", "any other subdomain says who publishes"),
        ("https://www2.example.org/", "www2.example.org", "www2. is no www."),
        ("https://www.example/", "www.example", "what remains must be a host"),
        ("https://www.bücher.example/", "xn--bcher-kva.example", "in IDNA"),
        ("https://[2001:DB8::1]/", "2001:db8::1", "an IPv6 address without its brackets"),
    ],
)
def test_host(url, expected, why):
    assert host(url) == expected, why


LINKS = [
    # as given, what readers get, why
    ("https://example.org/cgi?b=1;c=2", "https://example.org/cgi?b=1;c=2", "“;” as it is"),
    ("https://example.org/x?b=1&amp;a=2", "https://example.org/x?b=1&amp;a=2", "“&amp;” as it is"),
    (
        "http://example.org/%7eann?b=2&a=1",
        "http://example.org/%7eann?b=2&a=1",
        "scheme, encoding and order as they are",
    ),
    ("http://example.org:8080/a", "http://example.org:8080/a", "a port"),
    ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7", "without marks"),
    ("https://example.org/a?#top", "https://example.org/a", "without a place in the page"),
    ("https://example.org/#!/mill", "https://example.org/#!/mill", "with the name of the document"),
    ("https://Bücher.example/ä?ö=<b>", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%3Cb%3E", "as browsers send it"),
    ("\u200bhttps://example.org\ufeff", "https://example.org/", "without what cannot be seen"),
]


@pytest.mark.parametrize(("given_url", "expected", "why"), LINKS)
def test_link(given_url, expected, why):
    assert link(given_url) == expected, why


@given(url_like)
@example("http://example.org/?\xad#")
def test_a_link_is_found_by_the_address_that_it_was_given_as(url):
    try:
        canonical = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(link(url)) == canonical
    assert link(link(url)) == link(url)


@pytest.mark.parametrize(
    ("url", "expected", "why"),
    [
        ("https://www.tidende.example/a", "tidende.example", "without www."),
        ("https://m.tidende.example/a", "tidende.example", "the mobile edition"),
        ("https://mobile.tidende.example/a", "tidende.example", "under another name"),
        ("https://www.amp.tidende.example/a", "tidende.example", "the AMP edition"),
        ("https://m.news.tidende.co.uk/a", "news.tidende.co.uk", "of a section"),
        ("https://news.tidende.example/a", "news.tidende.example", "a section says who publishes"),
        ("https://amp.dev/a", "amp.dev", "what remains must be a host"),
        ("https://m.co.uk/a", "m.co.uk", "and not one under which everybody's are"),
        ("https://m.github.io/a", "m.github.io", "as on a host of blogs"),
        ("https://mbl.example/a", "mbl.example", "a name that only begins alike"),
        ("https://old.reddit.com/r/mills/1", "reddit.com", "a platform's other host"),
        ("https://mp.weixin.qq.com/s/mill", "weixin.qq.com", "one of several of its"),
        ("https://t.co/mill", "t.co", "its short one leads anywhere"),
        ("https://mobile.twitter.com/ann/status/1", "x.com", "but its other name"),
        ("https://de.m.tidende.example/a", "de.tidende.example", "the mobile edition of a language"),
        ("https://web.archive.org/web/2024/https://m.tidende.example/a", "tidende.example", "a copy"),
    ],
)
def test_publisher_host(url, expected, why):
    assert publisher_host(url) == expected, why


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("example.org", "example.org"),
        (" WWW.Example.org ", "example.org"),
        ("https://WWW.Example.org/", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("www.www.example.org", "example.org"),
        ("m.example.org", "example.org"),
        ("\u200bexample.org\ufeff", "example.org"),
        ("m.facebook.com", "facebook.com"),
    ],
)
def test_normal_host(domain, expected):
    assert normal_host(domain) == expected
    assert normal_host(expected) == expected


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "example",
        "example.org/ann",
        "example.org:8080",
        "example.org?a",
        "ftp://example.org",
        "ann@example.org",
        "a b",
    ],
)
def test_no_domain(domain):
    with pytest.raises(ValueError, match=r"\.$"):
        normal_host(domain)


def test_sha256():
    assert sha256("Café") == "73473dcc12b763085904a5279d048c4d5b3b008c46f1f32443b99de04aa83a14"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.pages.canonical import MAX_LENGTH, canonical_url, host, normal_host, sha256

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
]

DIFFERENT = [
    # one, other, why
    ("https://example.org/?id=7", "https://example.org/?id=8", "the id is the article"),
    ("https://example.org/?12345", "https://example.org/?12346", "so is a bare number"),
    ("https://example.org/?12345", "https://example.org/?12345=", "some servers tell these apart"),
    ("https://example.org/?cid=7", "https://example.org/?cid=8", "cid is more often a content id than a mark"),
    ("https://example.org/?a=1&copy=2", "https://example.org/?a=1%C2%A9=2", "a parameter is no HTML entity"),
    ("https://example.org/a", "https://example.org/A", "paths have case"),
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
    ("https://example.org/\x07", "control", "a control character"),
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


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("example.org", "example.org"),
        (" WWW.Example.org ", "example.org"),
        ("https://WWW.Example.org/", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("www.www.example.org", "example.org"),
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

import pytest

from sources.pages.canonical import canonical_url, publisher_host
from sources.pages.redirects import is_short, target

PAGE = "https://paper.example/a"
ESCAPED = "https%3A%2F%2Fpaper.example%2Fa"
LINKS = [
    # link, why
    (f"https://l.facebook.com/l.php?u={ESCAPED}&h=AT0", "Facebook's links out of a post"),
    (f"https://lm.facebook.com/l.php?u={ESCAPED}", "in its mobile edition"),
    (f"https://www.facebook.com/sharer/sharer.php?u={ESCAPED}", "and what is shared on it"),
    (f"https://l.instagram.com/?u={ESCAPED}&e=x", "Instagram"),
    (f"https://www.youtube.com/redirect?event=video&q={ESCAPED}", "YouTube, under a video"),
    (f"https://out.reddit.com/t3_x?url={ESCAPED}&token=1", "Reddit"),
    (f"https://www.linkedin.com/redir/redirect?url={ESCAPED}", "LinkedIn"),
    (f"https://vk.com/away.php?to={ESCAPED}", "VK"),
    (f"https://t.me/iv?url={ESCAPED}&rhash=1", "a page shown inside Telegram"),
    (f"https://t.umblr.com/redirect?z={ESCAPED}", "Tumblr"),
    ("https://link.zhihu.com/?target=https%3A//paper.example/a", "Zhihu leaves the slashes"),
    (f"https://www.google.com/url?sa=t&url={ESCAPED}&usg=x", "a result of Google"),
    ("https://www.google.co.in/url?q=https://paper.example/a&sa=D", "in another country, without escapes"),
    (f"https://duckduckgo.com/l/?uddg={ESCAPED}", "DuckDuckGo"),
    ("https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9wYXBlci5leGFtcGxlL2E&ntb=1", "Bing writes it in base64"),
    (f"https://r.search.yahoo.com/_ylt=A/RU={ESCAPED}/RK=2/RS=x", "Yahoo puts it into the path"),
    (f"https://eur01.safelinks.protection.outlook.com/?url={ESCAPED}&data=x", "a link in an e-mail"),
    ("https://urldefense.com/v3/__https://paper.example/a__;!!x", "another guard of e-mail"),
    (f"https://slack-redir.net/link?url={ESCAPED}", "a link in a chat"),
    (f"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D{ESCAPED}", "a link within a link"),
]


@pytest.mark.parametrize(("link", "reason"), LINKS, ids=[row[1] for row in LINKS])
def test_a_link_means_the_page_it_leads_to(link, reason):
    assert target(link) == PAGE, reason
    assert (canonical_url(link), publisher_host(link)) == (PAGE, "paper.example")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.facebook.com/ann/posts/1", "a post"),
        ("https://www.youtube.com/watch?v=abc&list=x", "a video"),
        ("https://x.com/search?q=https://paper.example/a", "a search for an address is no link to it"),
        ("https://www.google.com/search?q=https://paper.example/a", "at a search engine neither"),
        ("https://paper.example/a?url=https://other.example/b", "a paper may have such a parameter"),
        ("https://l.facebook.com/l.php?u=abc", "no address"),
        ("https://www.bing.com/ck/a?u=a1%FF", "nor when decoded"),
        ("https://translate.google.com/translate?u=https://paper.example/a", "a translation says something else"),
    ],
)
def test_it_leaves_other_addresses_alone(url, reason):
    assert target(url) == url, reason


@pytest.mark.parametrize(
    ("host", "short"),
    [
        ("t.co", True),
        ("bit.ly", True),
        ("news.google.com", True),
        ("lnkd.in", True),
        ("youtu.be", False),
        ("habit.ly", False),
    ],
)
def test_short_addresses_do_not_say_where_they_lead(host, short):
    assert is_short(host) is short

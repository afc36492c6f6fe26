"""Pages that would keep a parser busy for minutes or hours are refused, or read, in about a second."""

import json
import time

import pytest

from claimtrack.refusals import Invalid
from sources.ingesting import ingest, ingest_again
from tests.sources.ingesting.pages import BODY, URL, serving

SIZE = 4_800_000
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)


def many(piece, size=SIZE):
    return piece * (size // len(piece))


def page(body, head=""):
    return f"<!doctype html><html><head><title>Mill sold</title>{head}</head><body><article>{TEXT}{body}</article></body></html>"


ATTRIBUTES = " ".join(f"a{number}=1" for number in range(500_000))
DATA = '<script type="application/ld+json">%s</script>'

HOSTILE = [
    (page(f"<p {ATTRIBUTES[:800_000]}>x</p>"), "an element of 90,000 attributes"),
    (page(f"<p {ATTRIBUTES}>x</p>"[:SIZE]), "an element of half a million attributes, which does not end"),
    (page("", DATA % json.dumps([{"@type": "Thing", "name": "x"}] * 140_000)), "JSON-LD of 140,000 nodes"),
    (page("", DATA % ("[" * SIZE)), "JSON-LD nested in itself"),
    (page("", DATA % ('{"a": 1,' + " " * SIZE + "x}")), "JSON-LD of blanks"),
    (page(many('<a href="/x">y</a>')), "links"),
    (page(many("<p>y</p>")), "paragraphs of a letter"),
    (page(many("<div>") + "x"), "elements nested in each other"),
    (page(many("<table><tr><td>y")), "tables nested in each other"),
    (page("", many('<meta name="author" content="Ann Hale">')), "authors"),
    (page("", f'<meta name="author" content="{many("a, ")}">'), "one byline"),
    (page("", f'<meta property="og:title" content="{many("a - ")}">'), "one title"),
    (page(f"<p>{many('2025-01-0')}</p>"), "dates"),
    (page(f"<p>a{many('&#x300;&#x316;')}</p>"), "marks on one letter"),
    (page(f"<p>{' ' * SIZE}x</p>"), "blanks"),
    (bytes(range(128, 256)) * (SIZE // 128), "bytes in no encoding"),
    (page(f"<!--{many('--!>-')}"), "a comment"),
]


def attempt(by, html):
    """`read`, or the code of the refusal."""
    try:
        done = ingest(by=by, url=URL, html=html)
    except Invalid as refusal:
        return refusal.code
    assert BODY[0] in done.snapshot.text
    return "read"


@pytest.mark.parametrize(("html", "what"), HOSTILE, ids=[row[1] for row in HOSTILE])
def test_no_page_takes_long(contributor, html, what):
    begun = time.monotonic()
    outcome = attempt(contributor, html)
    assert outcome in ("read", "too_costly", "too_long", "nothing_extracted", "bad_character")
    # The limit is 1.1 seconds of CPU time; the rest is for a machine that does other things as well.
    assert time.monotonic() - begun < 8


def test_an_ordinary_page_of_the_greatest_length_is_read(contributor):
    """A judgment or a transcript of 1.6 million characters is no attack."""
    paragraphs = [f"{number}. The court heard on that day {', and then '.join(BODY)}" for number in range(4400)]
    html = page("".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs))
    snapshot = ingest(by=contributor, url=URL, html=html).snapshot
    assert len(snapshot.text) > 1_600_000
    assert snapshot.text.endswith(paragraphs[-1])


def test_the_refusal_says_what_to_do(contributor):
    with pytest.raises(Invalid, match="hand in its text instead") as refusal:
        ingest(by=contributor, url=URL, html=HOSTILE[1][0])
    assert (refusal.value.field, refusal.value.code) == ("html", "too_costly")


def test_a_text_that_would_take_hours_to_normalise_is_refused(contributor):
    with pytest.raises(Invalid, match="combining marks") as refusal:
        ingest(by=contributor, url=URL, text="a" + "\u0300\u0316" * 900_000)
    assert (refusal.value.field, refusal.value.code) == ("text", "bad_character")


def test_a_page_that_changed_is_compared_within_limits(contributor):
    """All ingests wait for the comparison, which would take minutes for 1,800 lines that repeat, and hours for as many words."""
    lines = "<p>The mill stands by the river.</p><p>{} stands by the road.</p>" * 900
    article = ingest(by=contributor, url=URL, html=page(lines.replace("{}", "A school"))).article
    fetched = serving(page(lines.replace("{}", "An inn")))(URL, user_agent="")
    begun = time.monotonic()
    assert ingest_again(by=contributor, article=article, fetched=fetched, known=[], passages=[]).snapshot
    assert time.monotonic() - begun < 8

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import trafilatura

from claimtrack.isolation import TooCostly
from sources.pages.extract import NothingExtracted, extract

FUNDUS = Path(__file__).parents[4] / "shared/samples/html/fundus"

PARAGRAPHS = [
    "The harbour council of Norvik met on Tuesday and decided to close the old pier until the spring.",
    "“Four of the pillars are cracked,” said the engineer Marta Lind, “and nobody should walk on them in a storm.”",
    "The café at the pier’s end stays open; its guests are taken there by boat, which costs nothing.",
    "A majority of the council wants to rebuild the pier in stone, as it stood before the fire of 1911.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
PAGE = f"""<!doctype html>
<html lang="en-GB">
<head>
<title>Old pier closed | Norvik News</title>
<link rel="canonical" href="/news/pier">
<script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "Old pier closed", "datePublished": "2026-03-04T12:30:05Z",
"author": [{{"name": "Ann Hale"}}, {{"name": "Tom Reyes"}}]}}
</script>
</head>
<body>
<nav><a href="/">Front page</a> <a href="/sport">Sport</a></nav>
<article><h1>Old pier closed</h1>{BODY}</article>
<section class="comments"><h2>Comments</h2><p>First comment by a reader who likes the sea.</p></section>
<footer>Norvik News, all rights reserved</footer>
</body>
</html>"""


def codes(found):
    return [warning.code for warning in found.warnings]


def test_it_works():
    found = extract(PAGE, "https://norvik.example/news/pier?utm_source=x")
    assert [line for line in found.text.split("\n") if line in PARAGRAPHS] == PARAGRAPHS
    assert "reader who likes the sea" not in found.text
    assert "Sport" not in found.text
    assert found.title == "Old pier closed"
    assert found.authors == ("Ann Hale", "Tom Reyes")
    assert found.published_at == datetime(2026, 3, 4, 12, 30, 5, tzinfo=UTC)
    assert found.published_precision == "second"
    assert found.language == "en"
    assert found.canonical_link == "https://norvik.example/news/pier"
    assert found.extractor == "trafilatura"
    assert found.version.startswith("2.")
    assert found.warnings == ()


def test_a_page_that_states_nothing():
    found = extract(f"<html><body>{BODY}</body></html>")
    assert found.text.split("\n") == PARAGRAPHS
    assert (found.title, found.authors, found.published_at, found.published_precision) == (None, (), None, None)
    assert (found.language, found.canonical_link) == (None, None)
    assert codes(found) == ["no_title"]


def test_a_day_that_the_page_does_not_state_is_marked_as_such():
    time = '<time class="published" datetime="2026-03-04">4 March</time>'
    found = extract(PAGE.replace("datePublished", "x").replace("</h1>", f"</h1>{time}"))
    assert found.published_at == date(2026, 3, 4)
    assert found.published_precision == "day"
    assert codes(found) == ["date_inferred"]


@pytest.mark.parametrize(
    ("stated", "shown", "reason"),
    [
        ('"03/04/2026"', "03/04/2026", "two days"),
        ("1772627405000", "1772627405000", "a number"),
        ('"4. März 2026"', "4. März 2026", "German"),
        ('"2026年3月"', "2026年3月", "a month"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_date_that_cannot_be_read_is_a_warning(stated, shown, reason):
    found = extract(PAGE.replace('"2026-03-04T12:30:05Z"', stated))
    assert found.published_at is None
    assert codes(found) == ["date_unread"] and shown in found.warnings[0].detail


def test_broken_json_ld_is_a_warning():
    found = extract(PAGE.replace('"headline":', '"headline" "x":'))
    assert found.title == "Old pier closed"
    assert codes(found)[-1] == "unreadable_data"


def test_the_text_is_nfc_with_line_feeds():
    found = extract(PAGE.replace("café", "cafe\u0301").replace("\n", "\r\n").replace("boat, ", "boat,&#13;"))
    assert "café" in found.text
    assert "\r" not in found.text


def test_what_no_database_can_hold_is_left_out():
    found = extract(PAGE.replace("harbour council", "har\0bour co\ud800uncil"))
    assert "harbour co?uncil" in found.text


def test_one_page_leaves_nothing_behind_for_the_next():
    assert extract(PAGE) == extract(PAGE)


ENCODED = [
    # bytes, Content-Type, why
    (PAGE.encode(), None, "UTF-8 without a word, by its look"),
    (PAGE.encode(), "text/html; charset=utf-8", "the header"),
    (PAGE.encode("utf-8-sig"), "text/html; charset=iso-8859-1", "a byte-order mark outdoes the header"),
    (PAGE.encode("utf-16"), None, "a byte-order mark"),
    (PAGE.encode("cp1252"), None, "Windows-1252 without a word"),
    (PAGE.encode("cp1252"), "text/html; charset=iso-8859-1", "browsers read Latin-1 as Windows-1252"),
    (PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252"), "text/html", "the meta element"),
]


@pytest.mark.parametrize(("page", "content_type", "why"), ENCODED)
def test_bytes(page, content_type, why):
    found = extract(page, content_type=content_type)
    assert replace(found, warnings=()) == extract(PAGE), why
    assert codes(found) == (["encoding_guessed"] if "without a word" in why and "UTF-8" not in why else [])


def test_wrong_bytes_are_a_warning():
    found = extract(PAGE.encode().replace("é".encode(), b"\xe9"), content_type="text/html; charset=utf-8")
    assert "caf\ufffd" in found.text
    assert "could not be decoded" in found.warnings[0].detail


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("</body></html>", "a template that was closed twice"),
        ("</html>", "without its body"),
        ("</BODY >\n</HTML\n>", "however it is written"),
        ("</body></html><!doctype html><html><body>", "two pages in one"),
        ("</body></html><!-- served from a cache --><div>", "a comment of a plugin"),
    ],
)
def test_what_follows_the_end_of_a_page_is_shown_and_read(end, why):
    before, after = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])
    page = PAGE.replace(before + after, before + end + after)
    assert extract(page).text.split("\n")[1:] == PARAGRAPHS, why


@pytest.mark.parametrize("opened", ["<b>", "<font size=2>"])
def test_tags_that_nobody_closed_lose_no_text(opened):
    """Each makes the page one element deeper, and the parser drops what is more than 256 deep unless it is asked not to."""
    sentences = [f"This is sentence {number} of the article, which is long enough to be one." for number in range(280)]
    page = PAGE.replace(BODY, "".join(f"{opened}{sentence}<br><br>" for sentence in sentences))
    assert [sentence for sentence in sentences if sentence not in extract(page).text] == []


def test_a_page_that_is_nested_more_deeply_is_not_read_in_part():
    with pytest.raises(TooCostly):
        extract(PAGE.replace(BODY, BODY + "<div>" * 3_000 + BODY))


def test_a_wrong_encoding_is_a_warning():
    found = extract(PAGE.encode(), content_type="text/html; charset=iso-8859-1")
    assert "café" in found.text and codes(found) == ["encoding_wrong"]


def test_much_text_that_is_not_in_the_extract_is_a_warning(monkeypatch):
    monkeypatch.setattr(trafilatura, "extract", lambda tree, include_comments: PARAGRAPHS[0])
    assert codes(extract(PAGE)) == ["text_missing"]


def test_a_passage_that_is_not_in_the_extract_is_a_warning(monkeypatch):
    monkeypatch.setattr(
        trafilatura, "extract", lambda tree, include_comments: "\n".join(PARAGRAPHS[:2] + PARAGRAPHS[3:])
    )
    (warning,) = extract(PAGE).warnings
    assert warning.code == "passage_left_out" and PARAGRAPHS[2][:60] in warning.detail


def test_what_stands_around_the_article_is_none():
    around = "<p>Here you read every day what happens at sea and in the harbours of the coast.</p>"
    assert (
        extract(PAGE.replace("<article>", f"{around}<article>").replace("</article>", f"</article>{around}")).warnings
        == ()
    )


def test_a_caption_that_is_not_in_the_extract_is_a_warning():
    caption = "The engineer Marta Lind says that the fifth pillar is sound."
    more = "".join(
        f"<p>In year {n} of the report the pier stood as before, and {n * 37} boats came by.</p>" for n in range(9)
    )
    found = extract(
        PAGE.replace("</article>", f"<figure><img src=x><figcaption>{caption}</figcaption></figure>{more}</article>")
    )
    (warning,) = found.warnings
    assert caption not in found.text and warning.code == "caption_left_out" and caption in warning.detail


@pytest.mark.parametrize("page", ["", " \n", "<html></html>", "<!-- -->", b"", b"\xff\xfe\x00", "<div>" * 2_000])
def test_nothing_extracted(page):
    with pytest.raises(NothingExtracted, match="No article text"):
        extract(page)


@pytest.mark.skipif(not FUNDUS.is_dir(), reason="the sample pages are not here")
def test_real_pages():
    """17 titles: on the other four the expected one is Open Graph's, ours is what JSON-LD and the visible h1 say."""
    rows = json.loads((FUNDUS / "expected.json").read_text())
    pages = [extract(gzip.decompress((FUNDUS / "html" / row["file"]).read_bytes()), row["url"]) for row in rows]
    assert sum(page.title == row["title"] for page, row in zip(pages, rows, strict=True)) >= 17
    assert sum(list(page.authors) == row["authors"] for page, row in zip(pages, rows, strict=True)) == 21
    assert sum(str(page.published_at)[:10] == row["date"][:10] for page, row in zip(pages, rows, strict=True)) == 21


SHOWN = [f"Paragraph {n} of the article says something that is long enough to be read as one." for n in range(4)]
AROUND = [
    ("<p><a href='/1'>Market closes early today</a></p>", "Market closes early today", "a link alone"),
    (
        "<p><b>Don’t miss:</b> <a href='/1'>Market closes early</a></p>",
        "Don’t miss: Market closes early",
        "with a label",
    ),
    (
        "<div class='ad-slot'><p>Two coats for one, only this week.</p></div>",
        "Two coats for one, only this week.",
        "an advertisement",
    ),
    (
        "<h3>12 comments</h3><div><p>I would not have thought so, would you?</p></div>",
        "I would not have thought so, would you?",
        "readers",
    ),
    ("<p>Market closes early today, as it did before.</p>", None, "a paragraph"),
    ("<div class='widget'><p>Market closes early today, as it did before.</p></div>", None, "a name that says little"),
]


@pytest.mark.parametrize(("html", "line", "why"), AROUND)
def test_what_the_page_marks_as_no_part_of_the_article(html, line, why):
    found = extract(f"<html><body><article>{''.join(f'<p>{one}</p>' for one in SHOWN)}{html}</article></body></html>")
    assert set(SHOWN) <= set(found.text.split("\n"))
    assert set(found.furniture) - {"12 comments"} == ({line} if line and line in found.text else set()), why


def test_a_note_of_a_correction_is_read_wherever_it_stands():
    note = "Correction: an earlier version of this article gave another number."
    body = "".join(f"<p>{one}</p>" for one in SHOWN)
    found = extract(f"<html><body><article>{body}<aside class='promo'><p>{note}</p></aside></article></body></html>")
    assert note in found.text and note not in found.furniture

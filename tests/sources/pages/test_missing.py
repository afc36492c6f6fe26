"""An ingest warns of what the page shows and the text lacks."""

import pytest
from lxml import html

from sources.pages.extract import extract
from sources.pages.missing import compare
from tests.sources.pages.paper import FIRST, PARAGRAPHS, SECOND, inside, paper

TOLD = [
    (inside(f"<aside><h3>Background</h3><p>{FIRST}</p></aside>"), "passage_left_out", "a box beside the text"),
    (inside(f"<svg><text>{FIRST}</text></svg>"), "passage_left_out", "a drawing"),
    (inside(f"<object><p>{FIRST}</p></object>"), "passage_left_out", "what stands for something else"),
    (
        inside(f"<div class='embedded'><p>{FIRST}</p></div>"),
        "passage_left_out",
        "what the extractor takes for another's",
    ),
    (inside("") + f"<footer><p>{FIRST}</p></footer>", "passage_left_out", "at the end"),
    (
        f"<header><h2>In short</h2><div>{FIRST}</div></header>{inside(inside(''))}",
        "passage_left_out",
        "at the beginning",
    ),
    (inside(f"<figure><img src='x'><figcaption>{FIRST}</figcaption></figure>"), "caption_left_out", "of a picture"),
    (inside(f"<figure><img src='x'><p>{FIRST}</p></figure>"), "caption_left_out", "without an element for it"),
    (inside(f"<div class='photo-caption'>{FIRST}</div><img src='x'>"), "caption_left_out", "by its name"),
]


@pytest.mark.parametrize(("body", "code", "why"), TOLD)
def test_a_passage_that_is_left_out_is_told(body, code, why):
    found = extract(paper(body), "https://norvik.example/pier")
    assert FIRST not in found.text
    assert [(one.code, FIRST[:60] in one.detail) for one in found.warnings] == [(code, True)], why


OTHERS = [
    f"In the year {1900 + n}, {n} of the dams along the river Tessel broke, says the book of its bailiffs."
    for n in range(9)
]
PARTS = [
    ("<div class='entry-content'>{}</div><div class='entry-content'>{}</div>", "two elements of a name"),
    ("<div itemprop='articleBody'>{}</div><hr><div itemprop='articleBody'>{}</div>", "two bodies by microdata"),
    ("<div class='post-content'>{}</div>{}", "beside the rest"),
    ("<section class='story-body'>{}</section><section class='x'>{}</section>", "two of other names, both long"),
]


@pytest.mark.parametrize(("parts", "why"), PARTS)
@pytest.mark.parametrize(("before", "after"), [("<article class='story'>", "</article>"), ("<div>", "</div>")])
def test_an_article_of_which_one_part_is_read(parts, why, before, after):
    body = parts.format(*("".join(f"<p>{one}</p>" for one in part) for part in (PARAGRAPHS, OTHERS)))
    found = extract(paper(body, before=before, after=after), "https://norvik.example/pier")
    is_read = all(one in found.text for one in OTHERS)
    assert [one.code for one in found.warnings] == ([] if is_read else ["text_missing"]), why


NEXT = f"<h2><a href='/dams'>Dams</a></h2><div class='entry-content'>{''.join(f'<p>{one}</p>' for one in OTHERS)}</div>"


def test_the_next_article_of_a_page_is_not_missed():
    found = extract(paper(f"{inside('')}</article><article>{NEXT}", before="<article>"), "https://norvik.example/pier")
    assert found.warnings == ()


QUIET = [
    (inside("<div class='related'><p>The market of the west closes early today, says its owner.</p></div>"), "a box"),
    (inside("<nav><p>You are here, in the news of the town of Norvik.</p></nav>"), "a menu"),
    (inside("<form><p>Get the news of the harbour each morning by mail.</p><input type='email'></form>"), "a form"),
    (inside("<p hidden>Nobody sees this sentence of the article at all.</p>"), "what is hidden"),
]


@pytest.mark.parametrize(("body", "why"), QUIET)
def test_what_is_not_of_the_article_is_not_missed(body, why):
    assert extract(paper(body), "https://norvik.example/pier").warnings == (), why


def tree(body):
    return html.document_fromstring(f"<html><body><article>{body}</article></body></html>")


@pytest.mark.parametrize(
    ("read", "lost", "why"),
    [
        ([*PARAGRAPHS[:2], FIRST, *PARAGRAPHS[2:], FIRST, SECOND], (), "both are there"),
        ([*PARAGRAPHS[:2], FIRST, *PARAGRAPHS[2:], SECOND], (FIRST,), "one of the two"),
        ([*PARAGRAPHS[:2], *PARAGRAPHS[2:], SECOND], (FIRST,), "both"),
        ([*PARAGRAPHS[:2], f"{FIRST} {PARAGRAPHS[2]}", *PARAGRAPHS[3:], f"{FIRST} {SECOND}"], (), "both within lines"),
        ([*PARAGRAPHS[:2], f"{FIRST} {PARAGRAPHS[2]}", *PARAGRAPHS[3:], SECOND], (FIRST,), "one within a line"),
        ([*PARAGRAPHS[:3], FIRST, *PARAGRAPHS[4:], FIRST, SECOND], (PARAGRAPHS[3],), "another than what is repeated"),
    ],
)
def test_a_paragraph_that_the_page_repeats(read, lost, why):
    body = [*PARAGRAPHS[:2], FIRST, *PARAGRAPHS[2:], FIRST, SECOND]
    page = tree("".join(f"<p>{one}</p>" for one in body))
    assert compare(page, "\n".join(read)).passages == lost, why


def test_much_that_is_missing():
    page = tree("".join(f"<p>{one}</p>" for one in PARAGRAPHS))
    found = compare(page, "\n".join(PARAGRAPHS[:2]))
    assert found.letters > found.total / 2

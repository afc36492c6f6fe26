"""Text of the article is read whatever box it stands in, and what stands around the article is not."""

import pytest

from sources.pages.extract import extract
from tests.sources.pages.paper import AROUND, FIRST, PARAGRAPHS, SECOND, THIRD, inside, paper


def read(html):
    text = extract(html, "https://norvik.example/pier").text
    assert [what for what in AROUND if what in text] == [], "nothing from around the article"
    return text


SHOWN = [
    (f"<figure><blockquote>{FIRST}</blockquote><figcaption>{SECOND}</figcaption></figure>", "a quotation and who said it"),
    (f"<figure><p>{FIRST}</p></figure>", "a figure of a paragraph"),
    (f"<figure>{FIRST}</figure>", "a figure of a text"),
    (f"<figure><pre>{FIRST}</pre></figure>", "a figure of a typed text"),
    (f"<figure><table><tr><th>Year</th><td>1999</td></tr></table><figcaption>{FIRST}</figcaption></figure>", "a table's caption"),
    (f"<table><tr><td>{FIRST}</td><td>{SECOND}</td></tr></table>", "a table of texts"),
    (f"<table><tr><td><p>{FIRST}</p>{SECOND}</td><td><table><tr><td>{THIRD}</td></tr></table></td></tr></table>", "in another"),
    (f"<table><tr><th>Town</th><td><ul><li>{FIRST}</li><li>{SECOND}</li></ul></td></tr></table>", "a list in a cell"),
    (f"<table><tr><th>Town</th><td><blockquote>{FIRST}</blockquote></td></tr></table>", "a quotation in a cell"),
    (f"<div><div>{FIRST}<ul><li>{SECOND}</li></ul>{THIRD}</div></div>", "around a list in inner blocks"),
    (f"<div><div>{FIRST}<blockquote>{SECOND}</blockquote>{THIRD}</div></div>", "around a quotation"),
    (f"<div><div>{FIRST}<h3>More of it</h3>{THIRD}</div></div>", "around a heading"),
    (f"<div><div>{FIRST}<div>{SECOND}</div>{THIRD}</div></div>", "around another block"),
    (f"<div><div><div>{FIRST}</div></div></div>", "a block in blocks"),
    (f"<div><div>No boat sails today.<ul><li>{SECOND}</li></ul></div></div>", "a short sentence"),
    (f"<section><section>{FIRST}</section></section>", "a section in a section"),
    (f"<p><form>{FIRST}</form></p>", "a form in a paragraph"),
    (f"<form><p>{FIRST}</p><input type='radio'> Yes <button>Vote</button></form>", "a form to choose"),
    (f"<form><input type='hidden' name='v'><p>{FIRST}</p><div>{SECOND}</div></form>", "a form around a part"),
    (f"<fieldset><legend>Facts</legend><p>{FIRST}</p></fieldset>", "a box with a title"),
    (f"<dl><dt>{FIRST}</dt><dd><p>{SECOND}</p>{THIRD}</dd></dl>", "terms and descriptions"),
    (f"<details><summary>{FIRST}</summary><div>{SECOND}</div></details>", "details"),
    (f"<address>{FIRST}</address>", "an address"),
    (f"<pre>{FIRST}\n\n{SECOND}</pre>", "a typed text"),
    (f"<blockquote>{FIRST}<p>{SECOND}</p><footer>{THIRD}</footer></blockquote>", "a quotation and who said it, below"),
    (f"<ul><li>{FIRST}<ul><li>{SECOND}</li></ul>{THIRD}</li></ul>", "a list in a list"),
    (f"<ol><li><p>{FIRST}</p><ol><li><p>{SECOND}</p></li></ol></li></ol>", "of paragraphs"),
    (f"<menu><li>{FIRST}</li><li>{SECOND}</li></menu>", "a menu that is a list"),
    (f"<noindex>{FIRST}</noindex><time>{SECOND}</time>", "elements that say nothing"),
    (f"<em><div>{FIRST}</div></em>", "a block in a line"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "why"), SHOWN)
def test_text_in_a_box_of_the_article_is_read_once(part, why):
    text = " ".join(read(paper(inside(part))).split())
    wanted = [*PARAGRAPHS, *(one for one in (FIRST, SECOND, THIRD, "No boat sails today.") if one in part)]
    assert {one: text.count(one) for one in wanted} == dict.fromkeys(wanted, 1), why


BODIES = [
    ("<p>{}</p>", "paragraphs"),
    ("{}<br><br>", "lines"),
    ("<div>{}</div>", "blocks"),
    ("<div><div>{}</div></div>", "blocks in blocks"),
    ("<font>{}</font><p>", "paragraphs that end nothing"),
    ("<section>{}</section>", "sections"),
    ("<table><tr><td>{}</td></tr></table>", "tables"),
]
WRAPPERS = [
    ("<main>", "</main>", "an element of HTML 5"),
    ("", "", "none"),
    ("<table><tr><td><a href='/a'>Home</a></td><td><table><tr><td>", "</td></tr></table></td></tr></table>", "layout tables"),
    ("<center><font face='Arial'>", "</font></center>", "old elements"),
    ("<form id='aspnetForm'><input type='hidden' name='v'>", "</form>", "a form around the page"),
    ("<div class='elementor-widget'><div class='social-widget'>", "</div></div>", "names that say nothing"),
    ("<div class='page has-sidebar'>", "</div>", "what stands beside it"),
    ("<fieldset>", "</fieldset>", "a box with a title"),
    ("<aside>", "</aside>", "the wrong element"),
    ("<ul><li>", "</li></ul>", "a list"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "why"), WRAPPERS)
@pytest.mark.parametrize(("piece", "of"), BODIES)
def test_an_article_is_read_in_any_frame(piece, of, before, after, why):
    text = read(paper("".join(map(piece.format, PARAGRAPHS)), before=before, after=after))
    assert [one for one in PARAGRAPHS if one not in " ".join(text.split())] == [], f"{of} in {why}"


OFFER = "Get the news of the harbour each morning in your inbox, free of charge."
STORM = "The storm was too strong for the stalls on the western square, says the market."
LEFT_OUT = [
    (f"<form><h3>News</h3><p>{OFFER}</p><input type='email'><button>Go</button></form>", "a newsletter"),
    (f"<form>{OFFER}<input name='mail'></form>", "without a type"),
    (f"<form class='newsletter'><p>{OFFER}</p><button>Go</button></form>", "by its name"),
    (f"<aside><p>{OFFER}</p><form><input type='email'></form></aside>", "in a box beside the text"),
    (f"<fieldset><legend>Sign in</legend><p>{OFFER}</p><input type='password'></fieldset>", "signing in"),
    (f"<label>{OFFER}</label><input type='checkbox'>", "a box to tick"),
    (f"<button>{OFFER}</button>", "a button"),
    (f"<select><option>{OFFER}</option></select>", "a choice"),
    (f"<div class='ad-slot'><div>{OFFER}</div></div>", "an advertisement"),
    (f"<div class='consent'><form><div>{OFFER}</div><button>OK</button></form></div>", "a consent"),
    (f"<dialog open><p>{OFFER}</p></dialog>", "a window"),
    (f"<nav><div>{OFFER}</div></nav>", "a menu"),
    (f"<div class='share-tools'><div>{OFFER}</div></div>", "sharing"),
    (f"<div><div><a href='/x'>Market of the west closes early</a></div><div>{STORM}</div></div>", "a teaser without a name"),
    (f"<div class='teaser'><h3><a href='/x'>The market closes</a></h3><p>{STORM}</p></div>", "with one"),
    (f"<section class='related'><div><h3><a href='/x'>The market closes</a></h3><div>{STORM}</div></div></section>", "in a box"),
    (f"<article><h3><a href='/x'>The market closes</a></h3><p>{STORM}</p></article>", "an article in the article"),
    (f"<figure><a href='/x'><img src='x'></a><figcaption>{STORM}</figcaption></figure>", "a picture's caption"),
    (f"<figure><a href='/x'>{STORM}</a></figure>", "a figure of links"),
    (f"<section class='comments'>{f'<article><p>{STORM}</p></article>' * 60}</section>", "comments longer than the article"),
]  # fmt: skip


@pytest.mark.parametrize("body", [inside, lambda part: inside("") + part, lambda part: part + inside("")])
@pytest.mark.parametrize(("part", "why"), LEFT_OUT)
def test_what_is_not_of_the_article_stays_out(part, why, body):
    text = read(paper(body(part)))
    assert OFFER not in text and STORM not in text, why
    assert all(one in text for one in PARAGRAPHS), why


JAPANESE = ["大臣は毎日九隻の船が出ると述べた。", "町の新聞は四隻だけだと書いている。", "桟橋は春まで閉まる。"]
ARABIC = ["قال رئيس البلدية إن تسعة قوارب تبحر كل يوم.", "تقول الصحيفة إنها أربعة فقط.", "الرصيف مغلق حتى الربيع."]
RUSSIAN = ["Каждый день выходят девять лодок, сказала мэр.", "Газета пишет, что их четыре.", "Причал закрыт."]


FRAMES = [
    "<div><div>{}<blockquote>{}</blockquote>{}</div></div>",
    "<table><tr><td><p>{}</p>{}<p>{}</p></td></tr></table>",
]


@pytest.mark.parametrize("said", [JAPANESE, ARABIC, RUSSIAN])
@pytest.mark.parametrize("frame", FRAMES)
def test_short_sentences_of_other_scripts_are_read(said, frame):
    text = read(paper(inside(frame.format(*said))))
    assert [one for one in said if one not in text] == []


def test_a_program_keeps_its_lines():
    program = "def close(pier):\n    return pier.closed()"
    assert program in read(paper(inside(f"<pre>{program}</pre>")))

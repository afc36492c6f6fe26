"""The text of a snapshot is what the page shows."""

import pytest

from sources.pages.extract import extract

PARAGRAPHS = [
    "The harbour council of Norvik met on Tuesday and decided to close the old pier until the spring.",
    "The engineer said that four of the pillars are cracked and that nobody should walk on them in a storm.",
    "The café at the end of the pier stays open; its guests are taken there by boat, which costs nothing.",
    "Most of the council wants to rebuild the pier in stone, as it stood before the fire of 1911.",
]


def text_of(body, lang="en"):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = (
        f'<html lang="{lang}"><head><title>Pier</title></head><body><article>{paragraphs}{body}</article></body></html>'
    )
    return extract(html).text.removeprefix("\n".join(PARAGRAPHS)).strip().split("\n")


SHOWN = [
    # body, language, lines, why
    (
        "<p>The mean is <math><mi>x</mi><mo>=</mo><mn>42</mn></math> metres here.</p>",
        "en",
        ["The mean is x = 42 metres here."],
        "a formula",
    ),
    (
        '<p>It grows by <span class="katex"><math><msup><mn>10</mn><mn>2</mn></msup></math>'
        '<span class="katex-html" aria-hidden="true">102</span></span> every year.</p>',
        "en",
        ["It grows by 10² every year."],
        "and once, where it is drawn as well",
    ),
    (
        "<p>They met at <time datetime=2026-03-02T12:00>noon on Monday</time> in the hall.</p>",
        "en",
        ["They met at noon on Monday in the hall."],
        "a time among words",
    ),
    (
        '<p>The price is <span aria-hidden="true">$5</span><span class="sr-only">five dollars</span> for each.</p>',
        "en",
        ["The price is $5 for each."],
        "hidden from screen readers is shown",
    ),
    (
        '<p>He wrote <img class="emoji" alt="👍🏽" src="x.svg"> about the pier and the boats.</p>',
        "en",
        ["He wrote 👍🏽 about the pier and the boats."],
        "an emoji that is a picture",
    ),
    (
        "<p>The sum of <label>all piers</label> is <output>7</output>, the page of the council says.</p>",
        "en",
        ["The sum of all piers is 7, the page of the council says."],
        "labels and outputs",
    ),
    (
        "<p>It is at <progress value=5 max=10>50 of 100</progress><select><option>Norvik</option></select> now, they say.</p>",
        "en",
        ["It is at now, they say."],
        "a fallback text and a choice are not",
    ),
    (
        '<p>The pier is old.<span style="position:absolute;left:-9999px">Buy boats</span> It creaks all day long.</p>',
        "en",
        ["The pier is old. It creaks all day long."],
        "outside of the window",
    ),
    (
        '<p>The pier is old.<span style="font-size: 0">Buy boats</span> It creaks all day long.</p>',
        "en",
        ["The pier is old. It creaks all day long."],
        "too small to see",
    ),
    (
        "<p>She said <q>no boat sails</q> and left.</p>",
        "en",
        ["She said “no boat sails” and left."],
        "browsers draw the marks",
    ),
    ("<p>Sie sagte <q>kein Boot</q> und ging.</p>", "de", ["Sie sagte „kein Boot“ und ging."], "those of German"),
    ("<p>Elle a dit <q>aucun bateau</q> hier.</p>", "fr-FR", ["Elle a dit «aucun bateau» hier."], "of French"),
    ("<p>彼女は<q>船は出ない</q>と言った。</p>", "ja", ["彼女は「船は出ない」と言った。"], "of Japanese"),
    ("<p>Она сказала: <q>лодок нет</q> и ушла.</p>", "ru", ["Она сказала: «лодок нет» и ушла."], "of Russian"),
    (
        "<p>She said <q>he cried <q>ahoy</q> once</q>.</p>",
        "en",
        ["She said “he cried ‘ahoy’ once”."],
        "one within another",
    ),
    ("<p>She said <q>“no boat”</q> and left.</p>", "en", ["She said “no boat” and left."], "marks of the page's own"),
    ("<p><q lang=de>Kein Boot</q>, she said.</p>", "en", ["“Kein Boot”, she said."], "the language around it decides"),
    (
        "<p><ruby>大臣<rt>だいじん</rt></ruby>は毎日話す。</p>",
        "ja",
        ["大臣は毎日話す。"],
        "readings stand above the line",
    ),
    (
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>を読む。</p>",
        "ja",
        ["漢字を読む。"],
        "with brackets",
    ),
    ("<p>The budget is <del>nine</del> <ins>four</ins> million.</p>", "en", ["The budget is four million."], "deleted"),
    ("<p>The budget is <s>nine</s> four million.</p>", "en", ["The budget is four million."], "struck out"),
    (
        '<p>It is <span style="text-decoration: line-through">nine</span> four.</p>',
        "en",
        ["It is four."],
        "by its style",
    ),
    ("<p>Seen.</p><p hidden>Nobody sees this.</p>", "en", ["Seen."], "hidden"),
    ('<p>Seen.</p><div style="color:red;display:none"><p>Nobody sees this.</p></div>', "en", ["Seen."], "by its style"),
    ('<p>Seen <span class="sr-only">opens a window</span> here.</p>', "en", ["Seen here."], "for screen readers alone"),
    ("<p>Seen.</p><template><p>Nobody sees this.</p></template>", "en", ["Seen."], "a template"),
    ("<p>Seen.</p><noscript><p>Nobody sees this.</p></noscript>", "en", ["Seen."], "for browsers without scripts"),
    ("<p>It needs 10<sup>2</sup> boats.</p>", "en", ["It needs 10² boats."], "a power is no digit"),
    ("<p>10<sup>−3</sup> ג, <b>10</b><sup>6</sup></p>", "he", ["10⁻³ ג, 10⁶"], "with its sign"),
    ("<p>二〇一九 2019<sup><a href='#n'>12</a></sup>年</p>", "ja", ["二〇一九 2019¹²年"], "nor is a note"),
    ("<p>It grew by 40%<sup>1</sup> in all.</p>", "en", ["It grew by 40%¹ in all."], "nor after a sign"),
    (
        "<p>The council says that <button>the old pier</button> stays closed.</p>",
        "en",
        ["The council says that the old pier stays closed."],
        "a button that explains a term",
    ),
    ("<p>the 5<sup>th</sup> of m<sup>2</sup></p>", "en", ["the 5th of m2"], "letters and units stand as they are"),
    ("<p>The <b>nine</b>teen boats, H<sub>2</sub>O.</p>", "en", ["The nineteen boats, H2O."], "parts of a word"),
]


@pytest.mark.parametrize(("body", "lang", "lines", "why"), SHOWN)
def test_what_is_shown(body, lang, lines, why):
    assert text_of(body, lang) == lines, why


def test_a_page_that_a_script_reveals_is_read():
    html = f'<html><body style="visibility: hidden"><article>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article></body></html>'
    assert extract(html).text.split("\n") == PARAGRAPHS


STATEMENTS = [
    "Nine boats sail each day, said Ann Hale.",
    "The pier is closed, said Tom Reyes.",
    "船は毎日出る、と大臣は述べた。",
]
LISTS = [
    ("<li>{}</li>", "{}", "sentences"),
    ("<li>{} <a href='/s'>Source</a></li>", "{} Source", "with a link to the source of each"),
    ("<li><a href='/a'>Ann Hale</a>: {}</li>", "Ann Hale: {}", "that begin with a link"),
    ("<li><a href='/s'>{}</a></li>", "{}", "that are links"),
    ("<li><p>{}</p></li>", "{}", "in paragraphs"),
]


@pytest.mark.parametrize(("item", "line", "why"), LISTS)
def test_a_list_of_statements_is_text(item, line, why):
    lines = text_of(f"<p>They said:</p><ul>{''.join(map(item.format, STATEMENTS))}</ul>")
    assert [shown.removeprefix("- ") for shown in lines] == ["They said:", *map(line.format, STATEMENTS)], why


FIRST = "Nine boats sail each day from the port of Norvik, said its mayor."
SECOND = "Ten boats sank last year in the great storm, said the mayor of Sund."
JAPANESE = "大臣は毎日九隻の船がノルヴィクの港から出航すると述べたが、町の新聞は四隻だけだと書いている。"
RUSSIAN = "Из порта каждый день выходят девять лодок, сказала на встрече мэр Норвика."
BARE = [
    (f"{FIRST}<p>{SECOND}</p>", "before the first paragraph"),
    (f"<p>{FIRST}</p>{SECOND}", "behind one"),
    (f"<div>{FIRST}</div><p>{SECOND}</p>", "a block of its own"),
    (f"<section>{FIRST}</section><center>{SECOND}</center>", "other blocks"),
    (f"<div>{FIRST}<blockquote>{SECOND}</blockquote></div>", "before a quotation"),
    (f"<div><b>{FIRST[:10]}</b>{FIRST[10:]}<!-- here --><p>{SECOND}</p></div>", "with an element and a comment in it"),
    (f"<p>{FIRST}<center>{SECOND}</center></p>", "in the middle of a paragraph"),
    (f"<div>{JAPANESE}</div><p>{SECOND}</p>", "Japanese"),
    (f"<div>{RUSSIAN}<p>{SECOND}</p></div>", "Russian"),
]


@pytest.mark.parametrize(("body", "why"), BARE)
def test_text_without_a_paragraph_is_read(body, why):
    first = next(text for text in (JAPANESE, RUSSIAN, FIRST) if text[-8:] in body)
    assert text_of(body) == [first, SECOND], why


OUTSIDE = [
    (f"<div class='newsletter'>{FIRST}</div>", "an advertisement, by its name"),
    (f"<div><a href='/x'>{FIRST}</a></div>", "a link to another article"),
]


@pytest.mark.parametrize(("body", "why"), OUTSIDE)
def test_other_text_without_a_paragraph_is_not(body, why):
    assert text_of(f"{body}<p>{SECOND}</p>") == [SECOND], why


HEADLINES = "".join(f"<li><a href='/{n}'>Minister denies lateness of boats {n}</a></li>" for n in range(3))
BOXES = [
    ("<p>Read more: <a href='/x'>Minister denies lateness</a></p>", "a paragraph"),
    ("<p><strong>Lesen Sie auch:</strong> <a href='/x'>Ministerin bestreitet Verspätung</a></p>", "in German"),
    ("<p>Читайте также: <a href='/x'>Министр всё отрицает</a></p>", "in Russian"),
    ("<p>関連記事：<a href='/x'>大臣は否定した</a></p>", "in Japanese"),
    ("<p>اقرأ أيضا: <a href='/x'>الوزير ينفي التأخير</a></p>", "in Arabic"),
    (f"<h3>Related stories</h3><ul>{HEADLINES}</ul>", "a heading with a list"),
    (f"<div class='box'><div><h3>À lire aussi</h3></div><ul>{HEADLINES}</ul></div>", "in a box"),
    (
        "<article><h3><a href='/x'>Minister denies lateness</a></h3><p>All sail in time, she told us.</p></article>",
        "a teaser",
    ),
    (f"<div class='related-articles'><ul>{HEADLINES}</ul></div>", "a box by its name"),
]


@pytest.mark.parametrize(("box", "why"), BOXES)
def test_a_box_about_other_articles_is_left_out(box, why):
    assert text_of(f"{box}<p>The last boat sails at six, said its captain.</p>") == [
        "The last boat sails at six, said its captain."
    ], why


def test_a_sentence_that_begins_like_such_a_box_stays():
    line = "Read more books, the minister told the children of Norvik."
    assert text_of(f"<p>{line}</p>") == [line]

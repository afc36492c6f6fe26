"""Invented papers for the benchmark of rereading: their articles, the rest of each page, and what editors change later.

Nobody and nothing in them exists. A page has one of ten shapes, in three languages, and other things around its article at each visit.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

NAMES = [
    "Ada Brook",
    "Ivo Marn",
    "Lena Quill",
    "Tomas Ferrand",
    "Nia Solberg",
    "Otto Veen",
    "Mira Castell",
    "Jon Ashby",
    "Petra Holm",
    "Rafe Dunmore",
]
ROLES = [
    "the harbour master",
    "the mayor",
    "a spokesman for the ferry line",
    "the head of the clinic",
    "a member of the council",
]
PLACES = ["Brackenford", "Merle", "Old Quay", "Almar", "Sundholm", "Lower Tessel", "Carrow", "Vintry"]
THINGS = [
    "boats leave the harbour",
    "children wait for a place",
    "cars cross the bridge",
    "homes have no water",
    "patients were sent home",
    "tonnes of fish were thrown back",
    "seats stay empty",
    "trees were felled",
    "letters were never answered",
    "lamps are dark",
]
WHEN = ["each day", "every winter", "since the flood", "in a single week", "at last count", "according to the books"]
NUMBERS = ["nine thousand", "four hundred", "seventeen", "2,450", "31", "6.5 million", "eighty", "12 per cent of the"]
PLAIN = [
    "The council will talk about it in {month}.",
    "Nobody in {place} was surprised.",
    "The work began in {month} and has not ended.",
    "A report on it was promised to the people of {place}, and it is late.",
    "Two years ago it had looked otherwise.",
    "The ferry from {place} was full that morning.",
    "Its rival in {place} would not answer questions.",
    "What it costs is not known.",
    "In {place} the shops had closed by noon, and the square was empty.",
    "The paper was shown a letter from {month}.",
    "Those who live near the quay in {place} have complained for years, and not one of them has had a reply.",
]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "September", "October", "November"]
TITLES = [
    "Market closes early",
    "Why the tide came late",
    "Five walks around {place}",
    "Council votes on lamps",
    "The best soup in {place}",
    "A year without rain",
    "Who owns the old mill?",
    "Harbour fees to rise",
    "Swans return to {place}",
    "The clock that stopped",
]
ADS = [
    "Two coats for one, only this week.",
    "Your new kitchen from Hollin & Sons.",
    "Sail to {place} from nine crowns a night.",
    "Insurance that listens. Ask Merrow Mutual.",
    "Fresh coffee, every morning, at your door.",
]
SOFTER = ("up to {}", "almost {}", "about {}", "fewer than {}", "more than {}")
NOTES = (
    "Correction: an earlier version of this article gave another number. It has been changed.",
    "This article was amended on 4 {month} because a figure in it was wrong.",
    "Clarification, 4 {month}: {name} was speaking of the whole year.",
    "Editor’s note: the name of a place was misspelt in an earlier version of this story.",
    "{name} was misquoted in an earlier version of this report.",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """An article. `quoted` is the sentence that a claim quotes, without its marks, in the paragraph `at`."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    quoted: str
    at: int
    amount: str


@dataclass(frozen=True)
class Edit:
    """What an editor does to a story. `kind` is that of the benchmark, `touches` whether the desk has to decide about it."""

    kind: str
    after: Story
    touches: bool
    note: str = ""  # in a box of its own beside the article


def story(number: int, chance: random.Random) -> Story:
    amount = chance.choice(NUMBERS)
    quoted = f"{amount.capitalize()} {chance.choice(THINGS)} {chance.choice(WHEN)} in {chance.choice(PLACES)}"
    name, role = chance.choice(NAMES), chance.choice(ROLES)
    length = chance.randint(5, 9)
    paragraphs = [_paragraph(chance) for _ in range(length)]
    at = chance.randrange(1, length)
    paragraphs[at] = f"{paragraphs[at]} “{quoted},” said {name}, {role}. {_filled(chance.choice(PLAIN), chance)}"
    title = _filled(chance.choice(TITLES), chance)
    return Story(number, f"{title} ({number})", tuple(paragraphs), quoted, at, amount)


def _paragraph(chance: random.Random) -> str:
    return " ".join(_filled(one, chance) for one in chance.sample(PLAIN, chance.randint(3, 4)))


def _filled(text: str, chance: random.Random) -> str:
    return text.format(place=chance.choice(PLACES), month=chance.choice(MONTHS), name=chance.choice(NAMES))


def _with(story: Story, at: int, text: str) -> Story:
    paragraphs = list(story.paragraphs)
    paragraphs[at] = text
    return replace(story, paragraphs=tuple(filter(None, paragraphs)))


def _misspelt(text: str, chance: random.Random) -> str:
    """Misspell one word of five letters or more, or correct it."""
    words = text.split(" ")
    at = chance.choice([i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()])
    word = words[at]
    i = chance.randrange(1, len(word) - 2)
    words[at] = chance.choice(
        [word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:], word[:i] + word[i + 1] + word[i] + word[i + 2 :]]
    )
    if words[at] == word:
        words[at] = word + word[-1]
    return " ".join(words)


def typo(story: Story, chance: random.Random) -> Edit:
    if chance.random() < 0.5:
        changed = _misspelt(story.quoted, chance)
        return Edit("typo", _with(story, story.at, story.paragraphs[story.at].replace(story.quoted, changed)), True)
    at = chance.choice([i for i in range(len(story.paragraphs)) if i != story.at])
    return Edit("typo", _with(story, at, _misspelt(story.paragraphs[at], chance)), False)


def correction(story: Story, chance: random.Random) -> Edit:
    text = _filled(chance.choice(NOTES), chance)
    where = chance.choice(["first", "last", "box"])
    if where == "box":
        return Edit("correction note", story, True, note=text)
    paragraphs = (text, *story.paragraphs) if where == "first" else (*story.paragraphs, text)
    return Edit("correction note", replace(story, paragraphs=paragraphs), True)


def softened(story: Story, chance: random.Random) -> Edit:
    paragraph = story.paragraphs[story.at]
    softer = chance.choice(SOFTER).format(story.amount).capitalize()
    if chance.random() < 0.3:
        softer = chance.choice([one for one in ("seven hundred", "19", "three") if one != story.amount]).capitalize()
    changed = softer + story.quoted[len(story.amount) :]
    return Edit("softened number", _with(story, story.at, paragraph.replace(story.quoted, changed)), True)


def deletion(story: Story, chance: random.Random) -> Edit:
    how = chance.random()
    if how < 0.4:
        before, _, after = story.paragraphs[story.at].partition("“")
        return Edit("deletion", _with(story, story.at, f"{before}{after.partition('. ')[2]}"), True)
    if how < 0.6:
        return Edit("deletion", _with(story, story.at, ""), True)
    at = chance.choice([i for i in range(len(story.paragraphs)) if i != story.at])
    return Edit("deletion", _with(story, at, ""), False)


def boilerplate(story: Story, chance: random.Random) -> Edit:
    return Edit("boilerplate only", story, False)


EDITS: tuple[Callable[[Story, random.Random], Edit], ...] = (typo, correction, softened, deletion, boilerplate)


# What stands around the article, at one visit.


@dataclass(frozen=True)
class Around:
    related: list[str]
    ads: list[str]
    day: int
    minute: int
    count: int
    straight: bool  # quotation marks of a typewriter, and other blanks


def around(chance: random.Random) -> Around:
    titles = [_filled(one, chance) for one in chance.sample(TITLES, 5)]
    ads = [_filled(one, chance) for one in chance.sample(ADS, 2)]
    return Around(
        titles, ads, chance.randint(1, 28), chance.randint(10, 59), chance.randint(2, 4000), chance.random() < 0.3
    )


def page(story: Story, now: Around, note: str = "") -> str:
    """Return the page of a story in the shape that its number gives."""
    return SHAPES[story.number % len(SHAPES)](story, now, note)


def _body(story: Story, now: Around, between: str = "") -> str:
    lines = [f"<p>{escape(one, quote=False)}</p>" for one in story.paragraphs]
    if between:
        lines.insert(2, between)
    text = "\n".join(lines)
    return text.replace("“", '"').replace("”", '"').replace("’", "'").replace("</p>", " </p>") if now.straight else text


def _links(titles: list[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{i}-{len(one)}">{escape(one)}</a></{tag}>' for i, one in enumerate(titles))


def _html(story: Story, inside: str, lang: str = "en") -> str:
    head = f'<meta charset="utf-8"><title>{escape(story.title)}</title>'
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{inside}</body></html>'


def semantic(story: Story, now: Around, note: str) -> str:
    box = f"<p><em>{escape(note)}</em></p>" if note else ""
    return _html(
        story,
        f"""<header><nav><a href="/">Front page</a> <a href="/sport">Sport</a></nav></header>
        <main><article><h1>{escape(story.title)}</h1>
        <p class="byline">By our reporter, <time>{now.day} May 2026, 10:{now.minute}</time></p>
        {_body(story, now)}{box}</article></main>
        <aside><h2>Related articles</h2><ul>{_links(now.related)}</ul></aside><footer>{now.count} readers today</footer>""",
    )


def named(story: Story, now: Around, note: str) -> str:
    box = f'<div class="article-correction"><p>{escape(note)}</p></div>' if note else ""
    between = f'<div class="ad-slot"><p>{escape(now.ads[0])}</p></div>'
    return _html(
        story,
        f"""<div id="top-nav"><a href="/">Home</a><a href="/{now.day}">Today</a></div>
        <div class="story"><h1>{escape(story.title)}</h1><div class="share-bar">{now.count} shares</div>
        <div class="story-body">{_body(story, now, between)}{box}</div>
        <div class="most-read"><h3>Most read</h3><ol>{_links(now.related)}</ol></div></div>
        <div class="newsletter-signup"><p>Sign up and read {escape(now.related[0])} before the others.</p></div>""",
    )


def blog(story: Story, now: Around, note: str) -> str:
    box = f"<aside><p>{escape(note)}</p></aside>" if note else ""
    comments = "".join(
        f"<li class='comment'><p>{escape(one)} I would not have thought so, would you?</p></li>"
        for one in now.related[:3]
    )
    return _html(
        story,
        f"""<div class="site"><div class="entry"><h1>{escape(story.title)}</h1>
        <div class="entry-meta"><span class="updated">{now.day} May 2026</span> · {now.count} comments</div>
        <div class="entry-content">{box}{_body(story, now)}<p>{now.count} comments</p>
        <p class="tags"><a href="/tag/a">{escape(now.related[1])}</a></p></div>
        <section id="comments"><h3>{now.count} comments</h3><ol>{comments}</ol></section></div></div>""",
    )


def unnamed(story: Story, now: Around, note: str) -> str:
    """A page without useful names, with a date and links between the paragraphs."""
    box = f"<p>{escape(note)}</p>" if note else ""
    between = f'<p><a href="/x">{escape(now.related[2])}</a></p>'
    return _html(
        story,
        f"""<div><div><a href="/">Start</a> | <a href="/b">{escape(now.related[3])}</a></div><div><h1>{escape(story.title)}</h1>
        <p>Last updated {now.day} May 2026 at 10:{now.minute}</p>{_body(story, now, between)}{box}
        <p>Read more: <a href="/m">{escape(now.related[4])}</a></p></div></div>""",
    )


def german(story: Story, now: Around, note: str) -> str:
    box = (
        f"<p>Korrektur: In einer früheren Version dieses Artikels stand eine andere Zahl ({escape(note)})</p>"
        if note
        else ""
    )
    return _html(
        story,
        f"""<div class="kopf"><a href="/">Startseite</a></div><article><h1>{escape(story.title)}</h1>
        <p>Aktualisiert am {now.day}. Mai 2026, 10:{now.minute} Uhr</p>{_body(story, now)}{box}
        <div class="mehr"><h3>Mehr zum Thema</h3><ul>{_links(now.related)}</ul></div><p>{now.count} Kommentare</p></article>""",
        "de",
    )


def spanish(story: Story, now: Around, note: str) -> str:
    box = (
        f"<p>Fe de errores: en una versión anterior de este artículo se daba otra cifra ({escape(note)})</p>"
        if note
        else ""
    )
    return _html(
        story,
        f"""<article><h1>{escape(story.title)}</h1><p><time datetime="2026-05-{now.day:02}">{now.day} de mayo de 2026</time></p>
        {_body(story, now)}{box}<div class="promo"><p>{escape(now.ads[1])}</p></div>
        <p>Lea también: <a href="/l">{escape(now.related[0])}</a></p><p>{now.count} comentarios</p></article>
        <div class="social-share"><button>Compartir {now.count}</button></div>""",
        "es",
    )


def stories(story: Story, now: Around, note: str) -> str:
    box = f"<p>{escape(note)}</p>" if note else ""
    return _html(
        story,
        f"""<article><h1>{escape(story.title)}</h1><p>By Lena Quill | {now.minute} minutes ago</p>{_body(story, now)}{box}
        <h3>Top stories</h3><ul>{_links(now.related)}</ul></article>""",
    )


def labelled(story: Story, now: Around, note: str) -> str:
    box = f"<div><p>{escape(note)}</p></div>" if note else ""
    between = f'<p><strong>Don’t miss:</strong> <a href="/x">{escape(now.related[0])}</a></p>'
    return _html(story, f"<article>{box}<h1>{escape(story.title)}</h1>{_body(story, now, between)}</article>")


def counting(story: Story, now: Around, note: str) -> str:
    box = f"<footer><p>{escape(note)}</p></footer>" if note else ""
    return _html(
        story,
        f"""<article><h1>{escape(story.title)}</h1><p><span>By Otto Veen</span> <span>{now.minute} minutes ago</span>
        <span>{now.count} comments</span></p>{_body(story, now)}{box}</article>""",
    )


def readers(story: Story, now: Around, note: str) -> str:
    box = f"<p>{escape(note)}</p>" if note else ""
    comments = "".join(
        f"<div><b>Reader {i}</b><p>I do not believe a word of it: {escape(one)}, and what then?</p></div>"
        for i, one in enumerate(now.related)
    )
    return _html(
        story,
        f"""<div><h1>{escape(story.title)}</h1><div>{_body(story, now)}{box}</div>
        <div><h2>{now.count} comments</h2>{comments}</div></div>""",
    )


SHAPES: tuple[Callable[[Story, Around, str], str], ...] = (
    semantic, named, blog, unnamed, german, spanish, stories, labelled, counting, readers
)  # fmt: skip

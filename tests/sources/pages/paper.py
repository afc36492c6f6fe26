"""A page of an invented paper, as a visitor gets it: an article, and around it other things."""

PARAGRAPHS = [
    "The harbour council of Norvik met on Tuesday and decided to close the old pier until the spring.",
    "The engineer Marta Lind told the meeting that four of the pillars are cracked, and nobody should walk on them.",
    "The café at the end of the pier stays open; its guests are taken there by boat, which costs nothing.",
    "Most of the council wants to rebuild the pier in stone, as it stood before the fire of 1911.",
    "The fishermen of the old quay do not agree, and their association has asked for a vote of the town.",
    "Until then the ferry to Sund leaves from the fish market, an hour later than in summer, and does not carry cars.",
    "The town pays for the divers who look at the piles each week, and for the lamps that warn the boats at night.",
    "Nobody was hurt when a part of the railing fell into the water in October, but two rowing boats were sunk by it.",
    "A decision is expected in March, when the harbour master presents his report on the two breakwaters.",
]
FIRST = "Nine boats sail each day from the port of Norvik, said its mayor Ada Brook in an interview."
SECOND = "Ten boats sank last year in the great storm, said the mayor of Sund, across the bay."
THIRD = "Seven cranes will be sold to pay for the works, the treasurer Otto Veen promised."
AROUND = [
    "We use cookies to measure visits",
    "Sport and leisure",
    "Market closes early because of the wind",
    "The wind was too strong for the stalls",
    "Trees felled at night in the park",
    "Subscribe to our newsletter",
    "I would not have thought that piles rot so fast",
    "All rights reserved",
]
_HEAD = """
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to measure visits and to show you advertisements.</p></div>
<header><div>Norvik News</div><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport and leisure</a></li></ul></nav></header>
"""
_RELATED = """
<div class="related-stories"><h3>Related stories</h3><ul><li><a href="/1">Market closes early because of the wind</a></li>
<li><a href="/2">Children of Sund paint the old lighthouse</a></li></ul></div>
"""
_TAIL = """
<aside class="sidebar"><h3>Most read</h3><ol><li><a href="/6">Trees felled at night in the park</a></li></ol>
<p>Subscribe to our newsletter and get the news of the harbour each morning.</p></aside>
<div class="teaser"><h4><a href="/4">Market of the west</a></h4><p>The wind was too strong for the stalls on the square.</p></div>
<section id="comments" class="comments"><h2>3 comments</h2><div class="comment"><p class="author">Sailor42</p>
<p>I would not have thought that piles rot so fast, would you?</p></div></section>
<footer><p>Norvik News is published by the Norvik Press Company. All rights reserved, since 1901.</p></footer>
"""


def paper(body, *, before="<article class='story'>", after="</article>", lang="en"):
    """The page of an article with this body, in elements of one's own."""
    return f"""<!doctype html><html lang="{lang}"><head><title>Old pier closed</title></head><body>{_HEAD}<div id="main">{before}
        <h1>Old pier closed</h1><p class="byline">By Ann Hale</p>{body}{_RELATED}{after}{_TAIL}</div></body></html>"""


def inside(part):
    """The body of an article with this between its paragraphs."""
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    return "".join([*paragraphs[:3], part, *paragraphs[3:]])

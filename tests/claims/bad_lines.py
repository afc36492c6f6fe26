"""Lines that every import refuses, each with the code and the JSON Pointer of the refusal.

The verb, the command, the endpoint and the set-based import are tested with this table. `make_ledger` makes the rows that the
lines mention, and GOOD is a line that is accepted.
"""

import json
from dataclasses import dataclass
from typing import Any

from claims.importing.lines import MAX_BYTES
from sources.models import Snapshot
from sources.pages.canonical import sha256
from tests.factories import make_snapshot, make_source, make_speaker

URL = "https://harbour.example/2026/ferry"
TEXT = "“Nine boats sail each day,” said Ada Brook. No more. Ben Hale laughed. No more. “Ten,” he said."
TRANSCRIPT = "ADA BROOK: Nine boats sail each day."
GOOD: dict[str, Any] = {
    "source": {"name": "Harbour Post", "domain": "harbour.example"},
    "article": {"url": URL, "title": "Ferries", "published_at": "2026-03-01"},
    "speaker": {"name": "Ada Brook", "role": "Harbour master"},
    "claim": {"text": "Nine ferries sail a day.", "said_at": "2026-03", "language": "en", "topics": ["ferries"]},
    "quote": "Nine boats sail each day",
}
GONE = object()


def make_ledger() -> Snapshot:
    """Make the article of GOOD, one without URL, and two pairs of namesakes. Return the snapshot that contains GOOD's quote."""
    source = make_source("harbour.example", name="Harbour Post")
    make_source("other.example", name="Other Post")
    make_speaker("Cy Dunn", wikidata_id="Q51")
    make_speaker("Cy Dunn", wikidata_id="Q52")
    make_speaker("Di Ames", role="Mayor")
    make_speaker("Di Ames", role="Baker")
    make_snapshot(TRANSCRIPT, source=source, canonical_url=None)
    return make_snapshot(TEXT, source=source, canonical_url=URL)


def line(**changes: Any) -> bytes:
    """Return GOOD with some members changed, named by their path: claim__text="…". GONE removes a member."""
    members = json.loads(json.dumps(GOOD))
    for path, value in changes.items():
        *parents, name = path.split("__")
        at = members
        for parent in parents:
            at = at[parent]
        at.pop(name, None) if value is GONE else at.update({name: value})
    return json.dumps(members).encode()


@dataclass(frozen=True)
class Bad:
    why: str
    line: bytes
    code: str
    pointer: str = ""


def bad(why: str, code: str, pointer: str, **changes: Any) -> Bad:
    return Bad(why, line(**changes), code, pointer)


SYNTAX = [
    Bad("cut short", line()[:-1], "bad_json"),
    Bad("two objects on a line", line() + line(), "bad_json"),
    Bad("Python's NaN is no JSON", line(start=None).replace(b'"start": null', b'"start": NaN'), "bad_json"),
    Bad("nested deeper than any parser goes", b"[" * 100_000, "bad_json"),
    Bad("a number of five thousand digits", line(start=None).replace(b"null", b"1" * 5000), "bad_json"),
    Bad("which of the two quotes?", line()[:-1] + b', "quote": "No more"}', "duplicate_key"),
    Bad("Latin-1", line(quote="Q").replace(b'"Q"', b'"\xe9t\xe9"'), "bad_encoding"),
    Bad("a byte order mark inside the file", b"\xef\xbb\xbf" + line(), "bad_json"),
    Bad("longer than any claim", line(quote="Q" * MAX_BYTES), "too_long"),
    Bad("an array", b"[" + line() + b"]", "wrong_type"),
    Bad("a string", b'"Nine boats"', "wrong_type"),
]

SHAPE = [
    bad("a typing error must not lose the prefix", "unknown_key", "/prefx", prefx="“"),
    bad("nor one further down", "unknown_key", "/claim/topic", claim__topic="ferries"),
    bad("a pointer escapes / and ~", "unknown_key", "/article/a~1b~0", **{"article__a/b~": 1}),
    bad("no answer contains half a surrogate pair", "unknown_key", "/claim/a�", **{"claim__a\ud83d": 1}),
    bad("no source", "missing", "/source", source=GONE),
    bad("no article", "missing", "/article", article=GONE),
    bad("not known is null, left out is a mistake", "missing", "/speaker", speaker=GONE),
    bad("no claim", "missing", "/claim", claim=GONE),
    bad("no wording", "missing", "/claim/text", claim__text=GONE),
    bad("no quote", "missing", "/quote", quote=GONE),
    bad("nobody has no name", "missing", "/speaker/name", speaker__name=GONE),
    bad("blank wording", "required", "/claim/text", claim__text=" \n"),
    bad("empty quote", "required", "/quote", quote=""),
    bad("empty id: every line would be the same", "required", "/id", id=""),
    bad("source as a string", "wrong_type", "/source", source="Harbour Post"),
    bad("null where there must be something", "wrong_type", "/quote", quote=None),
    bad("a year is a string", "wrong_type", "/claim/said_at", claim__said_at=2026),
    bad("one topic, not in an array", "wrong_type", "/claim/topics", claim__topics="ferries"),
    bad("a number among topics", "wrong_type", "/claim/topics/1", claim__topics=["ferries", 7]),
    bad("an offset in a string", "wrong_type", "/start", start="1"),
    bad("an offset before the text", "wrong_type", "/start", start=-1),
    bad("true is no offset, whatever Python says", "wrong_type", "/start", start=True),
    bad("half an offset", "wrong_type", "/start", start=1.5),
    bad("a fraction is no id", "wrong_type", "/id", id=1.5),
    bad("PostgreSQL holds no U+0000", "bad_character", "/claim/text", claim__text="Nine\0boats"),
    bad("half a surrogate pair", "bad_character", "/speaker/name", speaker__name="Ada \ud83d"),
    bad("by URL or by text, not neither", "article_key", "/article", article={"title": "Ferries"}),
    bad("nor both", "article_key", "/article", article__sha256=sha256(TEXT)),
    bad("no address", "url", "/article/url", article__url="ferry.html"),
    bad("no domain", "domain", "/source/domain", source__domain="harbour.example/news"),
    bad("a hash cut short", "invalid", "/article/sha256", article={"sha256": "abc"}),
    bad("no slug", "invalid", "/claim/topics/0", claim__topics=["Public finance"]),
    bad("a slug that the ledger cannot hold", "invalid", "/claim/topics/0", claim__topics=["a" * 201]),
    bad("no kind of speaker", "invalid", "/speaker/kind", speaker__kind="robot"),
    bad("an address for an id", "invalid", "/speaker/wikidata_id", speaker__wikidata_id="wikidata.org/Q42"),
    bad("an id in a string", "wrong_type", "/speaker/id", speaker__id="7"),
    bad("an id that no row has", "wrong_type", "/speaker/id", speaker__id=0),
    bad("an id beyond every row", "wrong_type", "/speaker/id", speaker__id=2**63),
    bad("a name without end, before anything compares it", "too_long", "/speaker/name", speaker__name="\u0301" * 100_000),
    bad("a source's name without end", "too_long", "/source/name", source__name="Post " * 100),
    bad("an alias without end", "too_long", "/speaker/aliases/1", speaker__aliases=["Ada", "Ada " * 100]),
    bad("more aliases than anybody has", "too_many", "/speaker/aliases", speaker__aliases=["Ada"] * 101),
    bad("more topics than a claim has", "too_many", "/claim/topics", claim__topics=[f"t{n}" for n in range(51)]),
    bad("an alias of blanks", "invalid", "/speaker/aliases/0", speaker__aliases=[" "]),
]  # fmt: skip

LEDGER = [
    bad("an article that nobody ingested", "article_unknown", "/article", article__url=URL + "/2"),
    bad("another text", "article_unknown", "/article", article={"sha256": sha256(TEXT)}),
    bad("the right text, another source", "article_unknown", "/article",
        article={"sha256": sha256(TRANSCRIPT)}, source={"name": "Other Post"}),
    bad("the article is another source's", "source_differs", "/source", source__domain="other.example"),
    bad("words that are not in the article", "quote_absent", "/quote", quote="Nine boats sail each night"),
    bad("there, but not at this offset", "quote_absent", "/quote", start=17),
    bad("an offset beyond any text", "quote_absent", "/quote", start=10**30),
    bad("there, but not after this", "quote_absent", "/quote", prefix="“Ten"),
    bad("there, but as a part of a word", "quote_cut", "/quote", quote="ine boats sail"),
    bad("which of the two?", "quote_ambiguous", "/quote", quote="No more."),
    bad("punctuation", "quote_empty", "/quote", quote="…"),
    bad("wording without end", "too_long", "/claim/text", claim__text="Nine " * 2001),
    bad("no day of the calendar", "invalid", "/claim/said_at", claim__said_at="2026-02-30"),
    bad("a year that some software writes for none", "invalid", "/claim/said_at", claim__said_at="0001-01-01"),
    bad("an English word", "invalid", "/claim/language", claim__language="English"),
    bad("a language without end", "invalid", "/claim/language", claim__language="en" + "-abcd" * 9),
    bad("a role without end", "too_long", "/speaker/role", speaker__role="Master " * 50),
    bad("a role without end on the claim", "too_long", "/claim/speaker_role", claim__speaker_role="Master " * 50),
    bad("a name without end", "too_long", "/speaker/name", speaker__name="Ada " * 100),
    bad("a name that is long once folded", "too_long", "/speaker/name", speaker__name="\ufdfa" * 200),
    bad("an alias without letters", "required", "/speaker/aliases", speaker__aliases=["\u0301"]),
    bad("an alias that stands for nobody", "nobody", "/speaker/aliases", speaker__aliases=["Unknown"]),
    bad("one of two namesakes", "speaker_ambiguous", "/speaker/name", speaker={"name": "Cy Dunn"}),
    bad("a role that neither has", "speaker_ambiguous", "/speaker/name", speaker={"name": "Di Ames", "role": "Judge"}),
    bad("an id that is nobody's", "speaker_unknown", "/speaker/id", speaker__id=9_000_000),
]  # fmt: skip

BAD = SYNTAX + SHAPE + LEDGER

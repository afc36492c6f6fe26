"""Read a line of an import: a JSON object that says who said what, in which article, in which words.

    {"source": {"name", "domain"?}, "article": {"url"} or {"sha256"}, "speaker": {"name", "kind"?, "role"?,
     "wikidata_id"?, "aliases"?, "id"?} or null, "claim": {"text", "said_at"?, "due_on"?, "language"?, "topics"?,
     "speaker_role"?}, "quote": "…", "id"?, "prefix"?, "suffix"?, "start"?}

Members with `?` may be left out or null. An article without a URL is identified by its source and the SHA-256 of its text,
which `manage.py ingest --json` prints. `article` may also have title and published_at, for people who read the file. `id` is
the submitter's own id of the claim, unique for a source's name. `speaker_role` is the role that the speaker had then; by
default it is that of `speaker`. `speaker.id` is the ledger's id of a speaker, which distinguishes speakers of the same name. A
placeholder such as "Unknown" is read as null, with a warning.

Reading is strict (I-JSON, RFC 7493), since ignoring a misspelt key would lose a fact. Every refusal is an Invalid whose `field`
is a JSON Pointer (RFC 6901) to what is wrong, or "" for the whole line.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn, Protocol, TypeGuard

from claims.importing import identity
from claims.text.json_faults import fault
from claims.text.limits import MAX_NAME, MAX_TOPICS
from claims.text.wikidata import WIKIDATA_ID
from claimtrack.names import is_address, is_nobody
from claimtrack.refusals import Amount, Invalid, Message, Refused, reason
from sources.pages.canonical import canonical_url, normal_host

MAX_BYTES = 1_000_000  # of one line; a long claim with its quote has some thousands
MAX_ALIASES = 100
# Every line has these.
MEMBERS = ("source", "article", "speaker", "claim", "quote")
KINDS = ("person", "organisation", "group")
SLUG = r"(?=.{1,200}\Z)[a-z0-9]+(?:(?:-|_+)[a-z0-9]+)*"
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # characters that PostgreSQL cannot store
# Cached, since the lines of a file name the same few articles and sources.
_canonical_url, _normal_host = (lru_cache(10_000)(read) for read in (canonical_url, normal_host))
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class GivenSpeaker:
    name: str
    kind: str
    role: str
    wikidata_id: str | None
    aliases: tuple[str, ...]
    id: int | None = None

    @property
    def is_nobody(self) -> bool:
        """Whether the name is a placeholder or an address. With an id, it is taken for a real name."""
        return not self.id and not self.wikidata_id and (is_nobody(self.name) or is_address(self.name))


@dataclass(frozen=True)
class Line:
    """The content of a line as it was submitted. Either `article_url` (in canonical spelling) or `article_sha256` is empty."""

    id: str
    source_name: str
    source_domain: str
    article_url: str
    article_sha256: str
    speaker: GivenSpeaker | None
    speaker_role: str
    text: str
    said_at: str
    due_on: str
    language: str
    topics: tuple[str, ...]
    quote: str
    prefix: str
    suffix: str
    start: int | None

    @property
    def origin_key(self) -> str:
        if self.id:
            return identity.key_by_id(self.source_name, self.id)
        without_url = (self.source_domain or self.source_name, self.article_sha256)
        return identity.key_by_content(
            article=(self.article_url,) if self.article_url else without_url,
            speaker_name=self.speaker.name if self.speaker else None,
            speaker_id=self.speaker.id if self.speaker else None,
            wikidata_id=self.speaker.wikidata_id if self.speaker else None,
            quote=self.quote,
            text=self.text,
        )


class Lines(Protocol):
    """A binary stream with the method that `split` needs."""

    def readline(self, size: int, /) -> bytes: ...


def split(stream: Lines) -> Iterator[bytes]:
    """Yield the lines of a file without its byte order mark. Lines longer than MAX_BYTES are cut, so that `parse` refuses them."""
    at_start = True
    while line := stream.readline(MAX_BYTES + 1):
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES + 1)
        yield line.removeprefix(_BOM) if at_start else line
        at_start = False


def parse(raw: bytes) -> Line:
    """Read one line. Raises Invalid."""
    root = _Object(_load(raw), "", f"{' '.join(MEMBERS)} id prefix suffix start")
    source = root.object("source", "name domain")
    article = root.object("article", "url sha256 title published_at")
    claim = root.object("claim", "text said_at due_on language topics speaker_role")
    speaker = _speaker(root)
    for name in ("title", "published_at"):
        article.text(name)
    if bool(article.text("url")) == bool(article.text("sha256")):
        message = Message("Name the article by its url or, where it has none, by the sha256 of its text.")
        raise Invalid(message, code="article_key", field=article.at)
    return Line(
        id=root.text_or_number("id"),
        source_name=source.text("name", required=True, limit=MAX_NAME),
        source_domain=source.read("domain", _normal_host, code="domain"),
        article_url=article.read("url", _canonical_url, code="url"),
        article_sha256=article.matching("sha256", "[0-9a-f]{64}", Message("64 hexadecimal digits in lower case")),
        speaker=speaker,
        speaker_role=claim.text("speaker_role", limit=MAX_NAME) or (speaker.role if speaker else ""),
        text=claim.text("text", required=True),
        said_at=claim.text("said_at"),
        due_on=claim.text("due_on"),
        language=claim.text("language"),
        topics=claim.texts("topics", SLUG, Message("a slug such as public-finance"), most=MAX_TOPICS),
        quote=root.text("quote", required=True),
        prefix=root.text("prefix"),
        suffix=root.text("suffix"),
        start=root.offset("start"),
    )


def _speaker(root: "_Object") -> GivenSpeaker | None:
    if "speaker" not in root.members:
        raise Invalid("Say who said it; null where that is not known.", code="missing", field="/speaker")
    if root.members["speaker"] is None:
        return None
    given = root.object("speaker", "name kind role wikidata_id aliases id")
    return GivenSpeaker(
        name=given.text("name", required=True, limit=MAX_NAME),
        kind=given.matching("kind", "|".join(KINDS), Message("one of %(values)s", {"values": ", ".join(KINDS)}))
        or "person",
        role=given.text("role", limit=MAX_NAME),
        wikidata_id=given.matching("wikidata_id", WIKIDATA_ID, Message("Q and digits, such as Q42")) or None,
        aliases=given.texts("aliases", r".*\S.*", Message("a name"), most=MAX_ALIASES),
        id=given.identifier("id"),
    )


@contextmanager
def pointing(pointers: Mapping[str, str]) -> Iterator[None]:
    """Turn the field that a verb names into the JSON Pointer to its place in the line."""
    try:
        yield
    except Refused as refusal:
        refusal.field = pointers.get(refusal.field, "")
        raise


def _load(raw: bytes) -> object:
    if len(raw) > MAX_BYTES:
        raise Invalid("The line is longer than %(limit)s bytes.", code="too_long", params={"limit": Amount(MAX_BYTES)})
    try:
        return json.loads(raw.decode().rstrip(), object_pairs_hook=_members, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise Invalid(
            "The line is not UTF-8 at byte %(start)s.", code="bad_encoding", params={"start": error.start + 1}
        ) from error
    except json.JSONDecodeError as error:
        raise Invalid(
            "The line is not JSON: %(reason)s (column %(column)s).",
            code="bad_json",
            params={"reason": fault(error), "column": error.colno},
        ) from error
    except (RecursionError, ValueError) as error:
        raise Invalid("The line is nested too deeply or holds too long a number.", code="bad_json") from error


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise Invalid("The key “%(key)s” occurs twice in one object.", code="duplicate_key", params={"key": key})
        members[key] = value
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise Invalid("%(name)s is not a JSON number.", code="bad_json", params={"name": name})


class _Object:
    """A JSON object of which only `keys` may be there, and the JSON Pointer that leads to it."""

    def __init__(self, value: object, at: str, keys: str) -> None:
        if not isinstance(value, dict):
            raise _wrong_type(at, Message("This must be an object."))
        known = keys.split()
        for key in value:
            if key not in known:
                pointer = f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
                raise Invalid(
                    "“%(key)s” is unknown here; the keys are %(keys)s.",
                    code="unknown_key",
                    field=pointer,
                    params={"key": key, "keys": keys},
                )
        self.members: dict[str, object] = value
        self.at = at

    def object(self, key: str, keys: str) -> "_Object":
        if key not in self.members:
            raise Invalid("“%(key)s” is missing.", code="missing", field=f"{self.at}/{key}", params={"key": key})
        return _Object(self.members[key], f"{self.at}/{key}", keys)

    def text(self, key: str, *, required: bool = False, limit: int | None = None) -> str:
        pointer = f"{self.at}/{key}"
        if required and key not in self.members:
            raise Invalid("“%(key)s” is missing.", code="missing", field=pointer, params={"key": key})
        value = self.members.get(key)
        text = _text("" if value is None and not required else value, pointer)
        if required and not text.strip():
            raise Invalid("This must not be empty.", code="required", field=pointer)
        if limit:
            _fit(text, limit, pointer)
        return text

    def texts(self, key: str, pattern: str, takes: Message, *, most: int) -> tuple[str, ...]:
        """An array of at most `most` names or slugs."""
        pointer = f"{self.at}/{key}"
        values = self.members.get(key)
        if not isinstance(values, list | None):
            raise _wrong_type(pointer, Message("This must be an array."))
        if len(values or ()) > most:
            raise Invalid(
                "“%(key)s” has %(count)s members; at most %(limit)s fit.",
                code="too_many",
                field=pointer,
                params={"key": key, "count": len(values or ()), "limit": most},
            )
        texts = tuple(_text(value, f"{pointer}/{index}") for index, value in enumerate(values or ()))
        for index, text in enumerate(texts):
            _fit(text, MAX_NAME, f"{pointer}/{index}")
            _match(text, pattern, takes, f"{pointer}/{index}")
        return texts

    def matching(self, key: str, pattern: str, takes: Message) -> str:
        if text := self.text(key):
            _match(text, pattern, takes, f"{self.at}/{key}")
        return text

    def read(self, key: str, reader: Callable[[str], str], *, code: str) -> str:
        """What `reader` makes of the text; its ValueError says what is wrong."""
        text = self.text(key)
        try:
            return reader(text) if text else ""
        except ValueError as error:
            raise Invalid(reason(error), code=code, field=f"{self.at}/{key}") from error

    def text_or_number(self, key: str) -> str:
        value = self.members.get(key)
        return str(value) if _is_whole(value) else self.text(key, required=value is not None)

    def identifier(self, key: str) -> int | None:
        value = self.members.get(key)
        if value is not None and not (_is_whole(value) and 0 < value < 2**63):
            raise _wrong_type(f"{self.at}/{key}", Message("This must be an id of the ledger, a whole number."))
        return value

    def offset(self, key: str) -> int | None:
        value = self.members.get(key)
        if value is not None and not (_is_whole(value) and value >= 0):
            raise _wrong_type(
                f"{self.at}/{key}", Message("This must be a whole number of code points, counted from 0.")
            )
        return value


def _text(value: object, pointer: str) -> str:
    if not isinstance(value, str):
        raise _wrong_type(pointer, Message("This must be a string."))
    if UNSTORABLE.search(value):
        raise Invalid("This holds a character that no text can hold.", code="bad_character", field=pointer)
    return value


def _fit(text: str, limit: int, pointer: str) -> None:
    """Refuse a name that the ledger has no room for, before anything compares it."""
    length = len(" ".join(text.split()))
    if length > limit:
        raise Invalid(
            "%(count)s characters are too many: at most %(limit)s fit.",
            code="too_long",
            field=pointer,
            params={"count": Amount(length), "limit": Amount(limit)},
        )


def _match(text: str, pattern: str, takes: Message, pointer: str) -> None:
    if not re.fullmatch(pattern, text, re.DOTALL):
        raise Invalid(
            "“%(text)s” does not fit: this takes %(takes)s.",
            code="invalid",
            field=pointer,
            params={"text": text, "takes": takes},
        )


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _wrong_type(pointer: str, message: Message) -> Invalid:
    return Invalid(message, code="wrong_type", field=pointer)

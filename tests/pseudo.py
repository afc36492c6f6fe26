"""A pseudo-language that puts every translated text into brackets, and the texts of a page outside brackets."""

import re
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

CODE = "ia"  # a language that Django knows, without formats of dates of its own, and that claimtrack does not know
OPEN, CLOSE = "⟦", "⟧"
CONTEXT = "\x04"
ROOT = Path(__file__).resolve().parent.parent

# Names, and words that are the same in every language.
NAMES = {
    "claimtrack", "API", "Atom", "BCP", "ClaimReview", "CSV", "HTML", "HTTP", "ID", "JSON", "JSON-LD", "NDJSON", "OK", "PDF",
    "TSV", "URL", "UTC", "Wikidata", "EFCSN", "IFCN", "OpenID", "Connect", "Ctrl", "Enter", "Esc", "Alt", "Shift", "Cmd",
    "Claimtrack", "https", "http", "www", "org", "example", "CC-BY-4.0", "English", "Deutsch", "Français", "Español",
}  # fmt: skip
# Attributes that people see or hear.
SPOKEN = ("alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title")
UNSEEN = {"script", "style", "svg", "template"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Pseudo(NullTranslations):
    """Puts every requested text into brackets."""

    _catalog: dict[str, str] = {}

    def to_language(self) -> str:
        return CODE

    def language(self) -> str:
        return CODE

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message.rpartition(CONTEXT)[2]}{CLOSE}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


class Page(HTMLParser):
    """The texts of a page outside brackets that are not marked as another language, and its links and forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self._depth = 0
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        skipped = tag in UNSEEN or "data-english" in given or (tag != "html" and given.get("lang", CODE) != CODE)
        if tag not in VOID:
            self._open.append((tag, skipped))
        if not skipped and not self._skipping:
            self.texts += [outside(given[name]) for name in SPOKEN if name in given]
            if tag == "input" and given.get("type") in ("submit", "button", "reset"):
                self.texts.append(outside(given.get("value", "")))
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            self.forms.append(
                {"action": given.get("action", ""), "method": given.get("method", "get").lower(), "fields": {}}
            )
        elif tag == "input" and self.forms and given.get("type") == "hidden":
            self.forms[-1]["fields"][given.get("name", "")] = given.get("value", "")
        elif tag == "button" and self.forms and given.get("name"):
            self.forms[-1].setdefault("buttons", []).append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            text, self._depth = _outside(data, self._depth)
            self.texts.append(text)

    @property
    def _skipping(self) -> bool:
        return any(skipped for _, skipped in self._open)


def outside(text: str) -> str:
    return _outside(text, 0)[0]


def _outside(text: str, depth: int) -> tuple[str, int]:
    """Return the text outside brackets, and the depth of brackets at its end."""
    found = []
    for sign in text:
        if sign == OPEN:
            depth += 1
        elif sign == CLOSE:
            depth -= 1
        elif depth == 0:
            found.append(sign)
    return " ".join("".join(found).split()), depth


def own_words() -> set[str]:
    """Return every text of the database: those of the desk, and those from elsewhere."""
    found = {settings.CLAIMTRACK_DESK_NAME, settings.CLAIMTRACK_DATA_LICENSE}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
                for value in model._default_manager.values_list(field.name, flat=True):
                    found.update(_texts(value))
    return found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _texts(member)


def english(text: str, own: set[str], long: list[str]) -> bool:
    """Return whether a text outside brackets has words that are neither the desk's own nor names."""
    if text.startswith(("{", "[{")):
        # JSON, in a table of rows as they are kept.
        return False
    for words in long:
        if words in text:
            text = text.replace(words, " ")
    pieces = [piece.strip("“”‘’«»()[]:;,.…–·* ") for piece in re.split(r" · | – |[›|→,:]", text)]
    # A longer piece may be a part of a text from elsewhere, such as the context of a quote.
    text = " ".join(
        piece
        for piece in pieces
        if piece not in own and not (len(piece) >= 8 and any(piece in words for words in long))
    )
    text = re.sub(r"\S*[/@_=*.]\S*[a-z]\S*|\b[0-9a-f]{12,}\b", " ", text)
    return any(word.isascii() and word not in NAMES for word in re.findall(r"[^\W\d_][\w-]+", text))


def places(text: str) -> list[str]:
    """Return the files of the program that contain a text."""
    piece = max(re.split(r"[“”\d·›|→,]+|(?<=[.:]) ", text), key=len).strip()
    spaced = re.compile(r"\b" + re.escape(piece).replace(r"\ ", r"[\s\"']+") + r"(?!\w)")
    files = [
        path
        for folder in ("claimtrack", "sources", "claims")
        for kind in ("html", "py", "js")
        for path in (ROOT / folder).rglob(f"*.{kind}")
        if "migrations" not in path.parts
    ]
    found = [str(path.relative_to(ROOT)) for path in files if piece and spaced.search(path.read_text())]
    return found if len(found) <= 3 else []

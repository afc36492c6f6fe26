"""Read the JSON of a script element, with a simple repair (pure). A script may contain several objects, and comments.

Some templates put texts between quotation marks without escaping those inside ("He said "no" today."). What follows a mark
shows whether it ends the text: a colon, a closing bracket, or a comma and the next member. A repaired script gets a warning.
One that is still not JSON is refused with the place of the first error.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from claims.text.json_faults import fault
from claimtrack.refusals import Message
from claimtrack.warnings import InputWarning
from sources.pages.jsonld import TRAILING_COMMA, WRAPPER

MAX_REPAIRED = 1_000_000  # characters of a file, which take half a second
REPAIRED = InputWarning(
    "json_repaired",
    "",
    Message("Characters inside a text were not escaped as JSON asks: compare what was read with the page."),
)

_LONGEST_INTEGER = 300  # digits; a longer one is infinite as a float
_BETWEEN = re.compile(r"[\s,;]*")
# A comment, or a string that may contain what looks like one. Each goes on to the end if nothing closes it: linear.
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*+(?:"|\Z|\\))|//[^\n]*+|/\*.*?(?:\*/|\Z)', re.DOTALL)
_NO_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_SIGN = re.compile(r'[{}\[\]"]')
_MARK = re.compile(r'\\.|"', re.DOTALL)
# What follows the mark that ends the name of a member, its value, or an item of a list. Names have at most 100 characters, so
# that the look-ahead is short.
_AFTER_NAME = re.compile(r"\s*:")
_AFTER_VALUE = re.compile(r'\s*(?:\}\s*(?:[,}\]{;]|$)|,\s*(?:"[^"\\]{0,100}"\s*:\s*["{\[\dtfn-]|\}))')
_AFTER_ITEM = re.compile(r'\s*(?:\]\s*(?:[,}\]{;]|$)|,\s*["\[{\d\]-])')


@dataclass(frozen=True)
class Loaded:
    """The JSON values of a script in order, and warnings about repairs."""

    values: Sequence[object]
    warnings: tuple[InputWarning, ...] = ()


def load(script: str, *, room: int = MAX_REPAIRED) -> Loaded:
    """Read the JSON of a script, which is not repaired if it is longer than `room`. Raises ValueError with a sentence."""
    text = WRAPPER.sub("", script)
    try:
        return Loaded(list(_values(text)))
    except json.JSONDecodeError as error:
        first = error
    except RecursionError:
        raise ValueError(Message("It is nested too deeply.")) from None
    without_commas = TRAILING_COMMA.sub("", text)
    with suppress(ValueError):
        return Loaded(list(_values(without_commas)))
    if len(text) <= room:
        if "&quot;" in text:  # a template that escapes for HTML does it in scripts, too
            without_commas = html.unescape(without_commas)
        without_comments = TRAILING_COMMA.sub("", _COMMENT.sub(r"\1", without_commas))
        with suppress(ValueError, RecursionError):
            return Loaded(list(_values(without_comments)))
        with suppress(ValueError, RecursionError):
            return Loaded(list(_values(_escaped(_NO_ESCAPE.sub("", without_commas)))), (REPAIRED,))
    raise ValueError(
        Message(
            "It is not JSON: %(reason)s (line %(line)s, column %(column)s).",
            {"reason": fault(first), "line": first.lineno, "column": first.colno},
        )
    )


def _values(text: str) -> Iterator[object]:
    decoder = json.JSONDecoder(strict=False, parse_int=_integer)
    at = _end(text, 0)
    while at < len(text):
        if text[at] not in "{[":
            raise json.JSONDecodeError("Expecting an object or a list", text, at)
        value, at = decoder.raw_decode(text, at)
        yield value
        at = _end(text, at)


def _integer(digits: str) -> int | float:
    """Return the number, of which Python refuses to read one with thousands of digits."""
    return int(digits) if len(digits) < _LONGEST_INTEGER else float(digits)


def _end(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _escaped(text: str) -> str:
    """Return the text with a backslash before each quotation mark that does not end a string."""
    pieces: list[str] = []
    within: list[str] = []
    at = 0
    while sign := _SIGN.search(text, at):
        pieces.append(text[at : sign.end()])
        before, at = text[at : sign.start()].rstrip()[-1:], sign.end()
        if sign[0] in "{[":
            within.append(sign[0])
        elif sign[0] in "}]":
            del within[-1:]
        else:
            after = _AFTER_ITEM if within[-1:] == ["["] else _AFTER_VALUE if before == ":" else _AFTER_NAME
            marks = (mark for mark in _MARK.finditer(text, at) if mark[0] == '"')
            end = next((mark for mark in marks if after.match(text, mark.end())), None)
            if end is None:
                break
            pieces += [_MARK.sub(_escape, text[at : end.start()]), '"']
            at = end.end()
    return "".join(pieces) + text[at:]


def _escape(mark: re.Match[str]) -> str:
    return '\\"' if mark[0] == '"' else mark[0]

"""Guard texts in tables, so that no spreadsheet runs one as a formula, and take the guard away again (pure).

A spreadsheet runs a cell that begins with one of the signs below (OWASP, CSV Injection), also in full-width form. In many
countries it also splits lines at semicolons and tabs, so a cell may begin after each of these. An apostrophe before the sign
prevents it. Where a text has apostrophes there already, one more is added, so that what was guarded can be restored exactly.
"""

import re

_SEPARATORS = set(";\t\r\n")
_START = r"""(?<![;\t\r\n "])([;\t\r\n "]*+)"""
_UNSAFE = re.compile(rf"{_START}(?='*+[=+\-@＝＋－＠])")
_GUARDED = re.compile(rf"{_START}'(?='*+[=+\-@＝＋－＠])")
_BLANKS = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """Return the text with an apostrophe before everything that a spreadsheet would run as a formula, also after a separator."""
    text = _UNSAFE.sub(lambda start: f"{start[1]}'" if _begins_cell(start) else start[0], text)
    return f"'{text}" if text.lstrip("'").startswith(_BLANKS) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    if text.startswith("'") and text.lstrip("'").startswith(_BLANKS):
        text = text[1:]
    return _GUARDED.sub(lambda start: start[1] if _begins_cell(start) else start[0], text)


def _begins_cell(start: re.Match[str]) -> bool:
    return start.start() == 0 or bool(_SEPARATORS & set(start[1]))

"""Say what is wrong with JSON in words that pages can translate (pure). Python's parser only has English for programmers."""

import json

from claimtrack.refusals import Message

# The keys are how the parser's sentences begin, in all supported releases of Python.
_FAULTS = {
    "Expecting value": Message("a value is missing, or a text has no quotation marks"),
    "Expecting an object or a list": Message("it must begin with { or ["),
    "Expecting property name": Message("the name of a member must stand in double quotation marks"),
    "Expecting ':'": Message("a colon is missing after the name of a member"),
    "Expecting ','": Message("a comma is missing, or a quotation mark in a text has no \\ before it"),
    "Unterminated string": Message("the quotation mark that ends a text is missing"),
    "Invalid control character": Message("a text contains a line break or another control character"),
    "Invalid \\": Message("a \\ in a text stands before a character that it cannot stand before"),
    "Extra data": Message("something follows its end"),
    "Illegal trailing comma": Message("a comma stands before a closing bracket"),
    "Unexpected UTF-8 BOM": Message("a byte order mark stands inside the file"),
}
_CUT = Message("it ends before it is complete")
_OTHER = Message("it cannot be read")


def fault(error: json.JSONDecodeError) -> Message:
    """Return what is wrong, as a part of a sentence."""
    if error.pos >= len(error.doc.rstrip()) and not error.msg.startswith("Extra"):
        return _CUT
    return next((words for start, words in _FAULTS.items() if error.msg.startswith(start)), _OTHER)

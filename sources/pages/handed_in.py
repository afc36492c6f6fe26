"""Recognise the kind of content that somebody hands in: the HTML of a page, a text, or a file of another kind."""

import re

HEAD = 1_000_000  # bytes by which HTML is recognised
# Tags with which a page, or a part that was copied from one, begins.
_TAGS = "html|head|body|main|article|section|header|div|h[1-6]|p|ul|ol|blockquote|figure|table|span|script|style|meta|link|nav"
# Each comment ends at the first mark of its end, and no other division into comments is tried: there are 2ⁿ of them.
_DOCUMENT = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_PART = re.compile(rf"<(?:{_TAGS})(?:\s[^<>]*)?>.*</[a-z0-9]+\s*>\s*\Z", re.IGNORECASE | re.DOTALL)
# The first bytes of files of other programs.
_OTHERS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Word, OpenDocument or ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word"),
    (b"{\\rtf", "RTF"),
)


class NotRead(ValueError):
    """The file has an unsupported kind. `kind` names it, "" if it is not known or the text is not UTF-8."""

    def __init__(self, kind: str = "") -> None:
        super().__init__(f"{kind or 'The file'} is not read.")
        self.kind = kind


def is_html(content: str) -> bool:
    """Return whether a text is HTML: a document, or a part that begins with a tag and ends with one."""
    content = content.lstrip("\ufeff \t\r\n")
    return bool(_DOCUMENT.match(content) or _PART.match(content))


def read_file(content: bytes, name: str = "") -> str | bytes:
    """Return the text of a file, or its bytes if it is HTML, whose encoding the page declares. Raises NotRead."""
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise NotRead(kind)
    # The characters that identify HTML are ASCII.
    head = content.removeprefix(b"\xef\xbb\xbf")[:HEAD].decode("latin-1")
    if name.lower().endswith((".html", ".htm", ".xhtml")) or is_html(head):
        return content
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotRead from error
    if "\0" in text:
        raise NotRead
    return text

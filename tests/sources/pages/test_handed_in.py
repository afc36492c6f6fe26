"""Pasted texts and dropped files: HTML, a text, or an unsupported kind."""

import time

import pytest

from sources.pages.handed_in import NotRead, is_html, read_file

HTML = [
    ("<!DOCTYPE html>\n<p>Hello", "a document"),
    ("\ufeff  <?xml version='1.0'?>\n<html>", "XHTML, after a byte order mark"),
    ("<!-- saved from url=(0020)https://x.example/ -->\n<html>", "as browsers save a page"),
    ('<div class="story"><p>Hello.</p></div>\n', "a part that was copied from a page"),
    ("<p>One.</p>\n<p>Two.</p>", "paragraphs"),
    ("<ARTICLE>Hello</ARTICLE>", "in capitals"),
]
TEXTS = [
    ("", "nothing"),
    ("The mayor spoke.", "a text"),
    ("<Applause> The mayor spoke.", "a transcript's remark"),
    ("<p> is the tag of a paragraph.", "a text about HTML"),
    ("5 < 6 > 4", "signs"),
    ("She wrote <b>bold</b> letters.", "tags in a text"),
]


@pytest.mark.parametrize(("content", "why"), HTML)
def test_html_is_recognised(content, why):
    assert is_html(content), why
    assert read_file(content.encode()) == content.encode()


@pytest.mark.parametrize(("content", "why"), TEXTS)
def test_a_text_stays_a_text(content, why):
    assert not is_html(content), why
    assert read_file(content.encode()) == content


@pytest.mark.parametrize(
    ("page", "is_page"), [("<!-- a -->" * 50_000 + "Hello", False), ("<!----> " * 50_000 + "<html>", True)]
)
def test_thousands_of_comments_are_read_in_a_moment(page, is_page):
    begun = time.process_time()
    assert is_html(page) is is_page
    assert time.process_time() - begun < 1


def test_a_file_called_html_is_html():
    assert read_file("Plain.".encode("latin-1"), "Page.HTM") == b"Plain."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_decoded(encoding):
    assert read_file("Größe — “so”".encode(encoding), "note.txt") == "Größe — “so”"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "Word, OpenDocument or ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
        (b"{\\rtf1\\ansi", "RTF"),
        ("Größe".encode("latin-1"), ""),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        (b"a\x00b", ""),
    ],
)
def test_other_files_are_not_read(content, kind):
    with pytest.raises(NotRead) as refused:
        read_file(content, "file.txt")
    assert refused.value.kind == kind

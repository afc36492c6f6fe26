"""HTML that is pasted and files that are dropped, on the pages that take the text of an article."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sources.models import Article, Snapshot
from tests import factories

ADD = reverse("admin:sources_article_add")
PAGE = (Path(__file__).resolve().parents[3] / "docs/examples/article.html").read_text()
QUOTE = "The ferry carried only nine passengers a day last winter"


@pytest.fixture
def source(db):
    return factories.make_source("paper.example")


def add(client, **data):
    return client.post(ADD, {"url": "https://paper.example/a", **data})


def file(content, name):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def told(answer):
    return [str(message) for message in answer.wsgi_request._messages]


def test_pasted_html_is_read_as_a_page(desk, source):
    answer = add(desk, text=PAGE)
    article = Article.objects.get()
    text = article.current_snapshot.text
    assert QUOTE in text and "<" not in text
    assert (article.title, article.language) == ("Council hears that the old ferry costs too much", "en")
    assert "What you pasted is HTML. Its text was taken out of it, as from a page." in told(answer)


@pytest.mark.parametrize("name", ["page.html", "page"])
def test_a_saved_page_is_read_as_a_page(desk, source, name):
    answer = add(desk, file=file(PAGE.replace("utf-8", "latin-1").encode("latin-1", "replace"), name))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Article.objects.get().title.startswith("Council hears")
    assert Snapshot.objects.get().method == "html"


def test_a_text_file_is_the_text(desk, source):
    add(desk, file=file("\ufeffThe mayor spoke.\r\nNobody asked.", "speech.txt"))
    assert Snapshot.objects.get().text == "The mayor spoke.\nNobody asked."


def test_a_newer_text_may_be_html_or_a_file(desk, db):
    snapshot = factories.make_snapshot()
    address = reverse("admin:sources_article_change", args=[snapshot.article_id])
    page = PAGE.replace("https://paper.example/a", snapshot.article.url)
    desk.post(address, {"action": "snapshot", "newer": page})
    desk.post(address, {"action": "snapshot", "file": file("Another text.", "a.txt")})
    texts = list(Snapshot.objects.order_by("pk").values_list("text", flat=True))[1:]
    assert QUOTE in texts[0] and "<" not in texts[0] and texts[1] == "Another text."


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.7", "report.pdf", "PDF files are not read here: copy the text out of it, and paste it."),
        (b"PK\x03\x04", "report.docx", "Word, OpenDocument or ZIP files are not read here"),
        ("Größe".encode("latin-1"), "note.txt", "This file is not a text in UTF-8"),
        (b"", "empty.txt", "The submitted file is empty."),
        (b"<p>Short.</p>", "page.html", "No article text was found in the page."),
        (b"a" * 10_000_001, "long.txt", "The file is larger than"),
    ],
)
def test_a_file_that_is_not_read_is_refused_at_its_field(desk, source, content, name, sentence):
    answer = add(desk, file=file(content, name), title="Typed before", byline="A. Author")
    assert sentence in str(answer.context["form"].errors["file"])
    page = answer.content.decode()
    assert 'value="Typed before"' in page and 'value="A. Author"' in page
    assert not Article.objects.exists()


def test_a_text_and_a_file_are_one_too_many(desk, source):
    answer = add(desk, text="Typed.", file=file("Another.", "a.txt"))
    assert answer.context["form"].errors.keys() == {"file"} and "Typed." in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"text": "a" * 2_000_001}, "text", "The text is longer than 2,000,000 characters."),
        ({"text": "<p>" + "a" * 10_000_001 + "</p>"}, "text", "The HTML is longer than"),
        ({"text": "A.", "title": "t" * 1_001}, "title", "at most 1,000 fit"),
        ({"text": "A.", "byline": "b" * 1_001}, "byline", "at most 1,000 fit"),
        ({"text": "A.", "new_source": "s" * 301}, "new_source", "at most 300 fit"),
        ({"text": "A.", "url": "https://paper.example/" + "u" * 5_000}, "url", ""),
        ({"text": "A.", "language": "nonsense-language"}, "language", "is not a language"),
        ({"text": "A.", "published_at": "yesterday"}, "published_at", "is neither a date"),
    ],
)
def test_too_long_is_said_at_its_field_and_what_was_typed_stays(desk, source, given, field, sentence):
    answer = add(desk, **given)
    errors = answer.context["form"].errors
    assert errors.keys() == {field} and sentence in str(errors[field])
    assert {name: answer.context["form"][name].value() for name in given} == given


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "a" * 10_001}, "text"),
        ({"quote": "a" * 100_001}, "quote"),
        ({"new_speaker": "n" * 301}, "new_speaker"),
        ({"speaker_role": "r" * 301}, "speaker_role"),
        ({"said_at": "2025-13"}, "said_at"),
        ({"language": "nonsense-language"}, "language"),
    ],
)
def test_so_it_is_at_the_workbench_and_the_form_for_a_claim(desk, db, given, field):
    snapshot = factories.make_snapshot()
    bench = reverse("admin:sources_article_change", args=[snapshot.article_id])
    whole = {"text": "Nine thousand.", "quote": factories.QUOTE, "article": snapshot.article_id, **given}
    pages = [desk.post(bench, {**whole, "action": "propose"}).context["passage_form"]]
    if field != "new_speaker":
        pages.append(desk.post(reverse("admin:claims_claim_add"), whole).context["form"])
    for form in pages:
        assert form.errors.keys() == {field}
        assert {name: form[name].value() for name in given} == given

"""Forms that are larger than the server takes: the desk's own page, and an address on which to try."""

import pytest
from django.test import Client

from tests import factories

SIZE, ADD = "/admin/size/", "/admin/sources/article/add/"


@pytest.fixture
def small(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000


@pytest.mark.parametrize("encoding", ["multipart", "urlencoded"])
def test_the_desk_says_so(desk, small, encoding):
    data = {"text": "a" * 3_000}
    form = {"data": data} if encoding == "multipart" else {"data": f"text={'a' * 3000}"}
    kind = {} if encoding == "multipart" else {"content_type": "application/x-www-form-urlencoded"}
    answer = desk.post(ADD, **form, **kind)
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "This form is too large" in page and 'lang="en"' in page and "desk/desk.css" in page


def test_also_before_anybody_is_signed_in(small, db):
    answer = Client(enforce_csrf_checks=True).post("/admin/account/login/", {"login": "a" * 3_000})
    assert answer.status_code == 413 and "This form is too large" in answer.content.decode()


def test_elsewhere_it_is_a_bad_request(client, small, db):
    assert client.post("/api/nothing/", {"text": "a" * 3_000}).status_code != 413


def test_a_form_is_tried(desk, small):
    assert desk.post(SIZE, {"text": "a"}).status_code == 204
    assert desk.post(SIZE, {"text": "a" * 3_000}).status_code == 413


def test_a_proxy_shows_the_page(client, db):
    answer = client.get(SIZE)
    assert answer.status_code == 413 and "at most 12" in answer.content.decode()


def test_the_longest_text_is_taken(desk, db):
    """A text of as many letters as an article may have, each of four bytes, comes back with the sentence of its field."""
    source = factories.make_source()
    text = "𝄞" * 2_000_001
    page = desk.post(ADD, {"text": text, "source": source.pk})
    assert page.status_code == 200
    assert "The text is longer than 2,000,000 characters." in page.content.decode()
    assert text in page.content.decode()

"""Handing in an article and a claim: a dropped file, a form that is too large, and the nearest passage."""

import pytest

from claims.models import Appearance
from sources.models import Article, Snapshot
from tests import factories
from tests.browser.test_importing import drop

pytestmark = pytest.mark.browser

ADD = "/admin/sources/article/add/"


def test_a_dropped_page_is_read_and_the_desk_is_not_left(sign_in, faults, moderator):
    factories.make_source("paper.example")
    page = sign_in(moderator)
    page.goto(ADD)
    page.fill("#id_url", "https://paper.example/ferry")
    drop(page, "form[data-drop]", "saved.html", "<html><p>The mayor spoke for long.</p><p>Nobody asked her.</p></html>")
    assert page.input_value("#id_url") == "https://paper.example/ferry"
    assert faults(page) == []
    page.click("text=Add the article")
    page.wait_for_selector("#text")
    assert Snapshot.objects.get().text == "The mayor spoke for long.\nNobody asked her."


def test_a_form_that_is_too_large_is_not_sent(sign_in, new_page, settings, moderator):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    page = sign_in(moderator)
    page.goto(ADD)
    text = "ä" * 600_000
    page.fill("#id_text", text)
    page.fill("#id_title", "Typed before")
    new_page.expected = ("413",)
    page.click("text=Add the article")
    page.wait_for_selector(".f-text .errornote >> text=what you typed is still here")
    assert (page.input_value("#id_text"), page.input_value("#id_title")) == (text, "Typed before")
    assert page.evaluate("document.activeElement.id") == "id_text"
    # What fits is sent as ever.
    page.fill("#id_text", "ä" * 460_000)
    page.fill("#id_new_source", "The Lantern")
    page.click("text=Add the article")
    page.wait_for_selector("#text")
    assert Article.objects.get().title == "Typed before"


def test_the_nearest_passage_is_a_button(sign_in, new_page, faults, moderator):
    new_page.expected = ("400",)
    snapshot = factories.make_snapshot("No more. Nine boats sail each day. No more.")
    page = sign_in(moderator)
    for address in (f"/admin/sources/article/{snapshot.article_id}/change/", "/admin/claims/claim/add/"):
        page.goto(address)
        if "add" in address:
            page.evaluate(
                "pk => document.querySelector('#id_article').append(new Option('It', pk, true, true))",
                snapshot.article_id,
            )
        page.fill("#id_quote", "Nine boats sail each night")
        page.fill("#id_text", f"Nine ferries, as {address} has it.")
        page.keyboard.press("Tab")
        page.click("main form button.default:visible")
        page.wait_for_selector("button[data-nearest]")
        new_page.complaints.clear()
        assert faults(page) == []
        page.focus("button[data-nearest]")
        page.keyboard.press("Enter")
        assert page.input_value("#id_quote").startswith("Nine boats sail each day")
        assert page.evaluate("document.activeElement.id") == "id_quote"
        page.click("main form button.default:visible")
        page.wait_for_selector(".messagelist .success")
    quotes = [row.quote for row in Appearance.objects.all()]
    assert len(quotes) == 2 and all(quote.startswith("Nine boats sail each day") for quote in quotes)


def test_a_language_is_guessed_and_recorded_only_if_it_is_taken_over(sign_in, faults, moderator):
    page = sign_in(moderator)
    page.goto(ADD)
    page.fill("#id_text", "Die Brücke trägt neuntausend Autos am Tag.")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=The text seems to be in this language: German.")
    assert page.input_value("#id_language") == ""
    assert faults(page) == []
    page.fill("#id_new_source", "The Lantern")
    page.click("text=Add the article")
    page.wait_for_selector("#text")
    assert Article.objects.get().language == ""

    # At the workbench, the article's own language is missing too.
    page.fill("#id_quote", "neuntausend Autos")
    page.fill("#id_text", "Die Brücke trägt neuntausend Autos am Tag.")
    page.keyboard.press("Tab")
    page.click("text=Write “de”")
    assert page.input_value("#id_language") == "de"
    assert page.locator(".guess").is_hidden()
    page.click("text=Propose this claim")
    page.wait_for_selector(".messagelist .success")
    assert Appearance.objects.get().claim.language == "de"

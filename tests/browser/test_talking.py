"""Comments by keyboard: a colleague is mentioned from the list, the comment is sent, and nothing typed is lost."""

import pytest

from claims.models import Comment, Notice
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def claim(moderator):
    """A claim in review that the Moderator took: Ctrl+Enter elsewhere on its page publishes it."""
    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=moderator)
    return claim


def address(claim):
    return f"/admin/claims/claim/{claim.pk}/change/"


def test_it_works(sign_in, moderator, claim):
    ines = factories.make_user("editor", username="ines", first_name="Inés", last_name="Alder")
    factories.make_user("editor", username="inga")
    factories.make_user("contributor", username="inka")
    page = sign_in(moderator)
    page.goto(address(claim))
    page.keyboard.press("c")
    page.keyboard.type("Look, @in")
    page.wait_for_selector("#mention-choices:not([hidden])")
    assert page.locator("#mention-choices [role=option]").all_inner_texts() == ["@ines\nInés Alder", "@inga"]
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#id_comment", "aria-activedescendant") == "mention-1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type("which year?")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Commented.")
    assert Comment.objects.get().text == "Look, @ines which year?"
    assert Notice.objects.get().person == ines
    claim.refresh_from_db()
    assert claim.status == "in_review"
    assert page.input_value("#id_comment") == ""


def test_a_name_is_found_by_its_parts_and_escape_closes_the_list(sign_in, moderator, claim):
    factories.make_user("editor", username="x17", first_name="Inés", last_name="Alder")
    page = sign_in(moderator)
    page.goto(address(claim))
    page.click("#id_comment")
    page.keyboard.type("@ald")
    page.wait_for_selector("#mention-choices:not([hidden])")
    page.keyboard.press("Escape")
    assert page.is_hidden("#mention-choices") and page.evaluate("document.activeElement.id") == "id_comment"
    page.keyboard.press("Backspace")
    page.click("#mention-choices [role=option]")
    assert page.input_value("#id_comment") == "@x17 "


def test_what_was_typed_waits_on_the_page_until_it_is_sent(sign_in, moderator, claim):
    page = sign_in(moderator)
    page.goto(address(claim))
    page.click("#id_comment")
    page.keyboard.type("Half a sen")
    page.goto("/admin/")
    page.goto(address(claim))
    assert page.input_value("#id_comment") == "Half a sen"
    # It is its author's alone, and goes when they sign out.
    page.click("#user-tools summary")
    page.click("#logout-form button")
    page.wait_for_selector("#id_login")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('comment:'))") == []

"""Few keys and clicks lead to a verdict, and nobody publishes without having seen what readers will see."""

import pytest

from claims import curating
from claims.models import Draft
from tests import factories
from tests.browser.conftest import PASSWORD, wait_until
from tests.browser.test_desk import PUBLISH, review_url, taken

pytestmark = pytest.mark.browser

MOST_KEYS, MOST_CLICKS = 13, 8


def test_few_keys_lead_from_signing_in_to_a_published_verdict(new_page, moderator):
    """With the preview, and with the keys of the sign-in form itself. The text that is typed does not count."""
    claim = factories.make_claim("unverified")
    moderator.set_password(PASSWORD)
    moderator.save()
    page, pressed = new_page(), []

    def press(key, until=None):
        page.keyboard.press(key)
        pressed.append(key)
        if until:
            page.wait_for_selector(until)
            page.wait_for_load_state()

    page.goto("/admin/")
    page.keyboard.type(moderator.username)
    press("Tab")
    page.keyboard.type(PASSWORD)
    press("Enter", "#desk-nav")
    press("q", "#result_list")
    press("j")
    press("Enter", "text=Next step")
    press("t", "text=You are working on this claim.")
    press("5")
    press("r")
    page.keyboard.type("The Roads Office counted four thousand.")
    press("Alt+e")
    page.keyboard.type("https://roads.example/count")
    press("Tab")
    press("ArrowDown")
    press("Control+Enter", "text=What readers will see")
    press("Control+Enter", "text=Readers find it here:")
    assert len(pressed) <= MOST_KEYS, pressed
    row = claim.reviews.latest("pk")
    assert (row.step.name, row.verdict.code, row.evidence.get().stance) == ("publish", "false", "refutes")


def test_few_clicks_lead_from_signing_in_to_a_published_verdict(new_page, moderator):
    """With the preview, and with the clicks of the sign-in form itself. The keyboard writes text alone."""
    claim = factories.make_claim("unverified")
    moderator.set_password(PASSWORD)
    moderator.save()
    page, clicked = new_page(), []

    def click(selector, until=None):
        page.click(selector)
        clicked.append(selector)
        if until:
            page.wait_for_selector(until)

    page.goto("/admin/")
    page.keyboard.type(moderator.username)
    click("#id_password")
    page.keyboard.type(PASSWORD)
    click("main button[type=submit] >> nth=0", "#desk-nav")
    click(f"li:has-text('{claim.text}') >> button:has-text('Take')", "text=You are working on this claim.")
    click("text=Mostly false")
    page.keyboard.type("The Roads Office counted four thousand.")
    click("#id_evidence-0-url")
    page.keyboard.type("https://roads.example/count")
    click(".f-stance >> text=Refutes")
    click(PUBLISH, "text=What readers will see")
    click(PUBLISH, "text=Readers find it here:")
    assert len(clicked) <= MOST_CLICKS, clicked
    row = claim.reviews.latest("pk")
    assert (row.rationale, row.evidence.get().stance) == ("The Roads Office counted four thousand.", "refutes")


def test_a_key_held_down_does_not_answer_the_question(sign_in, moderator):
    claim = taken(moderator)
    curating.save_draft(claim=claim, by=moderator, verdict="false", rationale="Counted.", evidence=factories.EVIDENCE)
    page = sign_in(moderator)
    page.goto(review_url(claim))
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=What readers will see")
    page.wait_for_load_state()
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, repeat: true, bubbles: true}))"
    )
    page.wait_for_timeout(0)
    assert page.is_visible("text=What readers will see")
    page.click("text=Go on writing")
    page.wait_for_selector("#id_rationale")
    assert page.input_value("#id_rationale") == "Counted."


def test_command_and_enter_publish_on_a_mac(sign_in, moderator):
    claim = taken(moderator)
    curating.save_draft(claim=claim, by=moderator, verdict="false", rationale="Counted.", evidence=factories.EVIDENCE)
    page = sign_in(moderator)
    page.goto(review_url(claim))
    page.keyboard.press("Meta+Enter")
    page.wait_for_selector("text=What readers will see")
    page.wait_for_load_state()
    page.keyboard.press("Meta+Enter")
    page.wait_for_selector("text=Readers find it here:")


def test_what_is_typed_goes_along_to_the_preview_and_back(sign_in, moderator):
    """Though the draft was not sent yet when the key was pressed."""
    claim = taken(moderator)
    page = sign_in(moderator)
    page.goto(review_url(claim))
    page.click("text=Half true")
    page.fill("#id_evidence-0-url", "https://roads.example/half")
    page.check("[name=evidence-0-stance][value=context]")
    page.fill("#id_rationale", "Half of it.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=What readers will see")
    page.wait_for_load_state()
    page.click("text=Go on writing")
    page.wait_for_selector("#id_rationale")
    page.fill("#id_rationale", "Half of it. And more.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=What readers will see")
    page.wait_for_load_state()
    assert page.locator(".conflict").count() == 0
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Readers find it here:")
    assert claim.reviews.latest("pk").rationale == "Half of it. And more." and not Draft.objects.exists()
    # The page's script does it, a moment after its words are there.
    wait_until(page, "!Object.keys(localStorage).some((key) => key.startsWith('draft:'))")


def test_the_reason_of_a_step_outlives_the_tab(sign_in, editor):
    claim = factories.make_claim("checked")
    page = sign_in(editor)
    page.goto(review_url(claim))
    page.click("text=The reason, if you reopen or withdraw")
    page.fill("#id_reason", "New numbers.")
    page.wait_for_selector("#draft-state:text-is('Draft kept.')")
    page.close()
    page = page.context.new_page()
    page.goto(review_url(claim))
    page.wait_for_selector("#draft-state:has-text('Brought back')")
    assert page.input_value("#id_reason") == "New numbers."


FORM_BEFORE = 28


@pytest.mark.parametrize("status", ["unverified", "in_review"])
def test_the_form_comes_early_for_the_keyboard(sign_in, editor, status):
    """However many quotes, likenesses and earlier verdicts there are."""
    claim = factories.make_claim(status, text="The harbour bridge carries 9,000 cars every day.")
    if claim.assignee:
        curating.take_over(claim=claim, by=editor, expected=None)
    for number in range(6):
        factories.make_claim(
            "checked", text=f"The harbour bridge carries {number},000 cars every day.", speaker=claim.speaker
        )
    page = sign_in(editor)
    page.goto(review_url(claim))
    stops = 0
    while not page.evaluate("document.activeElement.closest('#decision') !== null"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops < FORM_BEFORE

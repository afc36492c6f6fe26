"""Sessions end, networks fail and tabs are closed while people type, and two of them are at one claim: no character is lost.

Each run types its own words, and the fault comes at another place of them. DRAFT_RUNS says how many runs there are.
"""

import os

import pytest
from django.contrib.sessions.models import Session

from claims.models import Claim, Draft
from tests import factories
from tests.browser.conftest import PASSWORD, wait_until

pytestmark = pytest.mark.browser

WORDS = [
    "the",
    "ferry",
    "carried",
    "4,012",
    "people",
    "past",
    "Søndre",
    "pier",
    "–",
    "“twice”,",
    "says",
    "its",
    "<log>",
    "&",
    "harbour’s",
    "ledger",
]
KEPT = "#draft-state:has-text('Draft kept.')"
RATIONALE = "#id_rationale"


def url(claim):
    return f"/admin/claims/claim/{claim.pk}/change/"


def sign_in_again(page, user):
    page.goto("/admin/")
    page.fill("#id_login", user.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The desk")


class Run:
    """One person at one claim, with two pieces of text: before the fault and after it."""

    def __init__(self, number, sign_in):
        words = [WORDS[(3 * number + 5 * n) % len(WORDS)] for n in range(8)]
        cut = number % 7 + 1
        self.sign_in = sign_in
        self.before, self.after = " ".join(words[:cut]), " " + " ".join(words[cut:])
        self.text = self.before + self.after
        self.user = factories.make_user("moderator")
        self.claim = factories.make_claim("unverified")
        factories.step(self.claim, "in_review", by=self.user)
        self.page = sign_in(self.user)
        self.page.goto(url(self.claim))

    def type(self, text, page=None):
        page = page or self.page
        page.locator(RATIONALE).press_sequentially(text)

    def draft(self, user=None):
        return Draft.objects.get(claim=self.claim, author=user or self.user)

    def wait_for_text(self, page):
        """The form has the whole text, whether the server or this browser kept it."""
        expect = pytest.importorskip("playwright.sync_api").expect
        expect(page.locator(RATIONALE)).to_have_value(self.text)

    def assert_kept(self, page=None):
        (page or self.page).wait_for_selector(KEPT)
        assert self.draft().rationale == self.text


def session_ended(run):
    run.type(run.before)
    Session.objects.all().delete()
    run.type(run.after)
    run.page.wait_for_selector("#draft-alert:has-text('You are signed out.')")
    with run.page.context.expect_page() as opened:
        run.page.click("#draft-alert a")
    other = opened.value
    other.wait_for_selector("#id_login")
    sign_in_again(other, run.user)
    run.page.bring_to_front()
    run.assert_kept()
    assert run.page.inner_text("#draft-alert") == ""


def cookies_gone(run):
    run.type(run.before)
    run.page.context.clear_cookies()
    run.type(run.after)
    run.page.wait_for_selector("#draft-alert:has-text('You are signed out.')")
    sign_in_again(run.page.context.new_page(), run.user)
    run.assert_kept()


def network_cut(run):
    run.type(run.before)
    run.page.context.set_offline(True)
    run.type(run.after)
    run.page.wait_for_selector("#draft-alert:has-text('No connection.')")
    run.page.context.set_offline(False)
    run.assert_kept()


def answer_lost(run):
    """The draft arrives, and its answer does not."""

    def swallow(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    run.page.route("**/change/", swallow)
    run.type(run.before)
    run.page.wait_for_selector("#draft-alert:has-text('No connection.')")
    run.page.unroute("**/change/")
    run.type(run.after)
    run.assert_kept()
    assert run.page.locator(".conflict").count() == 0


def tab_closed(run):
    run.type(run.text)
    run.page.close()
    page = run.page.context.new_page()
    page.goto(url(run.claim))
    run.wait_for_text(page)
    run.assert_kept(page)


def tab_closed_without_network(run):
    run.type(run.before)
    run.page.context.set_offline(True)
    run.type(run.after)
    run.page.close()
    run.page.context.set_offline(False)
    page = run.page.context.new_page()
    page.goto(url(run.claim))
    run.wait_for_text(page)
    run.assert_kept(page)
    wait_until(page, "!Object.keys(localStorage).some((key) => key.startsWith('draft:'))")


def second_tab(run):
    other = run.page.context.new_page()
    other.goto(url(run.claim))
    run.type(run.before)
    run.page.wait_for_selector(KEPT)
    run.type(run.after, other)
    other.wait_for_selector(".conflict")
    assert run.before in other.inner_text(".conflict") and other.input_value(RATIONALE) == run.after
    other.click("text=Put both together")
    other.wait_for_selector("text=copied into yours")
    assert run.draft().rationale == f"{run.after.strip()}\n\n{run.before}"
    # The first tab goes on typing, and is told in its turn.
    run.type("!")
    run.page.wait_for_selector(".conflict")
    run.page.click("text=Take the other one")
    run.page.wait_for_selector("text=Your other draft is here.")
    assert run.page.input_value(RATIONALE) == run.draft().rationale


def two_people(run):
    """A colleague takes the claim over while one is typing."""
    editor = factories.make_user("editor")
    theirs = run.sign_in(editor)
    run.type(run.before)
    theirs.goto(url(run.claim))
    theirs.click("button:has-text('Take over')")
    theirs.wait_for_selector("text=Taken over from")
    theirs.locator(RATIONALE).press_sequentially("Counted by the Editor.")
    theirs.wait_for_selector(KEPT)
    run.type(run.after)
    run.assert_kept()
    assert run.draft(editor).rationale == "Counted by the Editor."
    run.page.keyboard.press("Control+Enter")
    run.page.wait_for_selector("text=is working on this claim")
    assert run.page.input_value(RATIONALE) == run.text
    theirs.reload()
    theirs.click(f"summary:has-text('Draft of {run.user}')")
    theirs.click("text=Copy into mine")
    theirs.wait_for_selector("text=copied into yours")
    assert run.draft(editor).rationale == f"Counted by the Editor.\n\n{run.text}"
    assert run.draft().rationale == run.text


def older_token(run):
    """One signs in again in another tab, and decides in this one before it has noticed."""
    run.type(run.before)
    page = run.page
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    Session.objects.all().delete()
    sign_in_again(page.context.new_page(), run.user)
    run.type(run.after)
    page.click("text=Half true")
    page.fill("#id_evidence-0-url", "https://roads.example/count")
    page.check("[name=evidence-0-stance][value=refutes]")
    page.evaluate("HTMLFormElement.prototype.submit.call(document.getElementById('decision'))")
    page.wait_for_selector("text=This was not sent")
    assert run.text in page.inner_text("main")
    page.click("text=Back to the page")
    run.wait_for_text(page)
    run.assert_kept()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=What readers will see")
    page.wait_for_load_state()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Readers find it here:")
    assert Claim.objects.get(pk=run.claim.pk).reviews.get(to_status="checked").rationale == run.text
    wait_until(page, "!Object.keys(localStorage).some((key) => key.startsWith('draft:'))")


def another_person(run):
    """Somebody else signs in in this browser: the text is neither sent as theirs nor shown to them."""
    colleague = factories.make_user("moderator")
    colleague.set_password(PASSWORD)
    colleague.save()
    run.type(run.before)
    run.page.wait_for_selector(KEPT)
    Session.objects.all().delete()
    other = run.page.context.new_page()
    sign_in_again(other, colleague)
    run.type(run.after)
    run.page.wait_for_selector(f"#draft-alert:has-text('{colleague} is signed in here now.')")
    other.goto(url(run.claim))
    assert run.after not in other.content()
    assert not Draft.objects.filter(author=colleague).exists() and run.draft().rationale == run.before
    run.page.close()
    other.click("#user-tools summary")
    other.click("#logout-form button")
    other.wait_for_selector("#id_login")
    sign_in_again(other, run.user)
    other.goto(url(run.claim))
    run.assert_kept(other)


def signed_out_oneself(run):
    """Whoever signs out leaves nothing in the browser, and all of it on the server."""
    run.type(run.text)
    run.page.click("#user-tools summary")
    run.page.click("#logout-form button")
    run.page.wait_for_selector("#id_login")
    wait_until(run.page, "!Object.keys(localStorage).some((key) => key.startsWith('draft:'))")
    assert run.draft().rationale == run.text


FAULTS = [
    session_ended,
    cookies_gone,
    network_cut,
    answer_lost,
    tab_closed,
    tab_closed_without_network,
    second_tab,
    two_people,
    older_token,
    another_person,
    signed_out_oneself,
]
RUNS = int(os.environ.get("DRAFT_RUNS", len(FAULTS)))


@pytest.mark.parametrize("number", range(RUNS), ids=lambda n: f"{FAULTS[n % len(FAULTS)].__name__}-{n}")
def test_no_character_is_lost(sign_in, new_page, live_server, number):
    new_page.expected = ("Failed to load resource",)
    FAULTS[number % len(FAULTS)](Run(number, sign_in))

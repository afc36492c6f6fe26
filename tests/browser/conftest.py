"""Debian's chromium under Playwright. A script error, or a violation of the CSP, fails the test."""

import os
from pathlib import Path

import pytest

from tests import factories

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "correct-horse-battery"
LOOKS = [("light", 1280), ("dark", 400)]


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    # Playwright keeps an event loop on this thread, which Django takes for a sign of asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(chromium, live_server):
    """Return a function that opens a page in a new browser profile. Errors in its console fail the test."""
    complaints, contexts = [], []

    def make(**options):
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    make.complaints = complaints
    # What a test provokes: the browser logs each refusal and each failure of the network as an error of its own.
    make.expected = ()
    yield make
    for context in contexts:
        context.close()
    assert [text for text in complaints if not any(part in text for part in make.expected)] == []


@pytest.fixture
def faults(new_page):
    """Return a function that lists the faults of a page in each look: axe's violations, and more width than the window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def look(page, looks=LOOKS):
        assert new_page.complaints == []
        found = []
        for scheme, width in looks:
            # With reduced motion, colours change at once: axe would measure those of a transition.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            found += [
                f"{scheme} {violation['id']}: {node['html'][:200]}"
                for violation in axe.run(page).response["violations"]
                for node in violation["nodes"]
            ]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{scheme}: wider than its window")
        # axe tries inline styles out, which the policy rightly stops.
        new_page.complaints.clear()
        return found

    return look


@pytest.fixture
def sign_in(new_page):
    """Return a function that signs in a user of a role by the form, and returns the page."""

    def sign_in(user, **options):
        user.set_password(PASSWORD)
        user.save()
        page = new_page(**options)
        page.goto("/admin/")
        page.fill("#id_login", user.username)
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("text=The desk")
        return page

    return sign_in


@pytest.fixture
def moderator(live_server):
    return factories.make_user("moderator")


@pytest.fixture
def editor(live_server):
    return factories.make_user("editor")

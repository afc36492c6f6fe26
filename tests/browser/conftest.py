"""Debian's chromium under Playwright. A script error, or a violation of the CSP, fails the test."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

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
# Colours, width, and the direction that the page is turned to: each colour, width and direction once.
LOOKS = [("light", 1280, "ltr"), ("dark", 400, "rtl")]


def wait_until(page, expression, seconds=30):
    """Wait until an expression is true in the page. (Playwright's wait_for_function asks again by eval, which the CSP refuses.)"""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression


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
        own = page.evaluate("document.documentElement.dir")
        for scheme, width, direction in looks:
            # With reduced motion, colours change at once: axe would measure those of a transition.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            for turned in {own, direction}:
                page.evaluate("dir => { document.documentElement.dir = dir; }", turned)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{scheme} {turned}: wider than its window")
            page.evaluate("dir => { document.documentElement.dir = dir; }", direction)
            found += [
                f"{scheme} {direction} {violation['id']}: {node['html'][:200]}"
                for violation in axe.run(page).response["violations"]
                for node in violation["nodes"]
            ]
        page.evaluate("dir => { document.documentElement.dir = dir; }", own)
        # axe tries inline styles out, which the policy rightly stops.
        new_page.complaints.clear()
        return found

    return look


@pytest.fixture
def sign_in(new_page, live_server):
    """Return a function that opens the desk for somebody who is signed in, with a password for the next time.

    It gives the browser a session, which takes less time than the form; test_signing_in.py and test_deciding.py use that one.
    """

    def sign_in(user, **options):
        user.set_password(PASSWORD)
        user.save()
        client = Client()
        client.force_login(user)
        page = new_page(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        page.goto("/admin/")
        page.wait_for_selector("text=The desk")
        return page

    return sign_in


@pytest.fixture
def moderator(live_server):
    return factories.make_user("moderator")


@pytest.fixture
def editor(live_server):
    return factories.make_user("editor")

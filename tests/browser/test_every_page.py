"""axe looks at every page of the desk and of the public site: light, dark, narrow, and from right to left.

Nobody lists the pages. The test follows the links of each page, and opens one page of each route.
"""

from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse

from claims import curating
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RIGHT_TO_LEFT = [("light", 400), ("dark", 1280)]
# Not pages of ours: the documentation of the API is Swagger's.
ELSEWHERE = ("/api/", "/static/")
STARTS = ["/admin/", "/", reverse("figures")]


@pytest.fixture
def ledger(editor):
    claims = {status: factories.make_claim(status, topics=["traffic"]) for status in factories.WAYS}
    checked = claims["checked"]
    factories.step(checked, "checked", by=editor, verdict="half_true", rationale="Counted again.")
    curating.ask(claim=claims["unverified"], by=editor, person=editor, due=None, priority="high")
    twin = factories.make_claim("unverified", speaker=claims["unverified"].speaker)
    curating.merge_claims(loser=twin, winner=claims["unverified"], reason="The same.", by=editor)
    curating.save_draft(claim=claims["in_review"], by=editor, verdict="false", rationale="Half.")
    factories.make_external_review(checked)
    snapshot = checked.appearances.get().snapshot
    factories.make_snapshot(factories.TEXT.replace("nine", "four"), article=snapshot.article)
    return claims


def route(address):
    """Return the name of the route of an address of this site, or None."""
    parts = urlsplit(address)
    if parts.path.startswith(ELSEWHERE):
        return None
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    return found.view_name or found.func


def every_page(page, site):
    """Open one page of each route that links lead to, and yield its address."""
    waiting, seen = deque(f"{site}{start}" for start in STARTS), set()
    while waiting:
        address = waiting.popleft()
        if (name := route(address)) is None or name in seen:
            continue
        seen.add(name)
        # A download, or a redirect to an address that is seen by itself.
        answer = page.request.get(address, max_redirects=0)
        if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            waiting.extend(f"{site}{answer.headers['location']}" for _ in range("location" in answer.headers))
            continue
        page.goto(address)
        waiting.extend(
            link for link in page.evaluate("[...document.links].map(link => link.href)") if link.startswith(site)
        )
        yield urlsplit(address).path


def test_no_page_has_a_violation_in_any_look(sign_in, faults, editor, ledger, live_server):
    page = sign_in(editor)
    found, opened = {}, []
    for language, looks in (("en", [("light", 1280), ("dark", 400)]), ("ar", RIGHT_TO_LEFT)):
        editor.language = language
        editor.save()
        for path in every_page(page, live_server.url):
            if language == "en" or path.startswith(("/admin/", "/ar/")):
                opened.append(path)
                found[path, language] = faults(page, looks)
    if told := [f"{path} ({language}): {fault}" for (path, language), each in found.items() for fault in each]:
        pytest.fail("\n".join(told))
    assert len(opened) > 60


def test_strangers_find_no_violation_either(new_page, faults, live_server, db):
    page = new_page()
    found = {}
    for path in ("/admin/login/", "/admin/login/?language=ar", "/claims/999999/", "/ar/"):
        page.goto(path)
        new_page.complaints.clear()
        found[path] = faults(page)
    assert {name: told for name, told in found.items() if told} == {}

"""axe looks at every page of the desk and of the public site: light, dark, narrow, and from right to left.

Nobody lists the pages. The test follows the links of each page, opens one page of each route, and fails if there is a route that
it has not met. What is only seen after a form was sent is in the other files of this folder.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from claims import curating
from claims.models import RationaleTemplate, SourceChange
from claims.webhooks.subscribing import create_webhook, send_test
from claimtrack import tokens
from claimtrack.admin import ReadOnlyAdmin
from sources.ingesting import fetches
from sources.models import Reading
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The language of the desk, the namespace of the public pages in it, and how both are looked at.
WALKS = [
    ("en", "pages", [("light", 1280, "ltr"), ("dark", 400, "ltr")]),
    ("ar", "ar", [("light", 400, "rtl"), ("dark", 1280, "rtl")]),
]
# Not pages of ours: the documentation of the API is Swagger's.
ELSEWHERE = (
    "/api/",
    "/static/",
    "/annotations/",
    "/feeds/",
    "/v1alpha1/",
    "/admin/account/logout/",
    "/admin/logout/",
    "/log/",
)
# These pages are the same for every table.
ALIKE = ("history", "delete")
# Redirects, downloads, what only scripts ask for, and what answers to POST alone.
NO_PAGES = {
    "autocomplete", "catalog", "claims_claim_choose", "claims_claim_csv", "claims_claim_ndjson", "claims_claim_session",
    "claims_merge_undo", "claims_speaker_choose", "claims_topic_slugs", "figures-file", "figures-pack", "jsi18n", "login",
    "mfa_download_recovery_codes", "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "oidc_login", "password_change",
    "robots", "sitemap", "sitemap-part", "sources_article_language", "view_on_site",
    # No list leads to these, since theirs shows all of a row.
    "claims_inquiry_change", "claims_sourcedecision_change", "sources_reading_change",
}  # fmt: skip
# Nobody adds rows to these tables by a form.
REFUSED = {
    "claims_externalreview_add", "claims_inquiry_add", "claims_merge_add", "claims_review_add", "claims_sourcedecision_add",
    "claimtrack_job_add", "mfa_authenticator_add", "row add",
    "socialaccount_socialaccount_add", "sources_fetch_add", "sources_reading_add", "sources_snapshot_add",
}  # fmt: skip
# Where links alone do not lead: other tests of this folder go there.
IN_OTHER_FILES = {
    "test_accessibility.py": {"claims_claim_bulk", "claims_claim_decided", "claims_claim_readers"},
    "test_importing.py": {"claims_claim_import_file"},
    "test_signing_in.py": {
        "account_login", "account_reset_password_from_key", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate",
        "mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_generate_recovery_codes", "mfa_reauthenticate",
        "mfa_remove_webauthn", "mfa_view_recovery_codes", "oidc_callback", "socialaccount_login_error",
    },
}  # fmt: skip


@pytest.fixture
def administrator(live_server):
    return factories.make_user(is_superuser=True, is_staff=True, username="ada")


@pytest.fixture
def ledger(administrator):
    claims = {status: factories.make_claim(status, topics=["traffic"]) for status in factories.WAYS}
    checked, unverified, in_review = claims["checked"], claims["unverified"], claims["in_review"]
    factories.step(checked, "checked", by=administrator, verdict="half_true", rationale="Counted again.")
    curating.ask(claim=unverified, by=administrator, person=administrator, due=date(2020, 5, 1), priority="high")
    twin = factories.make_claim("unverified", speaker=unverified.speaker)
    curating.merge_claims(loser=twin, winner=unverified, reason="The same.", by=administrator)
    curating.take_over(claim=in_review, by=administrator, expected=None)
    curating.save_draft(claim=in_review, by=administrator, verdict="false", rationale="Half.")
    curating.comment(claim=in_review, by=factories.make_user("editor"), text=f"@{administrator} Which bridge?")
    curating.judge_distinct(a=checked, b=in_review, by=administrator)
    factories.make_external_review(checked)
    snapshot = checked.appearances.get().snapshot
    factories.make_snapshot(factories.TEXT.replace("nine", "four"), article=snapshot.article)
    fetches.ask(by=administrator, url="https://paper.example/slow")
    asked = {"asked_for": "reply", "channel": "phone", "asked_on": "2026-01-05", "text": "Why?"}
    curating.inquire(claim=checked, by=administrator, **asked)
    curating.compare(snapshot.article, by=administrator)
    change = SourceChange.objects.earliest("pk")
    curating.decide_source(change=change.pk, later=change.later_id, by=administrator, decision="corrected")
    now = timezone.now()
    Reading.objects.create(url="https://paper.example/gone", outcome="gone", status=404, read_at=now, due_at=now)
    RationaleTemplate.objects.create(name="Numbers", text="The office counted:")
    Authenticator.objects.create(user=checked.created_by, type="totp", data={})
    SocialAccount.objects.create(user=checked.created_by, provider="oidc", uid="8f3a")
    tokens.create_token(by=administrator, user=administrator, scope="read", name="Night import")
    webhook = create_webhook(
        by=administrator, name="Newsroom", endpoint="https://news.example/", filters="status=checked"
    )
    send_test(webhook=webhook, by=administrator)
    return claims


def kind(name, view):
    """Return what a route is called here. Some pages are the same for each table, and so are those of tables that only verbs write."""
    table, page = getattr(view, "model_admin", None), name.rpartition("_")[2]
    if table and page in ALIKE:
        return page
    if isinstance(table, ReadOnlyAdmin) and not table.heading:
        return f"row {page}"
    return name


def patterns(resolver=None, before=""):
    """Yield each route with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern) and pattern.name and not f"/{route.lstrip('^')}".startswith(ELSEWHERE):
            yield route, pattern


def met(address, pages):
    """Return the kind of page that an address of this site has, or None. `pages`: the namespace of the public pages to see."""
    path = urlsplit(address).path
    if path.startswith(ELSEWHERE):
        return None
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return kind(found.url_name, found.func) if found.url_name and {*found.namespaces} <= {"admin", pages} else None


def every_page(page, site, pages) -> Iterator[tuple[str, str]]:
    """Open one page of each kind, and yield its kind and path."""
    alone = (f"/{route}" for route, _ in patterns() if route.startswith("admin/") and not set("<(") & set(route))
    waiting = deque(f"{site}{path}" for path in ("/admin/", reverse(f"{pages}:front"), *alone))
    seen = set()
    while waiting:
        address = waiting.popleft()
        name = met(address, pages)
        if name is None or name in seen or name in NO_PAGES:
            continue
        seen.add(name)
        answer = page.goto(address)
        if (found := met(page.url, pages)) is None or (found != name and found in seen):
            # A redirect to a page that is seen anyway.
            continue
        seen.add(found)
        if answer.status in (200, 413) and answer.headers["content-type"].startswith("text/html"):
            links = page.evaluate("[...document.links].map(link => link.href)")
            waiting.extend(link for link in links if link.startswith(site))
            yield found, urlsplit(page.url).path


def test_no_page_has_a_violation_in_any_look(new_page, sign_in, faults, administrator, ledger, live_server):
    page = sign_in(administrator)
    found, walked = [], set()
    for language, pages, looks in WALKS:
        administrator.language = language
        administrator.save()
        for name, path in every_page(page, live_server.url, pages):
            # The browser reports the status of what is no page.
            new_page.complaints[:] = [text for text in new_page.complaints if "Failed to load resource" not in text]
            walked.add(name)
            found += [f"{path} ({language}): {fault}" for fault in faults(page, looks)]
    new_page.complaints.clear()
    assert not found, "\n".join(found)
    left = {kind(pattern.name, pattern.callback) for _, pattern in patterns()} - walked
    assert left == NO_PAGES.union(REFUSED, *IN_OTHER_FILES.values())


def test_strangers_find_no_violation_either(new_page, faults, live_server, db):
    page = new_page()
    found = {}
    for path in ("/admin/login/?language=ar", "/claims/999999/", "/ar/claims/999999/"):
        page.goto(path)
        new_page.complaints.clear()
        found[path] = faults(page)
    assert {name: told for name, told in found.items() if told} == {}

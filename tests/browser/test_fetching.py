"""A page is fetched while somebody waits: an article's page goes on by itself, and evidence is quoted from once it is there."""

from functools import partial

import pytest
from django.urls import reverse

from sources.ingesting import fetches, ingest
from sources.models import Article, Fetch
from tests import factories
from tests.sources.ingesting.pages import BODY, URL, page, serving

pytestmark = pytest.mark.browser


def test_pages_go_on_by_themselves(sign_in, faults, moderator, monkeypatch):
    monkeypatch.setattr("sources.ingesting.fetches.ingest", partial(ingest, fetcher=serving(page())))
    desk = sign_in(moderator)
    desk.goto("/admin/sources/article/add/")
    desk.fill("#id_url", URL)
    desk.click("text=Add the article")
    desk.wait_for_selector("text=No worker is running")
    assert faults(desk) == []
    fetches.run(Fetch.objects.get().pk)
    desk.wait_for_selector("text=Article added.")
    assert desk.url.endswith(reverse("admin:sources_article_change", args=[Article.objects.get().pk]))

    claim = factories.make_claim("unverified")
    factories.step(claim, "in_review", by=moderator)
    desk.goto(reverse("admin:claims_claim_change", args=[claim.pk]))
    desk.fill("#id_evidence-0-url", "https://tidende.example/2026/brewery")
    desk.fill("#id_evidence-0-quote", BODY[2])
    desk.click("text=Fetch the page and look for the quote")
    desk.wait_for_selector("#evidence-rows >> text=No worker is running")
    desk.fill("#id_rationale", "Typed meanwhile.")
    fetches.run(Fetch.objects.waiting().get().pk)
    desk.wait_for_selector("#evidence-rows >> text=The source says so:")
    assert desk.input_value("#id_evidence-0-snapshot") and desk.input_value("#id_rationale") == "Typed meanwhile."

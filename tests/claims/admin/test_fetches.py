"""An address that is submitted at the desk is fetched by a job. Its page goes on by itself, or back to the form."""

from functools import partial

import pytest
from django.urls import reverse

from sources.ingesting import ingest
from sources.models import Article, Fetch
from sources.pages.fetching import FetchError
from tests import factories
from tests.jobs import run_jobs
from tests.sources.ingesting.pages import BODY, URL, page, serving

pytestmark = pytest.mark.django_db

ADD = reverse("admin:sources_article_add")
JSON = {"Accept": "application/json"}


def serve(monkeypatch, fetcher):
    monkeypatch.setattr("sources.ingesting.fetches.ingest", partial(ingest, fetcher=fetcher))


def too_large(url, *, user_agent):
    raise FetchError("too_large", "The page is too large.")


def submitted(desk, **form):
    answer = desk.post(ADD, {"url": URL, **form})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def shown(answer):
    return answer.content.decode()


def test_it_works(desk, monkeypatch):
    serve(monkeypatch, serving(page()))
    waits = submitted(desk, title="The mill")
    told = shown(desk.get(waits))
    assert URL in told and "No worker is running: it will be fetched as soon as one is." in told
    assert '<meta http-equiv="refresh" content="3">' in told, "without a script too"
    before = desk.get(waits, headers=JSON).json()
    assert f'data-fetch="{before["stamp"]}"' in told

    run_jobs()
    assert desk.get(waits, headers=JSON).json() != before
    answer = desk.get(waits, follow=True)
    article = Article.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:sources_article_change", args=[article.pk])
    assert "Article added." in shown(answer) and article.title == "The mill"


def test_a_refusal_is_shown_in_the_form_with_what_was_typed(desk, monkeypatch):
    serve(monkeypatch, too_large)
    waits = submitted(desk, title="The mill", language="en")
    run_jobs()
    answer = desk.get(waits, follow=True)
    form = answer.context["form"]
    assert form.errors["url"] == ["The page is too large."]
    assert (form["title"].value(), form["language"].value(), form["url"].value()) == ("The mill", "en", URL)
    assert answer.redirect_chain[-1][0].startswith(ADD)


def test_it_is_stopped_and_goes_back_to_the_form(desk):
    waits = submitted(desk, title="The mill")
    answer = desk.post(waits, follow=True)
    assert answer.context["form"]["title"].value() == "The mill"
    assert "It was stopped before the page was fetched." in shown(answer)


def test_what_can_be_refused_at_once_is(desk):
    answer = desk.post(ADD, {"url": "nowhere", "title": "The mill"})
    assert answer.context["form"].errors["url"] and not Fetch.objects.exists()


def test_the_workbench_takes_a_newer_text(desk, monkeypatch):
    serve(monkeypatch, serving(page()))
    article = factories.make_snapshot(canonical_url=URL, source=factories.make_source("tidende.example")).article
    bench = reverse("admin:sources_article_change", args=[article.pk])
    waits = desk.post(bench, {"newer": "", "action": "snapshot"})["Location"]
    run_jobs()
    answer = desk.get(waits, follow=True)
    assert "A new snapshot. No quote was moved." in shown(answer) and BODY[0] in shown(answer)


def test_the_workbench_shows_a_refusal(desk, monkeypatch):
    serve(monkeypatch, too_large)
    article = factories.make_snapshot(canonical_url=URL, source=factories.make_source("tidende.example")).article
    bench = reverse("admin:sources_article_change", args=[article.pk])
    waits = desk.post(bench, {"newer": "", "action": "snapshot"})["Location"]
    run_jobs()
    answer = desk.get(waits, follow=True)
    assert answer.context["newer"].errors["newer"] == ["The page is too large."]


def test_what_somebody_else_asked_for_is_a_moderators_to_see(client, desk, monkeypatch):
    waits = submitted(desk)
    client.force_login(factories.make_user("contributor"))
    assert client.get(waits).status_code == 302 and client.get(f"{ADD}?fetch=1").status_code == 200
    assert URL not in shown(client.get(reverse("admin:sources_fetch_changelist")))
    client.force_login(factories.make_user("moderator"))
    assert URL in shown(client.get(waits)) and URL in shown(client.get(reverse("admin:sources_fetch_changelist")))

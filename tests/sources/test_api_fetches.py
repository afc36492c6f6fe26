"""POST of an article with `Prefer: respond-async`: a job fetches the page, and an address says what came of it."""

from functools import partial
from threading import BoundedSemaphore

import pytest

from sources.ingesting import ingest
from sources.models import Article, Fetch
from sources.pages.fetching import FetchError
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_source, make_user
from tests.jobs import run_jobs
from tests.sources.ingesting.pages import URL, page, serving

pytestmark = pytest.mark.django_db

ARTICLES = "/api/v1/articles/"
ASYNC = {"Prefer": "respond-async, wait=100"}


def too_large(url, *, user_agent):
    raise FetchError("too_large", "The page is too large.")


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr("sources.ingesting.fetches.ingest", partial(ingest, fetcher=serving(page())))


@pytest.fixture
def token(db):
    return make_token("contributor")


def post(client, token, body=None, **headers):
    return client.post(
        ARTICLES, {"url": URL, **(body or {})}, "application/json", headers={**bearing(token), **headers}
    )


def test_it_works(client, token, served):
    answer = post(client, token, {"title": "The mill", "published_at": "2026-03-01"}, **ASYNC)
    assert (answer.status_code, answer["Preference-Applied"]) == (202, "respond-async")
    waiting = client.get(answer["Location"], headers=bearing(token))
    assert (waiting["Retry-After"], waiting.json()) == ("2", answer.json())
    assert (answer.json()["state"], answer.json()["article"]) == ("waiting", None)

    run_jobs()
    done = client.get(answer["Location"], headers=bearing(token)).json()
    assert (done["state"], done["ingested"]["article_is_new"], done["problem"]) == ("done", True, None)
    article = client.get(done["article"], headers=bearing(token)).json()
    assert (article["title"], article["published_at"]) == ("The mill", "2026-03-01")
    assert article["current_snapshot"] == done["ingested"]["snapshot"]


def test_a_job_may_do_no_more_than_the_token(client, served):
    """A Moderator may add the host of a page to a source by its name; by this token, only what a Contributor may."""
    make_source("paper.example", name="The Paper")
    token = make_token("moderator", scope="propose")
    answer = post(client, token, {"source_name": "The Paper"}, **ASYNC)
    run_jobs()
    told = client.get(answer["Location"], headers=bearing(token)).json()
    assert told["problem"]["code"] == "source_other_domain"


def test_a_refusal_is_a_problem_document(client, token, monkeypatch):
    monkeypatch.setattr("sources.ingesting.fetches.ingest", partial(ingest, fetcher=too_large))
    answer = post(client, token, **ASYNC)
    run_jobs()
    told = client.get(answer["Location"], headers=bearing(token)).json()
    assert (told["state"], told["article"]) == ("failed", None)
    problem = told["problem"]
    assert (problem["status"], problem["code"], problem["field"]) == (400, "too_large", "url")
    assert problem["detail"] == "The page is too large."


def test_what_needs_no_page_is_refused_at_once(client, token):
    answer = post(client, token, {"language": "no such language"}, **ASYNC)
    assert (answer.status_code, answer.json()["field"]) == (400, "language")
    assert not Fetch.objects.exists()


def test_a_key_asks_once(client, token):
    key = {"Idempotency-Key": "mill"}
    first, again = (post(client, token, **ASYNC, **key) for _ in range(2))
    assert (again.status_code, again["Location"], again["Idempotent-Replayed"]) == (202, first["Location"], "true")
    assert Fetch.objects.count() == 1


def test_a_text_is_recorded_at_once_all_the_same(client, token):
    assert post(client, token, {"text": "The mill was sold."}, **ASYNC).status_code == 201


def test_without_the_preference_it_is_fetched_in_the_request(client, token, monkeypatch):
    monkeypatch.setattr("sources.views.ingest", partial(ingest, fetcher=serving(page())))
    assert post(client, token).status_code == 201
    assert (Article.objects.count(), Fetch.objects.count()) == (1, 0)


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "mill"}])
def test_so_many_are_fetched_in_requests_at_a_time(client, token, monkeypatch, headers):
    none = BoundedSemaphore(1)
    none.acquire()
    monkeypatch.setattr("claimtrack.api.fetching.free", none)
    answer = post(client, token, **headers)
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "too_many_fetches", "10")
    assert post(client, token, {"text": "The mill was sold."}).status_code == 201, (
        "what is not fetched waits for nobody"
    )
    none.release()
    monkeypatch.setattr("sources.views.ingest", partial(ingest, fetcher=serving(page())))
    assert post(client, token, **headers).status_code == 201, "a key keeps no 503"


def test_it_is_for_whoever_asked_and_moderators(client, token):
    place = post(client, token, **ASYNC)["Location"]
    codes = {
        role: client.get(place, headers=bearing(make_token(role))).status_code for role in ("contributor", "moderator")
    }
    assert codes == {"contributor": 404, "moderator": 200}
    assert client.get(place).status_code == 404
    client.force_login(make_user())
    assert client.get(place).status_code == 404

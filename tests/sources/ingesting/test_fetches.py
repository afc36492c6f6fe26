"""Jobs fetch pages for the person who asked. A row has the result."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from claimtrack.jobs import MAX_ATTEMPTS
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from sources.ingesting import fetches, ingest
from sources.models import Article, Fetch, Snapshot
from sources.pages.fetching import FetchError, fetch
from sources.tasks import clean_up
from tests.factories import make_user
from tests.jobs import run_jobs
from tests.sources.ingesting.pages import BODY, URL, page, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(db):
    return make_user("contributor")


@pytest.fixture(autouse=True)
def web(monkeypatch):
    """Let fetches see this page at every address, or the error that is given."""

    def serve(fetcher):
        monkeypatch.setattr("sources.ingesting.fetches.ingest", partial(ingest, fetcher=fetcher))

    serve(serving(page()))
    return serve


def failing(code):
    def fetcher(url, *, user_agent):
        raise FetchError(code, "It did not work.")

    return fetcher


def job():
    return ProcrastinateJob.objects.get(task_name="sources.fetch")


def test_it_works(asker):
    row = fetches.ask(by=asker, url=URL, title="Mine", published_at=date(2026, 3, 1))
    assert (row.state, Article.objects.count()) == ("waiting", 0)
    assert run_jobs() == 1
    row.refresh_from_db()
    assert (row.state, row.article_is_new, row.snapshot_is_new, row.attempts) == ("done", True, True, 1)
    article = row.snapshot.article
    assert (article.title, article.published, article.created_by) == ("Mine", "2026-03-01", asker)
    assert BODY[0] in row.snapshot.text


def test_warnings_are_kept(asker):
    row = fetches.ask(by=asker, url=URL, source_name="n/a")
    run_jobs()
    row.refresh_from_db()
    [warning] = [one for one in row.warnings if one.code == "source_name_left_out"]
    assert warning.detail == "“n/a” names nobody and is left out."
    assert warning.detail.template == "“%(name)s” names nobody and is left out."


def test_who_asks_twice_gets_the_same(asker):
    assert fetches.ask(by=asker, url=URL) == fetches.ask(by=asker, url=URL)
    assert fetches.ask(by=asker, url=URL, title="Another") != fetches.ask(by=make_user("contributor"), url=URL)
    assert ProcrastinateJob.objects.count() == 3


def test_a_refusal_stands_on_the_row_and_is_not_tried_again(asker, web):
    web(failing("too_large"))
    row = fetches.ask(by=asker, url=URL)
    assert run_jobs() == 1
    row.refresh_from_db()
    assert (row.state, row.refusal.code, row.refusal.field, row.refusal.status) == ("failed", "too_large", "url", 400)


def test_private_networks_are_refused(asker, web):
    web(fetch)
    row = fetches.ask(by=asker, url="https://127.0.0.1/")
    run_jobs()
    row.refresh_from_db()
    assert row.refusal.code == "address_refused"


def test_what_needs_no_look_at_the_page_is_refused_at_once(asker):
    with pytest.raises(Invalid, match=r"2025-09-05|language|tag"):
        fetches.ask(by=asker, url=URL, language="no such language")
    with pytest.raises(Invalid) as refused:
        fetches.ask(by=asker, url="nowhere")
    assert (refused.value.code, refused.value.field) == ("url", "url")
    assert not Fetch.objects.exists()


def test_nobody_without_a_role(asker):
    with pytest.raises(NotAllowed):
        fetches.ask(by=make_user(), url=URL)


def test_the_role_is_checked_again(asker):
    row = fetches.ask(by=asker, url=URL)
    User.objects.filter(pk=asker.pk).update(is_active=False)
    run_jobs()
    row.refresh_from_db()
    assert (row.state, row.refusal.code, Article.objects.count()) == ("failed", "not_allowed", 0)


def test_what_is_temporary_is_tried_again_after_a_while(asker, web):
    web(failing("timeout"))
    row = fetches.ask(by=asker, url=URL)
    assert run_jobs() == 0
    assert (job().status, job().attempts, job().scheduled_at > timezone.now()) == ("todo", 1, True)
    with pytest.raises(fetches.TryAgain, match="It did not work"):
        fetches.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.refusal.code) == ("waiting", "timeout")
    web(serving(page()))
    fetches.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.refusal) == ("done", None)


def test_after_the_last_attempt_it_has_failed(asker, web):
    web(failing("connection"))
    row = fetches.ask(by=asker, url=URL)
    for _ in range(MAX_ATTEMPTS - 1):
        with pytest.raises(fetches.TryAgain):
            fetches.run(row.pk)
    fetches.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.refusal.code, row.attempts) == ("failed", "connection", MAX_ATTEMPTS)


def test_a_job_that_was_interrupted_records_a_text_once(asker, monkeypatch):
    row = fetches.ask(by=asker, url=URL)
    with monkeypatch.context() as dying:
        dying.setattr(fetches, "_settle", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fetches.run(row.pk)
    fetches.run(row.pk)
    row.refresh_from_db()
    assert (Article.objects.count(), Snapshot.objects.count(), row.article_is_new) == (1, 1, True)


def test_a_fetch_is_stopped(asker):
    row = fetches.ask(by=asker, url=URL)
    with pytest.raises(NotAllowed):
        fetches.stop(fetch=row, by=make_user("contributor"))
    fetches.stop(fetch=row, by=asker)
    run_jobs()
    row.refresh_from_db()
    assert (row.state, row.refusal.code, Article.objects.count()) == ("failed", "stopped", 0)


def test_one_person_queues_so_many(asker):
    for number in range(fetches.MOST_WAITING):
        fetches.ask(by=asker, url=f"{URL}/{number}")
    with pytest.raises(Conflict) as refused:
        fetches.ask(by=asker, url=URL)
    assert refused.value.code == "too_many_fetches"
    assert fetches.ask(by=make_user("contributor"), url=URL)


def test_what_no_job_fetches_any_more_is_closed_and_goes(asker):
    parked, waiting = fetches.ask(by=asker, url=URL), fetches.ask(by=asker, url=f"{URL}/2")
    Fetch.objects.filter(pk=parked.pk).update(job=None)
    clean_up()
    parked.refresh_from_db()
    waiting.refresh_from_db()
    assert (parked.state, parked.refusal.code, waiting.state) == ("failed", "job_failed", "waiting")
    Fetch.objects.filter(pk=parked.pk).update(ended_at=timezone.now() - timedelta(days=8))
    clean_up()
    assert list(Fetch.objects.all()) == [waiting]

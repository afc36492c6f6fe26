"""The list of jobs: administrators see them with their errors, and run parked ones again."""

import pytest

from claimtrack import jobs
from claimtrack.models import Job, User
from claimtrack.refusals import Conflict, NotAllowed
from tests.factories import make_user
from tests.jobs import run_jobs

URL = "/admin/claimtrack/job/"


@pytest.fixture
def admin(db):
    return User.objects.create_superuser("admin", password=None)


@pytest.fixture
def parked(db, monkeypatch):
    def fail(person):
        raise ValueError("No such mailbox.")

    monkeypatch.setattr("claims.notices.mail.send_at_once", fail)
    monkeypatch.setattr(jobs, "MAX_ATTEMPTS", 1)
    number = jobs.queue("claims.send_notices", person=7)
    run_jobs()
    monkeypatch.undo()
    return Job.objects.get(pk=number)


def test_it_works(client, admin, parked, django_assert_max_num_queries):
    client.force_login(admin)
    jobs.queue("claims.notices")
    with django_assert_max_num_queries(7):
        page = client.get(URL).text
    assert "Send an e-mail with notices" in page and "ValueError: No such mailbox." in page and "Waiting" in page
    assert "Tell what is due" not in client.get(f"{URL}?status=failed").text.partition("<table")[2]
    one = client.get(f"{URL}{parked.pk}/change/").text
    assert "person 7" in one and "No such mailbox." in one


def test_a_parked_job_is_run_again(client, admin, parked):
    client.force_login(admin)
    answer = client.post(URL, {"action": "run_again", "_selected_action": [parked.pk]}, follow=True)
    assert "is queued again" in answer.text
    assert Job.objects.get(pk=parked.pk).status == "todo"


def test_one_that_is_not_parked_is_not_run_again(admin, db):
    job = Job.objects.get(pk=jobs.queue("claims.notices"))
    with pytest.raises(Conflict) as refusal:
        jobs.run_again(by=admin, job=job)
    assert refusal.value.code == "job_not_parked"


def test_only_administrators_see_and_run_them(client, parked):
    editor = make_user("editor")
    client.force_login(editor)
    assert client.get(URL).status_code == 403
    assert URL not in client.get("/admin/").text
    with pytest.raises(NotAllowed):
        jobs.run_again(by=editor, job=parked)


def test_the_home_page_counts_what_is_parked(client, admin, parked):
    client.force_login(admin)
    page = client.get("/admin/").text
    assert "1 job that failed is parked" in page and f"{URL}?status=failed" in page

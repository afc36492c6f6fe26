"""Jobs are queued in the transaction that causes them, tried again, parked, and taken over from dead workers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import procrastinate_app
from procrastinate.contrib.django.models import ProcrastinateJob

from claimtrack import jobs
from claimtrack.jobs import MAX_ATTEMPTS, actors, in_one_line, stalled
from claimtrack.models import JOBS_ACCOUNT, JobError, KeptAnswer, RateCounter, User
from claimtrack.refusals import Conflict
from claimtrack.roles import Role, role_of
from claimtrack.tasks import clean_up
from tests.factories import make_user
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db
CALLS: list[int] = []
FAULTS: list[Exception] = []


@pytest.fixture(autouse=True)
def probe(monkeypatch):
    """A task that notes its calls and raises what it is told to."""
    CALLS.clear()
    FAULTS.clear()
    app = procrastinate_app.current_app
    monkeypatch.setattr(app, "tasks", dict(app.tasks))

    @jobs.task("tests.probe", "A probe")
    def probe(number: int) -> None:
        CALLS.append(number)
        if FAULTS:
            raise FAULTS[0]


def make_due():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")


def job():
    return ProcrastinateJob.objects.get(task_name="tests.probe")


def test_a_job_runs_once():
    jobs.queue("tests.probe", number=3)
    assert (run_jobs(), run_jobs(), CALLS, job().status) == (1, 0, [3], "succeeded")


def test_a_job_is_undone_with_its_transaction():
    with transaction.atomic():
        jobs.queue("tests.probe", number=3)
        transaction.set_rollback(True)
    assert run_jobs() == 0


def test_an_unknown_task_is_refused():
    with pytest.raises(LookupError, match="no task"):
        jobs.queue("tests.unknown")


def test_a_job_waits():
    jobs.queue("tests.probe", wait=timedelta(minutes=5), number=3)
    assert run_jobs() == 0
    make_due()
    assert run_jobs() == 1


def test_a_failure_is_tried_again_and_parked_in_the_end():
    FAULTS.append(ValueError("No such thing."))
    jobs.queue("tests.probe", number=3)
    waits = []
    for _ in range(MAX_ATTEMPTS):
        assert run_jobs() == 0
        waits.append(job().scheduled_at)
        make_due()
    assert (len(CALLS), job().status, job().attempts) == (MAX_ATTEMPTS, "failed", MAX_ATTEMPTS)
    assert [(error.attempt, error.error) for error in JobError.objects.order_by("pk")] == [
        (number, "ValueError: No such thing.") for number in range(1, MAX_ATTEMPTS + 1)
    ]
    assert waits[:-1] == sorted(waits[:-1])


def test_what_a_verb_refuses_is_not_tried_again():
    FAULTS.append(Conflict("It is gone.", code="gone"))
    jobs.queue("tests.probe", number=3)
    assert (run_jobs(), job().status, JobError.objects.get().error) == (0, "failed", "It is gone. (gone)")


def test_an_error_of_the_database_is_told_without_its_values():
    make_user("moderator", username="ostrow")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make_user("moderator", username="ostrow")
    assert "ostrow" in str(caught.value)
    assert "ostrow" not in in_one_line(caught.value)
    assert in_one_line(caught.value).startswith("IntegrityError: duplicate key value")


def kill_worker():
    """Leave the jobs that are due as a worker does that dies while it runs them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_register_worker_v1() AS w(id)")
        worker = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' WHERE id = %s", [worker]
        )


def test_the_job_of_a_dead_worker_is_run_by_another():
    jobs.queue("tests.probe", number=3)
    kill_worker()
    assert run_jobs() == 0
    stalled.resume()
    make_due()
    assert (run_jobs(), CALLS) == (1, [3])


def test_a_job_that_kills_its_workers_is_parked():
    jobs.queue("tests.probe", number=3)
    for _ in range(MAX_ATTEMPTS):
        kill_worker()
        stalled.resume()
        make_due()
    assert (run_jobs(), job().status, CALLS) == (0, "failed", [])
    assert JobError.objects.count() == MAX_ATTEMPTS


def test_what_is_over_is_cleaned_up(moderator):
    jobs.queue("tests.probe", number=3)
    run_jobs()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '2 days'")
    JobError.objects.create(job=0, attempt=1, error="Of a job that is gone.")
    old = KeptAnswer.objects.create(user=moderator, key="old", fingerprint="")
    KeptAnswer.objects.update(created_at=old.created_at - timedelta(days=2))
    new = KeptAnswer.objects.create(user=moderator, key="new", fingerprint="")
    RateCounter.objects.create(key="write 1", window=1, used=5)
    clean_up()
    assert not ProcrastinateJob.objects.exists() and not JobError.objects.exists() and not RateCounter.objects.exists()
    assert KeptAnswer.objects.get() == new


def test_the_account_of_the_desk_may_do_what_a_contributor_may():
    account = actors.desk()
    assert (account.username, role_of(account), actors.desk()) == (JOBS_ACCOUNT, Role.CONTRIBUTOR, account)


@pytest.mark.parametrize(
    "change",
    [{"password": "md5$x"}, {"email": "a@b.example"}, {"is_staff": True}, {"is_superuser": True}, {"username": "me"}],
    ids=lambda change: next(iter(change)),
)
def test_the_account_of_the_desk_cannot_sign_in(change):
    account = actors.desk()
    with pytest.raises(IntegrityError, match="jobs act") as caught:
        User.objects.filter(pk=account.pk).update(**change)
    assert caught.value.__cause__.diag.constraint_name == "jobs_account"


def test_a_person_keeps_the_role_of_now(moderator):
    assert role_of(actors.person(moderator.pk)) == Role.MODERATOR
    User.objects.filter(pk=moderator.pk).update(is_active=False)
    assert role_of(actors.person(moderator.pk)) == Role.NONE

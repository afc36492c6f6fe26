"""The nightly job verifies recent changes, and fails if something does not hold."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from claimtrack import jobs
from claimtrack.models import JobError
from tests import factories
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db


def test_it_works():
    factories.make_claim("checked")
    jobs.queue("claims.verify")
    assert run_jobs() == 1


def test_what_does_not_hold_parks_the_job():
    factories.make_claim("checked")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE claims_appearance SET quote = overlay(quote placing 'x' from 1)")
        cursor.execute("SET LOCAL session_replication_role = origin")
    jobs.queue("claims.verify")
    assert run_jobs() == 0
    assert ProcrastinateJob.objects.get(task_name="claims.verify").status == "failed"
    assert "every quote is the slice of its snapshot" in JobError.objects.get().error

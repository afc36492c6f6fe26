"""Work that is done after an answer was sent, in the thread of its request.

Such work may write although the request only reads. It can neither delay the answer nor make it fail.
"""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from django.core.signals import request_finished, request_started
from django.db import Error
from django.dispatch import receiver

Job = Callable[[], object]
logger = structlog.get_logger(__name__)


class _Thread(threading.local):
    """The jobs that the request of this thread leaves for later, None outside of requests."""

    jobs: list[Job] | None = None


_thread = _Thread()


def afterwards(job: Job) -> None:
    """Call `job` after the answer of the current request, or at once outside of requests. Errors of the database are logged."""
    if _thread.jobs is None:
        _run(job)
    else:
        _thread.jobs.append(job)


@receiver(request_started)
def _begin(**kwargs: Any) -> None:
    _thread.jobs = []


@receiver(request_finished)
def _finish(**kwargs: Any) -> None:
    jobs, _thread.jobs = _thread.jobs, None
    for job in jobs or ():
        _run(job)


def _run(job: Job) -> None:
    try:
        job()
    except Error as error:
        logger.warning("A note after an answer failed.", error=type(error.__cause__ or error).__name__)

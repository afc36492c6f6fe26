"""Measure what the detail of a claim is made of: the CPU of the application in one process, step by step.

    python -m bench.steps 2>/dev/null        without the lines that the requests log

Each figure is the least of several runs of one thread that serves one request after another, in microseconds. gunicorn and
PostgreSQL come on top. The database is that of 10,000 claims.
"""

import io
import os
import statistics
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from bench import data

SIZE = "10k"
os.environ |= {**data.environment(SIZE), "DJANGO_SETTINGS_MODULE": "claimtrack.settings"}

import django

django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.models import Claim
from claimtrack.db import statements

RUNS, REQUESTS = 15, 200
ROWS: list[statements.Record] = [(b"1", b"1", b"1", b"1", b"x" * 1000)]


def no_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"{}", content_type="application/json")


class NoView(APIView):
    def get(self, request: Request) -> Response:
        return Response({})


def at_once(sql: str, params: object) -> list[statements.Record]:
    return ROWS


def after_waiting(sql: str, params: object) -> list[statements.Record]:
    time.sleep(0.0002)
    return ROWS


def measure(address: str, view: Any = None, read: Any = statements._read, **changed: Any) -> float:
    """Return the microseconds of CPU that a request takes, with a view or a way to read the database instead of ours."""
    urls = (path(address[1:], view),) if view else "claimtrack.urls"
    with override_settings(ROOT_URLCONF=urls, **changed), patch.object(statements, "_read", read):
        application: Any = WSGIHandler()

        def ask() -> None:
            environ = {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": address,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "8000",
                "REMOTE_ADDR": "127.0.0.1",
                "wsgi.input": io.BytesIO(),
                "wsgi.url_scheme": "http",
            }
            answer = application(environ, lambda status, headers: None)
            b"".join(answer)
            answer.close()

        return least(ask)


def least(call: Callable[[], object]) -> float:
    call()
    found = []
    for _ in range(RUNS):
        began = time.thread_time()
        for _ in range(REQUESTS):
            call()
        found.append((time.thread_time() - began) / REQUESTS * 1e6)
    if statistics.median(found) > 1.5 * min(found):
        print("Something else uses this machine: measure again.")
    return min(found)


def main() -> None:
    data.ensure(SIZE)
    address = f"/api/v1/claims/{Claim.objects.public().latest('pk').pk}/"
    alone = measure(address, no_view, MIDDLEWARE=[])
    framework = measure(address, NoView.as_view(), MIDDLEWARE=[])
    view = measure(address, read=at_once, MIDDLEWARE=[])
    waiting = measure(address, read=after_waiting, MIDDLEWARE=[])
    silent = [one for one in settings.MIDDLEWARE if not one.endswith("RequestLog")]
    unlogged, logged = measure(address, no_view, MIDDLEWARE=silent), measure(address, no_view)
    steps = {
        "Django without middleware": alone,
        "Django REST framework": framework - alone,
        "the view, with its rows given": view - framework,
        "waiting 0.2 ms for them": waiting - view,
        "sending the statement, reading the rows": measure(address, MIDDLEWARE=[]) - waiting,
        "the line in the log and the request's id": logged - unlogged,
        "the other middleware": unlogged - alone,
        "a detail": measure(address),
    }
    for step, microseconds in steps.items():
        print(f"{step:44}{microseconds:5.0f}")


if __name__ == "__main__":
    main()

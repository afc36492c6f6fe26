"""A worker is killed in the middle of a fetch, and another one does it: once. FETCH_KILLS=100 kills it a hundred times."""

import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from sources.ingesting import fetches
from sources.models import Article, Fetch, Snapshot
from tests.factories import make_user
from tests.operations.test_worker import PATIENCE, bury_workers, wait_for, working
from tests.sources.ingesting.pages import page

KILLS = int(os.environ.get("FETCH_KILLS", "1"))
# A worker whose pages all come from the server of this test.
WORKER = """
import sys
from dataclasses import replace
from functools import partial
import django
django.setup()
from django.core.management import call_command
from sources.ingesting import fetches, ingest
from sources.pages.fetching import fetch
def fetcher(url, *, user_agent):
    here = fetch(sys.argv[1] + url.rpartition("/")[2], user_agent=user_agent, allow=frozenset({"127.0.0.1"}))
    return replace(here, url=url, final_url=url)
fetches.ingest = partial(ingest, fetcher=fetcher)
call_command("worker")
"""


class Slow(BaseHTTPRequestHandler):
    """Holds its answer until it is told to give it."""

    asked, go = Event(), Event()

    def do_GET(self):
        self.asked.set()
        self.go.wait(30)
        body = page(title=self.path).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args):
        """Say nothing: the worker that asked is dead."""


@pytest.fixture
def web() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Slow) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        Slow.go.set()
        server.shutdown()


@pytest.mark.slow
def test_a_worker_is_killed_in_the_middle(served, web):
    person = make_user("contributor")
    for number in range(KILLS):
        Slow.asked.clear()
        Slow.go.clear()
        row = fetches.ask(by=person, url=f"https://killed.example/{os.getpid()}-{number}")
        with working(served, command=("-c", WORKER, web)) as process:
            assert Slow.asked.wait(PATIENCE), "the page was not asked for"
            process.kill()
        bury_workers()
        Slow.go.set()
        waiting = Fetch.objects.waiting().filter(pk=row.pk)
        with working(served, command=("-c", WORKER, web)):
            wait_for(lambda waiting=waiting: not waiting.exists())
        row.refresh_from_db()
        assert (row.state, row.attempts, row.article_is_new) == ("done", 2, True)
        assert Article.objects.filter(canonical_url=row.url).count() == 1
        assert Snapshot.objects.filter(article=row.snapshot.article).count() == 1

from threading import Event, Thread

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from claims.models.document import catch_up, fill_absent
from claims.models.frequency import fold
from claims.webhooks import watching
from claimtrack.db import timeouts
from claimtrack.jobs import worker

PAUSE = 1.0  # seconds

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = (
        "Run jobs: e-mails, fetching, what is done every few minutes or every night. Besides, send what webhooks are to be "
        "told, compose documents of claims that are absent or stale and add up in how many claims each word occurs, as manage.py "
        "webhooks --watch and documents --watch do. Several workers share the work. Stop it with SIGTERM or "
        "Ctrl-C: it finishes the jobs at hand first."
    )

    def add_arguments(self, parser):
        parser.add_argument("--concurrency", type=int, default=4, help="Jobs at the same time (default: 4).")

    @timeouts.lifted()
    def handle(self, *args, concurrency, **options):
        stopping = Event()
        documents = Thread(target=keep_documents, args=[stopping], name="documents")
        webhooks = Thread(target=watching.watch, args=[stopping], name="webhooks")
        documents.start()
        webhooks.start()
        try:
            worker.run(concurrency=concurrency)
        finally:
            stopping.set()
            documents.join()
            webhooks.join()


@timeouts.lifted()
def keep_documents(stopping):
    """Catch up every second, which would be too many jobs to queue. Goes on when the database comes back."""
    is_full = False
    while not stopping.is_set():
        try:
            close_old_connections()
            is_full = is_full or fill_absent()
            catch_up()
            fold()
        except DatabaseError as error:
            log.warning("documents_lost_database", error=type(error).__name__)
        stopping.wait(PAUSE)

import time

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from claims.models.document import catch_up, fill_absent
from claims.models.frequency import fold
from claimtrack.db import timeouts

PAUSE = 1.0  # seconds


class Command(BaseCommand):
    help = (
        "Compose the documents of claims (their JSON, ready to be read) that are absent or stale, and add up in how many claims "
        "each word occurs. Reads are right without it, and faster after it. It is safe to run twice at once."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--watch",
            action="store_true",
            help="Go on with what becomes stale or is to be added up, until Ctrl-C.",
        )

    def get_check_kwargs(self, options):
        # Refuse the database of another version, as `migrate` does.
        return {**super().get_check_kwargs(options), "databases": [DEFAULT_DB_ALIAS]}

    @timeouts.lifted()
    def handle(self, *args, watch, **options):
        try:
            until_done(fill_absent)
            until_done(catch_up)
            fold()
            while watch:
                time.sleep(PAUSE)
                catch_up()
                fold()
        except KeyboardInterrupt:
            return


def until_done(step):
    while not step():
        time.sleep(PAUSE)

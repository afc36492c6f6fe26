import time
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

from claims.proof import verifying
from claims.proof.verifying.checks import Scope
from claimtrack.db import timeouts
from claimtrack.management.progress import Progress

SHOWN = 100  # findings of one check


class Command(BaseCommand):
    help = (
        "Read the whole ledger and say what does not hold: quotes, reviews, merges, histories, triggers, the log and what readers "
        "see. Exit status 1 if something does not. It changes nothing, and takes minutes with a million claims."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--since",
            type=since,
            metavar="DATE|ID",
            help="Only claims that changed since this date (2026-03-01), or from this id on. Triggers and the log are checked whole.",
        )
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="A checkpoint of the log that was kept elsewhere, which the log must extend. May be given several times.",
        )

    @timeouts.lifted()
    def handle(self, *args, since, checkpoint, verbosity, **options):
        # Cron sends by e-mail what a command prints.
        self.say = self.stdout.write if verbosity else str
        scope = Scope(since, {str(path): read(path) for path in checkpoint})
        failed = 0
        with verifying.snapshot():
            for check in verifying.CHECKS:
                failed += self.run(check, scope)
            for note in verifying.notes():
                self.say(f"note: {note}")
        if failed:
            raise CommandError(f"{failed} of {len(verifying.CHECKS)} do not hold.")
        self.say(f"All {len(verifying.CHECKS)} hold.")

    def run(self, check, scope):
        """Run a check and write what it finds. Return whether it found anything."""
        line = Progress(self.stderr)
        line.show(f"… {check.name}")
        began, count = time.monotonic(), 0
        for count, finding in enumerate(check.run(scope), 1):
            if count == 1:
                line.clear()
                self.stdout.write(f"not ok: {check.name}")
            if count <= SHOWN:
                self.stdout.write(f"    {finding}")
        line.clear()
        if count > SHOWN:
            self.stdout.write(f"    and {count - SHOWN} more")
        elif not count:
            seconds = f" ({time.monotonic() - began:.1f} s)" if self.stdout.isatty() else ""
            self.say(f"ok: {check.name}{seconds}")
        return bool(count)


def since(text):
    """Return the date or the id that was given."""
    if text.isdecimal():
        return int(text)
    if found := parse_datetime(text):
        return make_aware(found, UTC) if is_naive(found) else found
    if day := parse_date(text):
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    raise ValueError(text)


def read(path):
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error

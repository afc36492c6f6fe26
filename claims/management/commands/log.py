from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from claims.models import LogEntry
from claims.proof import cosigning, recording, sealing, sequencing
from claimtrack.db import timeouts
from claimtrack.refusals import Refused


class Command(BaseCommand):
    help = (
        "Number what was published since the last time in the transparency log, seal new rows, and sign its new head. The first "
        "time, what was published before enters, once. It is safe to stop, to run again, and to run twice at once."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--cosignature",
            type=Path,
            metavar="FILE",
            help="Only add what a witness has signed (manage.py witness), from its file.",
        )
        parser.add_argument(
            "--timestamp",
            action="store_true",
            help="Have the new head stamped by CLAIMTRACK_TIMESTAMP_URL too, once a day.",
        )

    @timeouts.lifted()
    def handle(self, *, cosignature, timestamp, verbosity, **options):
        # Cron sends by e-mail what a command prints.
        self.say = self.stdout.write if verbosity else str
        try:
            if cosignature:
                self.add(cosignature)
                return
            self.number()
            if timestamp:
                self.stamp()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{cosignature} cannot be read: {error}") from error
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def number(self):
        sequencing.signer()
        begun = recording.begin()
        sealed = sealing.seal()
        numbered = sequencing.number()
        if begun:
            self.say(f"The log begins with {begun} steps that were published before.")
        size = LogEntry.objects.numbered().count()
        self.say(f"Numbered {numbered} entries. The log has {size}.")
        if sealed:
            self.say(f"Sealed {sealed} rows.")

    def stamp(self):
        try:
            from claims.proof import stamping
        except ModuleNotFoundError as error:
            if error.name != "rfc3161_client":
                raise
            raise CommandError(
                "This takes the optional package rfc3161-client: pip install --require-hashes -r requirements/timestamp.txt,"
                " or pip install 'claimtrack[timestamp]'."
            ) from error
        made = stamping.stamp()
        self.say(
            f"Stamped: /log/timestamps/{made}." if made else "This day or this checkpoint has a time stamp already."
        )

    def add(self, file):
        for row in cosigning.add_cosignatures(file.read_text()):
            self.say(f"{row.witness} vouches for the log up to entry {row.checkpoint.size}.")

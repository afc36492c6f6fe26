from django.core.management.base import BaseCommand, CommandError

from claims.models import LogEntry
from claims.proof import recording, sequencing
from claimtrack.db import timeouts


class Command(BaseCommand):
    help = (
        "Number what was published since the last time in the transparency log, and sign its new head. The first time, what was "
        "published before enters, once. It is safe to stop, to run again, and to run twice at once."
    )

    @timeouts.lifted()
    def handle(self, *args, **options):
        try:
            sequencing.signer()
            begun = recording.begin()
            numbered = sequencing.number()
        except sequencing.NotStarted as refusal:
            raise CommandError(refusal.message) from refusal
        if begun:
            self.stdout.write(f"The log begins with {begun} steps that were published before.")
        size = LogEntry.objects.numbered().count()
        self.stdout.write(f"Numbered {numbered} entries. The log has {size}.")

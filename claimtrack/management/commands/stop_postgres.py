from django.conf import settings
from django.core.management.base import BaseCommand

from claimtrack.db.embedded import server


class Command(BaseCommand):
    help = "Stop the embedded PostgreSQL of this checkout. Its data stay."
    requires_system_checks = ()

    def handle(self, *args, **options):
        stopped = server.stop(settings.VAR_DIR / "postgres")
        self.stdout.write("Stopped the embedded PostgreSQL." if stopped else "The embedded PostgreSQL was not running.")

from typing import Any

from django.core.management.base import BaseCommand

from claims.models.frequency import fold
from claimtrack.db import timeouts


class Command(BaseCommand):
    help = (
        "Add up what changed in how many public claims each word occurs, by which claims that may be the same are found. "
        "Answers are right without it, and faster after it. It is safe to run twice at once."
    )

    @timeouts.lifted()
    def handle(self, *args: str, **options: Any) -> None:
        self.stdout.write(f"{fold():,} changes added up.")

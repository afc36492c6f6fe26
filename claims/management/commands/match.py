from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.matching import match
from claimtrack.management.accounts import account


class Command(BaseCommand):
    help = (
        "Find claims that may be the same as a text, the best first, with what differs. It changes nothing. "
        "Only public claims are searched, unless a user is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", metavar="TEXT")
        parser.add_argument("--by", metavar="USER", help="Search what this account sees.")
        parser.add_argument("--limit", type=int, default=5, help="The maximum number of claims (default: 5).")
        parser.add_argument("--language", default="", help="BCP 47. It is guessed if it is left out.")

    def handle(self, *args: str, **options: Any) -> None:
        user = account(options["by"]) if options["by"] else None
        [found] = match([options["text"]], user=user, limit=options["limit"], language=options["language"])
        for one in found:
            verdict = f", {one.claim.verdict}" if one.claim.verdict else ""
            self.stdout.write(f"{one.score:.2f}  claim {one.claim.pk}{verdict}: {one.claim.text}")
            for difference in one.differences:
                self.stdout.write(f"      {difference.sentence}")
        self.stdout.write(f"{len(found)} found.")

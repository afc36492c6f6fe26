from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.api.serializers.matching import MAX_LENGTH
from claims.matching import match
from claimtrack.cleaning import clean_characters, clean_language, clean_text
from claimtrack.management.accounts import account
from claimtrack.refusals import Refused


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
        if options["limit"] < 1:
            raise CommandError("--limit takes a number from 1 on.")
        try:
            text = clean_characters(options["text"], "text")
            clean_text(text, "text", limit=MAX_LENGTH, required=True)
            language = clean_language(options["language"])
        except Refused as refusal:
            raise CommandError(f"{refusal.message} ({refusal.code})") from refusal
        [found] = match([text], user=user, limit=options["limit"], language=language)
        for one in found:
            verdict = f", {one.claim.verdict}" if one.claim.verdict else ""
            self.stdout.write(f"{one.score:.2f}  claim {one.claim.pk}{verdict}: {one.claim.text}")
            for difference in one.differences:
                self.stdout.write(f"      {difference.sentence}")
        self.stdout.write(f"{len(found)} found.")

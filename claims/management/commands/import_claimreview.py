import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.formats.claimreview import files
from claims.importing import external_reviews
from claims.models import Claim
from claimtrack.db import timeouts
from claimtrack.management.accounts import account
from claimtrack.management.progress import Progress
from claimtrack.refusals import Refused


class Command(BaseCommand):
    help = "Record other publishers' fact-checks beside the ledger's claims. What is on record already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = "JSON-LD, one object a line, a Data Commons feed, a web page, or a table; .gz; - is standard input."
        parser.add_argument("file", metavar="FILE", help=kinds)
        parser.add_argument("--by", required=True, metavar="USER", help="The account that records them.")
        parser.add_argument(
            "--claim",
            type=int,
            metavar="ID",
            help="The claim that they review. Without it, each proposes the claim that it names.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Change nothing and say what would happen.")
        parser.add_argument(
            "--accept", action="store_true", help="Also accept each claim that is still proposed (Moderator)."
        )

    @timeouts.lifted()
    def handle(self, *args: str, **options: Any) -> None:
        self.warned, self.refused, self.line = 0, 0, Progress(self.stderr)
        name = options["file"]
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            contents = files.read_file(data)
            report = external_reviews.import_reviews(
                items=contents.items,
                by=account(options["by"]),
                claim=_claim(options["claim"]),
                accept=options["accept"],
                page=contents.page,
                dry_run=options["dry_run"],
                progress=self.progress,
            )
        except (OSError, files.NotClaimReview) as error:
            raise CommandError(f"{name} cannot be read: {error}") from error
        except Refused as refusal:
            raise CommandError(f"{refusal.message} ({refusal.code})") from refusal
        self.progress(report)
        self.line.clear()
        self.stdout.write(_counted(report) + ("" if report.kept else " Nothing was changed."))
        if report.refusals:
            raise CommandError("What was refused is named above; what went in stays as it is when you import again.")

    def progress(self, report: external_reviews.Report) -> None:
        """Show new warnings and refusals as they come, and on a terminal how far it is."""
        for warned in report.warnings[self.warned :]:
            member = f"{warned.field}: " if warned.field else ""
            self.line.say(f"{warned.place.capitalize()}: warning: {member}{warned.detail} ({warned.code})")
        for refusal in report.refusals[self.refused :]:
            self.line.say(f"{refusal.place.capitalize()}: {refusal.message} ({refusal.code})")
        self.warned, self.refused = len(report.warnings), len(report.refusals)
        self.line.show(_counted(report))


def _claim(pk: int | None) -> Claim | None:
    try:
        return Claim.objects.get(pk=pk) if pk else None
    except Claim.DoesNotExist:
        raise CommandError(f"There is no claim {pk}.") from None


def _counted(report: external_reviews.Report) -> str:
    reviews = f"{report.new:,} new, {report.changed:,} changed, {report.known:,} known, {report.gone:,} gone"
    refused = f"{len(report.refusals):,} refused"
    return f"Reviews: {reviews}, {refused}. Claims: {report.proposed:,} proposed, {report.accepted:,} accepted."

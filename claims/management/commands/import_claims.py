import gzip
import sys
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from claims import importing
from claims.importing import lines
from claimtrack.db import timeouts
from claimtrack.management.accounts import account
from claimtrack.management.progress import Progress
from claimtrack.refusals import Refused


class Command(BaseCommand):
    help = "Propose the claims of a file with one JSON object a line. What is in the ledger already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="UTF-8; .gz is unpacked; - is standard input.")
        parser.add_argument("--by", required=True, metavar="USER", help="The account that proposes them.")
        parser.add_argument("--dry-run", action="store_true", help="Change nothing and say what would happen.")
        parser.add_argument(
            "--accept", action="store_true", help="Also accept each that is still proposed (Moderator)."
        )
        parser.add_argument(
            "--strict",
            action="store_true",
            help="All lines or none, in one transaction.",
        )

    @timeouts.lifted()
    def handle(self, *args, **options):
        self.line = Progress(self.stderr)
        try:
            with _open(options["file"]) as stream:
                report = importing.import_lines(
                    lines=lines.split(stream),
                    by=account(options["by"]),
                    accept=options["accept"],
                    dry_run=options["dry_run"],
                    strict=options["strict"],
                    progress=self.progress,
                )
        except Refused as refusal:
            raise CommandError(f"{refusal.message} ({refusal.code})") from refusal
        except (OSError, EOFError, zlib.error) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}") from error
        self.line.clear()
        self.stdout.write(_counted(report) + ("" if report.kept else " Nothing was changed."))
        if report.refused:
            raise CommandError("Put the refused lines right and import the file again: what is in stays as it is.")

    def progress(self, report: importing.Report) -> None:
        """Show refusals and warnings as they come, and on a terminal how far it is."""
        if isinstance(report.last, importing.Refusal):
            self.line.say(_described(report.last))
        elif report.last and report.last.warnings:
            for warning in report.last.warnings:
                self.line.say(_sentence(report.line, warning.field, warning.detail, f"warning: {warning.code}"))
        self.line.show(_counted(report))


def _open(name: str) -> BinaryIO | gzip.GzipFile:
    if name == "-":
        return sys.stdin.buffer
    return gzip.open(name) if name.endswith(".gz") else Path(name).open("rb")


def _counted(report: importing.Report) -> str:
    return f"{report.new:,} new, {report.known:,} known, {report.accepted:,} accepted, {report.refused:,} refused."


def _described(refusal: importing.Refusal) -> str:
    nearest: dict[str, Any] = refusal.extra.get("nearest", {})
    hint = f" Nearest passage: “{nearest['quote']}”" if nearest else ""
    return _sentence(refusal.line, refusal.pointer, refusal.message, refusal.code, hint)


def _sentence(line: int, pointer: str, message: str, code: str, hint: str = "") -> str:
    place = f" at {pointer}" if pointer else ""
    return f"Line {line}{place}: {message} ({code}){hint}"

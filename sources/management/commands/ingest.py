import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict

from django.core.management.base import BaseCommand, CommandError

from claimtrack.db import timeouts
from claimtrack.management.accounts import account
from claimtrack.refusals import Refused
from sources.ingesting import Ingested, fields, ingest
from sources.pages.handed_in import HEAD, is_html

_URL = re.compile(r"https?://", re.IGNORECASE)


class Content(TypedDict, total=False):
    """The arguments of `ingest` with the content to record."""

    url: str
    text: str
    html: bytes


class Command(BaseCommand):
    help = "Record the text of an article: from a file of text or HTML, from standard input, or from its URL."

    def add_arguments(self, parser):
        parser.add_argument("what", metavar="FILE|URL|-", help="HTML is told by .html or .htm, or by how it begins.")
        parser.add_argument("--source", required=True, metavar="NAME", help="Who published it.")
        parser.add_argument("--source-domain", default="", metavar="DOMAIN", help="Their domain, where no URL tells.")
        parser.add_argument("--url", default="", help="Where the content of the file was published.")
        parser.add_argument("--title", default="")
        parser.add_argument("--published-at", default="", metavar="ISO", help="2025-09-05 or 2025-09-05T18:00:00Z.")
        parser.add_argument("--language", default="", help="BCP 47, for example en or pt-BR.")
        parser.add_argument("--by", required=True, metavar="USER", help="Whose account it is recorded under.")
        parser.add_argument("--json", action="store_true", help="Print the outcome as one JSON object.")

    @timeouts.lifted()
    def handle(self, *args, **options):
        try:
            done = ingest(
                by=account(options["by"]),
                source_name=options["source"],
                source_domain=options["source_domain"],
                title=options["title"],
                published_at=fields.read_published(options["published_at"]),
                language=options["language"],
                **_content(options["what"], options["url"]),
            )
        except Refused as refusal:
            raise CommandError(f"{refusal.message} ({refusal.code})") from refusal
        self.stdout.write(json.dumps(_outcome(done)) if options["json"] else _report(done))
        if not options["json"]:
            for warning in done.warnings:
                self.stderr.write(self.style.WARNING(f"Warning: {warning.detail}"))


def _content(what: str, url: str) -> Content:
    if _URL.match(what):
        if url:
            raise CommandError("Give the URL once: --url belongs to a file.")
        return {"url": what}
    try:
        body = sys.stdin.buffer.read() if what == "-" else Path(what).read_bytes()
    except OSError as error:
        raise CommandError(f"{what} cannot be read: {error.strerror}.") from error
    if what.lower().endswith((".html", ".htm")) or is_html(body.removeprefix(b"\xef\xbb\xbf")[:HEAD].decode("latin-1")):
        return {"url": url, "html": body}
    try:
        return {"url": url, "text": body.decode().removeprefix("\ufeff")}
    except UnicodeDecodeError as error:
        at = error.start
        name = "Standard input" if what == "-" else what
        raise CommandError(f"{name} is not UTF-8: byte {body[at]:#04x} at position {at}, counted from 0.") from error


def _outcome(done: Ingested) -> dict[str, object]:
    return {
        "article_id": done.article.pk,
        "article_is_new": done.article_is_new,
        "snapshot_id": done.snapshot.pk,
        "snapshot_is_new": done.snapshot_is_new,
        "sha256": done.snapshot.sha256,
        "source_id": done.source.pk,
        "source_is_new": done.source_is_new,
        "warnings": [asdict(warning) for warning in done.warnings],
    }


def _report(done: Ingested) -> str:
    def row(what: str, pk: int, is_new: bool, name: str) -> str:
        return f"{what:<9}{pk:>6}  {'new' if is_new else 'known':<6} {name}"

    return "\n".join(
        [
            row("Source", done.source.pk, done.source_is_new, done.source.name),
            row("Article", done.article.pk, done.article_is_new, str(done.article)),
            row("Snapshot", done.snapshot.pk, done.snapshot_is_new, f"sha256 {done.snapshot.sha256}"),
        ]
    )

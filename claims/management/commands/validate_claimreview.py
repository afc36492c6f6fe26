import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.formats.claimreview import files
from claims.formats.claimreview.validating import validate
from claimtrack.addresses import user_agent
from sources.pages import fetching


class Command(BaseCommand):
    help = "Check the ClaimReview of a file or page against the rules that Google documents for fact checks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", metavar="FILE|URL")
        parser.add_argument(
            "--site", default="", metavar="HOST", help="Where the reviews are published; a URL's own host."
        )

    def handle(self, *args: str, **options: Any) -> None:
        what = options["what"]
        site = options["site"]
        try:
            if re.match("https?://", what, re.IGNORECASE):
                fetched = fetching.fetch(what, user_agent=user_agent())
                data, site = fetched.body, site or urlsplit(fetched.final_url).hostname or ""
            else:
                data = Path(what).read_bytes()
            found = files.nodes(data)
        except (OSError, files.NotClaimReview, fetching.FetchError) as error:
            raise CommandError(f"{what} cannot be read: {error}") from error
        if not found:
            raise CommandError(f"{what} contains no ClaimReview.")
        errors = 0
        for place, node in found:
            findings = validate(node, site=site)
            errors += any(finding.severity == "error" for finding in findings)
            self.stdout.write(f"{place}: {node.get('url', '')}")
            for finding in findings:
                self.stdout.write(
                    f"  {finding.severity}: {finding.path + ': ' if finding.path else ''}{finding.message}"
                )
        self.stdout.write(f"{len(found):,} checked, {errors:,} with errors.")
        if errors:
            raise CommandError("Not all of them follow the rules.")

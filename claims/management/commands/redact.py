from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims import curating
from claims.curating import redactions
from claimtrack.db import timeouts
from claimtrack.management.accounts import account
from claimtrack.refusals import Refused
from sources.models import RedactionProposal, Snapshot


class Command(BaseCommand):
    help = (
        "Remove a passage of an article from wherever the ledger repeats it, by order of law or for a person's safety. Without"
        " --yes, say what would change. Where the desk requires approval, --yes proposes it, and another Editor approves it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "snapshot", type=int, nargs="?", metavar="SNAPSHOT", help="The id of a text of the article."
        )
        parser.add_argument(
            "--text", default="", help="The passage. It stays in the history of your shell: prefer --range."
        )
        parser.add_argument(
            "--range", action="append", default=[], metavar="START,LENGTH", help="A part of the text, in code points."
        )
        parser.add_argument("--reason", default="", help="Readers see it.")
        parser.add_argument("--order", default="", help="What it rests on, such as the reference of a court.")
        parser.add_argument("--by", required=True, metavar="USER", help="The account of the Editor.")
        parser.add_argument("--approve", type=int, metavar="PROPOSAL", help="Carry out what another Editor proposed.")
        parser.add_argument("--yes", action="store_true", help="Do it.")

    @timeouts.lifted()
    def handle(self, *args, **options):
        by = account(options["by"])
        try:
            if options["approve"]:
                self.approve(options["approve"], by, yes=options["yes"])
            else:
                self.redact(**options | {"by": by})
        except Refused as refusal:
            raise CommandError(f"{refusal.message} ({refusal.code})") from refusal

    def approve(self, number, by, *, yes):
        proposal = RedactionProposal.objects.select_related("snapshot").filter(pk=number).first()
        if proposal is None:
            raise CommandError(f"There is no proposal {number}.")
        if yes:
            return self.report(curating.approve_redaction(proposal=proposal, by=by))
        return self.preview(proposal.snapshot, proposal.ranges, by)

    def redact(self, *, by, snapshot, text, reason, order, yes, **options):
        row = Snapshot.objects.filter(pk=snapshot).first()
        if row is None:
            raise CommandError(f"There is no snapshot {snapshot}.")
        ranges = redactions.parts(row, text=text, ranges=[_range(given) for given in options["range"]])
        given = {"snapshot": row, "ranges": ranges, "reason": reason, "order": order, "by": by}
        if not yes:
            return self.preview(row, ranges, by)
        if settings.CLAIMTRACK_REQUIRE_APPROVAL:
            proposal = curating.propose_redaction(**given)
            return self.stdout.write(
                f"Proposed as {proposal.pk}: another Editor runs redact --approve {proposal.pk} --yes."
            )
        return self.report(curating.redact(**given))

    def preview(self, snapshot, ranges, by):
        found = curating.preview_redaction(snapshot=snapshot, ranges=ranges, by=by)
        for table, number in found.counts.items():
            self.stdout.write(f"{table}: {number}")
        if found.other_articles:
            self.stdout.write(f"Other articles that may have it, and are left as they are: {found.other_articles}")
        self.stdout.write("Nothing was changed: add --yes.")

    def report(self, redaction):
        characters = sum(row.characters for row in redaction.snapshots.all())
        self.stdout.write(
            f"Redaction {redaction.pk}: {characters} characters removed. Now VACUUM, and let old backups go (docs/proof.md)."
        )


def _range(given):
    try:
        start, length = (int(number) for number in given.split(","))
    except ValueError:
        raise CommandError(f"{given} is not START,LENGTH, such as 120,35.") from None
    return start, length

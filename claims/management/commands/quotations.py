import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F

from claims.api.serializers.quotations import QuotationsSerializer
from claims.models import Appearance, Speaker
from claims.models.quotations import quoted
from sources.models import Snapshot


class Command(BaseCommand):
    help = (
        "Propose the quotations of an article's current text with their speakers, the surest first. It changes nothing. "
        "`-` stands for a speaker whom the article does not name; [3] is the id of a speaker on record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("article", metavar="ARTICLE", type=int, help="Its id.")
        parser.add_argument("--json", action="store_true", help="As the API answers.")

    def handle(self, *args: str, **options: Any) -> None:
        snapshots = Snapshot.objects.select_related("article").filter(article=options["article"])
        snapshot = snapshots.filter(article__current_snapshot=F("pk")).first()
        if snapshot is None:
            raise CommandError(f"There is no article {options['article']} with a text.")
        found = quoted(snapshot, speakers=Speaker.objects.all(), appearances=Appearance.objects.all())
        if options["json"]:
            self.stdout.write(json.dumps(QuotationsSerializer(found).data, ensure_ascii=False, indent=2))
            return
        for proposal in found.proposals:
            quotation = proposal.quotation
            ids = "".join(f" [{speaker.pk}]" for speaker in proposal.speakers)
            margin = "   " if quotation.margin is None else f"{quotation.margin:.1f}"
            on_record = f" (claim {', '.join(map(str, proposal.claims))})" if proposal.claims else ""
            self.stdout.write(
                f"{margin}  {quotation.name or '-'}{ids}, {quotation.cue or 'no verb'}, "
                f"{quotation.start}-{quotation.end}: {quotation.quote}{on_record}"
            )
        self.stdout.write(f"{len(found.proposals):,} proposed from snapshot {snapshot.pk}.")
        if found.found.end < len(snapshot.text):
            self.stdout.write(
                f"Only the first {found.found.end:,} of its {len(snapshot.text):,} characters were searched."
            )

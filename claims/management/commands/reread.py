from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.curating import rereading
from claimtrack.db import timeouts
from claimtrack.jobs.actors import desk
from sources.models import Article, Reading


class Command(BaseCommand):
    help = (
        "Read the pages of articles again, and compare what public claims quote from them: those that are due, or these articles now. "
        "It asks no host more often than CLAIMTRACK_REREAD_DELAY allows, and is safe to run twice at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("articles", nargs="*", type=int, metavar="ARTICLE", help="The ids of articles.")
        parser.add_argument("--due", action="store_true", help="Those that are due.")

    @timeouts.lifted()
    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["articles"]) == options["due"]:
            raise CommandError("Give the ids of articles, or --due.")
        by = desk()
        if options["due"]:
            while rereading.enrol() == rereading.BATCH:
                pass
            while reading := rereading.reread_one(by=by):
                self._say(reading)
            while rereading.compare_one(by=by):
                pass
            return
        for pk in options["articles"]:
            article = Article.objects.filter(pk=pk).first()
            if article is None:
                raise CommandError(f"There is no article {pk}.")
            reading = rereading.reread_article(article=article, by=by)
            if reading is None:
                raise CommandError(f"Article {pk} has no address, or no public claim quotes it.")
            self._say(reading)

    def _say(self, reading: Reading) -> None:
        due = f", next {reading.due_at:%Y-%m-%d %H:%M} UTC" if reading.due_at else ""
        self.stdout.write(f"{reading.outcome or 'waits for its host'}  {reading.url}{due}")

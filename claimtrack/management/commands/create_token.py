from datetime import UTC, datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime

from claimtrack import tokens
from claimtrack.management.accounts import account
from claimtrack.models import Token
from claimtrack.refusals import Refused


class Command(BaseCommand):
    help = "Make a token by which a program acts for a user over the API. It is printed once and kept nowhere."

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", help="Whose account it acts under.")
        parser.add_argument("--scope", required=True, choices=Token.Scope.values, help="The most that it may do.")
        parser.add_argument("--name", default="command line", help="What uses it.")
        parser.add_argument("--expires", metavar="WHEN", type=_moment, help="2027-01-31, or a time with its zone.")

    def handle(self, *args, **options):
        user = account(options["user"])
        try:
            token = tokens.create_token(
                by=user, user=user, scope=options["scope"], name=options["name"], expires_at=options["expires"]
            )
        except Refused as refusal:
            raise CommandError(f"{refusal.message} ({refusal.code})") from refusal
        self.stdout.write(token.secret)


def _moment(text: str) -> datetime:
    if day := parse_date(text):
        return datetime.combine(day, time(tzinfo=UTC))
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise ValueError(text)
    return moment

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims import notices
from claims.notices import mail
from claimtrack.languages import desk_time_zone


class Command(BaseCommand):
    help = (
        "Tell people whose day has come: the last day for a claim, the day by which a verdict is to be looked at again, or that "
        "of a claim about the future. Then send the notices that wait for e-mail: those of the day, and those that could not be "
        "sent at once. Run it every few minutes; it is safe to run twice at once."
    )

    def handle(self, *args, **options):
        now = timezone.now()
        due = notices.notify_due(timezone.localdate(now, desk_time_zone()))
        sent = mail.send_waiting(now)
        if due or sent:
            self.stdout.write(f"Due: {due}. E-mails: {sent}.")

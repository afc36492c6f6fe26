from django.core.management.base import BaseCommand, CommandError

from claims.models.invariants import broken


class Command(BaseCommand):
    help = (
        "Read the whole ledger and check what must hold in it: quotes, histories, documents. "
        "Run it after a restore. It changes nothing, and takes minutes with a million claims."
    )

    def handle(self, *args, **options):
        failed = 0
        for holds, count, rows in broken():
            self.stdout.write(f"{'not ok' if count else 'ok'}: {holds}")
            if count:
                failed += 1
                more = ", and more" if count > len(rows) else ""
                self.stdout.write(f"    not so in {count}: {', '.join(rows)}{more}")
        if failed:
            raise CommandError(f"{failed} of the things that must hold do not.")

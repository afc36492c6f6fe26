from django.core.management.base import BaseCommand, CommandError

from claims.models.invariants import check


class Command(BaseCommand):
    help = (
        "Read the whole ledger and check its invariants: quotes, histories, documents. "
        "Run it after a restore. It changes nothing, and takes minutes with a million claims."
    )

    def handle(self, *args, **options):
        failed = 0
        for invariant, count, rows in check():
            self.stdout.write(f"{'not ok' if count else 'ok'}: {invariant}")
            if count:
                failed += 1
                more = ", and more" if count > len(rows) else ""
                self.stdout.write(f"    not so in {count}: {', '.join(rows)}{more}")
        if failed:
            raise CommandError(f"{failed} invariant{'s do' if failed > 1 else ' does'} not hold.")

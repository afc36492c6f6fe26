import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand
from prometheus_client import start_http_server

from claims.webhooks import watching


class Command(BaseCommand):
    help = (
        "Send what webhooks are to be told, as manage.py worker does too. It is safe to run twice at once, and to be killed: what "
        "was not recorded as delivered is sent again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--watch", action="store_true", help="Go on until SIGTERM or Ctrl-C.")
        parser.add_argument(
            "--metrics-port",
            type=int,
            metavar="PORT",
            help="Serve the metrics of this process at this port, on the address of CLAIMTRACK_METRICS or else 127.0.0.1.",
        )

    def handle(self, *args, watch, metrics_port, **options):
        if metrics_port:
            address, _ = settings.CLAIMTRACK_METRICS or ("127.0.0.1", None)
            start_http_server(metrics_port, address)
        if not watch:
            self.stdout.write(f"Messages: {watching.send_due()}.")
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        watching.watch(stopping)

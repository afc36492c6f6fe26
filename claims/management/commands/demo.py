import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from claims import demo
from claims.proof.notes import make_key
from claimtrack.db import timeouts
from claimtrack.models import User
from claimtrack.refusals import Refused
from sources.ingesting import fetches

WORTH_A_LOOK = (
    ("/", "what readers see: the latest verdicts, search, and a page for each claim"),
    ("/admin/", "the desk; sign in as moderator"),
    ("/api/v1/claims/", "every public claim with its provenance"),
    ("/api/v1/claims/?status=checked&verdict=false", "what was checked and found false"),
    ("/api/v1/claims/?speaker_name=toby%20quill", "what one speaker said, by any of his names"),
    ("/api/v1/claims/?q=ferry%20subsid*", "words of claims and quotes"),
    ("/log/checkpoint", "the signed head of the log of what was published"),
    ("/api/docs/", "the API's documentation"),
)


class Command(BaseCommand):
    help = "Load an invented desk, unless it is there, and serve it on this machine until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="Stop after loading.")

    def get_check_kwargs(self, options):
        # Refuse the database of another version, as `migrate` does.
        return {**super().get_check_kwargs(options), "databases": [DEFAULT_DB_ALIAS]}

    @timeouts.lifted()
    def handle(self, *args, **options):
        try:
            loaded = demo.load()
        except Refused as refusal:
            raise CommandError(f"The demo was not loaded. {refusal.message} ({refusal.code})") from refusal
        self.stdout.write(f"{loaded.claims} claims loaded." if loaded.claims else "The demo is loaded already.")
        if loaded.passwords:
            self.stdout.write("\nAccounts, with passwords that are shown this once:\n")
            for name, password in loaded.passwords.items():
                self.stdout.write(f"  {name:<13}{password}")
        self.stdout.write(
            f"\nA new password for an account: {sys.executable} -m claimtrack manage changepassword NAME\n"
        )
        if loaded.claims and not options["no_serve"]:
            # Nobody answers there, so the desk has a job that failed to show.
            fetches.ask(by=User.objects.get(username="contributor"), url="https://gazette.example/ferries/timetable")
        make_key(settings.CLAIMTRACK_LOG_KEY or settings.VAR_DIR / "log_key.pem")
        if options["no_serve"]:
            call_command("log", stdout=self.stdout)
        else:
            self.serve(options["port"])

    def serve(self, port: int) -> None:
        # These texts are invented, so no publisher minds.
        os.environ.setdefault("CLAIMTRACK_PUBLIC_TEXT", "on")
        os.environ.setdefault("CLAIMTRACK_DESK_NAME", "The Orrin Desk")
        # Their papers have no servers that could be asked again.
        os.environ.setdefault("CLAIMTRACK_REREAD", "")
        # A line for each request would hide the accounts and addresses above.
        os.environ.setdefault("CLAIMTRACK_REQUEST_LOG", "off")
        site = os.environ.setdefault("CLAIMTRACK_SITE_URL", f"http://127.0.0.1:{port}")
        self.stdout.write("Try:\n")
        for path, what in WORTH_A_LOOK:
            self.stdout.write(f"  {site}{path}  {what}")
        self.stdout.write(f"\nServing on 127.0.0.1:{port} until Ctrl-C.")
        self.stdout.flush()
        connections.close_all()
        # gunicorn starts in the folder of the code, where an installed package must not keep data.
        os.environ["CLAIMTRACK_VAR_DIR"] = str(settings.VAR_DIR)
        # In a process of its own, which signs with the name of this site.
        subprocess.run([sys.executable, "-m", "claimtrack", "manage", "log"], check=True, stdout=subprocess.DEVNULL)
        gunicorn = [sys.executable, "-m", "gunicorn", "claimtrack.wsgi", "--chdir", str(settings.BASE_DIR)]
        gunicorn += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--log-level", "warning"]
        gunicorn += ["--config", str(demo.FOLDER / "server.py")]
        os.execvp(gunicorn[0], gunicorn)  # noqa: S606 (no shell is the point)

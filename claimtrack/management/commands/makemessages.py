import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.commands import makemessages

# Calls with translatable texts besides gettext: refusals, and texts of modules without Django (claimtrack.refusals).
KEYWORDS = (
    "Refused",
    "Invalid",
    "NotAllowed",
    "Conflict",
    "Stale",
    "BadToken",
    "KeyReused",
    "PlaceLost",
    "Unavailable",
    "PreconditionRequired",
    "NotStarted",
    "NotStamped",
    "Forked",
    "Message",
    "in_context:1c,2",
    "StopWords",
    "require:3",
)


class Command(makemessages.Command):
    """Django's makemessages for all languages and both domains, which also finds the templates of refusals.

    It writes no line numbers, so that catalogues do not change with every edit. It guesses no translations, since somebody would have
    to look for fuzzy entries.
    """

    xgettext_options = [
        *makemessages.Command.xgettext_options,
        *(f"--keyword={name}" for name in KEYWORDS),
        "--add-location=file",
    ]
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", "--add-location=file"]
    msguniq_options = [*makemessages.Command.msguniq_options, "--add-location=file"]
    msgattrib_options = [*makemessages.Command.msgattrib_options, "--add-location=file"]

    def handle(self, *args: Any, **options: Any) -> None:
        options["locale"] = options["locale"] or [code for code, _ in settings.LANGUAGES if code != "en"]
        options["no_obsolete"] = True
        options["ignore_patterns"] = [*options["ignore_patterns"], "tests", "bench", "docs", "var", "build", "dist"]
        for domain in ("django", "djangojs"):
            super().handle(*args, **options | {"domain": domain})

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Drop the lines of the header that change with every run or that nobody fills in."""
        super().write_po_file(potfile, locale)
        catalog = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        header, entries = catalog.read_text().split("\n\n", 1)
        plural = re.search(r'"Plural-Forms: (?:.*"\n")*?.*\\n"', header)
        lines = [
            'msgid ""',
            'msgstr ""',
            f'"Language: {locale}\\n"',
            '"MIME-Version: 1.0\\n"',
            '"Content-Type: text/plain; charset=UTF-8\\n"',
            '"Content-Transfer-Encoding: 8bit\\n"',
            *([plural[0]] if plural else []),
        ]
        catalog.write_text("\n".join(lines) + "\n\n" + entries)

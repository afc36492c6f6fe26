from functools import cache
from pathlib import Path
from time import time
from urllib.parse import quote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.proof.answers import ask
from claims.proof.merkle import EMPTY, HASH, WIDTH, Read, tile_path
from claims.proof.sequencing import signer
from claims.proof.witnessing import Forked, Head, Verifier, check_extends, parts, read_head
from claimtrack.refusals import Refused


class Command(BaseCommand):
    help = (
        "Co-sign the log of another desk, if it extends the one that was seen the last time. The cosignature is printed, and kept"
        " with its checkpoint in a file, which the other desk adds by “manage.py log --cosignature FILE”. The key that signs is"
        " that of CLAIMTRACK_LOG_KEY. No database is needed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("url", help="The address of the log, such as https://claims.example/log.")
        parser.add_argument("--key", required=True, help="Its public key (name+id+key), or a file with it.")
        parser.add_argument(
            "--state", type=Path, metavar="FILE", help="Where the last co-signed checkpoint is kept (default: in var/)."
        )

    def handle(self, *, url, key, state, verbosity, **options):
        url = url.rstrip("/")
        try:
            log = Verifier.read(Path(key).read_text() if Path(key).is_file() else key)
            state = state or settings.VAR_DIR / "witnessed" / quote(log.name, safe="")
            witness = signer()
            before = state.read_text() if state.exists() else ""
            old = read_head(before, log) if before else Head(log.name, 0, EMPTY)
            note = ask("GET", f"{url}/checkpoint").decode()
            new = read_head(note, log)
            try:
                check_extends(new, old, tiles(url, new.size))
            except Forked as refusal:
                raise CommandError(f"{refusal.message} It is not co-signed. {proof(state, note)}") from refusal
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The log cannot be checked: {error}") from error
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        line = witness.cosign(parts(note)[0], int(time()))
        try:
            keep(state, f"{note.rstrip()}\n{line}\n")
        except OSError as error:
            raise CommandError(
                f"Nothing is co-signed, since it cannot be kept: {error}. Name a file by --state."
            ) from error
        if not verbosity:
            return
        self.stdout.write(line)
        self.stderr.write(f"{log.name} has {new.size} leaves, {old.size} of which were seen before. Kept in {state}.")
        self.stderr.write(f"The public key of this witness is {witness.witness_verifier}.")


def tiles(url: str, size: int) -> Read:
    """Return what reads the tiles of a log of this size."""

    @cache
    def read(level: int, index: int) -> bytes:
        width = min(WIDTH, (size >> (8 * level)) - index * WIDTH)
        address = f"{url}/tile/{level}/{tile_path(index)}" + ("" if width == WIDTH else f".p/{width}")
        found = ask("GET", address)
        if len(found) != width * HASH:
            raise OSError(f"{address} does not hold {width} hashes.")
        return found

    return read


def proof(state: Path, note: str) -> str:
    """Keep the checkpoint of a fork beside the other one, and say where both are."""
    try:
        forked = keep(state.with_name(f"{state.name}.forked"), note)
    except OSError as error:
        return f"{state} and this checkpoint, which cannot be kept here ({error}), prove it: keep both.\n{note}"
    return f"{state} and {forked} prove it: keep both."


def keep(path: Path, note: str) -> Path:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_text(note)
    return new.replace(path)

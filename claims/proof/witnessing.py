"""Sign the log of another desk as a witness: C2SP's tlog-cosignature.

A witness keeps the last checkpoint that it has seen of a log, and signs a later one only if that extends it. So a desk cannot show
one log to some readers and another to others, unless its witnesses help.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from claims.proof.merkle import EMPTY, Read, Tree
from claims.proof.notes import COSIGNATURE, ED25519, cosigned_text
from claimtrack.refusals import Invalid

KINDS = (ED25519, COSIGNATURE)


class Forked(Invalid):
    """A log no longer extends the checkpoint that was seen before."""

    code = "log_forked"


class Head(NamedTuple):
    """The size and root of the tree in a checkpoint."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Verifier:
    """A public key of a log or of a witness, with the name that its signatures carry."""

    name: str
    id: bytes
    kind: bytes
    key: Ed25519PublicKey

    @classmethod
    def read(cls, line: str) -> "Verifier":
        """Return the key of a line name+id+key. Raises Invalid."""
        try:
            name, found, encoded = line.strip().split("+", 2)
            key = base64.b64decode(encoded, validate=True)
            kind, public = key[:1], Ed25519PublicKey.from_public_bytes(key[1:])
        except ValueError as error:
            raise Invalid(
                "“%(line)s” is no public key: it is name+id+key, with an Ed25519 key.", params={"line": line[:200]}
            ) from error
        if kind not in KINDS or sha256(f"{name}\n".encode() + key).hexdigest()[:8] != found:
            raise Invalid("The public key of %(name)s does not fit its id.", params={"name": name})
        return cls(name, bytes.fromhex(found), kind, public)

    def signature(self, note: str) -> str | None:
        """Return the line of a note with the signature of this key, None if there is none. Raises Invalid if the signature is wrong."""
        text, lines = parts(note)
        for line in lines:
            dash, _, signed = line.partition(" ")
            name, _, encoded = signed.partition(" ")
            try:
                found = base64.b64decode(encoded, validate=True)
            except ValueError:
                continue
            if (dash, name, found[:4]) == ("—", self.name, self.id):
                try:
                    self._verify(text, found[4:])
                except InvalidSignature as error:
                    raise Invalid(
                        "The signature of %(name)s is not of this checkpoint.", params={"name": self.name}
                    ) from error
                return line
        return None

    def _verify(self, text: str, signature: bytes) -> None:
        if self.kind == COSIGNATURE:
            text, signature = cosigned_text(text, int.from_bytes(signature[:8])), signature[8:]
        self.key.verify(signature, text.encode())


def parts(note: str) -> tuple[str, list[str]]:
    """Return the signed text of a note, and the lines of its signatures."""
    text, _, signatures = note.rpartition("\n\n")
    return f"{text}\n", signatures.splitlines()


def read_head(note: str, log: Verifier) -> Head:
    """Return the head in a checkpoint, if the log has signed it. Raises Invalid."""
    if log.signature(note) is None:
        raise Invalid("%(name)s has not signed this checkpoint.", params={"name": log.name})
    head = unsigned_head(note)
    if head.origin != log.name:
        raise Invalid(
            "The checkpoint is of %(origin)s, not of %(name)s.", params={"origin": head.origin, "name": log.name}
        )
    return head


def unsigned_head(note: str) -> Head:
    """Return the head in a checkpoint, whoever signed it. Raises Invalid."""
    try:
        origin, size, root, *_ = note.splitlines()
        return Head(origin, int(size), base64.b64decode(root, validate=True))
    except ValueError as error:
        raise Invalid("This is no checkpoint: it has an origin, a size and a root.") from error


def check_extends(new: Head, old: Head, read: Read) -> None:
    """Raise Forked unless the tree of the older head is the beginning of that of the newer one, whose tiles `read` returns.

    Raises Invalid if the tiles are of neither.
    """
    if old.size > new.size:
        raise Forked(
            "%(origin)s was rolled back: it had %(old)s leaves, and has only %(new)s.",
            params={"origin": new.origin, "old": old.size, "new": new.size},
        )
    if _root(new.size, read) != new.root:
        raise Invalid("The tiles of %(origin)s are not those of its checkpoint.", params={"origin": new.origin})
    # The tiles of a tree begin with those of each tree that it extends.
    if _root(old.size, read) != old.root:
        raise Forked(
            "%(origin)s was rewritten: its first %(old)s leaves are not what they were.",
            params={"origin": new.origin, "old": old.size},
        )


def _root(size: int, read: Read) -> bytes:
    return Tree(size, read).root() if size else EMPTY

"""Signed checkpoints, as C2SP's signed-note, tlog-checkpoint and tlog-cosignature describe them."""

import base64
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

ED25519 = b"\x01"
COSIGNATURE = b"\x04"


class Signer:
    """A key with the name that its signatures carry, which is the origin of the log."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self.name, self.key = name, key
        self.public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = self._id_of(ED25519)

    @property
    def verifier(self) -> str:
        """The public key as verifiers of notes take it: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    @property
    def witness_verifier(self) -> str:
        """The same for those who check its cosignatures."""
        return f"{self.name}+{self._id_of(COSIGNATURE).hex()}+{_base64(COSIGNATURE + self.public)}"

    def _id_of(self, kind: bytes) -> bytes:
        return sha256(f"{self.name}\n".encode() + kind + self.public).digest()[:4]

    def checkpoint(self, size: int, root: bytes) -> str:
        """Return the note with the root of the tree at this size."""
        text = f"{self.name}\n{size}\n{_base64(root)}\n"
        return f"{text}\n— {self.name} {_base64(self.id + self.key.sign(text.encode()))}\n"

    def cosign(self, text: str, seconds: int) -> str:
        """Return the line that adds a cosignature to the note with this text. `seconds`: the time, since 1970."""
        signature = self.key.sign(cosigned_text(text, seconds).encode())
        return f"— {self.name} {_base64(self._id_of(COSIGNATURE) + seconds.to_bytes(8) + signature)}"

    def has_signed(self, note: str) -> bool:
        """Return whether a note that was made here has a signature of this key."""
        return any(line.startswith(f"— {self.name} {self._id()}") for line in note.splitlines())

    def _id(self) -> str:
        """Return how each signature of this key begins: the first three of the four bytes of its id, in base64."""
        return _base64(self.id[:3])


def cosigned_text(text: str, seconds: int) -> str:
    """Return the text that a witness signs: a checkpoint, and the time when the witness saw it."""
    return f"cosignature/v1\ntime {seconds}\n{text}"


def read_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key in a PEM file. Raises OSError and ValueError."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("This is a key of another kind.")
    return key


def make_key(path: Path) -> None:
    """Write a new private key that only its owner may read, unless there is one."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(pem)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()

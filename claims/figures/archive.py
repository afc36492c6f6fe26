"""A ZIP file that is sent while it is written, in constant memory, and whose bytes depend on its content alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# The earliest time that the format can hold. With the time of the download, two equal archives would differ.
TIME = (1980, 1, 1, 0, 0, 0)
READABLE_BY_ALL = 0o644 << 16


class _Outgoing(io.RawIOBase):
    """Collects what zipfile writes until it is taken. It cannot seek, so zipfile writes sizes behind each file."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: ReadableBuffer, /) -> int:
        self.pieces.append(bytes(piece))
        return len(self.pieces[-1])

    def take(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def zipped(files: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """Yield the archive of these files in pieces. Each file is a name and the pieces of its text."""
    outgoing = _Outgoing()
    with zipfile.ZipFile(outgoing, "w") as archive:
        for name, pieces in files:
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, READABLE_BY_ALL
            with archive.open(entry, "w") as file:
                for piece in pieces:
                    file.write(piece.encode())
                    if taken := outgoing.take():
                        yield taken
            yield outgoing.take()
    yield outgoing.take()

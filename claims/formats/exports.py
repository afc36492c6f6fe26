"""Whole lists of claims as files, which are streamed in constant memory."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from claims.formats import json
from claims.models.claim import ClaimQuerySet
from claimtrack.addresses import address
from claimtrack.api.exports import ExportResponse
from claimtrack.api.renderers import Representation
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db import revision


class ClaimExport(Representation):
    whole = True
    content_type = ""

    def write(self, batches: Iterator[list[str]]) -> Iterator[str]:
        """Write claims. `batches` are lists of their JSON."""
        raise NotImplementedError

    def pieces(self, view: LedgerViewSet, rows: ClaimQuerySet) -> Iterator[str]:
        """Return the file in pieces. This is not a generator, so that a bad parameter is refused before the answer begins."""
        return self.write(json.batches(rows))

    def stream(self, view: LedgerViewSet, rows: Any) -> tuple[ExportResponse, int]:
        # Read before the rows, so that a change in between gives the next answer another ETag.
        number = revision.current()
        # HEAD has no body.
        pieces = iter(()) if view.request.method == "HEAD" else self.pieces(view, rows)
        response = ExportResponse(pieces, content_type=self.content_type)
        response["Content-Disposition"] = f'attachment; filename="claims.{self.format}"'
        described = address("claims-dictionary")
        response["Link"] = f'<{licence()["path"]}>; rel="license", <{described}>; rel="describedby"'
        return response, number


class ClaimNdjson(ClaimExport):
    """One claim per line."""

    media_type = content_type = "application/x-ndjson"
    format = "ndjson"

    def write(self, batches: Iterator[list[str]]) -> Iterator[str]:
        return ("\n".join(batch) + "\n" for batch in batches)


def licence() -> dict[str, str]:
    """Return the licence of the data as in a Data Package: name (SPDX) and path, or only a path."""
    chosen = settings.CLAIMTRACK_DATA_LICENSE
    if "://" in chosen:
        return {"path": chosen}
    return {"name": chosen, "path": f"https://spdx.org/licenses/{chosen}.html"}

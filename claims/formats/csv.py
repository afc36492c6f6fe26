"""Write claims as rows of a table: one row for each appearance, or one for a claim without appearances.

Types and descriptions of the columns come from the serializer that declares the JSON.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import orjson
from django.conf import settings
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from claims.api.serializers.claims import ClaimSerializer
from claims.formats.exports import ClaimExport, licence
from claims.models.claim import ClaimQuerySet
from claims.text.spreadsheets import guarded
from claimtrack.api.filters import BooleanField, read_one
from claimtrack.api.viewsets import LedgerViewSet

# fmt: off
# name, path in the claim's JSON, and a description if the serializer has none
COLUMNS = (
    ("claim_id", "id", "Of the claim."),
    ("claim_url", "url", "The address of the claim."),
    ("text", "text", "The claim, in the desk's canonical wording."),
    ("language", "language", ""),
    ("status", "status", ""),
    ("verdict", "verdict.code", "The verdict in force, as a code of the desk's scale; empty where none is."),
    ("verdict_label", "verdict.label", "The same for readers."),
    ("verdict_value", "verdict.value", ""),
    ("speaker_id", "speaker.id", "Empty where it is not known who made the claim."),
    ("speaker", "speaker.name", "Who made the claim."),
    ("speaker_role", "speaker.role", ""),
    ("said_at", "said_at", ""),
    ("due_on", "due_on", ""),
    ("topics", "topics", "Slugs with blanks between them."),
    ("appearance_id", "provenance.id", "Of the appearance: where the claim is found."),
    ("quote", "provenance.quote", ""),
    ("start", "provenance.start", "Where the quote begins in the snapshot's text, in Unicode code points from 0."),
    ("end", "provenance.end", "Where it ends: the first code point that is not part of it."),
    ("prefix", "provenance.prefix", ""),
    ("suffix", "provenance.suffix", ""),
    ("snapshot_id", "provenance.snapshot.id", "Of the article's text as it stood when taken."),
    ("snapshot_sha256", "provenance.snapshot.sha256", ""),
    ("snapshot_taken_at", "provenance.snapshot.taken_at", "When the text was taken."),
    ("snapshot_method", "provenance.snapshot.method", "How the text was taken."),
    ("snapshot_current", "provenance.snapshot.current", ""),
    ("article_id", "provenance.article.id", "Of the article."),
    ("article_title", "provenance.article.title", "Its title."),
    ("article_url", "provenance.article.url", ""),
    ("article_published_at", "provenance.article.published_at", ""),
    ("source_id", "provenance.source.id", "Of who published the article."),
    ("source", "provenance.source.name", "Who published the article."),
    ("source_domain", "provenance.source.domain", ""),
    ("version", "version", ""),
    ("created_at", "created_at", "When the claim was proposed."),
    ("updated_at", "updated_at", "When the claim last changed."),
    ("reviewed_at", "reviewed_at", ""),
    ("review_by", "review_by", ""),
)
# fmt: on
TYPES = {
    serializers.IntegerField: "integer",
    serializers.BooleanField: "boolean",
    serializers.DateField: "date",
    serializers.DateTimeField: "datetime",
}
BOM = "\ufeff"
BOM_PARAMETER = OpenApiParameter(
    "bom",
    BooleanField.schema,
    description="`true`: begin the file with a byte order mark, so that Excel reads it as UTF-8.",
)
HEADER = ",".join(name for name, _, _ in COLUMNS) + "\r\n"


class ClaimCsv(ClaimExport):
    media_type = "text/csv"
    content_type = "text/csv; charset=utf-8; header=present"
    format = "csv"
    parameters = ("bom",)

    def pieces(self, view: LedgerViewSet, rows: ClaimQuerySet) -> Iterator[str]:
        marked = read_one(view.request.query_params, "bom", BooleanField(), False)
        return chain([BOM] if marked else [], super().pieces(view, rows))

    def write(self, batches: Iterator[list[str]]) -> Iterator[str]:
        return chain([HEADER], map(lines, batches))


def lines(claims: Iterable[str]) -> str:
    """Return the rows of these claims as CSV (RFC 4180) without a header. Each claim is its JSON."""
    out = io.StringIO()
    writer = csv.writer(out)
    for json in claims:
        claim = orjson.loads(json)
        for appearance in claim["provenance"] or [None]:
            row = {**claim, "provenance": appearance}
            writer.writerow(_cell(row, path) for _, path, _ in COLUMNS)
    return out.getvalue()


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield any rows as CSV, a line at a time. Texts are guarded."""
    for row in chain([header], rows):
        out = io.StringIO()
        csv.writer(out).writerow(guarded(value) if isinstance(value, str) else value for value in row)
        yield out.getvalue()


def _cell(value: Any, path: str) -> Any:
    for member in path.split("."):
        value = None if value is None else value[member]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, str):
        return guarded(value)
    return value


def _field(path: str) -> Any:
    field: Any = ClaimSerializer()
    for member in path.split("."):
        field = getattr(field, "child", field).fields[member]
    return field


def _fields() -> Iterator[dict[str, str]]:
    for name, path, description in COLUMNS:
        field = _field(path)
        kind = next((word for known, word in TYPES.items() if isinstance(field, known)), "string")
        yield {"name": name, "type": kind, "description": description or str(field.help_text)}


def dictionary(address: str) -> dict[str, object]:
    """Return the Data Package (Frictionless, tabular-data-package) of the CSV at this address, which describes every column."""
    return {
        "profile": "tabular-data-package",
        "name": "claims",
        "title": f"Claims checked by {settings.CLAIMTRACK_DESK_NAME}",
        "description": "One row for each appearance of a claim, the claim's own columns repeated; one for a claim without any."
        " Where a spreadsheet would take a text for a formula, an apostrophe is before it: at its start, and inside it behind a"
        " semicolon, a tab or a line end, at which some spreadsheets cut. A text with an apostrophe there has one more."
        " bom=true begins the file with a byte order mark, by which Excel knows that it is UTF-8.",
        "licenses": [licence()],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "claims",
                "path": address,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {
                    "delimiter": ",",
                    "lineTerminator": "\r\n",
                    "quoteChar": '"',
                    "doubleQuote": True,
                    "header": True,
                },
                "schema": {"fields": list(_fields()), "missingValues": [""]},
            }
        ],
    }

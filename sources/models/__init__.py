"""What was published, where, and exactly what it said."""

from sources.models.fetch import Fetch, FetchQuerySet
from sources.models.published import (
    HOST,
    Article,
    ArticleQuerySet,
    Domain,
    Snapshot,
    SnapshotQuerySet,
    Source,
    SourceQuerySet,
)
from sources.models.reading import Host, Reading, ReadingQuerySet
from sources.models.redaction import RedactedSnapshot, RedactionProposal

__all__ = [
    "HOST",
    "Article",
    "ArticleQuerySet",
    "Domain",
    "Fetch",
    "FetchQuerySet",
    "Host",
    "Reading",
    "ReadingQuerySet",
    "RedactedSnapshot",
    "RedactionProposal",
    "Snapshot",
    "SnapshotQuerySet",
    "Source",
    "SourceQuerySet",
]

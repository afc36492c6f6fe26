"""Every column of the database that may repeat a passage of an article.

They are found from the models: every text column, except those that are excluded here with a reason. So a new column is not forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models

DERIVED = "follows from other columns, and is made anew"
OWN_WAY = "the redaction has its own way with it"
ACCOUNT = "says who works here, and how they sign in"
ADDRESS = "an address says where something is, and finds it again"
NAME = "a name of who or what is on record, which is changed by renaming"
CODE = "a code or a number"
HASH = "a hash, a key, or a text that has no words of people"
LOG = "contains hashes only"
ELSEWHERE = "what other sites say to programs"

# Tables, and columns of all tables or of one, without such text.
LEFT_OUT_TABLES = {
    "claimtrack_user": ACCOUNT,
    "claimtrack_token": ACCOUNT,
    "account_emailaddress": ACCOUNT,
    "account_emailconfirmation": ACCOUNT,
    "mfa_authenticator": ACCOUNT,
    "socialaccount_socialapp": ACCOUNT,
    "socialaccount_socialaccount": ACCOUNT,
    "socialaccount_socialtoken": ACCOUNT,
    "auth_permission": ACCOUNT,
    "auth_group": ACCOUNT,
    "django_session": ACCOUNT,
    "claimtrack_cacheentry": ACCOUNT,
    "claimtrack_ratecounter": CODE,
    "claimtrack_era": CODE,
    "django_content_type": CODE,
    "pghistory_context": CODE,
    "claims_stale": CODE,
    "claims_delivery": CODE,
    "claims_topic": NAME,
    "claims_topicevent": NAME,
    "claims_verdict": NAME,
    "claims_verdictevent": NAME,
    "claims_alias": NAME,
    "claims_aliasevent": NAME,
    "claims_logentry": LOG,
    "claims_logtile": LOG,
    "claims_checkpoint": LOG,
    "claims_cosignature": LOG,
    "claims_timestamp": LOG,
    "claims_document": DERIVED,
    "claims_frequency": DERIVED,
    "claims_frequencychange": DERIVED,
    "sources_host": ELSEWHERE,
    "claims_upload": OWN_WAY,
    "claims_logopening": OWN_WAY,
    "claimtrack_redaction": OWN_WAY,
    "sources_redactedsnapshot": OWN_WAY,
    "sources_redactionproposal": OWN_WAY,
}
LEFT_OUT_COLUMNS = {
    "pgh_label": CODE,
    "language": CODE,
    "country": CODE,
    "wikidata_id": CODE,
    "object_id": CODE,
    "code": CODE,
    "headers": ADDRESS,
    "url": ADDRESS,
    "canonical_url": ADDRESS,
    "final_url": ADDRESS,
    "archive_url": ADDRESS,
    "homepage": ADDRESS,
    "website": ADDRESS,
    "address": ADDRESS,
    "moved_to": ADDRESS,
    "endpoint": ADDRESS,
    "host": ADDRESS,
    "publisher_site": ADDRESS,
    "key": HASH,
    "folded": HASH,
    "fingerprint": HASH,
    "secret": HASH,
    "old_secret": HASH,
    "origin_key": HASH,
    "version": HASH,
    "extractor": HASH,
    "extractor_version": HASH,
    "etag": HASH,
    "last_modified": HASH,
    "furniture": HASH,
    "sha256": OWN_WAY,
    "first_sha256": OWN_WAY,
    "search": DERIVED,
    "verdict_label": NAME,
    "sources_source.name": NAME,
    "sources_sourceevent.name": NAME,
    "claims_speaker.name": NAME,
    "claims_speakerevent.name": NAME,
}
# Columns whose text is JSON.
JSON_TEXT = {"claimtrack_keptanswer.body", "django_admin_log.change_message"}
# Columns that hold the query string of an address.
QUERIES = {"claims_savedview.query", "claims_webhook.filters", "claims_webhookevent.filters"}
TEXTUAL = (models.CharField, models.TextField, models.JSONField, models.BinaryField, SearchVectorField)


@dataclass(frozen=True)
class Place:
    """A table, and its columns that may repeat a passage."""

    model: type[models.Model]
    columns: tuple[str, ...]

    @cached_property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def is_history(self) -> bool:
        return bool(self.history_of)

    @cached_property
    def history_of(self) -> str:
        """The table whose history this is, or ""."""
        tracked = getattr(self.model, "pgh_tracked_model", None)
        return str(tracked._meta.db_table) if tracked else ""

    @cached_property
    def pk(self) -> str:
        return "pgh_id" if self.is_history else "id"

    @cached_property
    def key(self) -> str:
        """The column by which a redaction names its rows. A redaction adds events, so events are named by their tracked row."""
        return "pgh_obj_id" if self.is_history else "id"

    @cached_property
    def json(self) -> set[str]:
        """The columns that hold JSON."""
        fields = (field for field in self.model._meta.concrete_fields if isinstance(field, models.JSONField))
        return {str(field.column) for field in fields} & set(self.columns)

    def is_json_text(self, column: str) -> bool:
        return f"{self.table}.{column}" in JSON_TEXT

    @property
    def queries(self) -> set[str]:
        """The columns with the query string of an address, in which characters are encoded."""
        return {column for column in self.columns if f"{self.table}.{column}" in QUERIES}

    def has(self, column: str) -> bool:
        return any(field.column == column for field in self.model._meta.concrete_fields)


def textual() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Yield every text column of every table, except those with fixed choices."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.concrete_fields:
                if isinstance(field, TEXTUAL) and not field.choices:
                    yield model, field


def left_out(model: type[models.Model], column: str) -> str:
    """Return why a column is excluded, or ""."""
    table = model._meta.db_table
    return LEFT_OUT_TABLES.get(table) or LEFT_OUT_COLUMNS.get(f"{table}.{column}") or LEFT_OUT_COLUMNS.get(column) or ""


def places() -> list[Place]:
    """Return the places of texts, by table: history last, since changes add to it."""
    columns: dict[type[models.Model], list[str]] = {}
    for model, field in textual():
        if not left_out(model, str(field.column)):
            columns.setdefault(model, []).append(str(field.column))
    found = [Place(model, tuple(names)) for model, names in columns.items()]
    return sorted(found, key=lambda place: (place.is_history, place.table))

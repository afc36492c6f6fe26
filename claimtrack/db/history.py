"""What edits changed: the events that django-pghistory's triggers keep of one row, read as steps from old to new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Field, Model

from claimtrack.models import User


@dataclass(frozen=True)
class Change:
    """One field's step; values as a reader knows them (the related row, not its id)."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Edit:
    """One recorded update. `by` is None where nobody is on record: a command, or SQL by hand."""

    at: datetime
    by: User | None
    changes: list[Change]


def edits(row: Any, *, without: Collection[str] = ()) -> list[Edit]:
    """Return the updates of a tracked row, oldest first; those that touch only fields in `without` are left out.

    Each event holds the row as it was before, so what it became stands in the next event, or in the row itself.
    """
    events = row.events.select_related("pgh_context").filter(pgh_label="update").order_by("pk")
    states = [*events, row]
    by = authors(states[:-1])
    tracked = {field.name for field in events.model._meta.fields}
    found = []
    for old, new in pairwise(states):
        changes = [
            Change(str(field.verbose_name), _shown(field, old), _shown(field, new))
            for field in row._meta.concrete_fields
            if field.name in tracked - set(without) and getattr(old, field.attname) != getattr(new, field.attname)
        ]
        if changes:
            found.append(Edit(old.pgh_created_at, by.get(old.pk), changes))
    return found


def authors(events: Collection[Any]) -> dict[int, User]:
    """Return who made each of these events (fetched with `pgh_context`), by the event's id, in one query."""
    ids = {event.pk: (event.pgh_context.metadata or {}).get("user") for event in events if event.pgh_context}
    users = User.objects.in_bulk([pk for pk in set(ids.values()) if pk])
    return {event: users[pk] for event, pk in ids.items() if pk in users}


def _shown(field: Field, row: Model) -> object:
    value = getattr(row, field.attname)
    if field.is_relation and field.related_model and value is not None:
        return field.related_model._base_manager.filter(pk=value).first() or f"#{value}"
    return dict(field.flatchoices).get(value, value)

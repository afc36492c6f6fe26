"""The edits of a row, read from the events that django-pghistory's triggers record, and which models they record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import pghistory
from django.apps import apps
from django.db.models import Field, Model
from pghistory.models import Event

from claimtrack.models import User


@dataclass(frozen=True)
class Change:
    """The old and new value of one field, as readers know them (the related row, not its id)."""

    name: str
    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Edit:
    """One recorded update. `by` is None if no user is recorded, as for a command or manual SQL."""

    at: datetime
    by: User | None
    changes: list[Change]


def tracked() -> list[tuple[type[Model], type[Event]]]:
    """Return each tracked model with the model of its events."""
    found: list[Any] = []
    for model in apps.get_models():
        of: Any = getattr(model, "pgh_tracked_model", None)
        if of is not None:
            found.append((of, model))
    return found


def columns(events: type[Event]) -> list[str]:
    """Return the columns of the tracked row in its events. Some are left out, such as those that triggers derive."""
    return [str(field.column) for field in events._meta.concrete_fields if not field.name.startswith("pgh_")]


def trackers(events: type[Event]) -> dict[str, bool]:
    """Return the labels of the events, each with whether it has the row as it is after the change."""
    declared: Any = events.pgh_trackers
    return {tracker.label: tracker.row == pghistory.New for tracker in declared}


def edits(row: Any, *, without: Collection[str] = ()) -> list[Edit]:
    """Return the updates of a tracked row, oldest first, without those that only change fields in `without`.

    An event holds the row before an update. The row after it is in the next event, or for the last one in the table itself.
    """
    events = row.events.select_related("pgh_context").filter(pgh_label="update").order_by("pk")
    states = [*events, row]
    by = authors(states[:-1])
    tracked = {field.name for field in events.model._meta.fields}
    found = []
    for old, new in pairwise(states):
        changes = [
            Change(field.name, str(field.verbose_name), _display_value(field, old), _display_value(field, new))
            for field in row._meta.concrete_fields
            if field.name in tracked - set(without) and getattr(old, field.attname) != getattr(new, field.attname)
        ]
        if changes:
            found.append(Edit(old.pgh_created_at, by.get(old.pk), changes))
    return found


def authors(events: Collection[Any]) -> dict[int, User]:
    """Return the author of each event by its id, in one query. Fetch the events with `pgh_context`."""
    ids = {event.pk: (event.pgh_context.metadata or {}).get("user") for event in events if event.pgh_context}
    users = User.objects.in_bulk([pk for pk in set(ids.values()) if pk])
    return {event: users[pk] for event, pk in ids.items() if pk in users}


def _display_value(field: Field, row: Model) -> object:
    value = getattr(row, field.attname)
    if field.is_relation and field.related_model and value is not None:
        return field.related_model._base_manager.filter(pk=value).first() or f"#{value}"
    return dict(field.flatchoices).get(value, value)

"""The trackers of django-pghistory, with triggers that no session variable can switch off.

Their own triggers heed `pgtrigger.ignore`, so a role that may only UPDATE could change rows without leaving an event.
"""

from typing import Any

import pghistory
import pgtrigger
from pghistory import core, trigger
from pgtrigger import compiler

from claimtrack.db.guards import without_switch


class _Trigger(trigger.Event):
    def compile(self, model: Any) -> compiler.Trigger:
        return without_switch(super().compile(model))


def _register(tracker: core.RowEvent, event_model: Any) -> None:
    """Do as `add_event_trigger` of pghistory, with another class of trigger."""
    made = _Trigger(
        event_model=event_model,
        label=tracker.label,
        name=tracker.trigger_name,
        row=tracker.row,
        operation=tracker.operation,
        condition=tracker.condition,
        level=tracker.level,
    )
    pgtrigger.register(made)(event_model.pgh_tracked_model)


class InsertEvent(pghistory.InsertEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        _register(self, event_model)


class UpdateEvent(pghistory.UpdateEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        _register(self, event_model)


class DeleteEvent(pghistory.DeleteEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        _register(self, event_model)

"""What became of the lines of an import."""

from dataclasses import dataclass, field
from typing import Any

from claimtrack.refusals import Refused
from claimtrack.warnings import InputWarning

KEPT = 1_000  # refusals in a report; beyond these they are counted


@dataclass(frozen=True)
class Done:
    """A line that is in the ledger: its claim (id), whether that is new, and whether it was accepted.

    `field` of a warning is a JSON Pointer into the line.
    """

    claim: int
    created: bool
    accepted: bool
    warnings: tuple[InputWarning, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why a line did not go in. `line` counts from 1, `pointer` is a JSON Pointer into it, `extra` helps to put it right."""

    line: int
    code: str
    message: str
    pointer: str
    extra: dict[str, Any]


@dataclass
class Report:
    """What an import came to. `kept` is false where nothing was changed: a dry run, or a strict one with refusals.

    `refusals` are the first KEPT of the `refused`. `warned` counts lines that went in with warnings. `last` is what became
    of the line that was done last, whose number is `line`.
    """

    new: int = 0
    known: int = 0
    accepted: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    warned: int = 0
    kept: bool = True
    line: int = 0
    last: Done | Refusal | None = None

    def add(self, number: int, outcome: Done | Refused) -> None:
        self.line = number
        if isinstance(outcome, Done):
            self.last = outcome
            self.warned += bool(outcome.warnings)
            self.new += outcome.created
            self.known += not outcome.created
            self.accepted += outcome.accepted
            return
        self.last = Refusal(number, outcome.code, outcome.message, outcome.field, outcome.extra)
        self.refused += 1
        if self.refused <= KEPT:
            self.refusals.append(self.last)

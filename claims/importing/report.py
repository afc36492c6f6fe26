"""The result of an import, line by line."""

from dataclasses import dataclass, field
from typing import Any

from claimtrack.refusals import Refused
from claimtrack.warnings import InputWarning

MAX_REFUSALS = 1_000  # in a report; more are only counted


@dataclass(frozen=True)
class Done:
    """The outcome of an imported line: the id of its claim, whether the claim is new, and whether it was accepted.

    The `field` of a warning is a JSON Pointer into the line.
    """

    claim: int
    created: bool
    accepted: bool
    warnings: tuple[InputWarning, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why a line was refused. `line` counts from 1, `pointer` is a JSON Pointer into it, and `extra` helps to correct it.

    `refused` is the refusal itself, for doors that translate its sentence.
    """

    line: int
    code: str
    message: str
    pointer: str
    extra: dict[str, Any]
    refused: Refused


@dataclass
class Report:
    """The result of an import. `kept` is false if nothing was changed, as after a dry run, or a strict one with refusals.

    `refusals` are the first MAX_REFUSALS refused lines. `warned` counts imported lines with warnings. `last` is the outcome of
    the line with the number `line`.
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
        self.last = Refusal(number, outcome.code, outcome.message, outcome.field, outcome.extra, outcome)
        self.refused += 1
        if self.refused <= MAX_REFUSALS:
            self.refusals.append(self.last)

"""Warnings about input that a verb left out, or accepted although it looks wrong. Doors show them beside the result.

Unlike a refusal (claimtrack.refusals), a warning stops nothing. `code` is for programs and never changes. `field` names the input
(with dots for nested input: `appearances.0.quote`). `detail` is a sentence for people.
"""

from dataclasses import dataclass

from claimtrack.refusals import Message


@dataclass(frozen=True)
class InputWarning:
    code: str
    field: str
    detail: Message

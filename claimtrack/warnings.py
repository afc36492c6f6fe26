"""Warnings: what a verb accepted although it looks wrong, or left out. Doors show them beside the result.

Unlike a refusal (claimtrack.refusals), a warning stops nothing. `code` is for machines and never changes. `field` names the
input (dotted for nested input: `appearances.0.quote`). `detail` is a sentence for people.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class InputWarning:
    code: str
    field: str
    detail: str

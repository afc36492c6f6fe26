"""What a verb did although it looks wrong: the doors show it beside the result, and nothing is refused.

Of a refusal (claimtrack.refusals) these differ in that the input is kept. `code` is for machines and never changes;
`field` names the input (dotted for nested input: `appearances.0.quote`); `detail` is a sentence for people.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class InputWarning:
    code: str
    field: str
    detail: str

"""Why a verb said no: named refusals that every door turns into its own words (HTTP status, form error, line of a report).

`code` is for machines and never changes; `message` is a sentence that says what would be right; `field` names the input
at fault (dotted for nested input: `appearances.0.quote`), empty where the whole request is meant; `extra` holds members
that help to put it right, such as the nearest passage of a quote that is absent.
"""

from typing import Any


class Refused(Exception):
    """Base of all refusals. `status` is the HTTP status that fits (RFC 9110)."""

    status = 400
    code = "invalid"

    def __init__(self, message: str, *, code: str = "", field: str = "", **extra: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.extra = extra


class Invalid(Refused):
    """The input does not make sense, whoever sends it."""


class NotAllowed(Refused):
    """The role of the one who asks does not cover it."""

    status = 403
    code = "not_allowed"


class Conflict(Refused):
    """It does not fit the state that the ledger is in."""

    status = 409
    code = "conflict"


class Stale(Conflict):
    """The claim moved since the caller looked at it."""

    code = "stale"

"""Refusals: the exceptions of verbs, which each door turns into an HTTP status, a form error or a line of a report.

`code` is for programs and never changes. `message` is a sentence that says what would be right. `field` names the wrong input
(with dots for nested input: `appearances.0.quote`), and is empty if it is about the whole request. `extra` helps to correct the
input, for example with the passage nearest to a quote that was not found.
"""

from typing import Any


class Refused(Exception):
    """The base class of refusals. `status` is the HTTP status (RFC 9110)."""

    status = 400
    code = "invalid"

    def __init__(self, message: str, *, code: str = "", field: str = "", **extra: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.extra = extra


class Invalid(Refused):
    """The input is wrong, whoever sends it."""


class NotAllowed(Refused):
    """The role of the user does not allow it."""

    status = 403
    code = "not_allowed"


class Conflict(Refused):
    """It does not fit the state of the ledger."""

    status = 409
    code = "conflict"


class Stale(Conflict):
    """The claim has changed since the caller read it."""

    code = "stale"

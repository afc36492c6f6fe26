"""Refusals: the exceptions of verbs, which each door turns into an HTTP status, a form error or a line of a report.

`code` is for programs and never changes. `message` is a sentence that says what would be right. `field` names the wrong input
(with dots for nested input: `appearances.0.quote`), and is empty if it is about the whole request. `extra` helps to correct the
input, for example with the passage nearest to a quote that was not found.

The sentence is a template with named placeholders, filled in from `params`, as that of Django's ValidationError:

    Invalid("Give at most %(limit)s topics.", code="too_many", field="topics", params={"limit": 10})

The template is what translators translate, so it is a literal. `message` is English, for the API and the log; pages show
`claimtrack.languages.translated(refusal)`.
"""

from collections.abc import Mapping
from typing import Any


class Term(str):
    """A word of the program among the params of a refusal, such as a role or a status: it is translated too."""

    __slots__ = ()


class Refused(Exception):
    """The base class of refusals. `status` is the HTTP status (RFC 9110)."""

    status = 400
    code = "invalid"

    def __init__(
        self,
        template: str,
        *,
        code: str = "",
        field: str = "",
        params: Mapping[str, object] | None = None,
        **extra: Any,
    ) -> None:
        self.template = template
        self.params = dict(params or {})
        self.message = template % self.params if self.params else template
        super().__init__(self.message)
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

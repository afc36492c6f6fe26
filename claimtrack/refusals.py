"""Refusals: the exceptions of verbs, which each door turns into an HTTP status, a form error or a line of a report.

`code` is for programs and never changes. `message` is a sentence that says what would be right. `field` names the wrong input
(with dots for nested input: `appearances.0.quote`), and is empty if it is about the whole request. `extra` helps to correct the
input, for example with the passage nearest to a quote that was not found.

The sentence is a template with named placeholders, filled in from `params`, as that of Django's ValidationError:

    Invalid("Give at most %(limit)s topics.", code="too_many", field="topics", params={"limit": 10})

The template is what translators translate, so it is a literal. `message` is English, for the API and the log; pages show
`claimtrack.languages.translated(refusal)`.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """Return the text with � for each half of a surrogate pair, which no answer, page or file can contain.

    JSON can escape such a half, and a sentence may quote input that was refused for it.
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text) if not text.isascii() else text


class Message(str):
    """A text of the program in English, which pages can translate, since it keeps its template and params.

    A param may be a Message too, such as the name of a role. It serves modules without Django, and whatever passes a text on:
    `ValueError(Message("…"))`, the detail of a warning, a label.
    """

    template: str
    params: dict[str, object]
    # As in pgettext, for a text that has several meanings in English (in_context).
    context: str

    def __new__(cls, template: str, params: Mapping[str, object] | None = None) -> "Message":
        if isinstance(template, Message):
            return in_context(template.context, template.template, params or template.params)
        given = {name: _quoted(value) for name, value in (params or {}).items()}
        template = encodable(template)
        message = super().__new__(cls, template % given if given else template)
        message.template, message.params, message.context = template, given, ""
        return message


def in_context(context: str, template: str, params: Mapping[str, object] | None = None) -> Message:
    """Return a text whose meaning translators learn from `context`: “Accept” on the button of a step, or another one."""
    message = Message(template, params)
    message.context = context
    return message


def _quoted(value: object) -> object:
    return encodable(value) if type(value) is str else value


class Amount(int):
    """A number among params that is written in groups of digits, as an id is not."""

    def __str__(self) -> str:
        return f"{int(self):,}"


class Figures(str):
    """Text among params whose numbers pages write as their language does: `47000000` and `2.5%` of programs.

    Numbers of four digits are left alone: they may be years.
    """

    _NUMBER = re.compile(r"\d{5,}(?:\.\d+)?|\d+\.\d+")

    def written(self, write: Callable[[Decimal], str]) -> str:
        return self._NUMBER.sub(lambda found: write(Decimal(found[0])), self[:])

    def __str__(self) -> str:
        return self.written(lambda number: f"{number:,}")


def reason(error: ValueError) -> Message:
    """Return the Message that a pure function of ours gave as the reason of a ValueError."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else Message(str(first))


class Refused(Exception):
    """The base class of refusals. `status` is the HTTP status (RFC 9110)."""

    status = 400
    code = "invalid"

    def __init__(
        self, message: str, *, code: str = "", field: str = "", params: Mapping[str, object] | None = None, **extra: Any
    ) -> None:
        self.message = Message(message, params)
        super().__init__(self.message)
        self.code = code or self.code
        self.field = encodable(field)
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

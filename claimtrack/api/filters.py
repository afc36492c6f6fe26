"""Query parameters, strictly: each is declared once, and an unknown or unreadable one is refused (400), never ignored.

A view names its filters as `parameters`. Repeating one means OR, different ones mean AND. Only those that a request uses
cost anything: no form is built.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import reduce
from typing import Any

from django.db.models import Q
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from claimtrack.cleaning import spelt_language
from claimtrack.db.statements import Constant
from claimtrack.refusals import Invalid

MAX_VALUES = 100


@dataclass(frozen=True)
class Kind:
    """How a value is written. `what` completes "this takes …"; `read` returns the value or raises ValueError."""

    what: str
    schema: dict[str, Any]
    read: Callable[[str], Any]


@dataclass(frozen=True)
class Parameter:
    """A filter. `apply(queryset, values)` keeps the rows for which any of the values holds."""

    name: str
    kind: Kind
    apply: Callable[[Any, list[Any]], Any]
    description: str


def among(field: str) -> Callable[[Any, list[Any]], Any]:
    """Rows whose field is one of the values."""
    return lambda queryset, values: queryset.filter(**{f"{field}__in": values})


def any_of(lookup: str) -> Callable[[Any, list[Any]], Any]:
    """Rows for which the lookup holds with any of the values."""
    return lambda queryset, values: queryset.filter(reduce(operator.or_, (Q(**{lookup: value}) for value in values)))


def _matching(pattern: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError
        return value

    return read


def _identifier(value: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,18}", value) or int(value) >= 2**63:
        raise ValueError
    return int(value)


def _day(value: str) -> date:
    return date.fromisoformat(_matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")(value))


def _moment(value: str) -> datetime:
    if "T" not in value:
        return datetime.combine(_day(value), time(tzinfo=UTC))
    moment = datetime.fromisoformat(_matching("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:.*")(value))
    try:
        # PostgreSQL knows fewer zones than Python.
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError from None


IDENTIFIER = Kind("an id", {"type": "integer", "format": "int64", "minimum": 1}, _identifier)
# PostgreSQL has no U+0000.
TEXT = Kind("some text", {"type": "string", "minLength": 1, "pattern": r"^[^\u0000]+$"}, _matching("[^\0]+"))
SLUG = Kind("a slug", {"type": "string", "pattern": "^[-a-z0-9_]+$"}, _matching("[-a-z0-9_]+"))
BOOLEAN = Kind("true or false", {"type": "boolean"}, {"true": True, "false": False}.__getitem__)
LANGUAGE = Kind(
    "a language tag such as en or pt-BR",
    {"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"},
    lambda value: Constant(spelt_language(_matching("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")(value))),
)
DAY = Kind("a date such as 2025-09-05", {"type": "string", "format": "date"}, _day)
MOMENT = Kind(
    "a date, or a time such as 2025-09-05T10:00:00Z (in a URL, + is written %2B)",
    {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
    _moment,
)


def one_of(values: Iterable[str]) -> Kind:
    """One of these words."""
    words = {str(value): Constant(value) for value in values}
    return Kind(f"one of {', '.join(words)}", {"type": "string", "enum": list(words)}, words.__getitem__)


def whole_number(least: int, most: int) -> Kind:
    """A whole number in these bounds, both inclusive."""

    def read(value: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise ValueError
        return int(value)

    return Kind(f"a whole number from {least} to {most}", {"type": "integer", "minimum": least, "maximum": most}, read)


def read(request: Request, name: str, kind: Kind) -> list[Any]:
    """Return the values that a request gives to a parameter; Invalid `parameter` says what would be right."""
    given = request.query_params.getlist(name)
    if len(given) > MAX_VALUES:
        raise Invalid(f"“{name}” is given more than {MAX_VALUES} times.", code="parameter", field=name)
    values = []
    for value in given:
        try:
            values.append(kind.read(value))
        except (ValueError, KeyError):
            sentence = f"“{value[:100]}” does not fit “{name}”: this takes {kind.what}."
            raise Invalid(sentence, code="parameter", field=name) from None
    return values


def read_one(request: Request, name: str, kind: Kind, default: Any) -> Any:
    """The same for a parameter that is given once or not at all."""
    values = read(request, name, kind)
    if len(values) > 1:
        raise Invalid(f"“{name}” is given more than once.", code="parameter", field=name)
    return values[0] if values else default


def refuse_unknown(request: Request, known: Collection[str]) -> None:
    """Refuse a request that names a parameter beyond the known ones: a filter misspelt and ignored would list too much."""
    for name in request.query_params:
        if name not in known:
            takes = f"this address takes {', '.join(sorted(known))}" if known else "this address takes none"
            raise Invalid(f"There is no parameter “{name[:100]}”: {takes}.", code="unknown_parameter", field=name[:100])


Given = dict[str, list[Any]]


def given(request: Request, view: Any) -> Given:
    """Return the values of those of a view's parameters that a request uses; Invalid for any other."""
    taken = view.paginator.taken_by(view) if view.paginator else ()
    refuse_unknown(request, {*taken, *(parameter.name for parameter in view.parameters)})
    used = (parameter for parameter in view.parameters if parameter.name in request.query_params)
    return {parameter.name: read(request, parameter.name, parameter.kind) for parameter in used}


def keep(queryset: Any, parameters: Iterable[Parameter], values: Given) -> Any:
    """The rows that these values of the parameters keep."""
    for parameter in parameters:
        if parameter.name in values:
            queryset = parameter.apply(queryset, values[parameter.name])
    return queryset


class StrictParameters(BaseFilterBackend):
    """Applies the filters that a request uses. A detail takes no parameter at all."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        if view.detail:
            refuse_unknown(request, ())
            return queryset
        return keep(queryset, view.parameters, given(request, view))

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": parameter.name,
                "in": "query",
                "description": f"{parameter.description} Repeat it for OR.",
                "schema": {"type": "array", "items": parameter.kind.schema, "maxItems": MAX_VALUES},
                "style": "form",
                "explode": True,
            }
            for parameter in ([] if view.detail else view.parameters)
        ]

"""Query parameters, read strictly: an unknown parameter or a bad value is refused (400), never ignored.

Filters are declared as a django-filter FilterSet. Repeating a parameter means OR, different ones mean AND. The stock FilterSet
copies every filter and builds a form for each request; StrictFilterSet reads only the parameters that a request names.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import reduce
from typing import Any, TypeVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from claimtrack.cleaning import spelt_language
from claimtrack.languages import translated
from claimtrack.refusals import Invalid, Message

MAX_VALUES = 100

# A piece of an OpenAPI document.
Schema = dict[str, Any]
# The values of each filter that a request names.
Given = Mapping[str, Sequence[Any]]
Rows = TypeVar("Rows", bound=QuerySet)


class ParameterField(forms.Field):
    """A form field for one value of a parameter.

    `takes` completes "this takes …" in a refusal, and `schema` is the JSON Schema of the value. Subclasses implement
    `read`, which raises ValueError or KeyError. Django's own fields are too tolerant: they accept "+7", " 7 " and "7_000".
    """

    takes: Message
    schema: Schema = {"type": "string"}

    def read(self, value: str) -> object:
        raise NotImplementedError

    def clean(self, value: str) -> object:
        try:
            return self.read(value)
        except (ValueError, KeyError):
            message = Message(
                "“%(value)s” does not fit: this takes %(takes)s.", {"value": value[:100], "takes": self.takes}
            )
            raise ValidationError(translated(message), "parameter") from None


def _matching(pattern: str, value: str) -> str:
    if not re.fullmatch(pattern, value):
        raise ValueError
    return value


class IdentifierField(ParameterField):
    takes = Message("an id")
    schema = {"type": "integer", "format": "int64", "minimum": 1}

    def read(self, value: str) -> int:
        number = int(_matching("[1-9][0-9]{0,18}", value))
        if number >= 2**63:
            raise ValueError
        return number


class TextField(ParameterField):
    """Any text that PostgreSQL can store, which excludes U+0000."""

    takes = Message("some text")
    schema = {"type": "string", "minLength": 1, "pattern": r"^[^\u0000]+$"}

    def read(self, value: str) -> str:
        return _matching("[^\0]+", value)


class SlugField(ParameterField):
    takes = Message("a slug")
    schema = {"type": "string", "pattern": "^[-a-z0-9_]+$"}

    def read(self, value: str) -> str:
        return _matching("[-a-z0-9_]+", value)


class BooleanField(ParameterField):
    takes = Message("true or false")
    schema = {"type": "boolean"}

    def read(self, value: str) -> bool:
        return {"true": True, "false": False}[value]


class LanguageField(ParameterField):
    takes = Message("a language tag such as en or pt-BR")
    schema = {"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"}

    def read(self, value: str) -> str:
        return spelt_language(_matching("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", value))


class DateField(ParameterField):
    takes = Message("a date such as 2025-09-05")
    schema = {"type": "string", "format": "date"}

    def read(self, value: str) -> date:
        return date.fromisoformat(_matching("[0-9]{4}-[0-9]{2}-[0-9]{2}", value))


class DateTimeField(DateField):
    """A time. Without a time zone it is in UTC, and a date means its midnight in UTC."""

    takes = Message("a date, or a time such as 2025-09-05T10:00:00Z (in a URL, + is written %2B)")
    schema = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}

    def read(self, value: str) -> datetime:
        if "T" not in value:
            return datetime.combine(super().read(value), time(tzinfo=UTC))
        moment = datetime.fromisoformat(_matching("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:.*", value))
        try:
            # PostgreSQL supports fewer time zone offsets than Python.
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except OverflowError:
            raise ValueError from None


class ChoiceField(ParameterField):
    """One of these words."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self.words = {str(word): str(word) for word in words}
        self.takes = Message("one of %(values)s", {"values": ", ".join(self.words)})
        self.schema = {"type": "string", "enum": list(self.words)}

    def read(self, value: str) -> str:
        return self.words[value]


class WholeNumberField(ParameterField):
    """A whole number between two bounds, both included."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self.least, self.most = least, most
        self.takes = Message("a whole number from %(least)s to %(most)s", {"least": least, "most": most})
        self.schema = {"type": "integer", "minimum": least, "maximum": most}

    def read(self, value: str) -> int:
        number = int(_matching("[0-9]{1,9}", value))
        if not self.least <= number <= self.most:
            raise ValueError
        return number


class RepeatedField(forms.Field):
    """All values of a parameter. Empty values are left out, since a form sends them for controls that are not used."""

    widget = forms.MultipleHiddenInput

    def __init__(self, value_field: forms.Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.value_field = value_field

    def clean(self, value: Sequence[str] | None) -> list[object]:
        given = [one for one in value or () if one]
        if len(given) > MAX_VALUES:
            raise ValidationError(
                translated(Message("This takes at most %(limit)s values.", {"limit": MAX_VALUES})), "parameter"
            )
        return [self.value_field.clean(one) for one in given]


class AnyOf(django_filters.Filter):
    """A filter that keeps the rows for which any of the given values holds.

    `keep(queryset, values)`, usually a method of the queryset, selects the rows. Without it the lookup on the field does.
    `complete(values, given)` returns its values where they depend on those of other filters. `method` names a method of the filter
    set, for a filter that depends on more than values. `fixed_sql` says whether the SQL depends only on the number of values, so that
    it can be cached (see claimtrack.db.statements).
    """

    field_class = RepeatedField

    def __init__(
        self,
        value_field: ParameterField,
        help_text: str,
        field_name: str | None = None,
        lookup_expr: str = "in",
        *,
        keep: Callable[..., Any] | None = None,
        complete: Callable[[Sequence[Any], Given], list[Any]] | None = None,
        method: str | None = None,
        fixed_sql: bool = True,
    ) -> None:
        super().__init__(field_name, lookup_expr, method=method, value_field=value_field, help_text=help_text)
        self.value_field, self.keep, self.complete = value_field, keep, complete
        self.fixed_sql, self.help_text = fixed_sql, help_text

    def filter(self, qs: Rows, value: Sequence[object]) -> Rows:
        if not value:
            return qs
        if self.keep:
            return self.keep(qs, value)
        lookup = f"{self.field_name}__{self.lookup_expr}"
        if self.lookup_expr == "in":
            return qs.filter(**{lookup: value})
        return qs.filter(any_of(lookup, value))

    def schema(self) -> Schema:
        """The OpenAPI parameter."""
        return {
            "name": self.field_name,
            "in": "query",
            "description": f"{self.help_text} Repeat it for OR.",
            "schema": {"type": "array", "items": self.value_field.schema, "maxItems": MAX_VALUES},
            "style": "form",
            "explode": True,
        }


def any_of(lookup: str, values: Iterable[object]) -> Q:
    """Return the condition that the lookup matches at least one of the values."""
    return reduce(operator.or_, (Q(**{lookup: value}) for value in values))


def read(query: QueryDict, name: str, field: ParameterField) -> list[Any]:
    """Return the values of a parameter. Raises Invalid `parameter`, which says what would be right."""
    given = query.getlist(name)
    if len(given) > MAX_VALUES:
        raise Invalid(
            "“%(name)s” is given more than %(limit)s times.",
            code="parameter",
            field=name,
            params={"name": name, "limit": MAX_VALUES},
        )
    values = []
    for value in given:
        try:
            values.append(field.clean(value))
        except ValidationError:
            raise Invalid(
                "“%(value)s” does not fit “%(name)s”: this takes %(takes)s.",
                code="parameter",
                field=name,
                params={"value": value[:100], "name": name, "takes": field.takes},
            ) from None
    return values


def read_one(query: QueryDict, name: str, field: ParameterField, default: object) -> Any:
    """Return the value of a parameter that may be given at most once, `default` if it is not given. Raises Invalid."""
    if name not in query:
        return default
    values = read(query, name, field)
    if len(values) > 1:
        raise Invalid("“%(name)s” is given more than once.", code="parameter", field=name, params={"name": name})
    return values[0] if values else default


def refuse_unknown(query: QueryDict, known: Collection[str]) -> None:
    """Raise Invalid for an unknown parameter: to ignore a misspelt filter would list too much."""
    for name in query:
        if name not in known:
            params = {"name": name[:100], "known": ", ".join(sorted(known))}
            if not known:
                raise Invalid(
                    "There is no parameter “%(name)s”: this address takes none.",
                    code="unknown_parameter",
                    field=name[:100],
                    params=params,
                )
            raise Invalid(
                "There is no parameter “%(name)s”: this address takes %(known)s.",
                code="unknown_parameter",
                field=name[:100],
                params=params,
            )


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet for the API, made of AnyOf filters. The desk uses it with forms, like any other FilterSet."""

    base_filters: dict[str, AnyOf]

    @classmethod
    def read(cls, query: QueryDict, also: Collection[str] = ()) -> Given:
        """Return the values of the filters in a query. `also` names parameters that something else reads."""
        refuse_unknown(query, {*also, *cls.base_filters})
        given = {name: read(query, name, one.value_field) for name, one in cls.base_filters.items() if name in query}
        for name in given:
            if complete := cls.base_filters[name].complete:
                given[name] = complete(given[name], given)
        return given

    @classmethod
    def apply(cls, queryset: Rows, given: Given) -> Rows:
        """Return the rows that these values keep."""
        for name, values in given.items():
            queryset = cls.base_filters[name].filter(queryset, values)
        return queryset


class StrictFilterBackend(BaseFilterBackend):
    """Applies the view's `filterset_class`. Details take no parameters."""

    def filter_queryset(self, request: Request, queryset: Rows, view: Any) -> Rows:
        return view.filterset_class.apply(queryset, view.read_filters())

    def get_schema_operation_parameters(self, view: Any) -> list[Schema]:
        if view.detail:
            return []
        return [{**found.schema(), "name": name} for name, found in view.filterset_class.base_filters.items()]

"""The lists of the admin: a search line with filters, which are declared in `list_filter` of an admin class.

Only these filters are read from the address. Django's own list would take every other parameter for a lookup on the model.
An invalid parameter or value shows an error above an empty list, since ignoring it would show too many rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, TypeAlias

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, IGNORED_PARAMS, ORDER_VAR, PAGE_VAR, ChangeList
from django.db.models import Model, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimtrack.api.filters import DateField
from claimtrack.db.capped import CAP, CappedCount

# Parameters that the admin itself reads.
ADMIN_PARAMETERS = {*IGNORED_PARAMS, PAGE_VAR, ERROR_FLAG, "_changelist_filters"}

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from claimtrack.admin.base import DeskAdmin

Label: TypeAlias = "str | _StrPromise"
Options: TypeAlias = "Sequence[tuple[str, Label]]"


class Filter(admin.ListFilter):
    """A control of the search line for the parameters `names`. `errors` describes their invalid values."""

    names: Sequence[str] = ()

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[Model], model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.request = request
        self.errors: list[str] = []
        self.given = {name: self._one(request, name) for name in self.names}

    def _one(self, request: HttpRequest, name: str) -> str:
        values = list(filter(None, request.GET.getlist(name)))
        if len(values) > 1:
            self.errors.append(_("“%(name)s” takes one value.") % {"name": name})
        return values[-1] if values else ""

    def refuse(self, value: str) -> None:
        self.errors.append(_("“%(value)s” does not fit here.") % {"value": value[:100]})

    def narrow(self, rows: QuerySet) -> QuerySet:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        rows = self.narrow(queryset) if any(self.given.values()) and not self.errors else queryset
        return queryset.none() if self.errors else rows

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.names)

    def choices(self, changelist: ChangeList) -> Iterator[Mapping[str, object]]:
        """Yield no links: the template draws a control."""
        return iter(())


class Choice(Filter):
    """A select. Subclasses list the `options` and filter by the `value`."""

    template = "desk/filters/choice.html"
    every: Label = gettext_lazy("All")

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def value(self) -> str:
        return self.given[self.name]

    def options(self) -> Options:
        raise NotImplementedError

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(**{self.name: value})

    def narrow(self, rows: QuerySet) -> QuerySet:
        if self.value not in {value for value, _label in self.options()}:
            self.refuse(self.value)
            return rows
        return self.by(rows, self.value)

    @property
    def shown(self) -> Options:
        """The options, and the value of the address even if it is not one of them."""
        options: list[tuple[str, Label]] = [("", self.every), *self.options()]
        known = {value for value, _label in options}
        return options if self.value in known else [*options, (self.value, self.value)]


class Days(Filter):
    """Two days, of the time `column`; both count."""

    template = "desk/filters/days.html"
    column = ""

    @property
    def ends(self) -> list[tuple[str, Label, str]]:
        labels = (gettext_lazy("From"), gettext_lazy("Until"))
        return [(name, label, self.given[name]) for name, label in zip(self.names, labels, strict=True)]

    def narrow(self, rows: QuerySet) -> QuerySet:
        for name, lookup, end in zip(self.names, ("gte", "lte"), (time.min, time.max), strict=True):
            if not self.given[name]:
                continue
            try:
                day = DateField().read(self.given[name])
            except ValueError:
                self.refuse(self.given[name])
            else:
                rows = rows.filter(**{f"{self.column}__{lookup}": make_aware(datetime.combine(day, end))})
        return rows


def capped(count: int) -> str:
    """Return a count as text. Rows past the cap are not counted."""
    return number_format(min(count, CAP), force_grouping=True) + ("+" if count > CAP else "")


def tally(rows: QuerySet, related: QuerySet, newest: str) -> None:
    """Set two attributes on each row of a page: `n`, the number of `related` rows up to a cap, and `last`, the time of the newest.

    `related` refers to the row by OuterRef and has the newest first; `newest` is the column of the time.
    """
    counts = rows.model._default_manager.filter(pk__in=[row.pk for row in rows]).order_by()
    found = counts.values_list("pk", CappedCount(related), Subquery(related.values(newest)[:1]))
    by_row = {pk: (n, last) for pk, n, last in found}
    for row in rows:
        row.n, last = by_row[row.pk]
        row.last = localtime(last).date() if last else None


class DeskList(ChangeList):
    model_admin: DeskAdmin
    unknown: Sequence[str] = ()

    def get_filters_params(self, params: object = None) -> dict[str, list[str]]:
        """Return no lookups: only the filters read the address."""
        return {}

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[str | Combinable]:
        """The order of the admin class, unless it names columns by which the list can be sorted."""
        if not self.sortable_by:
            self.params.pop(ORDER_VAR, None)
        return super().get_ordering(request, queryset)

    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str | None] | None = None) -> QuerySet:
        rows = super().get_queryset(request, exclude_parameters)
        known = {name for spec in self.filter_specs for name in spec.expected_parameters()}
        self.unknown = [name[:100] for name in request.GET if name not in known | ADMIN_PARAMETERS]
        return rows.none() if self.unknown else rows

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.model_admin.complete(request, self.result_list)

    @property
    def narrowed(self) -> bool:
        """Whether the address has any parameter except the page and the order."""
        return bool(
            self.query
            or self.unknown
            or any(any(spec.given.values()) for spec in self.filter_specs if isinstance(spec, Filter))
        )

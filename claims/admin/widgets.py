"""Widgets of the queue's filters. They also show values that are not among the choices, so that no filter is hidden."""

from collections.abc import Mapping, Sequence

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Field

from claimtrack.admin.lists import Label
from claimtrack.api.filters import ParameterField

# A label, its options and its index, as Django's ChoiceWidget.optgroups returns them.
OptionGroup = tuple[str | None, list[dict[str, object]], int | None]


class UnknownValuesMixin(forms.widgets.ChoiceWidget):
    def optgroups(self, name: str, value: list[str], attrs: dict[str, object] | None = None) -> list[OptionGroup]:
        groups = super().optgroups(name, value, attrs)
        choices = {str(option["value"]) for _, options, _ in groups for option in options}
        others = [one for one in dict.fromkeys(value) if one and one not in choices]
        for index, one in enumerate(others, len(groups)):
            groups.append((None, [self.create_option(name, one, one, True, index, attrs=attrs)], index))
        return groups


class Checkboxes(UnknownValuesMixin, forms.CheckboxSelectMultiple):
    pass


class Select(UnknownValuesMixin, forms.SelectMultiple):
    """A select of one value, or of several if the query string has several (`allow_multiple_selected`)."""

    allow_multiple_selected = False


class Autocomplete(AutocompleteSelectMultiple):
    """Searches the rows that a model field relates to.

    `key` is the field of these rows that the parameter contains, and `value_field` reads it. `labels` are further values.
    """

    allow_multiple_selected = False

    def __init__(
        self, field: Field, value_field: ParameterField, key: str = "pk", labels: Mapping[str, Label] | None = None
    ) -> None:
        super().__init__(field, admin.site)
        self.value_field, self.key, self.labels = value_field, key, labels or {}

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, object] | None = None) -> list[OptionGroup]:
        labels = {**self._labels(value), **self.labels}
        given = [one for one in dict.fromkeys(value) if one]
        # A select of one value cannot be cleared without an empty option.
        empty = [] if self.allow_multiple_selected else [self.create_option(name, "", "", False, 0)]
        options = [self.create_option(name, one, str(labels.get(one, one)), True, n) for n, one in enumerate(given, 1)]
        return [(None, empty + options, 0)]

    def _labels(self, given: Sequence[str]) -> dict[str, str]:
        """Return the names of the given rows. Only values that the filter accepts are queried."""
        keys = []
        for one in given:
            try:
                keys.append(self.value_field.clean(one))
            except ValidationError:
                continue
        if not keys:
            return {}
        rows = self.field.remote_field.model._default_manager.filter(**{f"{self.key}__in": keys})
        return {str(getattr(row, self.key)): str(row) for row in rows}


class TopicAutocomplete(Autocomplete):
    """Topics are named by their slugs, as in the API. Django's own view answers with ids."""

    url_name = "%s:claims_topic_slugs"


class Repeated(forms.MultipleHiddenInput):
    """One input for each value of a parameter, and at least one."""

    input_type = "text"

    def format_value(self, value: list[str] | None) -> list[str]:
        return list(filter(None, value or ())) or [""]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0"

    def get_context(self, name: str, value: list[str] | None, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        for subwidget in context["widget"]["subwidgets"]:
            subwidget["type"] = self.input_type
        return context


class RepeatedDate(Repeated):
    input_type = "date"

"""Fields that DRF lacks, and strict request bodies.

A body's serializer decides which members there are and of which type; what a value may say is decided by the verbs.
"""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from claimtrack.addresses import address
from claimtrack.api.filters import refuse_unknown

MOST_ROWS = 100
LANGUAGE_HELP = "BCP 47, for example en or pt-BR."


class TextOrNull(serializers.CharField):
    """Text; null where there is none, which the database writes as the empty string (see RowSerializer)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)


class RowSerializer(serializers.Serializer):
    """A row as the API shows it."""

    def to_representation(self, instance: object) -> dict[str, object]:
        shown = super().to_representation(instance)
        for name, field in self.fields.items():
            if isinstance(field, TextOrNull) and shown.get(name) == "":
                shown[name] = None
        return shown


@extend_schema_field(OpenApiTypes.URI)
class ApiUrl(serializers.Field):
    """The address of a row's own detail."""

    def __init__(self, collection: str, **kwargs: Any) -> None:
        self.collection = collection
        super().__init__(source="pk", read_only=True, **kwargs)

    def to_representation(self, value: int) -> str:
        return address(f"{self.collection}-detail", value)


class ColumnOf(serializers.ListField):
    """One text column of all related rows, in the order in which the queryset fetched them."""

    child = serializers.CharField()

    def __init__(self, column: str, **kwargs: Any) -> None:
        self.column = column
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        return [getattr(row, self.column) for row in data.all()]


class Part(RowSerializer):
    """An object made of its parent's own row (`source="*"`): null where the parent has no `of`."""

    of = ""

    def to_representation(self, instance: object) -> Any:
        return None if getattr(instance, self.of) is None else super().to_representation(instance)


class Input(serializers.Serializer):
    """An object that takes its members and no others: one misspelt and ignored would be a fact lost."""

    def to_internal_value(self, data: object) -> dict[str, object]:
        if isinstance(data, Mapping):
            for name in data:
                if name not in self.fields:
                    sentence = f"There is no member “{name[:100]}” here, only {', '.join(self.fields)}."
                    raise serializers.ValidationError({name[:100]: [ErrorDetail(sentence, "unknown_field")]})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A string, as it is given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: object) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class OptionalText(Text):
    """A string that may be left out; null says the same as the empty one, as in what the API answers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, **kwargs)

    def validate_empty_values(self, data: object) -> tuple[bool, object]:
        return (True, "") if data is None else super().validate_empty_values(data)


class Whole(serializers.IntegerField):
    """A whole number that a bigint holds: no string, no 1.0, no true."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 2**63 - 1, **kwargs})

    def to_internal_value(self, data: object) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


def given(request: Request, form: type[Input]) -> dict[str, Any]:
    """Return what the body gives to the members of `form`. Raises ValidationError; a write takes no query parameter."""
    refuse_unknown(request.query_params, ())
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)

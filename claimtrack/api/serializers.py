"""Fields that DRF lacks, and strict request bodies.

The serializer of a body checks which members it has and their types. The verbs check what the values say.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from claimtrack.addresses import address
from claimtrack.api.filters import refuse_unknown
from claimtrack.refusals import Message

MOST_ROWS = 100
Form = TypeVar("Form", bound=serializers.BaseSerializer)
LANGUAGE_HELP = "BCP 47, for example en or pt-BR."


class TextOrNull(serializers.CharField):
    """A string, or null where the column holds the empty string (see RowSerializer)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)


class RowSerializer(serializers.Serializer):
    """A row as the API shows it. It turns the empty strings of TextOrNull fields into null."""

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
        super().__init__(**{"source": "pk", "read_only": True, **kwargs})

    def to_representation(self, value: int) -> str:
        return address(f"{self.collection}-detail", value)


class RelatedColumnField(serializers.ListField):
    """A list of one text column of the related rows, in the order of the queryset that prefetched them."""

    child = serializers.CharField()

    def __init__(self, column: str, **kwargs: Any) -> None:
        self.column = column
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        return [getattr(row, self.column) for row in data.all()]


class SameRowSerializer(RowSerializer):
    """A nested object made from columns of its parent's row (`source="*"`). It is null if the column `null_without` is."""

    null_without = ""

    def to_representation(self, instance: object) -> Any:
        return None if getattr(instance, self.null_without) is None else super().to_representation(instance)


class InputSerializer(serializers.Serializer):
    """A request body. It refuses unknown members, since ignoring a misspelt one would lose a fact."""

    def to_internal_value(self, data: object) -> dict[str, object]:
        if isinstance(data, Mapping):
            for name in data:
                if name not in self.fields:
                    sentence = Message(
                        "There is no member “%(name)s” here, only %(fields)s.",
                        {"name": name[:100], "fields": ", ".join(self.fields)},
                    )
                    raise serializers.ValidationError({name[:100]: [ErrorDetail(sentence, "unknown_field")]})
        return super().to_internal_value(data)


class StrictCharField(serializers.CharField):
    """A string, kept as it is given. DRF's own field also accepts numbers and trims white space."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: object) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class OptionalCharField(StrictCharField):
    """A string that may be left out. Null means the empty string, as it does in the answers of the API."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, **kwargs)

    def validate_empty_values(self, data: object) -> tuple[bool, object]:
        return (True, "") if data is None else super().validate_empty_values(data)


class StrictIntegerField(serializers.IntegerField):
    """A whole number that fits a bigint. It refuses "1", 1.0 and true, which DRF's own field accepts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 2**63 - 1, **kwargs})

    def to_internal_value(self, data: object) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class StrictBooleanField(serializers.BooleanField):
    """True or false. It refuses 1, "yes" and the like, which DRF's own field accepts."""

    def to_internal_value(self, data: object) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


def answers(example: Mapping[str, object]) -> Callable[[type[Form]], type[Form]]:
    """Decorate the serializer of an answer with an example for the OpenAPI document."""
    return extend_schema_serializer(examples=[OpenApiExample("Answer", example, response_only=True)])


def read_body(request: Request, form: type[InputSerializer]) -> dict[str, Any]:
    """Return the members of the body, read by `form`. Raises ValidationError, and Invalid for any query parameter."""
    refuse_unknown(request.query_params, ())
    filled = form(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)

"""Members of the API's JSON that DRF has no field for."""

from typing import Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class TextOrNull(serializers.CharField):
    """Text; null where there is none, which the database writes as the empty string."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value: str) -> Any:
        return value or None


@extend_schema_field(OpenApiTypes.URI)
class ApiUrl(serializers.Field):
    """The address of a row's own detail. It begins with the site's URL, never with the Host that was asked."""

    def __init__(self, collection: str, **kwargs: Any) -> None:
        self.collection = collection
        super().__init__(source="pk", read_only=True, **kwargs)

    def to_representation(self, value: int) -> str:
        return f"{settings.CLAIMTRACK_SITE_URL}/api/v1/{self.collection}/{value}/"


class ColumnOf(serializers.ListField):
    """One text column of all related rows, in the order in which the queryset fetched them."""

    child = serializers.CharField()

    def __init__(self, column: str, **kwargs: Any) -> None:
        self.column = column
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, data: Any) -> list[str]:
        return [getattr(row, self.column) for row in data.all()]


class Part(serializers.Serializer):
    """An object made of its parent's own row (`source="*"`): null where the parent has no `of`."""

    of = ""

    def to_representation(self, instance: Any) -> Any:
        return None if getattr(instance, self.of) is None else super().to_representation(instance)

"""What the reading routes of both apps share."""

from collections.abc import Sequence
from functools import wraps
from typing import Any
from zlib import crc32

import orjson
from django.conf import settings
from django.db.models import Field
from django.http import Http404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from claimtrack.api import filters
from claimtrack.api.filters import Given, Parameter, refuse_unknown
from claimtrack.api.pagination import Cursor, beginning_at
from claimtrack.db import json as sqljson
from claimtrack.db import revision


def validator(request: Request, number: int) -> str:
    """The ETag of a public answer at this revision of the ledger.

    Weak: the same rows may come in another encoding. What the answer depends on beside the ledger goes into it as well.
    """
    names = ("SITE_URL", "DESK_NAME", "DATA_LICENSE", "PUBLIC_TEXT")
    site = [str(getattr(settings, f"CLAIMTRACK_{name}")) for name in names]
    whole = "\n".join([request.get_full_path(), request.META.get("HTTP_ACCEPT", ""), *site])
    return f'W/"{number:x}-{crc32(whole.encode()):x}"'


def unless_unchanged(method: Any) -> Any:
    """Answer 304 where the client holds what `method` would answer; else say by what to ask again (RFC 9110, 13.1.2).

    What is made for one reader has no validator. `self.revision` is None where `method` is to read it with the rows.
    """

    @wraps(method)
    def answer(self: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            return method(self, request, *args, **kwargs)
        unchanged: Any = None
        asked_again = "HTTP_IF_NONE_MATCH" in request.META
        self.revision = revision.current() if asked_again or not isinstance(self, WrittenInSql) else None
        if asked_again:
            unchanged = get_conditional_response(request, etag=validator(request, self.revision))
        response = unchanged or method(self, request, *args, **kwargs)
        response["ETag"] = validator(request, self.revision)
        # A shared cache may keep it, and asks each time whether it still holds.
        response["Cache-Control"] = "public, no-cache"
        return response

    return answer


class ListingViewSet(ListModelMixin, GenericViewSet):
    """A list of what the user who asks may see, filtered by `parameters`, in one of the `orderings` (default first)."""

    parameters: Sequence[Parameter] = ()
    orderings: Sequence[str] = ("id",)

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.request.user)

    def sorting(self, ordering: str) -> tuple[Field, bool]:
        """The column that `ordering` sorts the rows by, and whether it descends."""
        view: Any = self
        return view.queryset.model._meta.get_field(ordering.lstrip("-")), ordering.startswith("-")

    def chosen(self, given: Given, ordering: str) -> Any:
        """The rows that the values given to the parameters keep."""
        return filters.keep(self.get_queryset(), self.parameters, given)

    @unless_unchanged
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(filters.given(request, self))

    def answer(self, given: Given) -> Response:
        """A page of the rows that the values given to the parameters keep."""
        paginator: Any = self.paginator
        return paginator.get_paginated_response(paginator.page(self.request, self, given))

    def page(self, given: Given, ordering: str, cursor: Cursor, limit: int) -> Sequence[tuple[Any, Any, Any]]:
        """At most `limit` of the rows from the cursor on, each with its sort key and id."""
        return self.rows(self._from(given, ordering, cursor)[:limit], self.sorting(ordering)[0].attname)

    def _from(self, given: Given, ordering: str, cursor: Cursor) -> Any:
        return beginning_at(self.chosen(given, ordering), cursor, *self.sorting(ordering))

    def rows(self, queryset: Any, key: str) -> Sequence[tuple[Any, Any, int]]:
        """The JSON of each row, with its sort key and id."""
        serializer = self.get_serializer()
        return [(serializer.to_representation(row), getattr(row, key), row.pk) for row in queryset]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # It may hold what only this reader may see.
            patch_cache_control(response, private=True)
        return response


class ReadingViewSet(RetrieveModelMixin, ListingViewSet):
    """The same with a detail; what one may not see does not exist for one: 404."""

    lookup_value_converter = "int"

    @unless_unchanged
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)


class WrittenInSql(ReadingViewSet):
    """A ReadingViewSet whose JSON PostgreSQL writes, from the serializer's own declaration (claimtrack.db.json)."""

    revision: int | None = None

    def page(self, given: Given, ordering: str, cursor: Cursor, limit: int) -> Sequence[tuple[Any, Any, Any]]:
        if not self._same_for_all():
            return super().page(given, ordering, cursor, limit)

        def choose(values: Any) -> Any:
            given, position = values
            return self._from(given, ordering, Cursor(cursor.backwards, position))[:limit]

        key = self.sorting(ordering)[0].attname
        return self._public(choose, (given, cursor.position), key, ordering, cursor.backwards, limit)

    def rows(self, queryset: Any, key: str) -> Sequence[tuple[Any, Any, Any]]:
        found = sqljson.rows(queryset, self.get_serializer_class(), key, "pk", revision.CURRENT)
        return self._told(found)

    @unless_unchanged
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request, ())
        lookup = self.lookup_field

        def choose(value: Any) -> Any:
            return self.get_queryset().filter(**{lookup: value})

        value = kwargs[lookup]
        found = self._public(choose, value, "pk") if self._same_for_all() else self.rows(choose(value), "pk")
        for json, *_ in found:
            return Response(json)
        raise Http404

    def _same_for_all(self) -> bool:
        """Whether the answer is the plain JSON that everybody gets: its statement is kept."""
        request: Any = self.request
        return not request.user.is_authenticated and request.accepted_renderer.media_type == "application/json"

    def _public(self, choose: Any, values: Any, key: str, *asked: Any) -> Sequence[tuple[Any, Any, Any]]:
        keys = (key, "pk", revision.CURRENT)
        serializer = self.get_serializer_class()
        return self._told(sqljson.rows_for(values, choose, serializer, *keys, kept_as=(type(self), *asked)))

    def _told(self, found: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, Any, Any]]:
        if self.revision is None:
            self.revision = int(found[0][-1]) if found else revision.current()
        return [(orjson.Fragment(json), value, pk) for json, value, pk, _ in found]


class RootView(APIView):
    """The collections of the API."""

    @extend_schema(
        operation_id="root",
        responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}},
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ())
        names = ("claims", "speakers", "sources", "articles", "topics", "verdicts", "external-reviews")
        routes = {
            **{name: reverse(f"{name}-list") for name in names},
            "schema": reverse("schema"),
            "docs": reverse("docs"),
        }
        return Response({name: f"{settings.CLAIMTRACK_SITE_URL}{path}" for name, path in routes.items()})

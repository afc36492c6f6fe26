"""Whole lists as files: NDJSON and CSV for whoever asks for them (Accept), as a stream of constant memory."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.formats import csv
from claimtrack.api.filters import Given, one_of, read_one, refuse_unknown
from claimtrack.api.pagination import PAGING, Cursor, beginning_at
from claimtrack.api.renderers import NdjsonRenderer, OrjsonRenderer
from claimtrack.api.viewsets import ReadingViewSet, unless_unchanged
from claimtrack.db import json as sqljson
from claimtrack.db import revision
from claimtrack.refusals import Invalid


class CsvRenderer(OrjsonRenderer):
    """Of lists that are exported; what reaches render() is a problem."""

    media_type = "text/csv"
    format = "csv"


def _ndjson(batches: Iterator[list[str]]) -> Iterator[str]:
    return ("\n".join(batch) + "\n" for batch in batches)


def _csv(batches: Iterator[list[str]]) -> Iterator[str]:
    return chain([csv.HEADER], map(csv.lines, batches))


FORMATS = {"ndjson": (_ndjson, "application/x-ndjson"), "csv": (_csv, "text/csv; charset=utf-8; header=present")}


class Exported(ReadingViewSet):
    """A list that is also given as a file, whole, with the same filters and orderings."""

    def get_renderers(self) -> list[Any]:
        view: Any = self
        export = [NdjsonRenderer(), CsvRenderer()] if view.action == "list" else []
        return [*super().get_renderers(), *export]

    def answer(self, given: Given) -> Any:
        view: Any = self
        if view.request.accepted_renderer.format not in FORMATS:
            return super().answer(given)
        return self._export(given, *FORMATS[view.request.accepted_renderer.format])

    def _export(self, given: Given, written: Any, media_type: str) -> StreamingHttpResponse:
        view: Any = self
        for name in PAGING:
            if name in view.request.query_params:
                raise Invalid(f"An export is whole: it takes no {name}.", code="parameter", field=name)
        orderings = [ordering for ordering in view.orderings if ordering != "relevance"]
        ordering = read_one(view.request, "ordering", one_of(orderings), orderings[0])
        # Before the rows: what changes meanwhile makes the next answer another one.
        view.revision = revision.current() if view.revision is None else view.revision
        rows = beginning_at(view.chosen(given, ordering), Cursor(False, None), *view.sorting(ordering))
        # Nobody reads the body of an answer to HEAD.
        batches = iter(()) if view.request.method == "HEAD" else sqljson.batches(rows, view.get_serializer_class())
        response = StreamingHttpResponse(written(batches), content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="claims.{view.request.accepted_renderer.format}"'
        response["Link"] = (
            f'<{csv.licence()["path"]}>; rel="license", <{_address("claims-dictionary")}>; rel="describedby"'
        )
        return response


def _address(name: str) -> str:
    return f"{settings.CLAIMTRACK_SITE_URL}{reverse(name)}"


class DictionaryView(APIView):
    """What each column of the claims' CSV holds, and the data's licence: a Data Package (Frictionless)."""

    @extend_schema(operation_id="claims_dictionary", responses={200: {"type": "object", "additionalProperties": True}})
    @unless_unchanged
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ())
        address = _address("claims-list")
        return Response(csv.dictionary(address), headers={"Link": f'<{csv.licence()["path"]}>; rel="license"'})

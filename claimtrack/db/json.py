"""Compile a serializer to SQL, so that PostgreSQL writes the same JSON.

A serializer declares the JSON of a row once, and the API's schema is made from it. This module turns the declaration into a
query that returns the same JSON as text, for use in functions of the database. A test compares the two byte by byte.

`_value` supports plain fields with a `source` path, the fields of claimtrack.api.serializers, and nested serializers. If a
serializer shows a property of a model, the model's `IN_SQL` must define the property in SQL too (claimtrack.db.in_sql).
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, Func, JSONField, Model, OuterRef, Prefetch, QuerySet, TextField, When
from django.db.models.expressions import Combinable, Expression, RawSQL
from django.db.models.functions import NullIf
from django.db.models.sql.compiler import SQLCompiler
from rest_framework import serializers

from claimtrack.api.serializers import RelatedColumnField, SameRowSerializer, TextOrNull


class Literal(Expression):
    """A constant inside the SQL text, so that the query takes no parameters."""

    def __init__(self, text: str) -> None:
        super().__init__(output_field=TextField())
        self.text = text

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        return "'{}'".format(self.text.replace("'", "''").replace("%", "%%")), ()


class RowToJson(Func):
    """A JSON object with these members, in this order. row_to_json() is faster than json_build_object() and adds no white space."""

    def __init__(self, members: Mapping[str, Combinable]) -> None:
        self.names = list(members)
        super().__init__(*members.values(), output_field=JSONField())

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: object,
    ) -> tuple[str, tuple[str | int, ...]]:
        compiled = [compiler.compile(part) for part in self.source_expressions]
        columns = ", ".join(f'{sql} AS "{name}"' for (sql, _), name in zip(compiled, self.names, strict=True))
        return f"(SELECT row_to_json(o) FROM (SELECT {columns}) o)", tuple(
            param for _, params in compiled for param in params
        )


def iso_timestamp(path: str) -> Func:
    """Return a timestamp as the API writes it: ISO 8601, in UTC, with microseconds."""
    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return Func(F(path), template=template, output_field=TextField())


def _object(serializer: serializers.Serializer, model: type[Model], prefix: str) -> RowToJson:
    return RowToJson({name: _value(field, model, prefix) for name, field in serializer.fields.items()})


def _value(field: serializers.Field, model: type[Model], prefix: str) -> Combinable:
    source = str(field.source)
    path = prefix if source == "*" else prefix + source.replace(".", "__")
    if isinstance(field, SameRowSerializer):
        return Case(When(**{f"{prefix}{field.null_without}__isnull": False}, then=_object(field, model, prefix)))
    if isinstance(field, serializers.ListSerializer):
        child: Any = field.child
        rows = _related(model, source, prefix)
        return _array(rows, _object(child, rows.model, ""))
    if isinstance(field, serializers.Serializer):
        nested = _object(field, model, path if source == "*" else f"{path}__")
        return Case(When(**{f"{path}__isnull": False}, then=nested)) if field.allow_null else nested
    if isinstance(field, RelatedColumnField):
        return _array(_related(model, source, prefix), F(field.column))
    if isinstance(field, serializers.DateTimeField):
        return iso_timestamp(path)
    column = _column(model, path)
    return NullIf(column, Literal("")) if isinstance(field, TextOrNull) and isinstance(column, F) else column


def _column(model: Any, path: str) -> Combinable:
    """Return the column at the end of a path, or the SQL of the property there."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    columns = {"pk"} | {known for field in model._meta.concrete_fields for known in (field.name, field.attname)}
    if name in columns:
        return F(path)
    return model.IN_SQL[name]("".join(f"{relation}__" for relation in relations))


def _related(model: Any, name: str, prefix: str) -> QuerySet:
    """Return the related rows of the row at `prefix`, in the order in which the model's for_list() prefetches them."""
    lookups = model._default_manager.for_list()._prefetch_related_lookups
    rows: Any = next(p.queryset for p in lookups if isinstance(p, Prefetch) and p.prefetch_to == name)
    relation = model._meta.get_field(name)
    back = relation.remote_field.name if relation.one_to_many else relation.related_query_name()
    return rows.filter(**{back: OuterRef(f"{prefix}pk")})


def _array(rows: QuerySet, value: Combinable) -> Func:
    return Func(ArraySubquery(rows.values_list(value)), function="array_to_json", output_field=JSONField())


def select_json(serializer: type[serializers.Serializer], model: type[Model], pk: str, *parts: Collection[str]) -> str:
    """Return the query for the row with the primary key `pk`, which is SQL too. It has one column for each of the `parts`.

    Each part is a list of fields of the serializer and becomes one JSON object. The query takes no parameters, so that it can be
    the body of a function.
    """
    fields = serializer().fields
    objects = [RowToJson({name: _value(fields[name], model, "") for name in names}) for names in parts]
    rows = model._default_manager.order_by().filter(pk=RawSQL(pk, ()))
    sql, params = rows.values_list(*objects).query.sql_with_params()
    if params:
        raise ValueError(f"{serializer.__name__} compiles to SQL with parameters: {params}")
    return sql.replace("%%", "%")

"""JSON written by PostgreSQL from the declaration that documents it.

A serializer says once what the JSON of a row holds; the API's schema is read from it. Here the same declaration is turned,
once per process, into one SQL expression that gives a row's JSON as text. A list is then one query whose rows go to the
client as they are: no model instances, no per-row Python. A test serves every serializer both ways and compares the bytes.

What a declaration may use is what `_value` knows: plain fields with a `source` path, the fields of claimtrack.api.serializers, and
nested serializers. A model's property that a serializer shows is written a second time in SQL, beside the property, in the
model's `IN_SQL`: a function from a path prefix ("snapshot__article__") to a Django expression.
"""

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Case, F, Func, JSONField, Model, OuterRef, Prefetch, QuerySet, Subquery, TextField, When
from django.db.models.expressions import Combinable, Expression, RawSQL
from django.db.models.functions import NullIf
from rest_framework import serializers

from claimtrack.api.serializers import ApiUrl, ColumnOf, Part, TextOrNull
from claimtrack.db import statements

BATCH = 500


class Literal(Expression):
    """A constant inside the SQL text: the compiled expression takes no parameters."""

    def __init__(self, text: str) -> None:
        super().__init__(output_field=TextField())
        self.text = text

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "'{}'".format(self.text.replace("'", "''").replace("%", "%%")), []


class Members(Func):
    """An object with these members, in this order: row_to_json() is the fastest way to it and adds no white space."""

    def __init__(self, members: dict[str, Any]) -> None:
        self.names = list(members)
        super().__init__(*members.values(), output_field=JSONField())

    def as_sql(
        self,
        compiler: Any,
        connection: Any,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> Any:
        compiled = [compiler.compile(part) for part in self.source_expressions]
        columns = ", ".join(f'{sql} AS "{name}"' for (sql, _), name in zip(compiled, self.names, strict=True))
        return f"(SELECT row_to_json(o) FROM (SELECT {columns}) o)", [p for _, params in compiled for p in params]


def moment(path: str) -> Func:
    """A timestamp as the API writes it: ISO 8601, UTC, microseconds."""
    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return Func(F(path), template=template, output_field=TextField())


def _object(serializer: serializers.Serializer, model: type[Model], prefix: str) -> Members:
    return Members({name: _value(field, model, prefix) for name, field in serializer.fields.items()})


def _value(field: Any, model: type[Model], prefix: str) -> Any:
    source: Any = field.source
    path = prefix if field.source == "*" else prefix + field.source.replace(".", "__")
    if isinstance(field, Part):
        return Case(When(**{f"{prefix}{field.of}__isnull": False}, then=_object(field, model, prefix)))
    if isinstance(field, serializers.ListSerializer):
        child: Any = field.child
        rows = _related(model, source, prefix)
        return _array(rows, _object(child, rows.model, ""))
    if isinstance(field, serializers.Serializer):
        nested = _object(field, model, path if field.source == "*" else f"{path}__")
        return Case(When(**{f"{path}__isnull": False}, then=nested)) if field.allow_null else nested
    if isinstance(field, ColumnOf):
        return _array(_related(model, source, prefix), F(field.column))
    if isinstance(field, ApiUrl):
        start = Literal(f"{settings.CLAIMTRACK_SITE_URL}/api/v1/{field.collection}/")
        return Func(
            start, F(path), Literal("/"), template="%(expressions)s", arg_joiner=" || ", output_field=TextField()
        )
    if isinstance(field, serializers.DateTimeField):
        return moment(path)
    column = _column(model, path)
    return NullIf(column, Literal("")) if isinstance(field, TextOrNull) and isinstance(column, F) else column


def _column(model: Any, path: str) -> F | Combinable:
    """The column at the end of a path, or what stands for a property there."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    columns = {"pk"} | {known for field in model._meta.concrete_fields for known in (field.name, field.attname)}
    if name in columns:
        return F(path)
    return model.IN_SQL[name]("".join(f"{relation}__" for relation in relations))


def _related(model: Any, name: str, prefix: str) -> QuerySet:
    """The related rows of the row at `prefix`, in the order in which the model's for_list() fetches them."""
    lookups = model._default_manager.for_list()._prefetch_related_lookups
    rows: Any = next(p.queryset for p in lookups if isinstance(p, Prefetch) and p.prefetch_to == name)
    relation = model._meta.get_field(name)
    back = relation.remote_field.name if relation.one_to_many else relation.related_query_name()
    return rows.filter(**{back: OuterRef(f"{prefix}pk")})


def _array(rows: QuerySet, value: Any) -> Func:
    return Func(ArraySubquery(rows.values_list(value)), function="array_to_json", output_field=JSONField())


@lru_cache
def _compiled(serializer: type[serializers.Serializer], model: type[Model], site: str) -> RawSQL:
    """The JSON of a row as an expression on any queryset of the model. `site` is part of the key, for it is compiled in."""
    one = model._default_manager.filter(pk=OuterRef("pk")).values_list(_object(serializer(), model, ""))
    query = model._default_manager.order_by().values_list(Subquery(one, output_field=TextField())).query
    sql, params = query.sql_with_params()
    if params:
        raise ValueError(f"{serializer.__name__} compiles to SQL with parameters: {params}")
    column = sql.removeprefix("SELECT ").rpartition(" FROM ")[0].rpartition(" AS ")[0]
    return RawSQL(f"({column})::text", (), output_field=TextField())


def select_json(serializer: type[serializers.Serializer], model: type[Model], pk: str, *parts: Collection[str]) -> str:
    """Return the SQL query for the row whose primary key is `pk` (SQL): one JSON object for each of the `parts`.

    A part names members of the serializer. The query takes no parameters: functions of the database are made of it.
    """
    fields = serializer().fields
    objects = [Members({name: _value(fields[name], model, "") for name in names}) for names in parts]
    rows = model._default_manager.order_by().filter(pk=RawSQL(pk, ()))
    sql, params = rows.values_list(*objects).query.sql_with_params()
    if params:
        raise ValueError(f"{serializer.__name__} compiles to SQL with parameters: {params}")
    return sql.replace("%%", "%")


def _wanted(queryset: QuerySet, serializer: Any, *keys: Any) -> QuerySet:
    model: Any = queryset.model
    json = _compiled(serializer, model, settings.CLAIMTRACK_SITE_URL)
    return queryset.select_related(None).prefetch_related(None).values_list(json, *keys)


def batches(queryset: QuerySet, serializer: Any) -> Iterator[list[str]]:
    """Yield the JSON of all rows as text, BATCH rows at a time, by a cursor on the server: in constant memory."""
    try:
        sql, params = _wanted(queryset, serializer).query.sql_with_params()
    except EmptyResultSet:
        return
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while batch := cursor.fetchmany(BATCH):
            yield [json for (json,) in batch]


def rows(queryset: QuerySet, serializer: Any, *keys: Any) -> list[tuple[Any, ...]]:
    """Return for each row of the queryset its JSON, followed by the values of `keys` (names or expressions).

    All as PostgreSQL writes them, in UTF-8: of a page's sort keys, only those at its ends are ever looked at.
    """
    try:
        return statements.read(*_wanted(queryset, serializer, *keys).query.sql_with_params())
    except EmptyResultSet:
        return []


def rows_for(
    values: Any, choose: Callable[[Any], QuerySet], serializer: Any, *keys: Any, kept_as: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    """The same for the queryset `choose(values)`, by a statement that is kept (see claimtrack.db.statements)."""

    def write(values: Any) -> statements.Statement:
        return _wanted(choose(values), serializer, *keys).query.sql_with_params()

    try:
        return statements.read(*statements.statement(write, values, *kept_as))
    except EmptyResultSet:
        return []

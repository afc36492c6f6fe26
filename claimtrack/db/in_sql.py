from collections.abc import Callable

from django.db.models import F, Func, TextField


class _Filled(Func):
    """A piece of SQL with its columns filled in where {} stands."""

    def __init__(self, sql: str, *columns: F) -> None:
        self.sql = sql
        super().__init__(*columns, output_field=TextField())

    def as_sql(self, compiler, connection, **_):  # type: ignore[override]
        columns = [compiler.compile(column)[0] for column in self.source_expressions]
        return self.sql.replace("%", "%%").format(*columns), []


def in_sql(sql: str, *columns: str) -> Callable[[str], Func]:
    """Return a function from the path to a row ("snapshot__article__") to the expression with that row's columns.

    Models write with it in SQL what a property of theirs says in Python: the lists' JSON is made in the database.
    """
    return lambda path: _Filled(sql, *(F(f"{path}{column}") for column in columns))

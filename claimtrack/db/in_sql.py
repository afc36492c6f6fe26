from collections.abc import Callable

from django.db.models import F, Func, TextField


class _Filled(Func):
    """SQL with its columns in place of {}."""

    def __init__(self, sql: str, *columns: F) -> None:
        self.sql = sql
        super().__init__(*columns, output_field=TextField())

    def as_sql(self, compiler, connection, **_):  # type: ignore[override]
        columns = [compiler.compile(column)[0] for column in self.source_expressions]
        return self.sql.replace("%", "%%").format(*columns), []


def in_sql(sql: str, *columns: str) -> Callable[[str], Func]:
    """Return a function from the path to a row ("snapshot__article__") to an expression over that row's columns.

    Models define properties in SQL with it, because PostgreSQL writes the JSON of lists.
    """
    return lambda path: _Filled(sql, *(F(f"{path}{column}") for column in columns))

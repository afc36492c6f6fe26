from collections.abc import Callable

from django.db.models import F, Func, TextField


class _SqlTemplate(Func):
    """An SQL template whose placeholders {} or {0} are replaced by columns."""

    def __init__(self, sql: str, *columns: F) -> None:
        self.sql = sql
        super().__init__(*columns, output_field=TextField())

    def as_sql(self, compiler, connection, **_):  # type: ignore[override]  # its bases disagree
        columns = [compiler.compile(column)[0] for column in self.source_expressions]
        return self.sql.replace("%", "%%").format(*columns), []


def in_sql(sql: str, *columns: str) -> Callable[[str], Func]:
    """Return a function that takes the path to a row ("snapshot__article__") and returns an expression over the row's columns.

    Models use it to define properties in SQL, because PostgreSQL writes the JSON of lists.
    """
    return lambda path: _SqlTemplate(sql, *(F(f"{path}{column}") for column in columns))

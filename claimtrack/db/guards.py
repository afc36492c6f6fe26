"""Database triggers that refuse forbidden changes, declared beside the model that they guard.

They are django-pgtrigger triggers without its `pgtrigger.ignore` switch. Anybody who can run SQL could set that variable, but
these guards must hold against raw SQL too. A refusal is SQLSTATE 23514 (check_violation), which Django raises as IntegrityError;
the CONSTRAINT field of the error carries the guard's code.
"""

from typing import Any

import pgtrigger
from pgtrigger import compiler


class GuardSql(compiler.UpsertTriggerSql):
    """The trigger's SQL. Migrations name this class: keep its template backwards compatible."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table} {timing} {referencing}
                FOR EACH {level} {condition} EXECUTE PROCEDURE {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Guard(pgtrigger.Trigger):
    """A pgtrigger.Trigger that no session variable can switch off."""

    def compile(self, model: Any) -> compiler.Trigger:
        compiled = super().compile(model)
        kwargs = {key: value for key, value in compiled.sql.kwargs.items() if key != "ignore_func_name"}
        return compiler.Trigger(name=compiled.name, sql=GuardSql(**kwargs))


def refuse(code: str, message: str) -> str:
    """Return the PL/pgSQL statement that refuses with this code and message. Both must be constants, never user input."""
    escaped = message.replace("'", "''").replace("%", "%%")
    return f"RAISE EXCEPTION '{escaped}' USING ERRCODE = '23514', CONSTRAINT = '{code}';"


def freeze_history(*models: Any) -> None:
    """Freeze the event tables of pghistory for these models."""
    for model in models:
        for guard in frozen():
            pgtrigger.register(guard)(model.pgh_event_model)


def frozen(*, settable_once: str | None = None) -> list[Guard]:
    """Return the guards of a frozen table: no DELETE and no UPDATE, except of one column that may be set once from null."""
    message = "This row is frozen: it can be neither changed nor deleted"
    update = refuse("frozen", message)
    if settable_once:
        update = f"""
            IF to_jsonb(OLD) - '{settable_once}' IS DISTINCT FROM to_jsonb(NEW) - '{settable_once}'
               OR OLD.{settable_once} IS NOT NULL THEN
                {update}
            END IF;
            RETURN NEW;"""
    return [
        Guard(name="frozen_update", when=pgtrigger.Before, operation=pgtrigger.Update, func=update),
        Guard(name="frozen_delete", when=pgtrigger.Before, operation=pgtrigger.Delete, func=refuse("frozen", message)),
    ]

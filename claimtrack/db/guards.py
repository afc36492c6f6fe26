"""Database triggers that refuse forbidden changes, declared beside the model that they guard.

They are django-pgtrigger triggers without its `pgtrigger.ignore` switch. Anybody who can run SQL could set that variable, but
these guards must hold against raw SQL too. A refusal is SQLSTATE 23514 (check_violation), which Django raises as IntegrityError;
the CONSTRAINT field of the error carries the guard's code.
"""

from typing import Any

import pgtrigger
from pgtrigger import compiler

from claimtrack.db.redacting import redacted
from claimtrack.refusals import Message

# The sentence of each guard, by its code. People see it only if two of them act at the same time; otherwise a verb refuses first.
SENTENCES = {
    "appearances_closed": Message(
        "The appearances of this claim are closed: a verdict is in force or awaits approval, or the claim was merged away."
    ),
    "approves": Message(
        "An approval names the submission that it approves, takes it over as it is, and nothing else does."
    ),
    "closed": Message(
        "Wording, speaker and date of a claim with a verdict in force change only with the publication that says so."
    ),
    "comment_frozen": Message("A comment can be withdrawn; it does not change otherwise, and is never deleted."),
    "derived": Message("This follows from other rows, and only the functions that compose it write it."),
    "evidence_late": Message("Evidence enters the ledger together with its review, never later."),
    "frozen": Message("What is on record here is frozen: it can be neither changed nor deleted."),
    "jobs_account": Message("The account for which jobs act cannot sign in, and keeps its name."),
    "last_appearance": Message("The last appearance of a claim stays."),
    "last_administrator": Message("This is the last administrator: make somebody else an administrator first."),
    "log_order": Message("Entries of the log are numbered in order, without a gap."),
    "merge_unaccounted": Message("What is merged, and what is not, follows from the merges on record."),
    "merge_verdict": Message("A claim with a verdict in force cannot be merged away: withdraw it first."),
    "merge_winner": Message("The winner of a merge is not itself merged away."),
    "merged": Message("A claim that was merged away takes no step and no edit until the merge is undone."),
    "merged_appearance": Message("An appearance that came with a merge goes with its undoing."),
    "merged_speaker": Message("This speaker was merged into another: the claim is the other one's."),
    "no_appearance": Message("A claim appears somewhere: it needs at least one appearance."),
    "not_assignee": Message("While a claim is assigned, only its assignee takes this step."),
    "origin": Message("Where a claim came from does not change."),
    "own_snapshot": Message("The current snapshot of an article is one of its own."),
    "own_submission": Message("The approver is not the submitter."),
    "quote_not_slice": Message("A quote is the exact slice of its snapshot, with what stands around it."),
    "redaction_late": Message("What a redaction removes enters the ledger together with it, never later."),
    "replaces": Message("A publication names the publication before it."),
    "review_incomplete": Message(
        "A step has what the table of transitions asks for: a verdict with the label and wording as judged, and evidence,"
        " or none of these."
    ),
    "role_group": Message("The groups of the roles stay, and keep their names."),
    "source_decision": Message(
        "A decision about a source speaks of two texts of one article, and of passages in them."
    ),
    "speaker_own_name": Message("The speaker's own name is one of the speaker's aliases."),
    "status_unaccounted": Message("Status and verdict of a claim are those of its last review."),
    "takeover_unaccounted": Message("A takeover says who has just taken a claim in review over, and from whom."),
    "transition": Message("The table of transitions has no such step from where the claim stands."),
    "used_step": Message("A step that a review uses keeps its code and value."),
}


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
        return without_switch(super().compile(model))


def without_switch(trigger: compiler.Trigger) -> compiler.Trigger:
    kwargs = {key: value for key, value in trigger.sql.kwargs.items() if key != "ignore_func_name"}
    return compiler.Trigger(name=trigger.name, sql=GuardSql(**kwargs))


def refuse(code: str) -> str:
    """Return the PL/pgSQL statement that refuses with this code and its sentence."""
    escaped = SENTENCES[code].removesuffix(".").replace("'", "''").replace("%", "%%")
    return f"RAISE EXCEPTION '{escaped}' USING ERRCODE = '23514', CONSTRAINT = '{code}';"


def freeze_history(*models: Any) -> None:
    """Freeze the event tables of pghistory for these models. Only triggers write events, so their dates and authors are true."""
    for model in models:
        for guard in (*frozen(unless=redacted("pgh_obj_id")), written_by_triggers(pgtrigger.Insert)):
            pgtrigger.register(guard)(model.pgh_event_model)


def frozen(*, settable_once: str | None = None, unless: str = "") -> list[Guard]:
    """Return the guards of a frozen table: no DELETE and no UPDATE, except of one column that may be set once from null.

    `unless`: the PL/pgSQL condition under which an UPDATE passes all the same.
    """
    update = refuse("frozen")
    if settable_once:
        update = f"""
            IF to_jsonb(OLD) - '{settable_once}' IS DISTINCT FROM to_jsonb(NEW) - '{settable_once}'
               OR OLD.{settable_once} IS NOT NULL THEN
                {update}
            END IF;
            RETURN NEW;"""
    if unless:
        update = f"IF {unless} THEN RETURN NEW; END IF; {update}"
    return [
        Guard(name="frozen_update", when=pgtrigger.Before, operation=pgtrigger.Update, func=update),
        Guard(name="frozen_delete", when=pgtrigger.Before, operation=pgtrigger.Delete, func=refuse("frozen")),
        never_truncated(),
    ]


def dated(column: str) -> Guard:
    """Return the trigger that dates a row when it is inserted, whatever date is given."""
    return Guard(
        name="dated",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"NEW.{column} := statement_timestamp(); RETURN NEW;",
    )


def never_truncated() -> Guard:
    """Return the guard against TRUNCATE, which fires no trigger of rows. It holds against the owner of the table, too."""
    return Guard(
        name="frozen_truncate",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func=refuse("frozen"),
    )


def written_by_triggers(operation: pgtrigger.Operation) -> Guard:
    """Return the guard of a table to which only triggers do this."""
    return Guard(
        name="derived",
        when=pgtrigger.Before,
        operation=operation,
        level=pgtrigger.Statement,
        func=f"""
            IF pg_trigger_depth() < 2
            THEN {refuse("derived")}
            END IF;
            RETURN NULL;""",
    )

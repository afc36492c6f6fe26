"""Entries and rows agree: reviews with their evidence, snapshots, merges, and values that may be set once, later."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from claims.models import Evidence, Inquiry, LogEntry, Merge, Outcome, Review, SourceDecision
from claims.models.log import leaf_date
from claims.proof import leaves, recording, sealing, sequencing
from claims.proof.verifying import edits, removals
from claims.proof.verifying.checks import BATCH, Check, Finding, Scope, batches, rows
from claims.transitions import BY_STATUSES
from sources.models import Snapshot

# The batches in which rows of a kind are read, each with its entry.
ABOUT = """
    SELECT e.id, e.{kind}_id, e.body, o.texts::text, e.leaf FROM claims_logentry e
    LEFT JOIN claims_logopening o ON o.entry_id = e.id WHERE e.{kind}_id IS NOT NULL AND {condition} ORDER BY e.id"""

SET_LATER = """
    SELECT e.id, e.body, o.texts::text FROM claims_logentry e LEFT JOIN claims_logopening o ON o.entry_id = e.id
    WHERE e.kind = 'row' ORDER BY e.id"""
# Only a verb sets these, and enters the row.
ENTERED = ((Inquiry, "published_at"), (Outcome, "published_at"), (Merge, "undone_at"))


def read(body: str, texts: Any) -> Any:
    """Return the content of an entry, or None if it is broken, which other checks find."""
    try:
        return leaves.read(body, json.loads(texts) if isinstance(texts, str) else texts)[0]
    except (ValueError, TypeError, AttributeError):
        return None


def differing(said: Any, now: Any, without: frozenset[str] = frozenset()) -> list[str]:
    """Return the paths of the members in which an entry differs from the present rows."""
    if isinstance(said, Mapping) and isinstance(now, Mapping):
        names = sorted((said.keys() | now.keys()) - without)
        return [
            f"{name}.{deeper}" if deeper else name
            for name in names
            for deeper in (differing(said.get(name), now.get(name), without) if name in said and name in now else [""])
        ]
    if isinstance(said, list) and isinstance(now, list) and len(said) == len(now):
        return [
            f"{at}.{deeper}" if deeper else str(at)
            for at, (one, other) in enumerate(zip(said, now, strict=True))
            for deeper in differing(one, other, without)
        ]
    return [] if said == now else [""]


def set_later() -> dict[str, dict[int, tuple[int, Any]]]:
    """Return the rows in which something was set later: by table and id, the last entry and the columns as it says they are."""
    found: dict[str, dict[int, tuple[int, Any]]] = defaultdict(dict)
    for pk, body, texts in rows(SET_LATER):
        if said := (read(body, texts) or {}).get("row"):
            found[said["table"]][said["id"]] = pk, said["values"]
    return found


def check_steps(scope: Scope) -> Iterator[Finding]:
    archived = set_later()[Evidence._meta.db_table]
    for batch in batches(ABOUT.format(kind="review", condition=scope.claims("e.claim_id"))):
        found = {row.pk: row for row in Review.objects.filter(pk__in=[row[1] for row in batch]).for_history()}
        for pk, review, body, texts, _ in batch:
            row, said = found.get(review), read(body, texts)
            if row is None:
                yield Finding("claims_logentry", pk, f"review {review} is gone")
            elif said and "review" in said and (row.from_status, row.to_status) in BY_STATUSES:
                if row.kind != (kind := said["review"]["kind"]):
                    yield Finding("claims_review", review, f"it is a {row.kind}, and entry {pk} says {kind}")
                now = recording.public_step(row)
                for path in differing(said["review"], now):
                    # An archive address may be added later, and people may change the name that readers see.
                    is_archive = path.endswith(".archive_url") and _piece(row, path).pk in archived
                    if path != "reviewer" and not is_archive:
                        yield Finding("claims_review", review, f"its {path} is not what entry {pk} says")


def _piece(row: Review, path: str) -> Evidence:
    """Return the piece of evidence that a path like `evidence.0.archive_url` is in."""
    return row.evidence.all()[int(path.split(".")[1])]


def check_steps_entered(scope: Scope) -> Iterator[Finding]:
    """Check that every public step has an entry, unless the log has not begun."""
    if LogEntry.objects.numbered().exists():
        for row in sequencing.earlier().filter(scope.claim()).order_by("pk").iterator(BATCH):
            yield Finding("claims_review", row.pk, "it is a public step, and the log has no entry of it")


def check_snapshots(scope: Scope) -> Iterator[Finding]:
    archived = set_later()[Snapshot._meta.db_table]
    for batch in batches(ABOUT.format(kind="snapshot", condition=scope.dates("e.at"))):
        ids = [row[1] for row in batch]
        shown = Snapshot.objects.filter(pk__in=ids).select_related("article__source").defer("text")
        found = {row.pk: row for row in shown}
        for pk, snapshot, body, texts, leaf in batch:
            row, said = found.get(snapshot), read(body, texts)
            if row is None:
                yield Finding("claims_logentry", pk, f"snapshot {snapshot} is gone")
            elif said and "snapshot" in said:
                for path in differing(said["snapshot"], recording.public_snapshot(row)):
                    is_explained = (
                        snapshot in archived
                        if path == "archive_url"
                        else edits.explain(path, row.article_id, row.article.source_id, leaf_date(leaf))
                    )
                    if not is_explained:
                        yield Finding("sources_snapshot", snapshot, f"its {path} is not what entry {pk} says")


def check_merges(scope: Scope) -> Iterator[Finding]:
    entries = "SELECT id, body, kind, claim_id, loser_id, speaker_id FROM claims_logentry WHERE kind IN ('merge', 'merge_undone')"
    for batch in batches(entries):
        said = {pk: (json.loads(body)["merge"], kind, about) for pk, body, kind, *about in batch}
        found = Merge.objects.in_bulk({merge["id"] for merge, _, _ in said.values()})
        for pk, (merge, kind, about) in said.items():
            row = found.get(merge["id"])
            if row is None:
                yield Finding("claims_logentry", pk, f"merge {merge['id']} is gone")
            elif (merge["kind"], merge["loser"], merge["winner"]) != (row.kind, row.loser.pk, row.winner.pk):
                yield Finding("claims_merge", row.pk, f"it is not what entry {pk} says")
            elif (kind == "merge_undone") and not row.undone_at:
                yield Finding("claims_merge", row.pk, f"entry {pk} says that it was undone")
            elif about != [row.winner_claim_id, row.loser_claim_id, row.winner_speaker_id]:
                yield Finding("claims_logentry", pk, "its columns say something else than its body")
    unsaid = """SELECT m.id FROM claims_merge m WHERE undone_at IS NOT NULL AND EXISTS (SELECT FROM claims_logentry
        WHERE kind = 'merge' AND body::jsonb->'merge'->>'id' = m.id::text) AND NOT EXISTS (SELECT FROM claims_logentry
        WHERE kind = 'merge_undone' AND body::jsonb->'merge'->>'id' = m.id::text)"""
    for (pk,) in rows(unsaid):
        yield Finding("claims_merge", pk, "it is undone, and no entry says so")


def check_source_decisions(scope: Scope) -> Iterator[Finding]:
    entries = f"""SELECT e.id, e.body, o.texts::text FROM claims_logentry e LEFT JOIN claims_logopening o ON o.entry_id = e.id
        WHERE e.kind = 'source_decision' AND {scope.claims("e.claim_id")} ORDER BY e.id"""
    said = set()
    for batch in batches(entries):
        bodies = {pk: body for pk, text, texts in batch if (body := read(text, texts))}
        ids = [body["source_decision"]["id"] for body in bodies.values()]
        found = {row.pk: row for row in SourceDecision.objects.filter(pk__in=ids).for_list()}
        for pk, body in bodies.items():
            row = found.get(one := body["source_decision"]["id"])
            said.add(one)
            if row is None:
                yield Finding("claims_logentry", pk, f"the decision about a source {one} is gone")
            else:
                # A redaction gives a snapshot another hash.
                for path in differing(body, recording.public_source_decision(row), frozenset({"sha256"})):
                    yield Finding("claims_sourcedecision", row.pk, f"its {path} is not what entry {pk} says")
    published = Review.objects.publications().filter(claim=OuterRef("claim"), created_at__lt=OuterRef("at"))
    unsaid = SourceDecision.objects.filter(scope.claim(), Exists(published)).exclude(pk__in=said)
    for pk in unsaid.order_by("pk").values_list("pk", flat=True):
        yield Finding(
            "claims_sourcedecision", pk, "it is of a claim that was published, and the log has no entry of it"
        )


def check_set_later(scope: Scope) -> Iterator[Finding]:
    tables, found = sealing.sealed_tables(), set_later()
    for table, said in found.items():
        now = sealing.values(tables[table], list(said))
        for pk, (entry, values) in said.items():
            if pk not in now:
                yield Finding(table, pk, f"it is gone, and entry {entry} says what it was")
            elif (paths := differing(values, now[pk])) and not removals.explains(table, pk):
                yield Finding(table, pk, f"its {', '.join(paths)} is not what entry {entry} says")
    for model, column in ENTERED:
        table = model._meta.db_table
        for (pk,) in rows(f"SELECT id FROM {table} WHERE {column} IS NOT NULL ORDER BY id"):
            if pk not in found[table]:
                yield Finding(table, pk, f"its {column} is set, and no entry says so")


def check_columns(scope: Scope) -> Iterator[Finding]:
    """Check that the foreign keys of an entry, which only help to find it, agree with its body."""
    sql = """SELECT id FROM claims_logentry WHERE {claims} AND (
        review_id::text IS DISTINCT FROM body::jsonb->'review'->>'id'
        OR snapshot_id::text IS DISTINCT FROM body::jsonb->'snapshot'->>'id'
        OR kind = 'speaker_renamed' AND (speaker_id::text IS DISTINCT FROM body::jsonb->'speaker'->>'id' OR loser_id IS NOT NULL)
        OR kind NOT IN ('speaker_renamed', 'merge', 'merge_undone') AND num_nonnulls(speaker_id, loser_id) > 0
        OR claim_id::text IS DISTINCT FROM COALESCE(body::jsonb->'review'->>'claim', body::jsonb->'claim'->>'id',
            CASE body::jsonb->'merge'->>'kind' WHEN 'claim' THEN body::jsonb->'merge'->>'winner' END))"""
    for (pk,) in rows(sql.format(claims=f"({scope.claims('claim_id')} OR claim_id IS NULL)")):
        yield Finding("claims_logentry", pk, "its columns say something else than its body")


CHECKS = [
    Check("every review is what its entry says", check_steps),
    Check("every public step has an entry", check_steps_entered),
    Check("every snapshot is what its entry says", check_snapshots),
    Check("every merge is what its entries say", check_merges),
    Check("every decision about a source is what its entry says", check_source_decisions),
    Check("what was set later is what its entry says", check_set_later),
    Check("every entry is found where its body says", check_columns),
]

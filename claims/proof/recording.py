"""Write an entry of the log in the transaction of what it records. Each verb that changes what readers see calls one function."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

import orjson
from django.conf import settings
from django.db import connection, transaction

from claims.models import Appearance, Claim, Evidence, LogEntry, Merge, Review, SourceDecision, Speaker, Verdict
from claims.proof import leaves, sequencing
from claims.proof.leaves import Json
from claims.transitions import PUBLIC, Transition
from claimtrack.db import timeouts
from claimtrack.db.arrays import as_array
from claimtrack.models import Redaction
from sources.models import Snapshot

BATCH = 500
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
# The columns by which an entry is found again.
ABOUT = ("claim", "loser", "review", "snapshot", "speaker", "redaction")
Entry = tuple[str | int | None, ...]
COLUMNS = "kind, leaf, body, earlier, claim_id, loser_id, review_id, snapshot_id, speaker_id, redaction_id"
ROW = "%s, %s, %s, %s, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::bigint"
# Another transaction may show the same snapshot at this moment. One entry, as of a publication, needs no join, whose planning takes
# PostgreSQL as long as the rest.
INSERT_ONE = f"""
    WITH entry AS (INSERT INTO claims_logentry ({COLUMNS}) VALUES ({ROW})
        ON CONFLICT (snapshot_id) DO NOTHING RETURNING id)
    INSERT INTO claims_logopening (entry_id, texts) SELECT id, %s::jsonb FROM entry"""
# Each body has a random salt, so no two leaves are equal.
INSERT = f"""
    WITH given ({COLUMNS}, texts) AS (VALUES {{rows}}),
    entry AS (INSERT INTO claims_logentry ({COLUMNS}) SELECT {COLUMNS} FROM given
        ON CONFLICT (snapshot_id) DO NOTHING RETURNING id, leaf)
    INSERT INTO claims_logopening (entry_id, texts) SELECT entry.id, texts FROM entry JOIN given USING (leaf)"""
# The claim as the API shows it, without the addresses.
CLAIM = """SELECT '{"id":' || id || ',' || claims_json(id, verdict_id) || '}' FROM claims_claim WHERE id = %s"""


def step_taken(row: Review, step: Transition, evidence: Iterable[Evidence]) -> None:
    """Record a step of a claim with its evidence, if it is public. The claim already has its new status."""
    if step.public:
        _record(row.kind, _step(row, evidence, _claim(row.claim_id)), row.created_at, claim=row.claim_id, review=row.pk)
    if row.from_status not in PUBLIC and row.to_status in PUBLIC:
        claims_shown([row.claim_id])


def claims_shown(claims: Collection[int]) -> None:
    """Record the snapshots that become public with these claims. `claims`: ids."""
    found = Appearance.objects.filter(claim__pk__in=as_array(claims), snapshot__logged=None).order_by()
    ids = set(found.values_list("snapshot", flat=True))
    if ids:
        now = _now()
        rows = (
            Snapshot.objects.filter(pk__in=as_array(ids)).select_related("article__source").defer("text").order_by("pk")
        )
        _insert([_entry("snapshot", {"snapshot": public_snapshot(row)}, now, {"snapshot": row.pk}) for row in rows])


def appearance_changed(appearance: Appearance, kind: str) -> None:
    """Record that an appearance of a claim that was published was added or removed, and a snapshot that is shown with it."""
    claim = appearance.claim
    if claim.status in PUBLIC:
        claims_shown([claim.pk])
    if claim.reviewed_at:
        place: Json = {
            "id": appearance.pk,
            "quote": appearance.quote,
            "start": appearance.start_offset,
            "end": appearance.end_offset,
            "prefix": appearance.prefix,
            "suffix": appearance.suffix,
            "snapshot": {"id": appearance.snapshot_id, "sha256": appearance.snapshot.sha256},
        }
        _record(kind, {"claim": {"id": claim.pk}, "appearance": place}, _now(), claim=claim.pk)


def speaker_renamed(speaker: Speaker, before: str) -> None:
    """Record another name of a speaker with a claim that was published."""
    if before != speaker.name and Claim.objects.filter(speaker=speaker, reviewed_at__isnull=False).exists():
        body: Json = {"speaker": {"id": speaker.pk, "name": speaker.name, "former_name": before}}
        _record("speaker_renamed", body, _now(), speaker=speaker.pk)


def merged(merge: Merge) -> None:
    """Record a merge of public rows, or its undoing, and the snapshots that are shown with it first."""
    if isinstance(merge.winner, Claim):
        claims = Claim.objects.filter(pk__in=[merge.loser.pk, merge.winner.pk], status__in=PUBLIC)
    else:
        claims = Claim.objects.public().filter(speaker__in=[merge.loser.pk, merge.winner.pk])
    if not claims.exists():
        return
    kind = "merge_undone" if merge.undone_at else "merge"
    body: Json = {"merge": {"id": merge.pk, "kind": merge.kind, "loser": merge.loser.pk, "winner": merge.winner.pk}}
    about = {"claim": merge.winner_claim_id, "loser": merge.loser_claim_id, "speaker": merge.winner_speaker_id}
    _record(kind, body, merge.undone_at or merge.at, **about)
    if isinstance(merge.winner, Claim):
        claims_shown(list(claims.filter(merged_into=None).values_list("pk", flat=True)))


def source_decided(row: SourceDecision) -> None:
    """Record a decision about a change at the source of a claim that was published."""
    if row.claim.reviewed_at:
        _record("source_decision", public_source_decision(row), row.at, claim=row.claim_id)


def public_source_decision(row: SourceDecision) -> Json:
    """Return a decision about a source in the form of its entry. `row` comes from for_list()."""
    return {
        "claim": {"id": row.claim_id},
        "source_decision": {
            "id": row.pk,
            "kind": row.kind,
            "decision": row.decision,
            "quote": row.quote,
            "start": row.start_offset,
            "end": row.end_offset,
            "snapshot": {"sha256": row.snapshot.sha256, "taken_at": _written(row.snapshot.taken_at)},
            "later_quote": row.later_quote,
            "later_start": row.later_start,
            "later_end": row.later_end,
            "later_snapshot": {"sha256": row.later.sha256, "taken_at": _written(row.later.taken_at)},
            "created_at": _written(row.at),
        },
    }


def redacted(redaction: Redaction) -> None:
    """Record that texts were removed, why, and where in the snapshots that readers have seen.

    Anybody may ask for the receipt of a claim, so the order is left out: only the desk sees it. The whole row is sealed instead
    (claims.proof.sealing).
    """
    persons = [person for person in (redaction.by, redaction.approved_by) if person]
    snapshots: list[Json] = [
        {"id": one.snapshot_id, "sha256": one.sha256, "ranges": one.ranges}
        for one in redaction.snapshots.exclude(snapshot__logged=None).order_by("pk")
    ]
    body: Json = {
        "id": redaction.pk,
        "reason": redaction.reason,
        "by": [person.public_name or settings.CLAIMTRACK_DESK_NAME for person in persons],
        "at": _written(redaction.at),
        "snapshots": snapshots,
    }
    _record("redaction", {"redaction": body}, redaction.at, redaction=redaction.pk)


def scale_changed() -> None:
    """Record the scale as it is now."""
    names = ("code", "label", "labels", "value", "description", "position")
    scale: list[Json] = [
        {name: getattr(step, name) for name in names} for step in Verdict.objects.order_by("position", "pk")
    ]
    _record("scale", {"scale": scale}, _now())


def rows_sealed(table: str, columns: Sequence[str], key_id: str, hashes: Mapping[int, str]) -> None:
    """Record the hashes of rows of a table, by id (claims.proof.sealing)."""
    rows: Json = {
        "table": table,
        "columns": list(columns),
        "key_id": key_id,
        "last": max(hashes),
        "hashes": " ".join(f"{pk}:{found}" for pk, found in hashes.items()),
    }
    _record("rows", {"rows": rows}, _now())


def rows_set(table: str, rows: Mapping[int, Mapping[str, str | None]]) -> None:
    """Record rows of a table as they are from now on, by id: the text of each column (claims.proof.sealing)."""
    now = _now()
    _insert([_entry("row", {"row": {"table": table, "id": pk, "values": row}}, now, {}) for pk, row in rows.items()])


def begin() -> int:
    """Record what was published before the log began, once, and mark it as earlier. Return the number of steps."""
    if LogEntry.objects.numbered().exists():
        return 0
    with transaction.atomic():
        timeouts.set_local()
        sequencing.lock()
        if LogEntry.objects.numbered().exists():
            return 0
        recorded = last = 0
        # A query for each chunk: one for all keeps the plan that suits an empty log, and reads the whole log for each row.
        while chunk := list(Review.objects.public_steps().filter(pk__gt=last).for_history()[:BATCH]):
            logged = set(LogEntry.objects.filter(review__in=chunk).values_list("review", flat=True))
            new = [row for row in chunk if row.pk not in logged]
            _insert([_earlier(row) for row in new])
            claims_shown(
                Claim.objects.public().filter(pk__in={row.claim_id for row in new}).values_list("pk", flat=True)
            )
            recorded, last = recorded + len(new), chunk[-1].pk
        return recorded


def _earlier(row: Review) -> Entry:
    body = _step(row, row.evidence.all())
    return _entry(row.kind, body, row.created_at, {"claim": row.claim_id, "review": row.pk}, earlier=True)


def _record(kind: str, body: Json, at: datetime, **about: int | None) -> None:
    _insert([_entry(kind, body, at, about)])


def _entry(kind: str, body: Json, at: datetime, about: Mapping[str, int | None], *, earlier: bool = False) -> Entry:
    written = leaves.write(kind, body, at=_written(at), claim=about.get("claim"), earlier=earlier)
    texts = orjson.dumps(written.opened).decode()
    return kind, written.leaf, written.body, earlier, *(about.get(name) for name in ABOUT), texts


def _insert(entries: Sequence[Entry]) -> None:
    with connection.cursor() as cursor:
        for first in range(0, len(entries), BATCH):
            some = entries[first : first + BATCH]
            rows = ", ".join([f"({ROW}, %s::jsonb)"] * len(some))
            statement = INSERT_ONE if len(some) == 1 else INSERT.format(rows=rows)
            cursor.execute(statement, [value for entry in some for value in entry])
    number = sequencing.sequencer.number
    if number not in (waits[1] for waits in connection.run_on_commit):
        transaction.on_commit(number, robust=True)


def _claim(pk: int) -> Json:
    """Return the claim as the API shows it now, without addresses of this site."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [pk])
        found: Json = orjson.loads(cursor.fetchone()[0])
    return found


def _step(row: Review, evidence: Iterable[Evidence], claim: Json = None) -> dict[str, Json]:
    """Return a step as the API shows it, with the claim as it was after the step."""
    verdict = row.verdict
    review: dict[str, Json] = {
        "id": row.pk,
        "claim": row.claim_id,
        "kind": row.kind,
        "from_status": row.from_status,
        "to_status": row.to_status,
        "verdict": {"code": verdict.code, "label": row.verdict_label, "value": verdict.value} if verdict else None,
        "wording": row.wording or None,
        "rationale": row.rationale or None,
        "evidence": [_evidence(piece) for piece in evidence],
        "reviewer": row.reviewer.public_name or settings.CLAIMTRACK_DESK_NAME,
        "replaces": row.replaces_id,
        "created_at": _written(row.created_at),
    }
    return {"review": review} if claim is None else {"review": review, "claim": claim}


def public_step(row: Review) -> Json:
    """Return a step in the form of its entry, from its rows."""
    return _step(row, row.evidence.all())["review"]


def _evidence(piece: Evidence) -> Json:
    """Return a piece of evidence as the API shows it to everybody."""
    snapshot = piece.snapshot
    return {
        "url": piece.url,
        "title": piece.title or None,
        "publisher": piece.publisher or None,
        "quote": piece.quote or None,
        "stance": piece.stance,
        "archive_url": piece.archive_url,
        "accessed_at": piece.accessed_at.isoformat() if piece.accessed_at else None,
        "snapshot": {"sha256": snapshot.sha256, "taken_at": _written(snapshot.taken_at)} if snapshot else None,
        "start": piece.start_offset,
        "end": piece.end_offset,
        "prefix": piece.prefix or None,
        "suffix": piece.suffix or None,
    }


def public_snapshot(row: Snapshot) -> Json:
    """Return a snapshot in the form of its entry."""
    article = row.article
    return {
        "id": row.pk,
        "sha256": row.sha256,
        "taken_at": _written(row.taken_at),
        "method": row.method,
        "archive_url": row.archive_url,
        "article": {
            "id": article.pk,
            "title": article.title or None,
            "url": article.canonical_url,
            "published_at": article.published,
        },
        "source": {"id": article.source_id, "name": article.source.name},
    }


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def _written(at: datetime) -> str:
    """Return a time as the API writes it."""
    return at.astimezone(UTC).strftime(MOMENT)

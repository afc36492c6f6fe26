from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Unpack

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from claims.curating import fields, shelf_life
from claims.models import Appearance, Claim, ClaimTopic, Speaker, Topic
from claims.proof import recording
from claims.text.quoting import Slice
from claims.transitions import CLOSED_FIELDS, Status
from claimtrack.db.arrays import as_array
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, Message, NotAllowed, Stale
from claimtrack.roles import Role, require
from claimtrack.warnings import InputWarning
from sources.models import Snapshot


@dataclass(frozen=True)
class Proposed:
    """A claim, whether it is new, and what looks wrong with what was proposed."""

    claim: Claim
    created: bool
    warnings: tuple[InputWarning, ...] = ()


def locked(claim: Claim, expected: int | None) -> Claim:
    """Return the claim as it is now, locked until the transaction ends.

    `expected`: the version that the caller saw, or None if only the status matters. Raises Stale if the claim has changed
    since, Conflict `merged` if it was merged away.
    """
    fresh = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    if expected is not None and fresh.version != expected:
        raise Stale(
            "This claim changed since you looked at it: it is at version %(version)s, you decided on %(expected)s.",
            version=fresh.version,
            params={"version": fresh.version, "expected": expected},
        )
    if fresh.merged_into_id:
        raise Conflict("This claim was merged into another; undo the merge to work on it.", code="merged")
    return fresh


def propose(
    *,
    by: User,
    text: str,
    appearances: Iterable[fields.NewAppearance],
    speaker: Speaker | int | None = None,
    speaker_role: str = "",
    said_at: str | None = "",
    due_on: str | None = "",
    language: str = "",
    topics: Iterable[Topic | str] = (),
    origin: str = Claim.Origin.DESK,
    origin_key: str | None = None,
) -> Proposed:
    """Enter a claim into the ledger as proposed.

    `appearances`: mappings with snapshot (Snapshot), quote, and optionally start, prefix, suffix to tell which of several
    occurrences. At least one, except with origin `claimreview`. `said_at` and `due_on`: 2025, 2025-09 or 2025-09-05.

    For an `origin_key` on record, return that claim, or the winner that it was merged into, unchanged. Raises NotAllowed,
    Invalid (with the field; quote_absent has the nearest passage), Conflict `already_recorded` if the claim on record is
    hidden from `by`.
    """
    require(by, Role.CONTRIBUTOR, "You may not propose claims: this takes a Contributor.")
    columns = fields.clean_changes(
        {
            "text": text,
            "speaker": speaker,
            "speaker_role": speaker_role,
            "said_at": said_at,
            "due_on": due_on,
            "language": language,
            "topics": topics,
        }
    )
    chosen = columns.pop("topics")
    if origin_key and (known := _recorded(origin_key, by)):
        return Proposed(known, created=False)
    found = list(_anchored(appearances))
    if not found and origin != Claim.Origin.CLAIMREVIEW:
        raise Invalid("A claim needs an appearance: give at least one quote.", code="required", field="appearances")
    claim = Claim(pk=_next_id(), **columns, origin=origin, origin_key=origin_key, created_by=by)
    try:
        _enter(claim, found, chosen, by=by)
    except Conflict as refusal:
        # Somebody else recorded the same at the same time.
        if origin_key and "origin_key" in refusal.code and (known := _recorded(origin_key, by)):
            return Proposed(known, created=False)
        raise
    claim.refresh_from_db(fields=["version", "updated_at"])
    return Proposed(claim, created=True, warnings=tuple(claim.warnings))


@verb
def _enter(claim: Claim, appearances: list[Appearance], topics: Iterable[Topic], *, by: User) -> None:
    """Insert the claim last (foreign keys to it are deferred), so that it is written once with its search column complete."""
    for appearance in appearances:
        appearance.claim_id = claim.pk
    Appearance.objects.bulk_create(appearances)
    ClaimTopic.objects.bulk_create(ClaimTopic(claim_id=claim.pk, topic=topic) for topic in topics)
    claim.save(force_insert=True)


@verb
def edit_claim(*, claim: Claim, by: User, expected: int | None, **changes: Unpack[fields.ClaimChanges]) -> Claim:
    """Change wording or metadata: any of text, speaker, speaker_role, said_at, due_on, review_by, language, topics. Returns the
    claim.

    A Contributor edits own claims while they are proposed, and a Moderator any claim without a verdict in force. An Editor also edits
    topics, language and review_by of a claim with a verdict in force. Only such a claim has a review_by; None means that of its topics.
    Raises NotAllowed, Invalid, Stale, Conflict (closed, no_verdict).
    """
    require(by, Role.CONTRIBUTOR, "You may not edit claims: this takes a Contributor.")
    given = fields.clean_changes(changes)
    topics = given.pop("topics", None)
    claim = locked(claim, expected)
    _require_editor_of(claim, by)
    shelf_life.change(claim, given)
    columns = {name: value for name, value in given.items() if getattr(claim, name) != value}
    if (claim.verdict_id or claim.status == Status.AWAITING_APPROVAL) and _closed(columns):
        raise Conflict(
            "Wording, speaker and dates are closed while a verdict is in force or awaits approval: "
            "they change with a submission or correction.",
            code="closed",
            field=min(_closed(columns)),
        )
    if columns:
        for name, value in columns.items():
            setattr(claim, name, value)
        claim.save(update_fields=list(columns))
    if topics is not None:
        links = ClaimTopic.objects.filter(claim=claim)
        links.exclude(topic__in=topics).delete()
        known = set(links.values_list("topic", flat=True))
        ClaimTopic.objects.bulk_create(ClaimTopic(claim=claim, topic=t) for t in topics if t.pk not in known)
    if topics is not None:
        shelf_life.follow_topics([claim.pk])
    return Claim.objects.get(pk=claim.pk)


def may_edit(claim: Claim, user: User | AnonymousUser) -> bool:
    """Return whether this person may now edit any field of the claim."""
    try:
        _require_editor_of(claim, user)
    except NotAllowed:
        return False
    return not claim.merged_into_id


def _closed(columns: Mapping[str, object]) -> set[str]:
    return {field for field, its in CLOSED_FIELDS.items() if columns.keys() & {field, *its}}


@verb
def add_appearance(
    *,
    claim: Claim,
    by: User,
    snapshot: Snapshot,
    quote: str,
    start: int | None = None,
    prefix: str = "",
    suffix: str = "",
    expected: int | None = None,
) -> Appearance:
    """Add a place where the claim is found. Raises NotAllowed, Invalid (quote_…), Stale, Conflict (closed, duplicate)."""
    # Check the role first: the refusal of a quote shows text of the snapshot.
    require(by, Role.CONTRIBUTOR, "You may not edit claims: this takes a Contributor.")
    found = fields.anchor(snapshot, quote, start=start, prefix=prefix, suffix=suffix, field="quote")
    claim = locked(claim, expected)
    _require_editor_of(claim, by)
    _require_open_appearances(claim)
    if claim.appearances.filter(snapshot=snapshot, start_offset=found.start).exists():
        raise Conflict("The claim already has this appearance.", code="duplicate_appearance", field="quote")
    appearance = _appearance(snapshot, found)
    appearance.claim = claim
    appearance.save()
    recording.appearance_changed(appearance, "appearance_added")
    return appearance


@verb
def remove_appearance(*, appearance: Appearance, by: User, expected: int | None = None) -> None:
    """Delete an appearance: never the last of a claim, one that came with a merge, or one of a claim with a verdict in force.

    Raises NotAllowed, Stale, Conflict (appearances_closed, last_appearance, merged_appearance, not_found).
    """
    claim = locked(appearance.claim, expected)
    _require_editor_of(claim, by)
    _require_open_appearances(claim)
    if not claim.appearances.filter(pk=appearance.pk).exists():
        raise Conflict("The claim no longer has this appearance.", code="not_found")
    if claim.merges_won.filter(undone_at=None, moved__appearances__contains=appearance.pk).exists():
        raise Conflict("This appearance came with a merge: it goes when that is undone.", code="merged_appearance")
    if claim.verdict_id:
        raise Conflict("The appearances of a claim with a verdict in force stay.", code="appearances_closed")
    if claim.origin != Claim.Origin.CLAIMREVIEW and claim.appearances.count() == 1:
        raise Conflict("The last appearance of a claim stays: add the right one first.", code="last_appearance")
    Appearance.objects.filter(pk=appearance.pk).delete()
    appearance.claim = claim
    recording.appearance_changed(appearance, "appearance_removed")


def _require_editor_of(claim: Claim, by: User | AnonymousUser) -> None:
    own = claim.created_by_id == by.pk and claim.status == Status.PROPOSED
    if claim.verdict_id:
        require(by, Role.EDITOR, "You may not edit a claim with a verdict in force: this takes an Editor.")
    elif own:
        require(by, Role.CONTRIBUTOR, "You may not edit claims: this takes a Contributor.")
    else:
        require(by, Role.MODERATOR, "You may not edit this claim: this takes a Moderator.")


def _require_open_appearances(claim: Claim) -> None:
    if claim.status == Status.AWAITING_APPROVAL:
        raise Conflict("Appearances are closed while a claim awaits approval.", code="appearances_closed")


def on_record(origin_keys: Collection[str], *, by: User) -> dict[str, Claim | Conflict]:
    """Return the claim of each recorded key, or the winner that it was merged into.

    If `by` may not see it, the value is a Conflict `already_recorded`.
    """
    known = Claim.objects.filter(origin_key__in=as_array(origin_keys)).select_related("merged_into").defer("search")
    claims = {str(claim.origin_key): claim.winner for claim in known}
    visible = Claim.objects.visible_to(by).filter(pk__in=as_array({claim.pk for claim in claims.values()}))
    seen = set(visible.values_list("pk", flat=True))
    message = Message("This claim is on record already, where you may not see it.")
    return {
        key: claim if claim.pk in seen else Conflict(message, code="already_recorded") for key, claim in claims.items()
    }


def _recorded(origin_key: str, by: User) -> Claim | None:
    known = on_record([origin_key], by=by).get(origin_key)
    if isinstance(known, Conflict):
        raise known
    return known


def _anchored(appearances: Iterable[fields.NewAppearance]) -> Iterable[Appearance]:
    seen = set()
    for index, given in enumerate(appearances):
        snapshot = given["snapshot"]
        found = fields.anchor(
            snapshot,
            given["quote"],
            start=given.get("start"),
            prefix=given.get("prefix", ""),
            suffix=given.get("suffix", ""),
            field=f"appearances.{index}.quote",
        )
        if (snapshot.pk, found.start) in seen:
            raise Invalid(
                "The same place is given twice.", code="duplicate_appearance", field=f"appearances.{index}.quote"
            )
        seen.add((snapshot.pk, found.start))
        yield _appearance(snapshot, found)


def _appearance(snapshot: Snapshot, found: Slice) -> Appearance:
    return Appearance(
        snapshot=snapshot,
        quote=found.quote,
        start_offset=found.start,
        end_offset=found.end,
        prefix=found.prefix,
        suffix=found.suffix,
    )


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_claim', 'id'))")
        return cursor.fetchone()[0]

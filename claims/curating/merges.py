from typing import Any, TypeVar

from django.db.models import Q
from django.db.models.functions import Now

from claims.curating.claims import locked
from claims.models import Alias, Appearance, Claim, ClaimTopic, Distinct, ExternalReview, Merge, Speaker
from claims.proof import recording, sealing
from claims.transitions import PUBLIC, Status
from claimtrack.cleaning import clean_text
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require

Row = TypeVar("Row", Claim, Speaker)


@verb
def merge_claims(*, loser: Claim, winner: Claim, reason: str, by: User) -> Merge:
    """Merge two claims. The winner gets those of the loser's appearances, topics and external reviews that it lacks.

    The loser keeps its status, its reviews, and what the winner already has. Raises NotAllowed, Invalid, and Conflict if the
    loser has a verdict in force, or was published while the winner is not public, if either awaits approval, or if both have
    known speakers who differ.
    """
    require(by, Role.EDITOR, "You may not merge claims: this takes an Editor.")
    reason = clean_text(reason, "reason", limit=2000, required=True)
    _two(loser, winner)
    # Lock in the order of ids, so that two merges at once cannot deadlock.
    rows = {claim.pk: locked(claim, None) for claim in sorted([loser, winner], key=lambda c: c.pk)}
    loser, winner = rows[loser.pk], rows[winner.pk]
    check_merge(loser=loser, winner=winner)
    merge = Merge.objects.create(loser_claim=loser, winner_claim=winner, reason=reason, by=by)
    Claim.objects.filter(pk=loser.pk).update(merged_into=winner)
    has = set(winner.appearances.values_list("snapshot", "start_offset"))
    moving = [a.pk for a in loser.appearances.defer("quote") if (a.snapshot_id, a.start_offset) not in has]
    Appearance.objects.filter(pk__in=moving).update(claim=winner)
    known = set(ClaimTopic.objects.filter(claim=winner).values_list("topic", flat=True))
    given = ClaimTopic.objects.filter(claim=loser).exclude(topic__in=known - _moved_by_merges(winner, "topics"))
    topics = list(given.values_list("topic", flat=True))
    ClaimTopic.objects.bulk_create(ClaimTopic(claim=winner, topic_id=pk) for pk in topics if pk not in known)
    held = winner.external_reviews.values("key")
    external = list(loser.external_reviews.exclude(key__in=held).values_list("pk", flat=True))
    ExternalReview.objects.filter(pk__in=external).update(claim=winner)
    return _record(merge, {"appearances": moving, "topics": topics, "external_reviews": external})


@verb
def merge_speakers(*, loser: Speaker, winner: Speaker, reason: str, by: User) -> Merge:
    """Merge two speakers. The winner gets the loser's claims and names."""
    require(by, Role.EDITOR, "You may not merge speakers: this takes an Editor.")
    reason = clean_text(reason, "reason", limit=2000, required=True)
    _two(loser, winner)
    rows = {s.pk: s for s in Speaker.objects.select_for_update().filter(pk__in=[loser.pk, winner.pk]).order_by("pk")}
    loser, winner = rows[loser.pk], rows[winner.pk]
    check_merge(loser=loser, winner=winner)
    merge = Merge.objects.create(loser_speaker=loser, winner_speaker=winner, reason=reason, by=by)
    names = list(loser.aliases.all())
    known = {alias.key: alias.pk for alias in winner.aliases.all()}
    moved_aliases = _moved_by_merges(winner, "aliases")
    aliases = [known[alias.key] for alias in names if known.get(alias.key) in moved_aliases]
    new = (Alias(speaker=winner, name=a.name) for a in names if a.key not in known)
    aliases += [alias.pk for alias in Alias.objects.bulk_create(new)]
    moving = list(Claim.objects.select_for_update(no_key=True).filter(speaker=loser).values_list("pk", flat=True))
    Claim.objects.filter(pk__in=moving).update(speaker=winner)
    Speaker.objects.filter(pk=loser.pk).update(merged_into=winner)
    return _record(merge, {"claims": moving, "aliases": aliases})


def check_merge(*, loser: Row, winner: Row) -> None:
    """Raise Conflict if these two cannot be merged as they are, so that nobody writes a reason in vain."""
    if isinstance(loser, Claim) and isinstance(winner, Claim):
        _check_claims(loser, winner)
    elif loser.merged_into_id or winner.merged_into_id:
        raise Conflict("A speaker that was merged away cannot be merged again.", code="merged")
    elif isinstance(loser, Speaker) and isinstance(winner, Speaker) and loser.wikidata_id and winner.wikidata_id:
        raise Conflict("Two Wikidata ids are two people: correct the wrong one first.", code="wikidata_differs")


def _check_claims(loser: Claim, winner: Claim) -> None:
    if loser.merged_into_id or winner.merged_into_id:
        raise Conflict("A claim that was merged away cannot be merged again.", code="merged")
    if loser.verdict_id:
        raise Conflict(
            "A claim with a verdict in force cannot be merged away: withdraw it first.", code="merge_verdict"
        )
    if loser.reviewed_at and winner.status not in PUBLIC:
        raise Conflict(
            "The publications of this claim would no longer be public, because the other claim is not: accept that one first.",
            code="merge_hides_history",
        )
    if Status.AWAITING_APPROVAL in (loser.status, winner.status):
        raise Conflict("A claim that awaits approval cannot be merged.", code="awaiting_approval")
    if loser.speaker_id and winner.speaker_id and loser.speaker_id != winner.speaker_id:
        raise Conflict("Claims of two different speakers are two claims.", code="merge_speakers_differ")


@verb
def undo_merge(*, merge: Merge, by: User) -> Merge:
    """Undo a merge: move back exactly what it moved.

    Raises Conflict if the merge is undone already, if its winner was merged since, or if the rows would break a rule.
    """
    require(by, Role.EDITOR, "You may not undo merges: this takes an Editor.")
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at:
        raise Conflict("This merge is already undone.", code="undone")
    pair = type(merge.loser).objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    rows: dict[int, Any] = {row.pk: row for row in pair.filter(pk__in=[merge.loser.pk, merge.winner.pk])}
    loser, winner = rows[merge.loser.pk], rows[merge.winner.pk]
    if winner.merged_into_id:
        raise Conflict("The winner was merged into another since: undo that merge first.", code="merged")
    if isinstance(loser, Claim):
        _require_two_claims(winner, merge.moved["appearances"])
        _require_last_to_bring(merge)
    else:
        _require_two_speakers(merge.moved["claims"])
    merge.undone_at, merge.undone_by = Now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    loser.merged_into = None
    loser.save(update_fields=["merged_into"])
    if isinstance(loser, Claim):
        topics = set(merge.moved["topics"]) - _moved_by_merges(winner, "topics")
        ClaimTopic.objects.filter(claim=winner, topic__in=topics).delete()
        Appearance.objects.filter(pk__in=merge.moved["appearances"], claim=winner).update(claim=loser)
        moved = ExternalReview.objects.filter(pk__in=merge.moved["external_reviews"], claim=winner)
        moved.update(claim=loser)
    else:
        Claim.objects.filter(pk__in=merge.moved["claims"], speaker=winner).update(speaker=loser)
        aliases = set(merge.moved["aliases"]) - _moved_by_merges(winner, "aliases")
        # The winner may have been renamed to one of these names since.
        Alias.objects.filter(pk__in=aliases).exclude(name=winner.name).delete()
    merge.refresh_from_db()
    recording.merged(merge)
    sealing.set_later(merge)
    return merge


@verb
def judge_distinct(*, a: Row, b: Row, by: User) -> Distinct:
    """Remember that two claims, or two speakers, are not the same, so that they are not suggested as duplicates again."""
    require(by, Role.MODERATOR, "You may not judge likenesses: this takes a Moderator.")
    _two(a, b)
    first, second = sorted([a, b], key=lambda row: row.pk)
    kind = "claim" if isinstance(first, Claim) else "speaker"
    pair = {f"{kind}_a": first, f"{kind}_b": second}
    return Distinct.objects.get_or_create(**pair, defaults={"by": by})[0]


def _moved_by_merges(winner: Claim | Speaker, kind: str) -> set[int]:
    """Return the ids of this kind that merges in force moved to the winner. A row moved by two of them goes with the later undo."""
    merges = winner.merges_won.filter(undone_at=None).values_list("moved", flat=True)
    return {pk for moved in merges for pk in moved.get(kind, ())}


def _require_two_claims(winner: Claim, moved: list[int]) -> None:
    if winner.status == Status.AWAITING_APPROVAL:
        raise Conflict("The winner awaits approval: return it first.", code="awaiting_approval")
    if winner.origin != Claim.Origin.CLAIMREVIEW and not winner.appearances.exclude(pk__in=moved).exists():
        raise Conflict(
            "All appearances of the winner came with this merge: add one of its own first.",
            code="last_appearance",
        )


def _require_last_to_bring(merge: Merge) -> None:
    """Raise Conflict if a later merge left rows behind because this one had brought them: the winner would lose them."""
    later = Merge.objects.filter(winner_claim=merge.winner_claim_id, undone_at=None, pk__gt=merge.pk)
    losers = later.values("loser_claim")
    places = set(Appearance.objects.filter(pk__in=merge.moved["appearances"]).values_list("snapshot", "start_offset"))
    keys = ExternalReview.objects.filter(pk__in=merge.moved["external_reviews"]).values("key")
    left = Appearance.objects.filter(claim__in=losers, snapshot__in={snapshot for snapshot, _ in places})
    if (
        places & set(left.values_list("snapshot", "start_offset"))
        or ExternalReview.objects.filter(claim__in=losers, key__in=keys).exists()
    ):
        raise Conflict(
            "A claim that was merged later brought the same appearance or review: undo that merge first.",
            code="merged_later",
        )


def _require_two_speakers(moved: list[int]) -> None:
    across = Q(pk__in=moved) ^ Q(merged_into__in=moved)
    if claim := Claim.objects.filter(across, merged_into__isnull=False, merged_into__speaker__isnull=False).first():
        raise Conflict(
            "Claims of these two were merged since (%(loser)s into %(winner)s): undo that merge first.",
            code="merged_claims",
            params={"loser": claim.pk, "winner": claim.merged_into_id},
        )


def _two(loser: Claim | Speaker, winner: Claim | Speaker) -> None:
    if loser.pk == winner.pk:
        raise Invalid("It takes two to merge.", code="same", field="winner")


def _record(merge: Merge, moved: dict[str, list[int]]) -> Merge:
    merge.moved = moved
    merge.save(update_fields=["moved"])
    recording.merged(merge)
    return merge

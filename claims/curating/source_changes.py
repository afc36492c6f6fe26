"""Changes of quoted passages by papers: a comparison finds them, people decide. Nothing here touches a status or a verdict."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from claims.models import Appearance, Claim, Evidence, SourceChange, SourceDecision
from claims.models.claim import visible
from claims.models.source_change import Decision, Kind
from claims.proof import recording
from claims.text.following import Span, follow, sentence, spelled
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require
from sources.models import Article, Reading, Snapshot
from sources.pages.corrections import new_notes

TURN = 0x636F6D70617265  # the key of the advisory lock: "compare" in ASCII
Place = tuple[int, int, int, int]  # the ids of claim and snapshot, start and end


@dataclass(frozen=True)
class Quoted:
    """A passage that a claim quotes, of an appearance or of evidence for the verdict in force."""

    claim: int
    snapshot: int
    start: int
    end: int


def quoted(article: Article) -> list[str]:
    """Return the passages that public claims quote from the current text of an article."""
    if article.current_snapshot is None:
        return []
    text = article.current_snapshot.text
    return sorted(
        {text[one.start : one.end] for one in _quoted(article) if one.snapshot == article.current_snapshot_id}
    )


@verb
def compare(article: Article, *, by: User) -> int:
    """Compare the passages that public claims quote from an article with its current text. Return how many wait for a decision.

    It may run twice, since the rows only depend on the texts and the decisions.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashint8(%s))", [TURN & 0x7FFFFFFF, article.pk])
    article = Article.objects.select_related("current_snapshot").get(pk=article.pk)
    current = article.current_snapshot
    if current is None:
        return 0
    found = list(_changes(article, current))
    keep = {_place(row) for row in found}
    for row in SourceChange.objects.filter(later__article=article):
        if _place(row) not in keep:
            row.delete()
    SourceChange.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["claim", "snapshot", "start_offset", "end_offset"],
        update_fields=["later", "later_start", "later_end", "kind"],
    )
    Reading.objects.filter(article=article).update(compared=current)
    return len(found)


@verb
def decide_source(*, change: int, later: int, by: User, decision: str, of: int | None = None) -> SourceDecision:
    """Record what a change at the source means for the claim. Takes a Moderator, or an Editor if a verdict is in force.

    `change` is the id of the change, and `later` that of the snapshot in which it was seen: another one may have come since.
    `of` is the id of its claim, if the caller knows it.
    Raises NotAllowed, Invalid, Conflict (decided, not_public).
    """
    if decision not in Decision.values:
        raise Invalid(
            "The decision is one of these: %(decisions)s.",
            code="invalid_choice",
            field="decision",
            params={"decisions": ", ".join(Decision.values)},
        )
    require(by, Role.MODERATOR, "You may not decide about sources: this takes a Moderator.")
    row = SourceChange.objects.select_for_update(no_key=True).filter(pk=change, later=later).first()
    if row is None or of not in (None, row.claim_id):
        raise Conflict("Somebody has decided about this change already, or the text has changed again.", code="decided")
    claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=row.claim_id)
    if not Claim.objects.public().filter(pk=claim.pk).exists():
        raise Conflict("Readers do not see this claim.", code="not_public")
    if claim.verdict_id:
        require(by, Role.EDITOR, "You may not decide about a claim with a verdict in force: this takes an Editor.")
    made = SourceDecision.objects.create(
        claim=claim,
        snapshot_id=row.snapshot_id,
        start_offset=row.start_offset,
        end_offset=row.end_offset,
        later_id=row.later_id,
        later_start=row.later_start,
        later_end=row.later_end,
        kind=row.kind,
        decision=decision,
        by=by,
    )
    row.delete()
    made = SourceDecision.objects.for_list().get(pk=made.pk)
    recording.source_decided(made)
    return made


def _quoted(article: Article) -> list[Quoted]:
    public = visible(None, via="claim__")
    places = ("claim", "snapshot", "start_offset", "end_offset")
    found = {
        Quoted(*row)
        for row in Appearance.objects.filter(public, snapshot__article=article).order_by().values_list(*places)
    }
    evidence = Evidence.objects.in_force().filter(snapshot__article=article).order_by()
    places = ("review__claim", "snapshot", "start_offset", "end_offset")
    found |= {
        Quoted(claim, snapshot, start, end)
        for claim, snapshot, start, end in evidence.values_list(*places)
        if snapshot is not None and start is not None and end is not None
    }
    # The newest text first: if a claim quotes the same words of several texts, the newest one is compared.
    return sorted(found, key=lambda one: (one.claim, -one.snapshot, one.start, one.end))


def _changes(article: Article, current: Snapshot) -> Iterator[SourceChange]:
    """Yield the changes of quoted passages in the current text on which nobody has decided."""
    texts = dict(article.snapshots.values_list("pk", "text"))
    decided = {
        (row.claim_id, spelled(row.quote)): row
        for row in SourceDecision.objects.filter(later__article=article).for_list()
    }
    seen = set()
    for one in _quoted(article):
        text = texts[one.snapshot]
        start, end = sentence(text, one.start, one.end)
        key = one.claim, spelled(text[start:end])
        if one.snapshot == current.pk or key in seen:
            continue
        seen.add(key)
        last = decided.get(key)
        kind, later = _change(text, text[start:end], current.text, last, texts[last.later_id] if last else text)
        if kind:
            row = SourceChange(claim_id=one.claim, snapshot_id=one.snapshot, later=current, kind=kind)
            row.start_offset, row.end_offset = start, end
            row.later_start, row.later_end = later or (None, None)
            yield row


def _change(
    text: str, passage: str, now: str, last: SourceDecision | None, known: str
) -> tuple[Kind | None, Span | None]:
    """Return how and where a passage has changed. None if nothing is new since the `last` decision, made on the text `known`."""
    found = follow(passage, text, now)
    if not found.same:
        told = spelled(now[slice(*found.later)]) if found.later else None
        if last is None or last.kind == Kind.NOTE or told != (spelled(last.later_quote) if last.later_quote else None):
            return (Kind.CHANGED if found.later else Kind.GONE), found.later
    notes = new_notes(known, now)
    return (Kind.NOTE, notes[0]) if notes else (None, None)


def _place(row: SourceChange) -> Place:
    return row.claim_id, row.snapshot_id, row.start_offset, row.end_offset

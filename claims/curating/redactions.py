"""Remove a passage of an article by court order or for a person's safety, from wherever the ledger repeats it.

The passage becomes █ of the same length, so offsets stay valid. A public record says that a passage was removed, why and when, but not
its text. docs/proof.md explains what this promises.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from claims.curating import blackening
from claims.models import Claim, Upload, frequency
from claims.proof import recording
from claimtrack.cleaning import clean_line, clean_text
from claimtrack.db.attribution import verb
from claimtrack.models import Redaction, User
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from claimtrack.roles import Role, require
from sources.ingesting import TURN, redacted
from sources.models import Article, RedactedSnapshot, RedactionProposal, Snapshot
from sources.pages.masking import SHORTEST, Letters, Range, merged, occurrences, passage


@dataclass(frozen=True)
class Preview:
    """What a redaction would change: the parts of each snapshot, and how many rows of each table."""

    ranges: list[Range]
    texts: list[blackening.Text]
    counts: dict[str, int]
    claims: int
    other_articles: int


def parts(snapshot: Snapshot, *, text: str = "", ranges: Iterable[Range] = ()) -> list[Range]:
    """Return the parts of a snapshot to remove: these, and each occurrence of the text. They begin and end with a letter or digit.

    Raises Invalid (passage_absent, passage_short, passage_removed, range).
    """
    letters = Letters(snapshot.text)
    found = []
    for start, length in ranges:
        if start < 0 or length < 1 or start + length > len(snapshot.text):
            raise Invalid("The text has no such part.", code="range", field="ranges")
        first, end = letters.within(start, start + length)
        found.append((first, end - first))
    if text:
        form = passage(text, 0, len(text))
        places = occurrences(snapshot.text, [form]) if len(form) >= SHORTEST else []
        if not places and len(form) >= SHORTEST:
            raise Invalid("The article does not have this passage.", code="passage_absent", field="text")
        whole = [(start, start + length) for start, length in places]
        found += [(first, end - first) for first, end in (letters.within(*one) for one in whole)]
        if len(form) < SHORTEST:
            found.append((0, 0))
    if not found:
        raise Invalid("Say which passage has to go.", code="required", field="text")
    if any(length < SHORTEST for _, length in found):
        raise Invalid(
            "A passage has at least %(least)s letters or digits: fewer would be found in too many places.",
            code="passage_short",
            field="text",
            params={"least": SHORTEST},
        )
    return merged([letters.range(start, length) for start, length in found])


def preview_redaction(*, snapshot: Snapshot, ranges: Sequence[Range], by: User) -> Preview:
    """Return what would change. It changes nothing. Raises NotAllowed."""
    _require_editor(by)
    found = blackening.blackening(snapshot, ranges)
    counts = {table: len(changes) for table, changes in found.changes.items() if changes}
    if found.openings:
        counts["claims_logopening"] = len(found.openings)
    return Preview(list(ranges), list(found.texts.values()), counts, len(found.claims), _other_articles(found))


@verb
def redact(*, snapshot: Snapshot, ranges: Sequence[Range], reason: str, order: str, by: User) -> Redaction:
    """Remove parts of a snapshot, and their repetitions elsewhere. `reason` is public, and `order` names the court order or the like.

    Raises NotAllowed, Invalid (required, repeats_passage), Conflict `approval_required`.
    """
    _require_editor(by)
    reason, order = clean_reason_and_order(snapshot, ranges, reason, order)
    if settings.CLAIMTRACK_REQUIRE_APPROVAL:
        raise Conflict("The desk requires approval: propose the redaction to another Editor.", code="approval_required")
    return _redact(snapshot, ranges, reason, order, by, None)


@verb
def propose_redaction(
    *, snapshot: Snapshot, ranges: Sequence[Range], reason: str, order: str, by: User
) -> RedactionProposal:
    """Propose a redaction, which another Editor carries out. Raises NotAllowed, Invalid (required, repeats_passage)."""
    _require_editor(by)
    reason, order = clean_reason_and_order(snapshot, ranges, reason, order)
    given = [list(part) for part in ranges]
    return RedactionProposal.objects.create(snapshot=snapshot, ranges=given, reason=reason, order=order, by=by)


@verb
def approve_redaction(*, proposal: RedactionProposal, by: User) -> Redaction:
    """Carry out what another Editor proposed. Raises NotAllowed (own_proposal), Conflict `decided`."""
    _require_editor(by)
    row = _decide(proposal, by)
    if row.by_id == by.pk:
        raise NotAllowed("Another Editor carries out what you proposed.", code="own_proposal")
    ranges = [(start, length) for start, length in row.ranges]
    return _redact(row.snapshot, ranges, row.reason, row.order, row.by, by)


@verb
def decline_redaction(*, proposal: RedactionProposal, by: User) -> None:
    """Decline a proposal, or take back one's own. Raises NotAllowed, Conflict `decided`."""
    _require_editor(by)
    _decide(proposal, by)


def decided() -> Conflict:
    return Conflict("Somebody has decided about this proposal already.", code="decided")


def _decide(proposal: RedactionProposal, by: User) -> RedactionProposal:
    rows = RedactionProposal.objects.select_for_update(of=("self",)).select_related("snapshot", "by")
    row = rows.get(pk=proposal.pk)
    if row.decided_by_id:
        raise decided()
    RedactionProposal.objects.filter(pk=row.pk).update(decided_by=by)
    return row


def _redact(
    snapshot: Snapshot, ranges: Sequence[Range], reason: str, order: str, by: User, approved_by: User | None
) -> Redaction:
    with connection.cursor() as cursor:
        # No ingest reads the article meanwhile.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    Article.objects.select_for_update(of=("self",)).get(pk=snapshot.article_id)
    snapshot = Snapshot.objects.select_related("article").get(pk=snapshot.pk)
    ranges = parts(snapshot, ranges=ranges)
    found = blackening.blackening(snapshot, ranges)
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=found.claims).order_by("pk").values_list("pk"))
    redaction = Redaction.objects.create(
        reason=reason,
        order=order,
        by=by,
        approved_by=approved_by,
        rows={name: keys for name, keys in found.rows.items() if keys},
    )
    name, key = redacted.current_key()
    prints = sorted(redacted.fingerprint(form) for form in found.forms)
    RedactedSnapshot.objects.bulk_create(
        RedactedSnapshot(
            redaction=redaction,
            snapshot=one.snapshot,
            ranges=[list(part) for part in one.ranges],
            original=redacted.keyed_hash(key, one.snapshot.sha256),
            sha256=one.sha256,
            removed=[[one.length, one.digest] for one in prints],
            key=name,
        )
        for one in found.texts.values()
    )
    blackening.write(found)
    # Files between their dry run and their import. Their owners have them.
    Upload.objects.all().delete()
    blackening.touch(found.claims)
    frequency.forget()
    redaction.refresh_from_db()
    recording.redacted(redaction)
    return redaction


def clean_reason_and_order(snapshot: Snapshot, ranges: Sequence[Range], reason: str, order: str) -> tuple[str, str]:
    """Return reason and order as they are stored. Neither may repeat the passage."""
    reason = clean_text(reason, "reason", limit=2000, required=True)
    order = clean_line(order, "order", limit=300)
    if not order:
        raise Invalid("Say what it rests on, such as the reference of a court.", code="required", field="order")
    forms = {passage(snapshot.text, start, length) for start, length in ranges}
    for name, text in (("reason", reason), ("order", order)):
        if occurrences(text, forms):
            raise Invalid("This repeats what has to go: say it in other words.", code="repeats_passage", field=name)
    return reason, order


def _other_articles(found: blackening.Blackening) -> int:
    """Return how many other articles have a passage. Each needs its own redaction."""
    others = Snapshot.objects.exclude(article=found.article).filter(text__iregex=found.pattern)
    return others.order_by().values("article").distinct().count()


def _require_editor(by: User) -> None:
    require(by, Role.EDITOR, "You may not redact articles: this takes an Editor.")

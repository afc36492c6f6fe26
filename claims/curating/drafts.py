"""Drafts of reviews: each author has one for each claim, and nobody writes another's.

A save names the version of the draft that its text is based on. The writer names the versions, and may have named several whose
answer got lost (a failed network, a second attempt): the draft may be at any of them. A draft at none of them has a text that
this writer never saw, from a second tab or another machine, so it is not overwritten.
"""

from collections.abc import Collection, Iterable
from uuid import uuid4

from claims.curating import fields
from claims.curating.claims import locked
from claims.curating.decisions import MEMBERS, EvidenceFields, as_given, plain, verdict_of
from claims.curating.fields import MAX_RATIONALE
from claims.models import Claim, Draft, Review, Verdict
from claims.transitions import CHANGED_BY_PUBLICATION, Status
from claimtrack.cleaning import clean_texts
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Message
from claimtrack.roles import Role, require

# The version of a missing draft.
NONE = ""


CHANGED = Message("Your draft changed in another tab or on another machine. Nothing is lost: choose what to keep.")
GONE = Message("Your draft was used or thrown away elsewhere. Nothing is lost: choose what to keep.")


class DraftMoved(Conflict):
    """The draft has a version that this text is not based on. `draft` is the present one, None if it was used or discarded."""

    code = "draft_conflict"

    def __init__(self, draft: Draft | None) -> None:
        super().__init__(CHANGED if draft else GONE)
        self.draft = draft


@verb
def save_draft(
    *,
    claim: Claim,
    by: User,
    expected: Collection[str] | None = None,
    version: str = "",
    verdict: Verdict | str | None = None,
    rationale: str = "",
    note: str = "",
    evidence: Iterable[EvidenceFields] = (),
    changes: fields.ClaimChanges | None = None,
) -> Draft:
    """Save one's own draft of a review, in any status of the claim. It may be incomplete, but unknown members are refused.

    `expected`: the versions that the text may be based on, NONE for no draft; None overwrites any draft. `version`: the name of the
    new version, by default a generated one. Raises NotAllowed, Invalid, DraftMoved, Conflict `merged`.
    """
    require(by, Role.MODERATOR, "You may not review claims: this takes a Moderator.")
    claim = locked(claim, None)
    columns = {
        "verdict": verdict_of(verdict),
        **clean_texts({"rationale": rationale, "note": note}, limit=MAX_RATIONALE),
        "evidence": [plain(row, MEMBERS, f"evidence.{index}") for index, row in enumerate(evidence)],
        "changes": plain(changes or {}, CHANGED_BY_PUBLICATION, "changes"),
    }
    draft = Draft.objects.filter(claim=claim, author=by).first()
    if draft and all(getattr(draft, name) == value for name, value in columns.items()):
        return draft
    if expected is not None and (draft.version if draft else NONE) not in expected:
        raise DraftMoved(draft)
    columns["version"] = version or str(uuid4())
    return Draft.objects.update_or_create(claim=claim, author=by, defaults=columns)[0]


@verb
def discard_draft(*, claim: Claim, by: User) -> None:
    """Delete one's own draft, if there is one."""
    require(by, Role.MODERATOR, "You may not review claims: this takes a Moderator.")
    Draft.objects.filter(claim=locked(claim, None), author=by).delete()


def use_draft(claim: Claim, by: User, seen: Collection[str] | None) -> None:
    """Delete the draft that became a decision. `seen`: the versions that the author saw; a draft at another version stays."""
    draft = Draft.objects.filter(claim=claim, author=by)
    (draft if seen is None else draft.filter(version__in=seen)).delete()


def refill_draft(review: Review, author: User) -> None:
    """Give the author a draft of the returned or reopened text, unless there is a newer draft."""
    Draft.objects.get_or_create(
        claim=review.claim,
        author=author,
        defaults={**begun_from(review), "version": str(uuid4())},
    )


def begun_from(review: Review) -> dict[str, object]:
    """Return the initial content of a draft: a whole submission, or what readers see of a publication, whose changes are applied."""
    text = written(review)
    return text if review.to_status != Status.CHECKED else {**text, "note": "", "changes": {}}


def written(review: Review) -> dict[str, object]:
    """Return the text of a review in the form of a draft."""
    return {
        "verdict": review.verdict,
        "rationale": review.rationale,
        "note": review.note,
        "evidence": [as_given(piece) for piece in review.evidence.order_by("pk")],
        "changes": review.changes,
    }

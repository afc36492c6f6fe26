"""The history of a claim in one list: reviews, edits, appearances, topics and merges."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from claims.admin.steps import KINDS
from claims.models import Appearance, Claim, ClaimTopic, Merge, Request, Review, Takeover
from claimtrack.db.history import Change, authors, edits
from claimtrack.models import User
from claimtrack.roles import Role, role_of

# The kinds of entries without further text.
TITLES = {
    "proposed": _lazy("Proposed"),
    "edit": _lazy("Edited"),
    "merge": _lazy("Merged"),
    "undone": _lazy("Merge undone"),
}
# Fields whose changes the reviews already show.
TOLD_BY_REVIEWS = ("status", "verdict", "reviewed_at", "review_by_given", "merged_into")
# Other columns that a step changes.
CHANGED_BY_STEPS = ("assignee", "review_by")


@dataclass
class Entry:
    """One event. `kind` says how the template shows it."""

    at: datetime
    by: User | None
    kind: str
    review: Review | None = None
    merge: Merge | None = None
    changes: list[Change] = field(default_factory=list)
    what: str = ""

    @property
    def title(self) -> str | Promise:
        """What happened, in a word or a line."""
        if self.review:
            return KINDS[self.review.kind]
        return self.what or TITLES[self.kind]


def timeline(claim: Claim, user: User) -> list[Entry]:
    """Return what this person may see of the claim's history, newest first.

    A Moderator sees everything, internal notes included; others see the reviews that `Review.visible_to` shows them.
    """
    reviews = Review.objects.visible_to(user).of_claim_and_merged(claim).for_history()
    entries = [Entry(row.created_at, row.reviewer, "review", review=row) for row in reviews]
    entries.append(Entry(claim.created_at, claim.created_by, "proposed"))
    if role_of(user) >= Role.MODERATOR:
        entries += _takeovers(claim)
        entries += _edits(claim, [entry.at for entry in entries])
        entries += _merges(claim)
        entries += _linked(claim)
        entries += _requests(claim)
    return sorted(entries, key=lambda entry: (entry.at, entry.review.pk if entry.review else 0), reverse=True)


def _edits(claim: Claim, reviewed: list[datetime]) -> list[Entry]:
    """Return edits of wording and metadata, and changes of assignee and dates that no step or takeover made."""
    entries = []
    for edit in edits(claim, without=TOLD_BY_REVIEWS):
        by_step = any(abs(at - edit.at) < timedelta(seconds=1) for at in reviewed)
        changes = [change for change in edit.changes if not (by_step and change.name in CHANGED_BY_STEPS)]
        if changes:
            entries.append(Entry(edit.at, edit.by, "edit", changes=changes))
    return entries


def _takeovers(claim: Claim) -> list[Entry]:
    rows = Takeover.objects.filter(claim=claim).select_related("by", "taken_from")
    told = _("Took the claim over from %(person)s")
    return [Entry(row.at, row.by, "takeover", what=told % {"person": row.taken_from}) for row in rows]


def _requests(claim: Claim) -> list[Entry]:
    """Return requests, and the ends of requests."""
    events: Any = Request._meta.get_field("events").related_model
    rows = list(events.objects.filter(claim_id=claim.pk).select_related("pgh_context", "person").order_by("pk"))
    by = authors(rows)
    entries = []
    for row in rows:
        asked = {"person": row.person, "priority": row.get_priority_display()}
        if row.pgh_label == "delete":
            what = _("%(person)s is no longer asked") % asked
        elif row.due:
            what = _("Asked %(person)s, by %(day)s. Priority: %(priority)s") % {**asked, "day": date_format(row.due)}
        else:
            what = _("Asked %(person)s. Priority: %(priority)s") % asked
        entries.append(Entry(row.pgh_created_at, by.get(row.pk), "request", what=what))
    return entries


def _merges(claim: Claim) -> list[Entry]:
    merges = Merge.objects.filter(Q(loser_claim=claim) | Q(winner_claim=claim)).select_related("by", "undone_by")
    entries = []
    for merge in merges.defer("loser_claim__search", "winner_claim__search").select_related(
        "loser_claim", "winner_claim"
    ):
        entries.append(Entry(merge.at, merge.by, "merge", merge=merge))
        if merge.undone_at:
            entries.append(Entry(merge.undone_at, merge.undone_by, "undone", merge=merge))
    return entries


def _linked(claim: Claim) -> list[Entry]:
    """Return appearances and topics that were added or removed after the claim was proposed."""
    told = {
        (Appearance, "insert"): _("Added the quote “%(name)s”"),
        (Appearance, "delete"): _("Removed the quote “%(name)s”"),
        (ClaimTopic, "insert"): _("Added the topic %(name)s"),
        (ClaimTopic, "delete"): _("Removed the topic %(name)s"),
    }
    entries = []
    for model, column in ((Appearance, "quote"), (ClaimTopic, "topic")):
        events: Any = model._meta.get_field("events").related_model
        rows = events.objects.filter(claim_id=claim.pk).exclude(pgh_label="update").select_related("pgh_context")
        rows = [
            row for row in rows.order_by("pk") if row.pgh_created_at > claim.created_at or row.pgh_label == "delete"
        ]
        by = authors(rows)
        for row in rows:
            what = told[model, row.pgh_label] % {"name": getattr(row, column)}
            entries.append(Entry(row.pgh_created_at, by.get(row.pk), "linked", what=what))
    return entries

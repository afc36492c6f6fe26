"""Which event notifies whom.

Each verb calls the function that is named for the event, in its own transaction. Only active Moderators and Editors get notices,
and nobody gets one about their own action.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils import timezone

from claims.models import Claim, Comment, Notice, Request, Review, Webhook
from claims.models.queue import WAITING, come_due, to_look_at_again
from claims.notices import mail
from claims.transitions import Status, Transition
from claimtrack import jobs
from claimtrack.languages import desk_time_zone
from claimtrack.models import User, with_role
from claimtrack.roles import Role

Kind = Notice.Kind


def assigned(claim: Claim, *, by: User, before: int | None) -> None:
    """Notify the new assignee, and the one `before`."""
    _notify(claim, by, {Kind.ASSIGNED: [claim.assignee_id], Kind.HANDED_ON: [before]})


def taken_over(claim: Claim, *, by: User, before: User) -> None:
    _notify(claim, by, {Kind.TAKEN_OVER: [before.pk]})


def asked(request: Request) -> None:
    _notify(request.claim, request.by, {Kind.ASKED: [request.person_id]}, due=request.due)


def reviewed(row: Review, step: Transition, history: Sequence[Review]) -> None:
    """Notify the submitter about their submission, and the author of the verdict in force about that verdict.

    `history`: the reviews before this one, newest first.
    """
    publication = next((before for before in history if before.to_status == Status.CHECKED), None)
    judges = _judges(publication) if publication else []
    told: dict[Kind, list[int | None]] = {}
    if step.name in ("return", "approve"):
        told[Kind.RETURNED if step.name == "return" else Kind.APPROVED] = [history[0].reviewer_id]
    if step.name in ("reopen", "withdraw"):
        told[Kind.REOPENED if step.name == "reopen" else Kind.WITHDRAWN] = judges
    if row.kind == "correction":
        told[Kind.CORRECTED] = judges
    _notify(row.claim, row.reviewer, told)


def commented(comment: Comment, mentioned: Iterable[User]) -> None:
    """Notify those whom the comment mentions, who work on the claim or are asked to, and who have commented on it."""
    claim = comment.claim
    concerned: list[int | None] = [
        claim.assignee_id,
        *Request.objects.filter(claim=claim).values_list("person", flat=True),
    ]
    concerned += Comment.objects.filter(claim=claim).values_list("author", flat=True).distinct()
    told: dict[Kind, list[int | None]] = {
        Kind.MENTIONED: [person.pk for person in mentioned],
        Kind.COMMENTED: concerned,
    }
    _notify(claim, comment.author, told, comment=comment)


def webhook_off(webhook: Webhook) -> None:
    _notify_editors(webhook, Kind.WEBHOOK_OFF)


def webhook_gave_up(webhook: Webhook) -> None:
    _notify_editors(webhook, Kind.GAVE_UP)


def notify_due(today: date) -> int:
    """Notify those concerned, once, about each day that has come, and return the number of notices.

    These are the last days of requests, the days by which verdicts are to be looked at again, and the days when claims about the
    future come due. `today` is the day at the desk.
    """
    with timezone.override(desk_time_zone()):
        return _notify_due(today)


def _notify_due(today: date) -> int:
    told = Notice.objects.filter(kind=Kind.DUE, claim=OuterRef("claim"), person=OuterRef("person"), due=OuterRef("due"))
    requests = Request.objects.filter(due__lte=today, claim__status__in=WAITING, claim__merged_into=None)
    count = 0
    for request in requests.exclude(Exists(told)).select_related("claim").order_by("pk"):
        count += _notify_once(request.claim, Kind.DUE, [request.person_id], request.due)
    for kind, condition, column in (
        (Kind.REVIEW_BY, to_look_at_again(today), "review_by"),
        (Kind.COME_DUE, come_due(today), "due_on"),
    ):
        told = Notice.objects.filter(kind=kind, claim=OuterRef("pk"), due=OuterRef(column))
        for claim in Claim.objects.filter(condition).exclude(Exists(told)).defer("search").order_by("pk"):
            count += _notify_once(claim, kind, _concerned(claim), getattr(claim, column))
    return count


def _concerned(claim: Claim) -> list[int | None]:
    """Return those who work on the claim, who are asked to, and who gave its verdict."""
    publication = Review.objects.filter(claim=claim).publications().select_related("approves").order_by("pk").last()
    asked = Request.objects.filter(claim=claim).values_list("person", flat=True)
    return [claim.assignee_id, *asked, *(_judges(publication) if publication else ())]


def _judges(publication: Review) -> list[int | None]:
    return [publication.reviewer_id, publication.approves.reviewer_id if publication.approves else None]


def _notify_once(claim: Claim, kind: Kind, people: Iterable[int | None], due: date | None) -> int:
    try:
        with transaction.atomic():
            return _notify(claim, None, {kind: people}, due=due)
    except IntegrityError:
        # Another run has just made this notice.
        return 0


def read(*, by: User, claim: Claim | None = None, one: int | None = None, until: int | None = None) -> int:
    """Mark the user's notices as read: those of the claim, this one, or all up to this one. Return how many were unread."""
    unread = Notice.objects.visible_to(by).unread()
    if claim:
        unread = unread.filter(claim=claim)
    if one is not None:
        unread = unread.filter(pk=one)
    if until is not None:
        unread = unread.filter(pk__lte=until)
    return unread.update(read_at=Now())


def _notify(
    claim: Claim,
    by: User | None,
    told: Mapping[Kind, Iterable[int | None]],
    *,
    comment: Comment | None = None,
    due: date | None = None,
) -> int:
    """Make one notice for each person, of the first kind that names them, and return the number."""
    kinds: dict[int, Kind] = {}
    for kind, people in told.items():
        for pk in people:
            if pk is not None and (by is None or pk != by.pk):
                kinds.setdefault(pk, kind)
    if not kinds:
        return 0
    persons = with_role(Role.MODERATOR).filter(pk__in=kinds)
    return _make(
        [
            Notice(person=person, kind=kinds[person.pk], claim=claim, by=by, comment=comment, due=due)
            for person in persons
        ]
    )


def _notify_editors(webhook: Webhook, kind: Kind) -> None:
    """Notify the Editors, who maintain webhooks."""
    _make([Notice(person=person, kind=kind, webhook=webhook) for person in with_role(Role.EDITOR)])


def _make(rows: list[Notice]) -> int:
    """Insert the notices, queue immediate e-mails after the commit, and return the number of notices."""
    for row in rows:
        row.to_send = mail.is_wanted_by(row.person)
    Notice.objects.bulk_create(rows)
    for row in rows:
        if row.to_send and row.person.notices_by_email == User.NoticesByEmail.AT_ONCE:
            jobs.queue(mail.TASK, person=row.person.pk)
    return len(rows)

"""Fetch pages in jobs: a person asks for a page, a job ingests it in their name, and a row records the result.

What can be refused without the page is refused at once. A refusal of the page itself is on the row. After a temporary failure, such
as a server that does not answer, the job runs again. A job whose worker died runs again too, which is safe, because an ingest records
a text only once.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from claimtrack.jobs import MAX_ATTEMPTS, actors, queue
from claimtrack.kept import keep_refusal, keep_warning
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid, NotAllowed, Refused
from claimtrack.roles import Role, require, role_of
from sources.ingesting import Ingested, fields, ingest, read
from sources.ingesting.taking import Unavailable
from sources.models import Article, Fetch

# The job that fetches (sources.tasks).
TASK = "sources.fetch"
# One person's slow pages must not occupy all workers.
MOST_WAITING = 20


class TryAgain(Exception):
    """Makes the job run again after a while."""


def ask(
    *,
    by: User,
    url: str,
    purpose: str = Fetch.Purpose.ARTICLE,
    article: Article | None = None,
    typed: dict[str, str] | None = None,
    published_at: datetime | date | None = None,
    archive_url: str | None = None,
    **given: str,
) -> Fetch:
    """Queue the fetching of a page for `ingest`, which takes the same arguments. A second call returns the waiting fetch.

    `typed` are the contents of the form. Raises NotAllowed below Contributor, Invalid for what `ingest` refuses without the page, and
    Conflict (too_many_fetches) if many pages of this person already wait.
    """
    require(by, Role.CONTRIBUTOR, "You may not ingest articles: this takes a Contributor.")
    if not url:
        raise Invalid("Give the address of the page.", code="required", field="url")
    address = read(url=url, published_at=published_at, archive_url=archive_url, **given).link
    day = published_at.isoformat() if published_at else ""
    given = {
        name: value for name, value in {**given, "published_at": day, "archive_url": archive_url or ""}.items() if value
    }
    with transaction.atomic():
        # Calls take turns, so that no page is queued twice and the limit holds.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        waiting = Fetch.objects.waiting().filter(by=by)
        if same := waiting.filter(role=role_of(by), purpose=purpose, url=address, given=given, article=article).first():
            return same
        if waiting.count() >= MOST_WAITING:
            raise Conflict(
                "%(count)s pages that you asked for wait to be fetched already: ask for more when some are there.",
                code="too_many_fetches",
                params={"count": MOST_WAITING},
            )
        row = Fetch.objects.create(
            by=by, role=role_of(by), purpose=purpose, url=address, given=given, article=article, typed=typed or {}
        )
        Fetch.objects.filter(pk=row.pk).update(job=queue(TASK, fetch=row.pk))
    row.refresh_from_db()
    return row


def run(pk: int) -> None:
    """Ingest the page of a fetch for the person who asked. Raises TryAgain if it may work later."""
    if not Fetch.objects.waiting().filter(pk=pk).update(attempts=F("attempts") + 1):
        return
    row = Fetch.objects.get(pk=pk)
    given = dict(row.given)
    published_at = fields.read_published(given.pop("published_at", ""))
    by = actors.person(row.by_id)
    by.role = min(by.role, Role(row.role))
    try:
        done = ingest(by=by, url=row.url, published_at=published_at, **given)
    except Refused as refusal:
        is_temporary = isinstance(refusal, Unavailable) or refusal.code == "deadlock"
        if is_temporary and row.attempts < MAX_ATTEMPTS:
            Fetch.objects.waiting().filter(pk=pk).update(refused=keep_refusal(refusal))
            raise TryAgain(refusal.message) from refusal
        _fail(row, refusal)
    else:
        _settle(row, done)


def stop(*, fetch: Fetch, by: User) -> None:
    """Give up a fetch. A job that has begun may still record the page. Raises NotAllowed for another person's fetch below Moderator."""
    if fetch.by_id != by.pk and role_of(by) < Role.MODERATOR:
        raise NotAllowed("You may not stop what somebody else asked for: this takes a Moderator.")
    _fail(fetch, fetch.refusal or Conflict("It was stopped before the page was fetched.", code="stopped"))


def forget(*, by: User, url: str) -> None:
    """Give up a page that this person asked for as evidence, which is then quoted without the text of its page."""
    Fetch.objects.for_evidence(by, [url]).delete()


def clean_up() -> None:
    """Close the fetches whose job was parked or deleted, and delete those that ended long ago."""
    gone = Conflict("The program failed at this page. Its administrators see why: hand in the text.", code="job_failed")
    for row in Fetch.objects.abandoned():
        _fail(row, row.refusal or gone)
    Fetch.objects.old().delete()


def _fail(row: Fetch, refusal: Refused) -> None:
    failed = {"state": Fetch.State.FAILED, "refused": keep_refusal(refusal), "ended_at": Now()}
    Fetch.objects.waiting().filter(pk=row.pk).update(**failed)


def _settle(row: Fetch, done: Ingested) -> None:
    """Record the result. A text that an earlier attempt recorded before it failed counts as new too."""
    again, article, snapshot = row.attempts > 1, done.article, done.snapshot
    article_is_ours = again and article.created_by_id == row.by_id and article.created_at >= row.asked_at
    snapshot_is_ours = again and snapshot.taken_by_id == row.by_id and snapshot.taken_at >= row.asked_at
    Fetch.objects.waiting().filter(pk=row.pk).update(
        state=Fetch.State.DONE,
        refused=None,
        warned=[keep_warning(warning) for warning in done.warnings],
        snapshot=snapshot,
        article_is_new=done.article_is_new or article_is_ours,
        snapshot_is_new=done.snapshot_is_new or snapshot_is_ours,
        source_is_new=done.source_is_new,
        ended_at=Now(),
    )

"""Read pages again, to see whether a paper has changed its article.

One call of `reread_next` is one bounded unit of work: it takes the address that is overdue the longest, requests it once, and records
the result. First it leases the address, by a date some minutes ahead, and ends that transaction before it fetches anything, since
an open transaction would delay the feed of changes. If a worker is killed, the address is due again when the lease ends. The next
reading finds what the killed worker had recorded, and does not record it twice.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest, Now

from claimtrack.addresses import user_agent
from claimtrack.models import User
from claimtrack.refusals import Refused
from sources.ingesting import ingest_again
from sources.models import Article, Reading
from sources.pages.canonical import canonical_url
from sources.pages.fetching import Fetched, FetchError, Validators, fetch
from sources.rereading import hosts
from sources.rereading.hosts import Fetcher, Forbidden, Waiting

LEASE = timedelta(minutes=10)
GONE = frozenset({404, 410})
LONGEST = 24.0 * 365  # hours, for a reading on request while readings are off
# These answers mean that the server has the page, which is all that matters for an address without an article.
PRESENT = frozenset({"content_type", "too_large"})
Outcome = Reading.Outcome
# Returns the quotes of claims from the current text of an article. This app does not know the claims.
Quoted = Callable[[Article], list[str]]
# Returns whether an address still has to be read.
Wanted = Callable[[Reading], bool]


def reread_next(*, by: User, quoted: Quoted, wanted: Wanted, fetcher: Fetcher = fetch) -> Reading | None:
    """Read the address that is overdue the longest, and return its new state. None if nothing is due or CLAIMTRACK_REREAD is off."""
    while settings.CLAIMTRACK_REREAD:
        with transaction.atomic():
            reading = Reading.objects.due().select_for_update(skip_locked=True).first()
            if reading is None:
                return None
            goes_on = wanted(reading)
            due = Now() + Value(LEASE) if goes_on else None
            Reading.objects.filter(pk=reading.pk).update(due_at=due)
        if goes_on:
            return reread(reading=reading, by=by, quoted=quoted, fetcher=fetcher)
    return None


def reread(*, reading: Reading, by: User, quoted: Quoted, fetcher: Fetcher = fetch) -> Reading:
    """Read this address now, unless its host may not be asked yet, and return its new state. No page makes it raise."""
    try:
        hosts.enter(reading.url, fetcher)
        fetched = fetcher(
            reading.url,
            user_agent=user_agent(),
            known=Validators(reading.etag, reading.last_modified),
            before_each=hosts.permission(reading.url, fetcher),
        )
        _take(reading, fetched, by, quoted)
    except Waiting as wait:
        Reading.objects.filter(pk=reading.pk).update(due_at=wait.until)
        return _fresh(reading)
    except Forbidden as refusal:
        _failed(reading, Outcome.FORBIDDEN if refusal.rules_known else Outcome.NO_RULES, "robots")
    except FetchError as error:
        hosts.pause(reading.url, error)
        if reading.article_id is None and error.code in PRESENT:
            _read(reading, Outcome.THERE)
        else:
            _failed(reading, Outcome.GONE if error.status in GONE else Outcome.FAILED, error.code, error.status)
    except Refused as refusal:
        _failed(reading, Outcome.FAILED, refusal.code)
    return _fresh(reading)


def _take(reading: Reading, fetched: Fetched, by: User, quoted: Quoted) -> None:
    """Record the present text of a page."""
    if fetched.not_modified:
        _read(reading, Outcome.UNCHANGED)
    elif reading.article is None:
        if canonical_url(fetched.final_url) != canonical_url(reading.url) and fetched.moved:
            _failed(reading, Outcome.MOVED, "", moved_to=fetched.final_url)
        else:
            _read(reading, Outcome.THERE, fetched.validators)
    else:
        again = ingest_again(
            by=by,
            article=reading.article,
            fetched=fetched,
            known=reading.furniture,
            passages=quoted(reading.article),
        )
        if again.elsewhere:
            outcome = Outcome.MOVED if fetched.moved or not fetched.redirected else Outcome.FAILED
            _failed(reading, outcome, "redirected_away", moved_to=again.elsewhere)
        else:
            outcome = Outcome.CHANGED if again.snapshot else Outcome.UNCHANGED
            _read(reading, outcome, fetched.validators, again.furniture)


def _read(
    reading: Reading, outcome: Outcome, validators: Validators | None = None, furniture: Sequence[str] | None = None
) -> None:
    reading.times = 0 if outcome == Outcome.CHANGED else reading.times + 1
    if validators:
        reading.etag, reading.last_modified = validators.etag, validators.last_modified
    if furniture is not None:
        reading.furniture = list(furniture)
    reading.failures = 0
    _record(reading, outcome, "", 0, "")


def _failed(reading: Reading, outcome: Outcome, code: str, status: int = 0, moved_to: str = "") -> None:
    reading.failures += 1
    reading.times += 1
    _record(reading, outcome, code, status, moved_to)


def _record(reading: Reading, outcome: Outcome, code: str, status: int, moved_to: str) -> None:
    Reading.objects.filter(pk=reading.pk).update(
        outcome=outcome,
        code=code[:30],
        status=status,
        moved_to=moved_to[:2000],
        times=reading.times,
        failures=reading.failures,
        etag=reading.etag,
        last_modified=reading.last_modified,
        furniture=reading.furniture,
        read_at=Now(),
        due_at=Greatest(Now() + Value(interval(reading.times)), Value(hosts.free_at(reading.url))),
    )


def interval(times: int) -> timedelta:
    """Return the time until the next reading of an address that was unchanged this many times: at least a minute."""
    hours = settings.CLAIMTRACK_REREAD or [LONGEST]
    return timedelta(hours=max(hours[min(times, len(hours) - 1)], 1 / 60))


def _fresh(reading: Reading) -> Reading:
    return Reading.objects.select_related("article").get(pk=reading.pk)

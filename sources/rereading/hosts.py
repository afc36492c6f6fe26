"""Ask other people's servers politely: one request at a time, not more often than they like, and only for allowed pages.

All workers share the rows of Host, so the rate applies to all of them together. A worker takes a turn with one UPDATE, and holds no
lock while it fetches a page.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from claimtrack.addresses import user_agent
from sources.models import Host
from sources.pages import robots
from sources.pages.fetching import Fetched, FetchError

RULES_LAST = timedelta(hours=24)  # according to RFC 9309
LONGEST_PAUSE = timedelta(days=7)
PAUSE = timedelta(minutes=15)  # after 429 or 503 without a Retry-After
BUSY = frozenset({429, 503})
Fetcher = Callable[..., Fetched]


class Waiting(Exception):
    """The host may not be asked before this time."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Forbidden(Exception):
    """The site's robots.txt forbids the page, or could not be read (`rules_known` is false)."""

    def __init__(self, *, rules_known: bool) -> None:
        super().__init__(rules_known)
        self.rules_known = rules_known


def enter(url: str, fetcher: Fetcher) -> None:
    """Take a turn at the host of this address, and check that its rules allow the page. Raises Waiting, Forbidden."""
    host = _take_turn(robots.host(url))
    if host.rules_at is None or host.rules_at < timezone.now() - RULES_LAST:
        _read_rules(host, url, fetcher)
    if host.rules is None or not robots.allows(host.rules, url):
        raise Forbidden(rules_known=host.rules is not None)


def pause(url: str, error: FetchError) -> None:
    """Keep all workers from the host for as long as its answer asks."""
    asked = timedelta(seconds=error.retry_after) or (PAUSE if error.status in BUSY else timedelta())
    if asked:
        until = Now() + Value(min(asked, LONGEST_PAUSE))
        Host.objects.filter(name=robots.host(url)).update(free_at=Greatest("free_at", until))


def free_at(url: str) -> datetime:
    """Return when the host of this address may be asked again."""
    found = Host.objects.filter(name=robots.host(url)).values_list("free_at", flat=True).first()
    return found or timezone.now()


def _take_turn(name: str) -> Host:
    """Return the host if it may be asked now, and reserve it for a while. Raises Waiting."""
    Host.objects.bulk_create([Host(name=name)], ignore_conflicts=True)
    own = timedelta(seconds=settings.CLAIMTRACK_REREAD_DELAY)
    wait = Greatest(Value(own), F("delay") * Value(timedelta(seconds=1)))
    if not Host.objects.filter(name=name, free_at__lte=Now()).update(free_at=Now() + wait):
        raise Waiting(Host.objects.values_list("free_at", flat=True).get(name=name))
    return Host.objects.get(name=name)


def _read_rules(host: Host, url: str, fetcher: Fetcher) -> None:
    address = robots.address(url)
    try:
        fetched = fetcher(address, user_agent=user_agent(), max_bytes=robots.MAX_BYTES)
        host.rules = fetched.body.decode("utf-8", "replace").replace("\0", "")
    except FetchError as error:
        host.rules = "" if robots.is_missing(error.status) else None
        pause(url, error)
    host.rules_at = timezone.now()
    host.delay = robots.delay(host.rules) if host.rules else 0
    free_at = Greatest("free_at", Now() + Value(timedelta(seconds=host.delay)))
    Host.objects.filter(pk=host.pk).update(rules=host.rules, rules_at=host.rules_at, delay=host.delay, free_at=free_at)


def permission(first: str, fetcher: Fetcher) -> Callable[[str], None]:
    """Return a check of each address of a chain of redirects before it is requested. The first address has been checked.

    A redirect within the host belongs to the same turn, and the rules are known.
    """
    entered = {robots.host(first)}

    def check(url: str) -> None:
        name = robots.host(url)
        if name not in entered:
            entered.add(name)
            enter(url, fetcher)
        elif url != first:
            rules = Host.objects.values_list("rules", flat=True).get(name=name)
            if rules is None or not robots.allows(rules, url):
                raise Forbidden(rules_known=rules is not None)

    return check

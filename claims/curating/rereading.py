"""Which pages are read again, and the comparison after a reading. Each function is one bounded unit of work that may run twice."""

from datetime import datetime

from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from claims.curating.source_changes import compare, quoted
from claims.models import Appearance, Evidence
from claims.models.claim import visible
from claimtrack.db.exists import exists
from claimtrack.models import User
from sources.models import Article, Reading
from sources.pages.fetching import fetch
from sources.rereading import interval, reread, reread_next
from sources.rereading.hosts import Fetcher

BATCH = 1_000


def enrol(*, since: datetime | None = None) -> int:
    """Schedule the articles that public claims quote, and the addresses of their evidence. Return how many are new.

    `since`: only for claims that have changed since then. At most BATCH are new, so call it again while it returns that many. A page
    that is no longer quoted is skipped when it is due.
    """
    articles, addresses = _articles(since), _addresses(since)
    first = Value(interval(0))
    # It was in a snapshot before it was quoted, or it is public again.
    Reading.objects.filter(Q(article__in=articles) | Q(article=None, url__in=addresses), due_at=None).update(
        due_at=Case(When(read_at=None, then=Now() + first), default=Now())
    )
    new = [
        Reading(url=url, article_id=article, due_at=due)
        for url, article, due in articles.filter(reading=None)
        .annotate(due=Greatest(Now(), F("seen_at") + first))
        .order_by("pk")
        .values_list("url", "pk", "due")[:BATCH]
    ]
    known = Reading.objects.filter(article=None).values("url")
    unknown = addresses.exclude(url__in=known).order_by("url").distinct()[: BATCH - len(new)]
    new += [Reading(url=url, due_at=timezone.now()) for url in unknown]
    Reading.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def reread_one(*, by: User, fetcher: Fetcher = fetch) -> Reading | None:
    """Read the page that is overdue the longest, and compare the passages that claims quote from it. None if nothing is due."""
    reading = reread_next(by=by, quoted=quoted, wanted=_is_wanted, fetcher=fetcher)
    return _compared(reading, by) if reading else None


def reread_article(*, article: Article, by: User, fetcher: Fetcher = fetch) -> Reading | None:
    """Read the page of an article now, unless its host may not be asked yet. None: it has no address, or is not public."""
    enrol()
    reading = Reading.objects.select_related("article__current_snapshot").filter(article=article).first()
    return _compared(reread(reading=reading, by=by, quoted=quoted, fetcher=fetcher), by) if reading else None


def compare_one(*, by: User) -> Article | None:
    """Compare an article whose text has changed in any way since the last comparison. None if there is none."""
    behind = Q(compared=None) | ~Q(compared=F("article__current_snapshot"))
    reading = Reading.objects.filter(behind, article__current_snapshot__isnull=False).order_by("pk").first()
    if reading is None or reading.article is None:
        return None
    compare(reading.article, by=by)
    return reading.article


def _compared(reading: Reading, by: User) -> Reading:
    if reading.article:
        compare(reading.article, by=by)
    return reading


def _is_wanted(reading: Reading) -> bool:
    """Return whether a public claim still quotes the article, or has the address as evidence."""
    if reading.article is None:
        return _addresses(None).filter(url=reading.url).exists()
    return _articles(None).filter(pk=reading.article.pk).exists()


def _articles(since: datetime | None) -> QuerySet[Article]:
    """Return articles that have an address and are quoted by public claims, in an appearance or in evidence for a verdict in force."""
    appearances = Appearance.objects.filter(visible(None, via="claim__")).order_by()
    evidence = Evidence.objects.in_force().filter(snapshot__isnull=False).order_by()
    if since:
        recent = appearances.filter(claim__updated_at__gte=since).values("snapshot__article")
        rests_on = evidence.filter(review__claim__updated_at__gte=since).values("snapshot__article")
        quoted_in = Q(pk__in=recent.union(rests_on))
    else:
        # Uses an index row by row: the ids of all articles of a large ledger would not fit into the memory of a query.
        own = OuterRef("pk")
        quoted_in = Q(exists(appearances.filter(snapshot__article=own))) | Q(
            exists(evidence.filter(snapshot__article=own))
        )
    return Article.objects.filter(quoted_in, canonical_url__isnull=False).order_by()


def _addresses(since: datetime | None) -> QuerySet:
    """Return the addresses of evidence that has no snapshot."""
    found = Evidence.objects.in_force().filter(snapshot=None)
    if since:
        found = found.filter(review__claim__updated_at__gte=since)
    return found.order_by().values_list("url", flat=True)

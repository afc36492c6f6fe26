"""Which pages are read again, and what follows from a reading. Each function is one bounded unit of work that may run twice."""

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest, Now

from claims.curating.source_changes import compare, quoted
from claims.models import Appearance, Evidence
from claims.models.claim import visible
from claimtrack.models import User
from sources.models import Article, Reading
from sources.pages.fetching import fetch
from sources.rereading import interval, reread, reread_next
from sources.rereading.hosts import Fetcher

BATCH = 1_000


def enrol() -> int:
    """Schedule the articles that public claims quote and the addresses of their evidence, and leave out the others.

    Return how many are new. At most BATCH are, so call it again while it returns that many.
    """
    articles, addresses, first = _articles(), _addresses(), Value(interval(0))
    Reading.objects.filter(
        Q(article__isnull=False) & ~Q(article__in=articles) | Q(article=None) & ~Q(url__in=addresses),
        due_at__isnull=False,
    ).update(due_at=None)
    Reading.objects.filter(Q(article__in=articles) | Q(article=None, url__in=addresses), due_at__isnull=True).update(
        due_at=Case(When(read_at=None, then=Now() + first), default=Now())
    )
    new = list(
        Article.objects.filter(pk__in=articles, reading=None)
        .annotate(due=Greatest(Now(), F("seen_at") + first))
        .order_by("pk")
        .values_list("url", "pk", "due")[:BATCH]
    )
    known = Reading.objects.filter(article=None).values("url")
    new += [(url, None, None) for url in addresses.exclude(url__in=known).order_by("url").distinct()[:BATCH]]
    Reading.objects.bulk_create(
        (Reading(url=url, article_id=article, due_at=due or Now()) for url, article, due in new[:BATCH]),
        ignore_conflicts=True,
    )
    return len(new[:BATCH])


def reread_one(*, by: User, fetcher: Fetcher = fetch) -> Reading | None:
    """Read the page that is due longest, and compare what claims quote from it. None: nothing is due."""
    reading = reread_next(by=by, quoted=quoted, fetcher=fetcher)
    return _compared(reading, by) if reading else None


def reread_article(*, article: Article, by: User, fetcher: Fetcher = fetch) -> Reading | None:
    """Read the page of an article now, unless its host may not be asked yet. None: it has no address, or is not public."""
    enrol()
    reading = Reading.objects.select_related("article__current_snapshot").filter(article=article).first()
    return _compared(reread(reading=reading, by=by, quoted=quoted, fetcher=fetcher), by) if reading else None


def compare_one(*, by: User) -> Article | None:
    """Compare an article whose text was renewed by whatever way since it was compared last. None: there is none."""
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


def _articles():
    """Return the ids of articles that have an address and are quoted by public claims."""
    public = Appearance.objects.filter(visible(None, via="claim__")).order_by().values("snapshot__article")
    rests_on = Evidence.objects.in_force().filter(snapshot__isnull=False).order_by().values("snapshot__article")
    return (
        Article.objects.filter(Q(pk__in=public) | Q(pk__in=rests_on), canonical_url__isnull=False)
        .order_by()
        .values_list("pk", flat=True)
    )


def _addresses():
    """Return the addresses of evidence that has no snapshot."""
    return Evidence.objects.in_force().filter(snapshot=None).order_by().values_list("url", flat=True)

"""Queries for the pages of the desk: claims that wait, similar speakers, articles whose text changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import StrIndex, TruncDate

from claims.models.appearance import Appearance, AppearanceQuerySet
from claims.models.claim import Claim, ClaimQuerySet
from claims.models.merge import Distinct
from claims.models.notice import Notice
from claims.models.review import Review
from claims.models.search import StopWords
from claims.models.speaker import Alias, Speaker
from claims.models.verdict import Verdict
from claims.transitions import Status
from claimtrack.db import timeouts
from claimtrack.db.capped import CAP, CappedCount
from claimtrack.db.names import MAX_LENGTH
from claimtrack.models import User
from claimtrack.names import fold
from sources.models import Article, Snapshot

WAITING = (Status.PROPOSED, Status.UNVERIFIED, Status.IN_REVIEW, Status.AWAITING_APPROVAL)
DECIDED = (Status.CHECKED, Status.WITHDRAWN, Status.DISMISSED)
MAX_SPEAKERS = 50

# Pairs of unmerged speakers who share a folded name, newest first. Two speakers with Wikidata ids are two people.
DUPLICATES = """
    SELECT DISTINCT one.id, other.id FROM claims_alias a JOIN claims_alias b USING (folded)
    JOIN claims_speaker one ON one.id = a.speaker_id JOIN claims_speaker other ON other.id = b.speaker_id
    WHERE a.speaker_id < b.speaker_id AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
        AND (one.wikidata_id IS NULL OR other.wikidata_id IS NULL)
        AND NOT EXISTS (SELECT FROM claims_distinct d WHERE d.speaker_a_id = one.id AND d.speaker_b_id = other.id)
    ORDER BY other.id DESC, one.id LIMIT %s"""


def in_force(*verdicts: int) -> dict[int, int]:
    """Return for how many claims each of these verdicts is in force, counted up to CAP + 1."""
    claims = Claim.objects.filter(verdict=OuterRef("pk")).order_by("created_at")
    return dict(Verdict.objects.filter(pk__in=verdicts).order_by().values_list("pk", CappedCount(claims)))


def _appearances_gone(*snapshots: Q) -> AppearanceQuerySet:
    """Return appearances in older snapshots whose quote is not in the current snapshot. `snapshots` are conditions.

    The older snapshots are queried first. In one query, PostgreSQL would assume that most snapshots are old, and read all claims.
    """
    old = Snapshot.objects.filter(*snapshots).exclude(pk=F("article__current_snapshot")).values_list("pk", flat=True)
    current = F("snapshot__article__current_snapshot__text")
    found = Appearance.objects.filter(snapshot__in=list(old)).annotate(found=StrIndex(current, F("quote")))
    return found.filter(found=0)


def quote_gone(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Return claims with a quote that is no longer in the current snapshot of its article."""
    return claims.filter(pk__in=_appearances_gone().order_by().values("claim"))


def changed_articles(limit: int) -> QuerySet[Article]:
    """Return articles whose quotes are gone from the current text, latest change first. `lost` is the number of quotes."""
    lost = _appearances_gone().order_by()
    return (
        Article.objects.filter(pk__in=lost.values("snapshot__article"))
        .annotate(lost=Count("snapshots__appearances", filter=Q(snapshots__appearances__in=lost.values("pk"))))
        .select_related("source")
        .order_by("-current_snapshot__taken_at", "-pk")[:limit]
    )


def lost_quotes(article: Article, user: User | AnonymousUser | None) -> QuerySet[Appearance]:
    """Return appearances that the user may see and whose quote is not in the article's current snapshot."""
    return _appearances_gone(Q(article=article)).visible_to(user).filter(claim__merged_into=None)


def find(claims: ClaimQuerySet, query: str) -> ClaimQuerySet:
    """Search wordings, quotes, titles of external reviews and speakers' names. Raises StopWords."""
    names = Alias.objects.with_words(query)
    speakers = list(names.values_list("speaker", flat=True).distinct()[:MAX_SPEAKERS])
    if not speakers:
        return claims.search(query)
    try:
        found = Claim.objects.search(query)
    except StopWords:
        found = Claim.objects.none()
    # A union of ids, because OR between the two conditions would scan the whole table.
    ids = found.order_by().values("pk")
    return claims.filter(pk__in=ids.union(Claim.objects.filter(speaker__in=speakers).order_by().values("pk")))


def to_look_at_again(today: date) -> Q:
    """Return the condition of checked claims whose verdict is due for another look on this day, or was earlier."""
    return Q(review_by__lte=today, status=Status.CHECKED, merged_into=None)


def come_due(today: date) -> Q:
    """Return the condition of claims about the future that have come due and have no verdict of that day or later.

    Days are those of the active time zone.
    """
    return (
        Q(due_on__lte=today, merged_into=None)
        & ~Q(status__in=[Status.DISMISSED, Status.WITHDRAWN])
        & (Q(reviewed_at=None) | Q(reviewed_at__date__lt=F("due_on")))
    )


def count_by_status(claims: ClaimQuerySet) -> dict[str, int]:
    """Return the number of claims in each status, counted up to CAP + 1."""
    # With the order of an index, PostgreSQL uses the index. Without an order, it would scan the table because of the limit.
    return {status.value: claims.filter(status=status).order_by("created_at")[: CAP + 1].count() for status in Status}


def submitted_by_others(claims: ClaimQuerySet, user: User | AnonymousUser) -> ClaimQuerySet:
    """Return claims that await approval and were submitted by somebody else."""
    last = Review.objects.filter(claim=OuterRef("pk")).order_by("-pk").values("reviewer")[:1]
    return claims.filter(status=Status.AWAITING_APPROVAL).annotate(submitter=Subquery(last)).exclude(submitter=user.pk)


def with_news(claims: ClaimQuerySet, user: User | AnonymousUser) -> ClaimQuerySet:
    """Add `news`: the kinds of the user's unread notices about each claim."""
    unread = Notice.objects.visible_to(user).unread().filter(claim=OuterRef("pk"))
    return claims.annotate(news=ArraySubquery(unread.order_by("kind").values("kind").distinct()))


def decisions_per_day(days: int, today: date) -> list[tuple[date, int]]:
    """Count publications, dismissals and withdrawals on each of the last `days` days (UTC), oldest first."""
    first = today - timedelta(days=days - 1)
    rows = (
        Review.objects.filter(created_at__gte=datetime.combine(first, time.min, UTC), to_status__in=DECIDED)
        .annotate(day=TruncDate("created_at"))
        .values("day")
        .annotate(n=Count("pk"))
        .values_list("day", "n")
    )
    counts = dict(rows)
    return [(day, counts.get(day, 0)) for day in (first + timedelta(days=n) for n in range(days))]


def similar_speakers(name: str, but: int | None = None, limit: int = 5) -> list[Speaker]:
    """Return unmerged speakers with this name or a similar one, most similar first.

    `but` is the id of the speaker with this name. It is left out, and so are speakers judged distinct from it.
    """
    folded = fold(name)
    judged = Distinct.objects.filter(Q(speaker_a=but) | Q(speaker_b=but)) if but else Distinct.objects.none()
    apart = {pk for pair in judged.values_list("speaker_a", "speaker_b") for pk in pair} | {but}
    aliases = (
        Alias.objects.filter(speaker__merged_into=None, folded__trigram_similar=folded)
        .exclude(speaker__in=apart - {None})
        .annotate(likeness=TrigramSimilarity("folded", folded))
        .select_related("speaker")
        .order_by("-likeness", "pk")[: limit * 4]
    )
    return list({alias.speaker_id: alias.speaker for alias in aliases}.values())[:limit]


def names_like(query: str, limit: int = 3) -> list[str]:
    """Return names that this may be a misspelling of, most similar first: none if it is, or begins, a word of a name."""
    folded = fold(query)
    if not folded or len(query) > MAX_LENGTH or Alias.objects.with_words(query).exists():
        return []
    names = (
        Alias.objects.filter(speaker__merged_into=None, folded__trigram_word_similar=folded)
        .annotate(likeness=TrigramWordSimilarity(folded, "folded"))
        .order_by("-likeness", "name")
        .values_list("name", flat=True)
    )
    with transaction.atomic():
        # One wrong letter in a word of six leaves four of seven trigrams, and the default asks for 0.6.
        timeouts.set_local(**{"pg_trgm.word_similarity_threshold": "0.45"})
        return list(dict.fromkeys(names[: limit * 4]))[:limit]


def possible_duplicates(limit: int) -> list[tuple[Speaker, Speaker]]:
    """Return pairs of unmerged speakers with similar names that were not judged distinct, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(DUPLICATES, [limit])
        pairs = cursor.fetchall()
    found = Speaker.objects.in_bulk({pk for pair in pairs for pk in pair})
    return [(found[one], found[other]) for one, other in pairs]

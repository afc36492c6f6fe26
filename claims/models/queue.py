"""What the desk's pages ask of the ledger: what waits, what is alike, whose text changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import StrIndex, TruncDate

from claims.models.appearance import Appearance, AppearanceQuerySet
from claims.models.claim import Claim, ClaimQuerySet
from claims.models.merge import Distinct
from claims.models.review import Review
from claims.models.search import StopWords, TSQuery
from claims.models.speaker import Alias, Speaker
from claims.text.searching import quoted
from claims.transitions import Status
from claimtrack.models import User
from claimtrack.names import fold
from sources.models import Article, Snapshot

WAITING = (Status.PROPOSED, Status.UNVERIFIED, Status.IN_REVIEW, Status.AWAITING_APPROVAL)
DECIDED = (Status.CHECKED, Status.WITHDRAWN, Status.DISMISSED)
CAP = 10_000
# Compare the trigrams of at most this many candidates: claims that share only a common word are not alike.
CANDIDATES = 500
LIKENESS = 0.25

# The lexemes of a text, the rarest first, and in how many claims each is. ANALYZE keeps the frequencies of common ones.
FREQUENCIES = """
    SELECT word, COALESCE(known.share, 0) * GREATEST(c.reltuples, 0)
    FROM pg_class c, unnest(tsvector_to_array(claims_vector(%s, claims_words(%s)))) AS word
    LEFT JOIN (SELECT most.word, most.share FROM pg_stats s,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS most (word, share)
        WHERE s.schemaname = current_schema() AND s.tablename = 'claims_claim' AND s.attname = 'search') known USING (word)
    WHERE c.oid = 'claims_claim'::regclass ORDER BY 2, 1 LIMIT 40"""

# Unmerged speakers with a name that folds alike, the newest first. Two Wikidata ids are two people.
DUPLICATES = """
    SELECT DISTINCT one.id, other.id FROM claims_alias a JOIN claims_alias b USING (folded)
    JOIN claims_speaker one ON one.id = a.speaker_id JOIN claims_speaker other ON other.id = b.speaker_id
    WHERE a.speaker_id < b.speaker_id AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
        AND (one.wikidata_id IS NULL OR other.wikidata_id IS NULL)
        AND NOT EXISTS (SELECT FROM claims_distinct d WHERE d.speaker_a_id = one.id AND d.speaker_b_id = other.id)
    ORDER BY other.id DESC, one.id LIMIT %s"""


def _lost(*among: Q) -> AppearanceQuerySet:
    """Appearances in an older snapshot (of these) whose quote the current one no longer holds.

    Which snapshots are old is asked first: PostgreSQL takes an inequality for true of nearly every row, and in one query it
    would walk all claims instead of the few in question.
    """
    old = Snapshot.objects.filter(*among).exclude(pk=F("article__current_snapshot")).values_list("pk", flat=True)
    current = F("snapshot__article__current_snapshot__text")
    found = Appearance.objects.filter(snapshot__in=list(old)).annotate(found=StrIndex(current, F("quote")))
    return found.filter(found=0)


def quote_gone(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Claims with a quote that is no longer in the current snapshot of its article."""
    return claims.filter(pk__in=_lost().order_by().values("claim"))


def changed_articles(limit: int) -> QuerySet[Article]:
    """Articles whose text changed under a claim, the last change first, with `lost`: how many quotes are gone."""
    lost = _lost().order_by()
    return (
        Article.objects.filter(pk__in=lost.values("snapshot__article"))
        .annotate(lost=Count("snapshots__appearances", filter=Q(snapshots__appearances__in=lost.values("pk"))))
        .select_related("source")
        .order_by("-current_snapshot__taken_at", "-pk")[:limit]
    )


def lost_quotes(article: Article, user: User | AnonymousUser | None) -> QuerySet[Appearance]:
    """Appearances that a person may see whose quote the current snapshot of the article no longer holds."""
    return _lost(Q(article=article)).visible_to(user).filter(claim__merged_into=None)


def find(claims: ClaimQuerySet, query: str) -> ClaimQuerySet:
    """Search wording, quotes, titles of external reviews and the names that speakers are known by. Raises StopWords."""
    folded = fold(query)
    speakers = (
        list(Alias.objects.filter(folded__startswith=folded).values_list("speaker", flat=True)[:50]) if folded else []
    )
    if not speakers:
        return claims.search(query)
    try:
        found = Claim.objects.search(query)
    except StopWords:
        found = Claim.objects.none()
    # A union of ids, because OR between the two conditions would scan the whole table.
    ids = found.order_by().values("pk")
    return claims.filter(pk__in=ids.union(Claim.objects.filter(speaker__in=speakers).order_by().values("pk")))


def waiting(claims: ClaimQuerySet) -> dict[str, int]:
    """How many claims stand in each status, counted up to CAP + 1."""
    # Ordered as an index is: without an order, PostgreSQL would scan the table because of the limit.
    return {status.value: claims.filter(status=status).order_by("created_at")[: CAP + 1].count() for status in Status}


def submitted_by_others(claims: ClaimQuerySet, user: User | AnonymousUser) -> ClaimQuerySet:
    """Claims that await approval and that this person may approve as far as the submitter goes."""
    last = Review.objects.filter(claim=OuterRef("pk")).order_by("-pk").values("reviewer")[:1]
    return claims.filter(status=Status.AWAITING_APPROVAL).annotate(submitter=Subquery(last)).exclude(submitter=user.pk)


def decided_per_day(days: int, today: date) -> list[tuple[date, int]]:
    """Decisions (publications, dismissals, withdrawals) on each of the last `days` days, oldest first, in UTC."""
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


def _telling(claim: Claim) -> list[str]:
    """The lexemes of a claim's wording that say the most: the rarest, as long as CANDIDATES claims hold them by the statistics."""
    with connection.cursor() as cursor:
        cursor.execute(FREQUENCIES, [claim.language, claim.text])
        found = cursor.fetchall()
    words: list[str] = []
    total = 0.0
    for word, claims in found:
        total += claims
        if words and total > CANDIDATES:
            break
        words.append(word)
    return words


def similar(claim: Claim, user: User | AnonymousUser | None, limit: int = 6) -> list[Claim]:
    """Claims that read alike (trigrams), the likest first, with `likeness` from 0 to 1; not those judged distinct."""
    judged = Distinct.objects.filter(Q(claim_a=claim) | Q(claim_b=claim)).values_list("claim_a", "claim_b")
    apart = {pk for pair in judged for pk in pair} | {claim.pk}
    words = " | ".join(quoted(word) for word in _telling(claim))
    if not words:
        return []
    alike = Claim.objects.filter(search=TSQuery(words)).order_by("-created_at", "-pk").values("pk")[:CANDIDATES]
    return list(
        Claim.objects.visible_to(user)
        .filter(pk__in=alike, merged_into=None)
        .exclude(pk__in=apart)
        .annotate(likeness=TrigramSimilarity("text", claim.text))
        .filter(likeness__gte=LIKENESS)
        .select_related("speaker", "verdict")
        .defer("search")
        .order_by("-likeness", "pk")[:limit]
    )


def similar_speakers(name: str, but: int | None = None, limit: int = 5) -> list[Speaker]:
    """Unmerged speakers who are known by this name or by one much like it, the likest first.

    `but`: the speaker whose name it is, who is left out with those judged to be somebody else.
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


def possible_duplicates(limit: int) -> list[tuple[Speaker, Speaker]]:
    """Pairs of unmerged speakers with names that are alike and not judged distinct, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(DUPLICATES, [limit])
        pairs = cursor.fetchall()
    found = Speaker.objects.in_bulk({pk for pair in pairs for pk in pair})
    return [(found[one], found[other]) for one, other in pairs]

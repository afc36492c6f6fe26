"""The figures of a period: how many claims came in, the decisions, how long they took, and who made them.

Each figure is one or two aggregates over an index, and counts a queryset that its caller chose: everything for the desk,
`public()` for others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Any

from django.db import models
from django.db.models import Aggregate, Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Trunc

from claims.figures.periods import Period, midnight
from claims.models.claim import ClaimQuerySet
from claims.models.inquiry import InquiryQuerySet
from claims.models.queue import DECIDED, WAITING
from claims.models.review import Review, ReviewQuerySet
from claims.models.speaker import winner_of
from claims.transitions import Status

# Open claims are counted by their age in days: up to 7, up to 28, and so on, and older.
AGES = (7, 28, 91, 365)


class Percentile(Aggregate):
    """The value below which this share of the values lies, interpolated between two (percentile_cont)."""

    template = "percentile_cont(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, share: float) -> None:
        super().__init__(expression, share=share, output_field=models.DurationField())


def within(period: Period, column: str) -> Q:
    """Return the condition that a moment lies in the period."""
    return Q(**{f"{column}__gte": period.start, f"{column}__lt": period.end})


def _part(period: Period, column: str, unit: str = "") -> Trunc:
    """Return the first day of the unit that contains a moment. It may be before the first day of the period."""
    return Trunc(column, unit or period.unit, output_field=models.DateField(), tzinfo=period.zone)


def added(claims: ClaimQuerySet, period: Period) -> dict[date, int]:
    """Count claims that came in, by the first day of each part of the period."""
    rows = claims.filter(within(period, "created_at")).order_by().values_list(_part(period, "created_at"))
    return {max(first, period.first): count for first, count in rows.annotate(Count("pk"))}


def decided(reviews: ReviewQuerySet, period: Period) -> dict[tuple[date, str], int]:
    """Count publications, corrections, confirmations, withdrawals and dismissals, by part of the period and kind."""
    rows = reviews.filter(within(period, "created_at"), to_status__in=DECIDED).with_kind().order_by()
    found = rows.values_list(_part(period, "created_at"), "kind_of_step").annotate(Count("pk"))
    return {(max(first, period.first), kind): count for first, kind, count in found}


def published_by_week(reviews: ReviewQuerySet, period: Period) -> list[tuple[Period, int]]:
    """Count first publications in each week of the period."""
    first = reviews.publications().filter(within(period, "created_at"), replaces=None).order_by()
    counts = dict(first.values_list(_part(period, "created_at", "week")).annotate(Count("pk")))
    begun = {max(week, period.first): count for week, count in counts.items()}
    return [(week, begun.get(week.first, 0)) for week in period.parts("week")]


@dataclass(frozen=True)
class Waits:
    """How long claims waited for their first verdict. `most`: nine of ten waited no longer than this."""

    count: int
    median: timedelta | None
    most: timedelta | None


def time_to_verdict(reviews: ReviewQuerySet, period: Period) -> tuple[Waits, dict[date, Waits]]:
    """Measure the time from recording a claim to its first publication: for the whole period, and for each part."""
    first = reviews.publications().filter(within(period, "created_at"), replaces=None).order_by()
    waited = {
        "count": Count("pk"),
        "median": Percentile(F("created_at") - F("claim__created_at"), 0.5),
        "most": Percentile(F("created_at") - F("claim__created_at"), 0.9),
    }
    whole = Waits(**first.aggregate(**waited))
    parts = first.annotate(part=_part(period, "created_at")).values("part").annotate(**waited)
    found = parts.values_list("part", *waited)
    return whole, {max(part, period.first): Waits(*measures) for part, *measures in found}


@dataclass(frozen=True)
class Age:
    """The first and the last day on which claims of this age were added. The oldest age has no first day."""

    first: date | None
    last: date


def ages(today: date) -> list[Age]:
    """Return the ages in which open claims are counted, youngest first."""
    firsts = [today - timedelta(days=days - 1) for days in AGES]
    lasts = [today, *(first - timedelta(days=1) for first in firsts)]
    return [Age(first, last) for first, last in zip([*firsts, None], lasts, strict=True)]


def open_by_age(claims: ClaimQuerySet, today: date, zone: tzinfo) -> dict[tuple[str, int], int]:
    """Count the claims that wait now by status and by the index of their age in `ages`."""
    limits = [
        When(created_at__gte=midnight(age.first, zone), then=Value(place))
        for place, age in enumerate(ages(today))
        if age.first
    ]
    age = Case(*limits, default=Value(len(AGES)))
    found = (
        claims.filter(status__in=WAITING, merged_into=None).order_by().values_list("status", age).annotate(Count("pk"))
    )
    return {(status, place): count for status, place, count in found}


def judged(claims: ClaimQuerySet, period: Period) -> ClaimQuerySet:
    """Return claims whose verdict in force was last published in the period. Such a claim is never merged away."""
    return claims.judged().filter(within(period, "reviewed_at"))


def verdicts_by(claims: ClaimQuerySet, column: str, most: int | None = None) -> dict[Any, Counter[int]]:
    """Count verdicts in force by a column, such as the speaker, most frequent first: for all values, or for the `most` frequent.

    A claim without a topic counts for none. A claim whose speaker is not known counts under None.
    """
    rows = claims.order_by().annotate(named=F(column))
    if column == "topics":
        rows = rows.filter(named__isnull=False)
    ranked = rows.values_list("named").annotate(n=Count("pk")).order_by("-n", "named")
    counts: dict[Any, Counter[int]] = {value: Counter() for value, _n in (ranked[:most] if most else ranked)}
    if most:
        known = Q(named__in=[value for value in counts if value])
        rows = rows.filter(known | Q(named=None) if None in counts else known)
    for value, verdict, count in rows.values_list("named", "verdict").annotate(Count("pk")):
        counts[value][verdict] = count
    return counts


def corrections(reviews: ReviewQuerySet, period: Period) -> models.QuerySet[Any]:
    """Return the corrections of the period, newest first, each with `delay` and, if the claim was reopened, `reopening`.

    `delay` is the time since the corrected publication, and `reopening` is the reason why the claim was reopened.
    """
    between = Review.objects.filter(claim=OuterRef("claim"), pk__gt=OuterRef("replaces"), pk__lt=OuterRef("pk"))
    reopened = between.filter(from_status__in=[Status.CHECKED, Status.WITHDRAWN], to_status=Status.IN_REVIEW)
    return (
        reviews.corrections()
        .filter(within(period, "created_at"))
        .annotate(
            delay=models.ExpressionWrapper(
                F("created_at") - F("replaces__created_at"), output_field=models.DurationField()
            ),
            reopening=Subquery(reopened.order_by("-pk").values("rationale")[:1]),
        )
        .select_related("claim", "replaces", "reviewer")
        .defer("claim__search")
        .order_by("-pk")
    )


def steps_by_person(reviews: ReviewQuerySet, period: Period) -> dict[int, Counter[str]]:
    """Count the steps that each person took, by kind."""
    counts: dict[int, Counter[str]] = {}
    found = reviews.filter(within(period, "created_at")).order_by().with_kind()
    for person, kind, count in found.values_list("reviewer", "kind_of_step").annotate(Count("pk")):
        counts.setdefault(person, Counter())[kind] = count
    return counts


def asked(inquiries: InquiryQuerySet, period: Period) -> dict[tuple[str, Any], Counter[str]]:
    """Count whom the desk asked in the period, by their last answer, "" if there is none yet.

    The keys are "speaker" or "source" with its id, or "name" with the name of somebody else; most frequent first.
    """
    rows = (
        inquiries.filter(asked_on__range=(period.first, period.last))
        .with_answer()
        .order_by()
        .annotate(winner=winner_of(F("speaker")))
    )
    counts: dict[tuple[str, Any], Counter[str]] = {}
    for speaker, source, name, answer, count in rows.values_list("winner", "source", "name", "answer").annotate(
        Count("pk")
    ):
        whom = ("speaker", speaker) if speaker else ("source", source) if source else ("name", name)
        counts.setdefault(whom, Counter())[answer or ""] += count
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1].total(), pair[0][0], str(pair[0][1]))))


def delays(corrected: models.QuerySet[Any]) -> tuple[int, timedelta]:
    """Return how many corrections there are, and the median of their delays."""
    found = corrected.order_by().aggregate(n=Count("pk"), median=Percentile(F("delay"), 0.5))
    return found["n"], found["median"] or timedelta()

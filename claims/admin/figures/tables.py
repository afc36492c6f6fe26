"""The figures of a period, each from its counts (claims.models.figures) to a table, a plot and the addresses of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.figures import links
from claims.admin.figures.figure import Cell, Figure, Row, Series, Value
from claims.admin.figures.words import AGES, KINDS, number
from claims.admin.queue import NOBODY
from claims.figures import plots
from claims.figures.periods import Period
from claims.models import Claim, Review, Speaker, Topic, Verdict, figures
from claims.models.queue import WAITING
from claimtrack.languages import translated
from claimtrack.models import User

DECISIONS = ("publication", "correction", "confirmation", "withdraw", "dismiss")
DAY = timedelta(days=1)
SHOWN = 20


def name_of(part: Period) -> str:
    """Return the name of a part of a period, in the language of the page."""
    if part.first == part.last:
        return date_format(part.first, "MONTH_DAY_FORMAT")
    if part.days <= 7:
        ends = {
            "first": date_format(part.first, "MONTH_DAY_FORMAT"),
            "last": date_format(part.last, "MONTH_DAY_FORMAT"),
        }
        return _("%(first)s to %(last)s") % ends
    if part.days <= 31:
        return date_format(part.first, "YEAR_MONTH_FORMAT")
    return str(part.first.year)


def _days(wait: timedelta | None) -> float | None:
    return None if wait is None else round(wait / DAY, 2)


def intake(period: Period, user: User) -> Figure:
    counts = figures.added(Claim.objects.visible_to(user), period)
    rows = [
        Row(
            (part.first.isoformat(), part.last.isoformat()),
            name_of(part),
            [Cell(counts.get(part.first, 0), links.queue(**links.added(part)))],
        )
        for part in period.parts()
    ]
    total = sum(counts.values())
    return Figure(
        "intake",
        _("Intake"),
        ngettext("%(n)s claim came in.", "%(n)s claims came in.", total) % {"n": number(total)},
        ("first_day", "last_day"),
        _("Days"),
        [Series("added", _("Added"), "t-accent")],
        rows,
        plot=plots.columns([[counts.get(part.first, 0)] for part in period.parts()]),
        link=links.queue(**links.added(period)),
    )


def decisions(period: Period, user: User) -> Figure:
    counts = figures.decided(Review.objects.visible_to(user), period)
    parts = [(part, [counts.get((part.first, kind), 0) for kind in DECISIONS]) for part in period.parts()]
    rows = [
        Row(
            (part.first.isoformat(), part.last.isoformat()),
            name_of(part),
            [
                Cell(count, links.reviews(kind=kind, **links.done(part)))
                for kind, count in zip(DECISIONS, numbers, strict=True)
            ],
        )
        for part, numbers in parts
    ]
    total = sum(counts.values())
    return Figure(
        "decisions",
        _("Decisions"),
        ngettext("%(n)s decision was taken.", "%(n)s decisions were taken.", total) % {"n": number(total)},
        ("first_day", "last_day"),
        _("Days"),
        [Series(kind, str(KINDS[kind]), f"k-{kind}") for kind in DECISIONS],
        rows,
        plot=plots.columns([numbers for _part, numbers in parts]),
        totals=_totals(counts, period),
    )


def _totals(counts: Mapping[tuple[date, str], int], period: Period) -> list[tuple[str, Cell]]:
    found = Counter[str]()
    for (_first, kind), count in counts.items():
        found[kind] += count
    return [(str(KINDS[kind]), Cell(found[kind], links.reviews(kind=kind, **links.done(period)))) for kind in DECISIONS]


def time_to_verdict(period: Period, user: User) -> Figure:
    whole, parts = figures.time_to_verdict(Review.objects.visible_to(user), period)
    none = figures.Waits(0, None, None)
    waits = [(part, parts.get(part.first, none)) for part in period.parts()]
    rows = [
        Row(
            (part.first.isoformat(), part.last.isoformat()),
            name_of(part),
            [
                Cell(wait.count, links.reviews(kind="publication", **links.done(part))),
                Cell(_days(wait.median)),
                Cell(_days(wait.most)),
            ],
        )
        for part, wait in waits
    ]
    said = _("No claim got its first verdict.")
    if whole.count:
        said = ngettext(
            "%(n)s claim got its first verdict.",
            "%(n)s claims got their first verdict: half of them within %(median)s days, nine of ten within %(most)s days.",
            whole.count,
        ) % {
            "n": number(whole.count),
            "median": number(_days(whole.median) or 0),
            "most": number(_days(whole.most) or 0),
        }
    return Figure(
        "time-to-verdict",
        _("Time to the first verdict"),
        said,
        ("first_day", "last_day"),
        _("Days"),
        [
            Series("published", _("Claims")),
            Series("median_days", _("Days for half of them"), "t-accent"),
            Series("nine_of_ten_days", _("Days for nine of ten"), "t-soft"),
        ],
        rows,
        hint=_("From when a claim came in to its first publication."),
        plot=plots.columns(
            [[0, _days(wait.median) or 0, _days(wait.most) or 0] for _part, wait in waits], stacked=False, whole=False
        ),
        link=links.reviews(kind="publication", **links.done(period)),
    )


def open_claims(period: Period, user: User) -> Figure:
    """Return the present ones, whatever the period."""
    today = timezone.localdate(timezone=period.zone)
    counts = figures.open_by_age(Claim.objects.visible_to(user), today, period.zone)
    ages = figures.ages(today)
    table = [(status, [counts.get((status, place), 0) for place in range(len(ages))]) for status in WAITING]
    most = max(1, *(sum(numbers) for _status, numbers in table))
    total = sum(counts.values())
    rows = [
        Row(
            (status.value,),
            translated(status.label),
            [
                Cell(n, links.queue(view="open", status=status, **links.between("added", age.first, age.last)))
                for n, age in zip(numbers, ages, strict=True)
            ],
            links.queue(view="open", status=status),
            bars=plots.shares(numbers, most),
        )
        for status, numbers in table
    ]
    return Figure(
        "open",
        _("Age of what is open"),
        ngettext("%(n)s claim is open now.", "%(n)s claims are open now.", total) % {"n": number(total)},
        ("status",),
        _("Status"),
        [Series(key, str(label), f"a-{place}") for place, (key, label) in enumerate(AGES)],
        rows,
        hint=_("As it is today, whatever the period."),
        link=links.queue(view="open"),
    )


def by_topic(period: Period, user: User, most: int | None = SHOWN) -> Figure:
    claims = figures.judged(Claim.objects.visible_to(user), period)
    counts = figures.verdicts_by(claims, "topics", most)
    topics = Topic.objects.in_bulk(list(counts))
    found = [Named((topics[pk].slug, topics[pk].name), {"topic": topics[pk].slug}, counts[pk]) for pk in counts]
    return _verdicts(period, claims.count(), "by-topic", _("Verdicts by topic"), ("topic", "name"), _("Topic"), found)


def by_speaker(period: Period, user: User, most: int | None = SHOWN) -> Figure:
    claims = figures.judged(Claim.objects.visible_to(user), period)
    counts = figures.verdicts_by(claims, "speaker", most)
    speakers = Speaker.objects.in_bulk([pk for pk in counts if pk])
    found = [
        Named((pk, speakers[pk].name), {"speaker": pk}, counts[pk])
        if pk
        else Named((None, ""), {"speaker": NOBODY}, counts[pk])
        for pk in counts
    ]
    return _verdicts(
        period, claims.count(), "by-speaker", _("Verdicts by speaker"), ("speaker", "name"), _("Speaker"), found
    )


class Named(NamedTuple):
    """A topic or speaker: id and name, the filters for its claims, and how many have which verdict."""

    keys: tuple[Value, str]
    filters: dict[str, object]
    counts: Counter[int]


def _verdicts(
    period: Period, total: int, name: str, title: str, keys: tuple[str, ...], head: str, found: Sequence[Named]
) -> Figure:
    scale = list(Verdict.objects.all())
    most = max((row.counts.total() for row in found), default=1)
    within = links.judged(period)
    rows = [
        Row(
            row.keys,
            row.keys[1] or _("Not known"),
            [Cell(row.counts[step.pk], links.queue(verdict=step.code, **row.filters, **within)) for step in scale],
            links.queue(has_verdict="true", **row.filters, **within),
            settings.CLAIMTRACK_DEFAULT_LANGUAGE if row.keys[1] else "",
            plots.shares([row.counts[step.pk] for step in scale], most),
        )
        for row in found
    ]
    language = settings.CLAIMTRACK_DEFAULT_LANGUAGE
    said = ngettext("%(n)s claim has a verdict of this period.", "%(n)s claims have a verdict of this period.", total)
    hint = _("The verdict in force counts, on the day of its last publication. At most %(n)s rows are shown.")
    return Figure(
        name,
        title,
        said % {"n": number(total)},
        keys,
        head,
        [
            Series(step.code, str(step), f"v-{step.value or 'off'}", language if str(step) == step.label else "")
            for step in scale
        ],
        rows,
        hint=hint % {"n": SHOWN},
        link=links.queue(has_verdict="true", **within),
    )


def people(period: Period, user: User) -> Figure:
    counts = figures.steps_by_person(Review.objects.visible_to(user), period)
    kinds = [kind for kind in KINDS if any(found[kind] for found in counts.values())]
    names = {person.pk: person for person in User.objects.filter(pk__in=counts)}
    ranked = sorted(counts, key=lambda pk: (-counts[pk].total(), pk))
    within = links.done(period)
    most = max((found.total() for found in counts.values()), default=1)
    total = sum(found.total() for found in counts.values())
    rows = [
        Row(
            (names[pk].username,),
            names[pk].get_username(),
            [Cell(counts[pk][kind], links.reviews(person=pk, kind=kind, **within)) for kind in kinds],
            links.reviews(person=pk, **within),
            bars=plots.shares([counts[pk][kind] for kind in kinds], most),
        )
        for pk in ranked
    ]
    return Figure(
        "people",
        _("Work by person"),
        ngettext("%(n)s step was taken.", "%(n)s steps were taken.", total) % {"n": number(total)},
        ("person",),
        _("Person"),
        [Series(kind, str(KINDS[kind]), f"k-{kind}") for kind in kinds],
        rows,
        hint=_("Numbers of steps say nothing about how hard each claim was."),
        link=links.reviews(**within),
    )

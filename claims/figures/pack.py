"""The pack for the yearly review of a fact-checking desk by the IFCN or the EFCSN: CSV files, and a README that explains each.

It only contains what is public, whoever downloads it, and the same ledger and period give the same bytes. It is in English, like
those reviews.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery

from claims.figures.periods import Period
from claims.formats.csv import BOM, table
from claims.formats.exports import licence
from claims.models import Claim, ClaimTopic, Evidence, Review, Speaker, Topic, Verdict, figures
from claims.models.claim_source import ClaimSource
from claims.models.review import ReviewQuerySet
from claims.text.partial_dates import format_date
from claims.transitions import Status
from claimtrack.addresses import claim_page
from sources.models import Source

BATCH = 500
SAMPLE = 20
DAY = timedelta(days=1)
Cells = Sequence[object]


class File(NamedTuple):
    """A file of the pack: its content, the principle that it serves, its columns, and its rows in a period."""

    name: str
    says: str
    serves: str
    header: Callable[[], Sequence[str]]
    rows: Callable[[Period], Iterable[Cells]]


def _public() -> ReviewQuerySet:
    """Return the public steps of public claims, which excludes claims that were merged away."""
    return Review.objects.visible_to(None).filter(claim__in=Claim.objects.public())


def _fact_checks(period: Period) -> ReviewQuerySet:
    """Return the first publications of the period, oldest first."""
    return _public().publications().filter(figures.within(period, "created_at"), replaces=None).order_by("pk")


FACT_CHECK = (
    *("claim", "address", "published_on", "claim_text", "language", "speaker", "speaker_role", "said_on", "topics"),
    *("first_verdict", "verdict_in_force", "pieces_of_evidence", "by"),
)


def _fact_check_rows(period: Period) -> Iterator[Cells]:
    return _as_rows(_fact_checks(period), period)


def _sample_rows(period: Period) -> Iterator[Cells]:
    """Yield at most SAMPLE fact-checks at regular intervals."""
    published = _fact_checks(period)
    step = max(1, -(-published.count() // SAMPLE))
    chosen = islice(published.values_list("pk", flat=True).iterator(BATCH), 0, None, step)
    return _as_rows(published.filter(pk__in=list(chosen)), period)


def _as_rows(published: ReviewQuerySet, period: Period) -> Iterator[Cells]:
    topics = ClaimTopic.objects.filter(claim=OuterRef("claim")).order_by("topic__slug").values("topic__slug")
    pieces = (
        Evidence.objects.filter(review=OuterRef("pk")).order_by().values("review").annotate(n=Count("pk")).values("n")
    )
    rows = published.annotate(topics=ArraySubquery(topics), pieces=Subquery(pieces)).values_list(
        *("claim", "created_at", "claim__text", "claim__language", "claim__speaker__name", "claim__speaker_role"),
        *("claim__said_at", "claim__said_precision", "topics", "verdict_label", "claim__verdict__label", "pieces"),
        "reviewer__public_name",
        named=True,
    )
    for row in rows.iterator(BATCH):
        yield (
            row.claim,
            claim_page(row.claim),
            _day(row.created_at, period),
            row.claim__text,
            row.claim__language,
            row.claim__speaker__name,
            row.claim__speaker_role,
            format_date(row.claim__said_at, row.claim__said_precision),
            " ".join(row.topics),
            row.verdict_label,
            row.claim__verdict__label,
            row.pieces,
            row.reviewer__public_name or settings.CLAIMTRACK_DESK_NAME,
        )


def _evidence_rows(period: Period) -> Iterator[Cells]:
    published = _public().publications().filter(figures.within(period, "created_at"))
    rows = Evidence.objects.filter(review__in=published).select_related("review").order_by("review", "pk")
    for row in rows.iterator(BATCH):
        claim = row.review.claim_id
        shown = (row.stance, row.url, row.archive_url or "", row.publisher, row.title, row.quote, row.accessed_at)
        yield claim, claim_page(claim), _day(row.review.created_at, period), *shown


def _correction_rows(period: Period) -> Iterator[Cells]:
    for row in figures.corrections(_public(), period).order_by("pk").iterator(BATCH):
        before = row.replaces
        yield (
            row.claim_id,
            claim_page(row.claim_id),
            _day(row.created_at, period),
            _day(before.created_at, period),
            round(row.delay / DAY, 2),
            *(before.verdict_label, row.verdict_label, before.wording, row.wording),
            *(row.rationale, row.reopening or ""),
        )


def _withdrawal_rows(period: Period) -> Iterator[Cells]:
    rows = _public().filter(figures.within(period, "created_at"), to_status=Status.WITHDRAWN).order_by("pk")
    for row in rows.iterator(BATCH):
        yield row.claim_id, claim_page(row.claim_id), _day(row.created_at, period), row.rationale


def _day(moment: datetime, period: Period) -> str:
    return moment.astimezone(period.zone).date().isoformat()


def _scale() -> list[Verdict]:
    return list(Verdict.objects.all())


def _verdict_header(*keys: str) -> Callable[[], list[str]]:
    return lambda: [*keys, "fact_checks", *(step.code for step in _scale())]


def _topic_rows(period: Period) -> Iterator[Cells]:
    counts = figures.verdicts_by(figures.judged(Claim.objects.public(), period), "topics")
    topics, scale = Topic.objects.in_bulk(list(counts)), _scale()
    for pk, found in counts.items():
        yield topics[pk].slug, topics[pk].name, found.total(), *(found[step.pk] for step in scale)


def _speaker_rows(period: Period) -> Iterator[Cells]:
    counts = figures.verdicts_by(figures.judged(Claim.objects.public(), period), "speaker")
    speakers, scale = Speaker.objects.in_bulk([pk for pk in counts if pk]), _scale()
    for pk, found in counts.items():
        speaker = speakers.get(pk)
        who = (pk, speaker.name, speaker.kind, speaker.role, speaker.wikidata_id) if speaker else ("", "", "", "", "")
        yield *who, found.total(), *(found[step.pk] for step in scale)


def _source_rows(period: Period) -> Iterator[Cells]:
    links = ClaimSource.objects.filter(claim__in=figures.judged(Claim.objects.public(), period)).order_by()
    counts = links.values_list("source").annotate(n=Count("claim")).order_by("-n", "source")
    sources = Source.objects.in_bulk([pk for pk, _count in counts])
    for pk, count in counts:
        yield pk, sources[pk].name, sources[pk].kind, sources[pk].country, count


def _week_rows(period: Period) -> Iterator[Cells]:
    for week, count in figures.published_by_week(_public(), period):
        yield week.first.isoformat(), week.last.isoformat(), count


def _scale_rows(period: Period) -> Iterator[Cells]:
    return ((step.code, step.label, step.value, step.description) for step in _scale())


def _columns(*names: str) -> Callable[[], Sequence[str]]:
    return lambda: names


FILES = (
    File(
        "fact-checks.csv",
        "Every fact-check that was first published in the period, with its address, its first verdict and the one in force now"
        " (none where it was withdrawn).",
        "IFCN: regular publication, nonpartisanship; EFCSN: methodology",
        _columns(*FACT_CHECK),
        _fact_check_rows,
    ),
    File(
        "sample.csv",
        f"At most {SAMPLE} of them, at even distances through the period.",
        "The links that an assessor reads first",
        _columns(*FACT_CHECK),
        _sample_rows,
    ),
    File(
        "fact-checks-by-week.csv",
        "How many were first published in each week. Weeks begin on Monday; the first and the last end with the period.",
        "IFCN and EFCSN: regular publication",
        _columns("first_day", "last_day", "fact_checks"),
        _week_rows,
    ),
    File(
        "verdicts-by-topic.csv",
        "Verdicts in force that were last published in the period, by topic. A claim counts for each of its topics.",
        "IFCN: nonpartisanship; EFCSN: impartiality",
        _verdict_header("topic", "name"),
        _topic_rows,
    ),
    File(
        "verdicts-by-speaker.csv",
        "The same by who made the claim. The ledger does not record parties: add a column for them to see the balance.",
        "IFCN: nonpartisanship (no concentration on one side); EFCSN: impartiality",
        _verdict_header("speaker", "name", "kind", "role", "wikidata_id"),
        _speaker_rows,
    ),
    File(
        "claims-by-source.csv",
        "Where these claims were found. A claim counts for each source in which it was found.",
        "IFCN: transparency of methodology (how claims are selected); EFCSN: methodology",
        _columns("source", "name", "kind", "country", "fact_checks"),
        _source_rows,
    ),
    File(
        "evidence.csv",
        "What each publication of the period rests on, with the address of every piece and its archived copy.",
        "IFCN: transparency of sources; EFCSN: methodology",
        _columns(
            *("claim", "address", "published_on", "stance", "url", "archive_url", "publisher", "title", "quote"),
            "accessed_on",
        ),
        _evidence_rows,
    ),
    File(
        "corrections.csv",
        "Every correction of the period: verdict and wording before and after, the reason, and the days between.",
        "IFCN: open and honest corrections; EFCSN: corrections",
        _columns(
            *("claim", "address", "corrected_on", "published_on", "days_between", "verdict_before", "verdict_after"),
            *("wording_before", "wording_after", "reason", "reason_to_reopen"),
        ),
        _correction_rows,
    ),
    File(
        "withdrawals.csv",
        "Every verdict that was taken back in the period, with the reason.",
        "IFCN: open and honest corrections; EFCSN: corrections",
        _columns("claim", "address", "withdrawn_on", "reason"),
        _withdrawal_rows,
    ),
    File(
        "verdict-scale.csv",
        "What each verdict means.",
        "IFCN: transparency of methodology; EFCSN: methodology",
        _columns("code", "label", "value", "description"),
        _scale_rows,
    ),
)


def files(period: Period) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the name of each file and its text in pieces. The README is made first, so that all its counts are from one moment."""
    readme = _readme(period)

    def contents() -> Iterator[tuple[str, Iterable[str]]]:
        yield "README.md", [readme]
        for file in FILES:
            yield file.name, _csv(file, period)

    return contents()


def _csv(file: File, period: Period) -> Iterator[str]:
    yield BOM
    yield from table(file.header(), file.rows(period))


def _readme(period: Period) -> str:
    published = _fact_checks(period).count()
    weeks = period.days / 7
    corrected, delay = figures.delays(figures.corrections(_public(), period))
    withdrawn = _public().filter(figures.within(period, "created_at"), to_status=Status.WITHDRAWN).count()
    approval = (
        "A verdict is published only after a second person, an Editor, has approved it."
        if settings.CLAIMTRACK_REQUIRE_APPROVAL
        else "A Moderator publishes a verdict. An Editor corrects or withdraws it."
    )
    listed = "\n".join(f"| [{file.name}]({file.name}) | {file.says} | {file.serves} |" for file in FILES)
    half = f" Half of them came within {round(delay / DAY, 1)} days of what they corrected." if corrected else ""
    return README.format(
        desk=settings.CLAIMTRACK_DESK_NAME,
        site=settings.CLAIMTRACK_SITE_URL,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        zone=period.zone,
        days=period.days,
        published=published,
        weekly=round(published / weeks, 2),
        corrected=corrected,
        half=half,
        withdrawn=withdrawn,
        approval=approval,
        listed=listed,
        licence=licence()["path"],
    )


README = """# {desk}: fact-checks from {first} to {last}

Made by claimtrack from the public ledger at {site}. It contains nothing that readers cannot see there. Days are those of the
time zone {zone}. The files are CSV in UTF-8; where a spreadsheet would take a text for a formula, an apostrophe is before it.
Licence of the data: {licence}

## In short

- Fact-checks first published in these {days} days: {published}, or {weekly} a week.
- Verdicts or wordings corrected after publication: {corrected}.{half}
- Verdicts withdrawn: {withdrawn}.

## Files

The commitments of the IFCN’s Code of Principles and the subjects of the European Code of Standards (EFCSN) are named by title.

| file | what it says | what it serves |
|---|---|---|
{listed}

## How this ledger keeps its record

- Each quote is a slice of the stored text of its article, checked when it is entered.
- A verdict needs a rationale and at least one piece of evidence. {approval}
- Verdicts are appended and never overwritten. A publication after an earlier one is a correction if verdict or wording differs,
  else a confirmation. Both stay in the public history of the claim.
- The latest corrections are at {site}/corrections/ and the scale of verdicts is explained at {site}/verdicts/.

## What this pack does not contain

Add these yourself: proof of registration, staff, funding and ownership, the published methodology and the corrections
policy, and how readers complain.
"""

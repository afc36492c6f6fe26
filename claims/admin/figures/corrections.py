"""The corrections of a period: what changed, why, and how long the wrong verdict stood."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.figures import links
from claims.admin.figures.figure import Value
from claims.admin.figures.words import number
from claims.figures.periods import Period
from claims.models import Review, figures
from claimtrack.models import User

COLUMNS = (
    *("claim", "address", "corrected_at", "published_at", "days_between", "verdict_before", "verdict_after"),
    *("wording_before", "wording_after", "reason", "reason_to_reopen", "person"),
)
SHOWN = 20
DAY = timedelta(days=1)


def summary(period: Period, user: User) -> dict[str, object]:
    """Return what the page shows: the newest corrections, how many there are, and the median delay."""
    rows = figures.corrections(Review.objects.visible_to(user), period)
    count, median = figures.delays(rows)
    within = links.done(period)
    said = _("Nothing was corrected.")
    if count:
        said = ngettext(
            "%(n)s correction.",
            "%(n)s corrections: half of them came within %(days)s days of what they corrected.",
            count,
        ) % {"n": number(count), "days": number(round(median / DAY, 1))}
    return {
        "rows": [(row, round(row.delay / DAY, 1)) for row in rows[:SHOWN]],
        "said": said,
        "link": links.reviews(kind="correction", **within),
        "confirmations": links.reviews(kind="confirmation", **within),
        "more": count > SHOWN,
    }


def csv_rows(period: Period, user: User) -> Iterator[list[Value]]:
    for row in figures.corrections(Review.objects.visible_to(user), period).iterator(500):
        before = row.replaces
        yield [
            row.claim_id,
            reverse("admin:claims_claim_change", args=[row.claim_id]),
            row.created_at.isoformat(),
            before.created_at.isoformat(),
            round(row.delay / DAY, 2),
            before.verdict_label,
            row.verdict_label,
            before.wording,
            row.wording,
            row.rationale,
            row.reopening or "",
            row.reviewer.username,
        ]

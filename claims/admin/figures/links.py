"""Links from a figure to its rows: addresses of the queue and of the list of reviews, with the filters that give exactly these rows."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from claims.figures.periods import Period


def queue(**filters: object) -> str:
    return _address("admin:claims_claim_changelist", filters)


def reviews(**filters: object) -> str:
    return _address("admin:claims_review_changelist", filters)


def inquiries(**filters: object) -> str:
    return _address("admin:claims_inquiry_changelist", filters)


def added(period: Period) -> dict[str, str]:
    """Return the filters of the queue for claims that came in during the period."""
    return between("added", period.first, period.last)


def judged(period: Period) -> dict[str, str]:
    """Return the filters of the queue for claims whose verdict in force was last published in the period."""
    return between("reviewed", period.first, period.last)


def done(period: Period) -> dict[str, str]:
    """Return the filters of the list of reviews for the steps of the period. There, both days count."""
    return {"after": period.first.isoformat(), "before": period.last.isoformat()}


def between(name: str, first: date | None, last: date) -> dict[str, str]:
    """Return filters from the first day to the last, both included. The filter `…_before` excludes its day."""
    begins = {f"{name}_after": first.isoformat()} if first else {}
    return {**begins, f"{name}_before": (last + timedelta(days=1)).isoformat()}


def _address(route: str, filters: dict[str, object]) -> str:
    return f"{reverse(route)}?{urlencode(filters)}"

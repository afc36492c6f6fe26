"""When the desk will look at a verdict again: the day given by hand, else the earliest that follows from the claim's topics.

A topic may set the number of days after which a published verdict is to be looked at again. `review_by` is a column, so that lists can
filter by it. It changes with its causes: a publication, the claim's topics, and the days of a topic. It does not change when the day
passes: pages and lists compare it with today.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from claims.curating.fields import ClaimColumns
from claims.models import Claim
from claimtrack.languages import desk_time_zone
from claimtrack.refusals import Conflict, Invalid

# The day that follows from the topics of a claim, for a publication at a time, in the desk's time zone.
DAY = """({published} AT TIME ZONE %s)::date + (SELECT min(t.review_after)
            FROM claims_claimtopic l JOIN claims_topic t ON t.id = l.topic_id WHERE l.claim_id = {claim})"""
BY_TOPICS = f"SELECT {DAY.format(published='%s::timestamptz', claim='%s')}"
FOLLOW = f"""
    UPDATE claims_claim c SET review_by = follows.day FROM (
        SELECT c.id, {DAY.format(published="c.reviewed_at", claim="c.id")} AS day
        FROM claims_claim c
        WHERE c.id = ANY(%s) AND c.verdict_id IS NOT NULL AND NOT c.review_by_given AND c.merged_into_id IS NULL
    ) follows WHERE c.id = follows.id AND c.review_by IS DISTINCT FROM follows.day"""


def today() -> date:
    """Return the day at the desk."""
    return timezone.localdate(timezone=desk_time_zone())


def by_hand(claim: Claim) -> date | None:
    """Return the day given by hand, if it is in the future. A publication keeps it unless it gives another one."""
    return claim.review_by if claim.review_by_given and claim.review_by and claim.review_by > today() else None


def check_to_come(day: date | None) -> None:
    if day and day <= today():
        raise Invalid("Give a day after today.", code="past", field="review_by")


def renew(claim: Claim, columns: ClaimColumns, published: datetime) -> None:
    """Add the day of the next look to the columns that a publication changes."""
    day = columns["review_by"] if "review_by" in columns else by_hand(claim)
    columns["review_by_given"] = day is not None
    columns["review_by"] = day or _by_topics(claim, published)


def change(claim: Claim, columns: ClaimColumns) -> None:
    """Complete the columns that an edit changes, if it sets or removes a day. Raises Invalid, Conflict (no_verdict)."""
    if "review_by" not in columns:
        return
    day = columns.pop("review_by")
    if (day is None and not claim.review_by_given) or (day, True) == (claim.review_by, claim.review_by_given):
        return
    check_to_come(day)
    if claim.reviewed_at is None or claim.verdict_id is None:
        raise Conflict(
            "Only a verdict in force is looked at again: this claim has none.", code="no_verdict", field="review_by"
        )
    columns["review_by_given"] = day is not None
    columns["review_by"] = day or _by_topics(claim, claim.reviewed_at)


def follow_topics(claims: Collection[int]) -> None:
    """Give these claims (ids) the day that follows from their topics now, except those with one given by hand."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [settings.CLAIMTRACK_TIME_ZONE, list(claims)])


def _by_topics(claim: Claim, published: datetime) -> date | None:
    with connection.cursor() as cursor:
        cursor.execute(BY_TOPICS, [published, settings.CLAIMTRACK_TIME_ZONE, claim.pk])
        day: date | None = cursor.fetchone()[0]
        return day

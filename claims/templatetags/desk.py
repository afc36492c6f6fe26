"""Template tags and filters of the desk."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.db.models import F
from django.template import Context
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext, pgettext

from claims.admin.steps import as_shown
from claims.admin.texts import changes
from claims.models import Claim, Evidence, SourceChange, Suggestion
from claims.models.queue import (
    WAITING,
    changed_articles,
    come_due,
    count_by_status,
    decisions_per_day,
    submitted_by_others,
    to_look_at_again,
    with_news,
)
from claims.transitions import Status
from claimtrack.addresses import claim_page
from claimtrack.admin.lists import capped
from claimtrack.db.capped import CAP
from claimtrack.db.history import Change
from claimtrack.languages import translated
from claimtrack.models import Job
from claimtrack.roles import Role, role_of
from sources.models import Reading

register = template.Library()

DAYS, HEIGHT, STEP = 28, 80, 20


@register.filter
def age(value: datetime) -> str:
    """Return how long ago this was, for a sentence with “ago”."""
    return pgettext("… ago", "less than a minute") if _is_new(value) else timesince(value)


@register.filter
def time_since(value: datetime) -> str:
    """Return the time since then on its own, or for a phrase with “old”."""
    return gettext("less than a minute") if _is_new(value) else timesince(value)


def _is_new(value: datetime) -> bool:
    return timezone.now() - value < timedelta(minutes=1)


@register.inclusion_tag("desk/home.html", takes_context=True)
def desk_home(context: Context) -> dict[str, object]:
    """Return the context of the home page: counts and claims that this person may see."""
    user = context["request"].user
    claims = Claim.objects.visible_to(user).filter(merged_into=None)
    counts = count_by_status(claims)
    role = role_of(user)
    home: dict[str, object] = {
        "user": user,
        "perms": context["perms"],
        "role": role,
        "counts": [(status, counts[status], status in WAITING) for status in Status],
        "cap": CAP,
        "proposed": claims.filter(created_by=user).count(),
        "parked": Job.objects.filter(status="failed").order_by()[: CAP + 1].count() if user.is_superuser else 0,
    }
    if role >= Role.MODERATOR:
        todo = claims.filter(status__in=WAITING).for_list().select_related("assignee")
        mine = todo.filter(assignee=user, status=Status.IN_REVIEW)
        asked = todo.filter(request__person=user).exclude(pk__in=mine.values("pk")).select_related("request")
        awaiting = submitted_by_others(claims, user)
        home |= {
            "moderates": True,
            "oldest": todo.order_by("created_at", "pk")[:5],
            "mine": with_news(mine, user).order_by("created_at", "pk")[:5],
            "asked": with_news(asked, user).order_by(F("request__due").asc(nulls_last=True), "pk")[:5],
            "today": timezone.localdate(),
            "unassigned": claims.filter(status=Status.UNVERIFIED, assignee=None)[: CAP + 1].count(),
            "approvals": awaiting[: CAP + 1].count() if role >= Role.EDITOR else 0,
            "suggested": Suggestion.objects.waiting()[: CAP + 1].count() if role >= Role.EDITOR else 0,
            "again": claims.filter(to_look_at_again(timezone.localdate()))[: CAP + 1].count(),
            "due": claims.filter(come_due(timezone.localdate()))[: CAP + 1].count(),
            "changed": changed_articles(5),
            "source_changes": SourceChange.objects.waiting().order_by()[: CAP + 1].count(),
            "pages_gone": Reading.objects.listed().order_by()[: CAP + 1].count(),
            **_chart(decisions_per_day(DAYS, datetime.now(UTC).date())),
        }
    return home


def _chart(days: list[tuple[date, int]]) -> dict[str, object]:
    """Return bars for an SVG of HEIGHT units: x, y and height of each, with its day and count."""
    top = max(1, *(n for _, n in days))
    bars = [
        {"x": i * STEP, "y": HEIGHT - HEIGHT * n / top, "height": HEIGHT * n / top, "day": day, "n": n}
        for i, (day, n) in enumerate(days)
    ]
    return {"bars": bars, "top": top, "total": sum(n for _, n in days), "width": len(days) * STEP, "height": HEIGHT}


register.filter("as_shown", as_shown)
register.filter("capped", capped)


@register.filter
def readers_page(claim: Claim) -> str:
    """Return the address at which readers find a claim, "" if it is not public."""
    return claim_page(claim.pk) if Claim.objects.public().filter(pk=claim.pk).exists() else ""


@register.simple_tag
def desk_language() -> str:
    """Return the language of the desk's own texts, such as rationales and topics."""
    return str(settings.CLAIMTRACK_DEFAULT_LANGUAGE)


@register.filter
def label(status: str) -> str:
    return translated(Status(status).label)


@register.filter
def stance(given: str) -> str:
    """The word for the stance of a piece of evidence, which a draft names by its code."""
    return str(dict(Evidence.Stance.choices).get(given, given))


@register.simple_tag
def changes_of(claim: Claim, given: Mapping[str, Any]) -> list[Change]:
    """What a draft or a submission changes of the claim itself."""
    return changes(claim, given)

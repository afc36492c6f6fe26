"""The verbs that make, change and remove webhooks. All take an Editor."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils import timezone

from claims.api.filters import ClaimFilterSet
from claims.models import Change, Claim, Delivery, Told, Webhook
from claims.models.change import FeedPosition
from claims.webhooks import signing
from claims.webhooks.collecting import end_of_feed, queue, remember_matching
from claims.webhooks.sending import loopback
from claimtrack.cleaning import clean_line
from claimtrack.db.attribution import verb
from claimtrack.models import Era, User
from claimtrack.refusals import Conflict, Invalid, Refused, reason
from claimtrack.roles import Role, require
from sources.pages.canonical import split_url
from sources.pages.posting import is_secure

MAX_WEBHOOKS = 100
MAX_NAME = 100
MAX_TEXT = 2_000  # of the address, and of the filters
# The time that a receiver may need to change over to a new secret.
OVERLAP_HOURS = 24
NOW, BEGINNING = "now", "beginning"
PLACE = re.compile("[0-9]{1,4}[.][0-9]{1,18}[.][0-9]{1,18}")


@verb
def create_webhook(
    *,
    by: User,
    name: str,
    endpoint: str,
    filters: str = "",
    kinds: Collection[str] = (Change.Kind.CLAIM,),
    since: str = NOW,
) -> Webhook:
    """Make a webhook and return it with its `shown_secret`, which is never shown again.

    `filters` is a query string of the list of claims. `since` says where in the feed it begins (see `place_of`). Raises
    NotAllowed, Invalid, Conflict `duplicate`.
    """
    require_editor(by)
    secret = signing.make_secret()
    webhook = Webhook(
        name=_clean_name(name),
        endpoint=_clean_endpoint(endpoint),
        filters=clean_filters(filters),
        kinds=_clean_kinds(kinds),
        secret=signing.encrypted(secret),
        created_by=by,
        life=Era.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
    )
    if webhook.filters and not webhook.takes_claims:
        raise Invalid("Filters choose claims, and it is not told of claims.", field="filters")
    place = place_of(since)
    webhook.era, webhook.xact, webhook.change = place.era, place.xact, place.id
    if Webhook.objects.count() >= MAX_WEBHOOKS:
        raise Conflict("There are %(limit)s webhooks: remove one first.", params={"limit": MAX_WEBHOOKS})
    webhook.save(force_insert=True)
    remember_matching(webhook)
    webhook.refresh_from_db()
    webhook.shown_secret = secret
    return webhook


@verb
def edit_webhook(*, webhook: Webhook, by: User, name: str | None = None, endpoint: str | None = None) -> Webhook:
    """Change its name or address. Its filters and kinds stay, since the messages that it has sent depend on them."""
    require_editor(by)
    row = _locked(webhook)
    if name is not None:
        row.name = _clean_name(name, but=row)
    if endpoint is not None:
        row.endpoint = _clean_endpoint(endpoint)
    row.save(update_fields=["name", "endpoint"])
    return row


@verb
def pause_webhook(*, webhook: Webhook, by: User) -> Webhook:
    """Send nothing until it is resumed, which sends the changes since."""
    require_editor(by)
    row = _locked(webhook)
    if row.state != Webhook.State.ACTIVE:
        raise Conflict("This webhook is not active.", code="not_active")
    row.state = Webhook.State.PAUSED
    row.save(update_fields=["state"])
    return row


@verb
def resume_webhook(*, webhook: Webhook, by: User) -> Webhook:
    """Continue at once where it stopped, whatever it was waiting for."""
    require_editor(by)
    row = _locked(webhook)
    row.state, row.off_because = Webhook.State.ACTIVE, ""
    row.failures, row.failing_since, row.rests_until = 0, None, None
    row.save(update_fields=["state", "off_because", "failures", "failing_since", "rests_until"])
    Delivery.objects.waiting().filter(webhook=row).update(due_at=Now())
    return row


@verb
def rotate_secret(*, webhook: Webhook, by: User, overlap_hours: int = OVERLAP_HOURS) -> Webhook:
    """Give it a new secret and return it with its `shown_secret`. Messages are also signed with the old one for this many hours."""
    require_editor(by)
    secret = signing.make_secret()
    row = _locked(webhook)
    row.old_secret, row.old_secret_until = row.secret, timezone.now() + timedelta(hours=overlap_hours)
    row.secret = signing.encrypted(secret)
    row.save(update_fields=["secret", "old_secret", "old_secret_until"])
    row.shown_secret = secret
    return row


@verb
def replay_webhook(*, webhook: Webhook, by: User, since: str) -> Webhook:
    """Send again what changed since this place in the feed (see `place_of`). Raises NotAllowed, Invalid."""
    require_editor(by)
    place = place_of(since)
    row = _locked(webhook)
    row.era, row.xact, row.change = place.era, place.xact, place.id
    row.rests_until = None
    row.save(update_fields=["era", "xact", "change", "rests_until"])
    return row


@verb
def send_test(*, webhook: Webhook, by: User) -> Delivery:
    """Send a message of type webhook.test as soon as possible. Raises NotAllowed, Conflict `not_active`."""
    require_editor(by)
    row = _locked(webhook)
    if row.state != Webhook.State.ACTIVE:
        raise Conflict("This webhook is not active: resume it first.", code="not_active")
    queue(row, {(Delivery.TEST, 0): timezone.now()})
    row.rests_until = None
    row.save(update_fields=["rests_until"])
    return Delivery.objects.waiting().get(webhook=row, kind=Delivery.TEST)


@verb
def remove_webhook(*, webhook: Webhook, by: User) -> None:
    """Delete it with its waiting messages. The history keeps a record of it."""
    require_editor(by)
    row = _locked(webhook)
    Told.objects.filter(webhook=row).delete()
    Delivery.objects.filter(webhook=row).delete()
    row.delete()


def place_of(since: str) -> FeedPosition:
    """Return a place in the feed for `now`, `beginning`, a place that the feed gave out, or a time, whose changes follow that place.

    Raises Invalid.
    """
    since = since.strip()
    if since == NOW:
        return end_of_feed()
    if since == BEGINNING:
        return FeedPosition()
    if PLACE.fullmatch(since):
        place = FeedPosition(*map(int, since.split(".")))
        if place == FeedPosition() or _at(place):
            return place
        raise Invalid("The feed of changes has no such place.", code="place_lost", field="since")
    try:
        moment = datetime.fromisoformat(since)
        return _before(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise Invalid(
            "Give now, beginning, a place of the feed of changes, or a time such as 2025-09-05T10:00:00Z.",
            field="since",
        ) from None


def clean_filters(filters: str) -> str:
    """Return a query string of the list of claims in canonical spelling. Raises Invalid for what the list would refuse."""
    filters = clean_line(filters, "filters", limit=MAX_TEXT).removeprefix("?")
    query = QueryDict(filters)
    try:
        ClaimFilterSet.apply(Claim.objects.all(), ClaimFilterSet.read(query))
    except Refused as refusal:
        raise Invalid(refusal.message, code=refusal.code, field="filters") from refusal
    return query.urlencode()


def _locked(webhook: Webhook) -> Webhook:
    """Return the row, locked until the transaction ends. Raises Conflict if it was removed."""
    row = Webhook.objects.select_for_update().filter(pk=webhook.pk).first()
    if row is None:
        raise Conflict("This webhook was removed.", code="removed")
    return row


def _clean_name(name: str, but: Webhook | None = None) -> str:
    name = clean_line(name, "name", limit=MAX_NAME, required=True)
    if Webhook.objects.filter(name=name).exclude(pk=but.pk if but else 0).exists():
        raise Conflict("There is a webhook of this name already.", code="duplicate", field="name")
    return name


def _clean_endpoint(endpoint: str) -> str:
    endpoint = clean_line(endpoint, "endpoint", limit=MAX_TEXT, required=True)
    try:
        address = split_url(endpoint)._replace(fragment="").geturl()
    except ValueError as error:
        raise Invalid(reason(error), code="url", field="endpoint") from error
    if not is_secure(address, loopback()):
        raise Invalid("The address of a webhook begins with https://.", code="url", field="endpoint")
    return address


def _clean_kinds(kinds: Collection[str]) -> list[str]:
    unknown = next((kind for kind in kinds if kind not in Change.Kind.values), None)
    if unknown is not None or not kinds:
        raise Invalid(
            "Choose from %(kinds)s.",
            code="invalid_choice",
            field="kinds",
            params={"kinds": ", ".join(Change.Kind.values)},
        )
    return [kind for kind in Change.Kind.values if kind in kinds]


def _at(place: FeedPosition) -> bool:
    return Change.objects.filter(era=place.era, xact=place.xact, pk=place.id).exists()


def _before(moment: datetime) -> FeedPosition:
    """Return the place before the first change since then."""
    changes = Change.objects.order_by("era", "xact", "pk")
    first = changes.filter(at__gte=moment).first()
    if first is None:
        return end_of_feed()
    era = Q(era__lt=first.era)
    xact = Q(era=first.era, xact__lt=first.xact)
    earlier = changes.filter(era | xact | Q(era=first.era, xact=first.xact, pk__lt=first.pk)).last()
    return earlier.place if earlier else FeedPosition()


def require_editor(by: User | AnonymousUser) -> None:
    require(by, Role.EDITOR, "You may not look after webhooks: this takes an Editor.")

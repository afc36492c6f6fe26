"""Ask others for a correction or a reply, and record the result.

A Moderator asks and records. If the claim has a verdict in force, only an Editor publishes a text for readers.
"""

import re
from datetime import date
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Now

from claims.curating.claims import locked
from claims.curating.fields import MAX_RATIONALE, clean_day
from claims.curating.shelf_life import today
from claims.models import Appearance, Claim, Inquiry, Outcome
from claims.proof import sealing
from claims.text.limits import MAX_NAME
from claimtrack.cleaning import clean_line, clean_text
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require, role_of
from sources.ingesting import fields
from sources.models import Source

# An e-mail address, or a phone number in international form.
CONTACT = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+|(?:\+|\b00)\d[\d ()./-]{5,}\d", re.ASCII)
Row = TypeVar("Row", Inquiry, Outcome)


@verb
def inquire(
    *,
    claim: Claim,
    by: User,
    asked_for: str,
    channel: str,
    asked_on: str | date,
    source: Source | int | None = None,
    name: str = "",
    text: str = "",
    note: str = "",
    public: bool = False,
) -> Inquiry:
    """Record that the desk asked for a correction or a reply: the claim's speaker, unless `source` or `name` is given.

    `asked_for` is one of Inquiry.AskedFor and `channel` one of Inquiry.Channel. `text` is for readers, once it is published,
    and `note` for the desk. `public`: publish it at once. Raises NotAllowed, Invalid (private_contact, …), Conflict `merged`.
    """
    require(by, Role.MODERATOR, "You may not record whom the desk asked: this takes a Moderator.")
    row = Inquiry(
        asked_for=_one_of(asked_for, Inquiry.AskedFor, "asked_for"),
        channel=_one_of(channel, Inquiry.Channel, "channel"),
        asked_on=_past(asked_on, "asked_on"),
        name=_without_contact(clean_line(name, "name", limit=MAX_NAME), "name"),
        by=by,
    )
    _fill_texts(row, text, note)
    claim = locked(claim, None)
    row.claim = claim
    if source is not None and row.name:
        raise Invalid("Name a source or somebody else, not both.", field="name")
    if source is not None:
        row.source = _source_of(claim, source)
    elif not row.name:
        if claim.speaker is None:
            raise Invalid("It is not known who made this claim: name whom you asked.", code="required", field="name")
        row.speaker = claim.speaker
    return _stored(row, claim, by, public=public)


@verb
def record_outcome(
    *,
    inquiry: Inquiry,
    by: User,
    answer: str,
    came_on: str | date,
    text: str = "",
    url: str = "",
    note: str = "",
    public: bool = False,
) -> Outcome:
    """Record the outcome of an inquiry. `answer` is one of Outcome.Answer, and `url` is an address where readers can see it.

    Raises NotAllowed, Invalid (private_contact, …), Conflict (merged, not_published).
    """
    require(by, Role.MODERATOR, "You may not record what came of it: this takes a Moderator.")
    row = Outcome(
        inquiry=inquiry,
        answer=_one_of(answer, Outcome.Answer, "answer"),
        came_on=_past(came_on, "came_on"),
        url=fields.archive_url(url),
        by=by,
    )
    if row.came_on < inquiry.asked_on:
        raise Invalid("An answer comes on the day of the question or later.", field="came_on")
    _fill_texts(row, text, note)
    return _stored(row, locked(inquiry.claim, None), by, public=public)


def _stored(row: Row, claim: Claim, by: User, *, public: bool) -> Row:
    """Insert the row, and show it to readers if it is public. Return it as the database has it."""
    if public:
        _publish(row, claim, by)
    row.save(force_insert=True)
    if public:
        sealing.set_later(row)
    return type(row)._default_manager.get(pk=row.pk)


@verb
def publish_told(*, row: Row, by: User) -> Row:
    """Show readers this inquiry, or this outcome of an inquiry that they see. Its note stays internal.

    Raises NotAllowed, Conflict (merged, published, not_published).
    """
    claim = locked(_claim_of(row), None)
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.published_at:
        raise Conflict("This is published already.", code="published")
    _publish(fresh, claim, by)
    fresh.save(update_fields=["published_at", "published_by"])
    sealing.set_later(fresh)
    fresh.refresh_from_db()
    return fresh


@verb
def withdraw_told(*, row: Row, by: User) -> Row:
    """Hide this inquiry or outcome from readers for good. The desk keeps it.

    Raises NotAllowed, Conflict (merged, not_published).
    """
    _require_publisher(locked(_claim_of(row), None), by)
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if not fresh.is_shown:
        raise Conflict("Readers do not see this.", code="not_published")
    fresh.withdrawn_at, fresh.withdrawn_by = Now(), by
    fresh.save(update_fields=["withdrawn_at", "withdrawn_by"])
    sealing.set_later(fresh)
    fresh.refresh_from_db()
    return fresh


def may_publish_told(claim: Claim, user: User | AnonymousUser) -> bool:
    """Return whether this person decides which inquiries of this claim readers see."""
    return not claim.merged_into_id and role_of(user) >= (Role.EDITOR if claim.verdict_id else Role.MODERATOR)


def _claim_of(row: Inquiry | Outcome) -> Claim:
    return row.claim if isinstance(row, Inquiry) else row.inquiry.claim


def _publish(row: Inquiry | Outcome, claim: Claim, by: User) -> None:
    _require_publisher(claim, by)
    if isinstance(row, Outcome) and not Inquiry.objects.get(pk=row.inquiry_id).is_shown:
        raise Conflict("Readers do not see the inquiry: publish it first.", code="not_published")
    row.published_at, row.published_by = Now(), by


def _require_publisher(claim: Claim, by: User) -> None:
    if claim.verdict_id:
        require(by, Role.EDITOR, "You may not change what readers see of a claim with a verdict: this takes an Editor.")
    else:
        require(by, Role.MODERATOR, "You may not change what readers see of a claim: this takes a Moderator.")


def _fill_texts(row: Inquiry | Outcome, text: str, note: str) -> None:
    row.text = _without_contact(clean_text(text, "text", limit=MAX_RATIONALE), "text")
    row.note = clean_text(note, "note", limit=MAX_RATIONALE)


def _without_contact(text: str, field: str) -> str:
    """Return the text. Raises Invalid if it has an e-mail address or a phone number, since it is for readers."""
    if found := CONTACT.search(text):
        raise Invalid(
            "Readers would see “%(contact)s”: e-mail addresses and phone numbers belong in the internal note.",
            code="private_contact",
            field=field,
            params={"contact": found[0]},
        )
    return text


def _source_of(claim: Claim, given: Source | int) -> Source:
    pk = given.pk if isinstance(given, Source) else given
    shown = Appearance.objects.filter(claim=claim, snapshot__article__source=pk)
    if not shown.exists():
        raise Invalid("The claim appears in no article of this source.", code="not_found", field="source")
    return Source.objects.get(pk=pk)


def _one_of(value: str, choices: type[Inquiry.AskedFor | Inquiry.Channel | Outcome.Answer], field: str) -> str:
    if value not in choices.values:
        raise Invalid("One of %(known)s.", field=field, params={"known": ", ".join(choices.values)})
    return value


def _past(value: str | date, field: str) -> date:
    """Return the day. Raises Invalid for a day in the future."""
    day = value if isinstance(value, date) else clean_day(value, field)
    if day is None:
        raise Invalid("This must not be empty.", code="required", field=field)
    if day > today():
        raise Invalid("This day is still to come.", code="to_come", field=field)
    return day

"""Notices by e-mail: a job sends each at once, or one e-mail a day with all of them.

An e-mail names claims by their numbers and links to them. It contains no text of a claim or comment, since other people than the
desk may read mailboxes.

A notice that cannot be sent at once waits for `send_waiting`, which a periodic job and a command call. Rows are locked while they
are sent, so that two processes send nothing twice. If a process dies before it has recorded that it sent an e-mail, the next one
sends the e-mail again with the same Message-ID.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Notice
from claimtrack.addresses import absolute, address
from claimtrack.languages import desk_time_zone, language_of
from claimtrack.models import User
from claimtrack.roles import Role, role_of

# The hour of the day, in the desk's zone, from which the e-mail of the day is sent.
HOUR = 7
GIVE_UP_AFTER = timedelta(days=3)
# After an e-mail, further notices wait and share the next one: somebody may ask a person for 200 claims in bulk.
PAUSE = timedelta(minutes=1)
# The job that sends to one person at once (claims.tasks.notices).
TASK = "claims.send_notices"

log = structlog.get_logger(__name__)


def is_wanted_by(person: User) -> bool:
    wants = person.notices_by_email != User.NoticesByEmail.NONE
    return wants and bool(person.email) and settings.CLAIMTRACK_SENDS_EMAIL


def send_at_once(person: int) -> None:
    """Send a person their waiting notices, unless they got an e-mail a moment ago. In that case the notices wait for the next one."""
    _send_to(person, lambda user: not _was_sent_one(user, timezone.now() - PAUSE))


def send_waiting(now: datetime) -> int:
    """Send each person one e-mail with their waiting notices, daily ones from their hour on. Return the number of e-mails."""
    late = Notice.objects.filter(to_send=True, at__lt=now - GIVE_UP_AFTER).update(to_send=False)
    if late:
        log.warning("notices_given_up", notices=late)
    people = Notice.objects.filter(to_send=True).order_by().values_list("person", flat=True).distinct()
    return sum(_send_to(person, lambda user: _is_time(user, now)) for person in people)


def _send_to(person: int, is_time: Callable[[User], bool]) -> bool:
    """Send a person one e-mail with their waiting notices, if it is time, and return whether the mail server accepted it."""
    with transaction.atomic():
        rows = _locked(person=person)
        if not rows or not is_time(rows[0].person):
            return False
        # Notices of an interrupted e-mail are sent alone, so that it is the same e-mail again.
        message = next((row.message for row in rows if row.message), None) or uuid4()
        begun = [row for row in rows if row.message == message] or rows
        Notice.objects.filter(pk__in=[row.pk for row in begun]).update(message=message)
    with transaction.atomic():
        rows = _locked(message=message)
        return bool(rows) and _send(rows)


def _locked(**which: int | UUID) -> list[Notice]:
    """Return a person's waiting notices that no other process is sending, locked until the transaction ends."""
    waiting = Notice.objects.filter(to_send=True, **which).select_related("person", "by", "webhook").order_by("pk")
    rows = list(waiting.select_for_update(of=("self",), skip_locked=True))
    return _still_due(rows) if rows else []


def _is_time(person: User, now: datetime) -> bool:
    if person.notices_by_email != User.NoticesByEmail.DAILY:
        return True
    here = timezone.localtime(now, desk_time_zone())
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return here.hour >= HOUR and not _was_sent_one(person, midnight)


def _was_sent_one(person: User, since: datetime) -> bool:
    return person.notices.filter(sent_at__gte=since).exists()


def _still_due(rows: list[Notice]) -> list[Notice]:
    """Return the notices of a person that should still be sent, and drop the others.

    Notices that were read meanwhile are dropped, and all of them if the person may not read comments any more or wants no e-mail.
    """
    person = rows[0].person
    wanted = role_of(person) >= Role.MODERATOR and is_wanted_by(person)
    due = [row for row in rows if wanted and row.read_at is None]
    Notice.objects.filter(pk__in={row.pk for row in rows} - {row.pk for row in due}).update(to_send=False)
    return due


def _send(rows: list[Notice]) -> bool:
    """Send one e-mail with these notices of one person, and return whether the mail server accepted it."""
    person = rows[0].person
    try:
        _message(person, rows).send()
    except (OSError, SMTPException):
        log.exception("notice_mail_failed", user=person.pk)
        return False
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now(), to_send=False)
    return True


def _message(person: User, rows: list[Notice]) -> EmailMessage:
    with translation.override(language_of(person)):
        subject = rows[0].sentence
        if len(rows) > 1:
            subject = ngettext("%(count)s notice", "%(count)s notices", len(rows)) % {"count": len(rows)}
        lines = [f"{row.sentence}\n{absolute(row.get_absolute_url())}" for row in rows]
        lines.append(
            _("You chose at the desk which notices come by e-mail:\n%(address)s") % {"address": address("preferences")}
        )
    return EmailMessage(
        f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
        "\n\n".join(lines),
        to=[person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{rows[0].message}@{urlsplit(settings.CLAIMTRACK_SITE_URL).hostname}>",
        },
    )

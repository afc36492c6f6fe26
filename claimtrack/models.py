from collections.abc import Iterable, Sequence
from datetime import datetime

import pghistory.models
import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from claimtrack.db import revision
from claimtrack.db.guards import Guard, frozen, refuse, written_by_triggers
from claimtrack.roles import Role


def languages() -> Sequence[tuple[str, str]]:
    """Return the languages of the program. Migrations name this function, so that a new language needs none."""
    return settings.LANGUAGES


ROLES = {role.group: role for role in Role if role}
# The account of jobs that no person asked for (claimtrack.jobs.actors). No person can have this name, because theirs take no colon.
JOBS_ACCOUNT = "claimtrack:jobs"


class User(AbstractUser):
    """Somebody who works at the desk. Users are deactivated, never deleted, because the ledger names them."""

    class NoticesByEmail(models.TextChoices):
        NONE = "none", _("None: they stand at the desk only")
        AT_ONCE = "at_once", _("Each one at once")
        DAILY = "daily", _("One e-mail a day with all of them")

    public_name = models.CharField(
        _("public name"),
        max_length=200,
        blank=True,
        help_text=_("The name readers see beside this person’s verdicts. Empty: the desk’s name is shown."),
    )
    notices_by_email = models.CharField(
        _("notices by e-mail"), max_length=7, choices=NoticesByEmail, default=NoticesByEmail.NONE
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=languages, help_text=_("Empty: the desk's language.")
    )
    preview = models.BooleanField(
        _("preview before publishing"),
        default=True,
        help_text=_("Show first what readers will see, and what it changes. A correction always shows it."),
    )

    class Meta(AbstractUser.Meta):
        triggers = [
            revision.trigger(pgtrigger.UpdateOf("public_name")),
            Guard(
                name="last_administrator",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("is_active", "is_staff", "is_superuser") | pgtrigger.Delete,
                condition=pgtrigger.Q(old__is_active=True, old__is_staff=True, old__is_superuser=True),
                # Transactions take turns, so that each sees the result of the others.
                func=f"""
                    PERFORM pg_advisory_xact_lock(hashtext('claimtrack_user.last_administrator'));
                    IF NOT EXISTS (SELECT FROM claimtrack_user WHERE is_active AND is_staff AND is_superuser)
                    THEN {refuse("last_administrator")}
                    END IF;
                    RETURN NULL;""",
            ),
            Guard(
                name="jobs_account",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP <> 'INSERT' AND OLD.username = '{JOBS_ACCOUNT}'
                        AND (TG_OP = 'DELETE' OR NEW.username <> OLD.username)
                        OR TG_OP <> 'DELETE' AND NEW.username = '{JOBS_ACCOUNT}'
                        AND (NEW.password NOT LIKE '!%%' OR NEW.email <> '' OR NEW.is_staff OR NEW.is_superuser)
                    THEN {refuse("jobs_account")}
                    END IF;
                    RETURN coalesce(NEW, OLD);""",
            ),
        ]

    @cached_property
    def role(self) -> Role:
        """The highest role that the user's groups give. A token's scope may lower it for the request at hand."""
        if not self.is_active:
            return Role.NONE
        if self.is_superuser:
            return Role.EDITOR
        return role_of_groups(self.groups.values_list("name", flat=True))


def role_of_groups(names: Iterable[str]) -> Role:
    """Return the highest role that these groups give."""
    return max((ROLES[name] for name in names if name in ROLES), default=Role.NONE)


def with_role(role: Role) -> models.QuerySet[User]:
    """Return the active users who have at least this role."""
    groups = [one.group for one in Role if one >= role]
    return User.objects.filter(
        models.Q(groups__name__in=groups) | models.Q(is_superuser=True), is_active=True
    ).distinct()


class RoleGroup(Group):
    """A group that gives a role. Without it, or under another name, everybody in it would lose the role."""

    class Meta:
        proxy = True
        triggers = [
            Guard(
                name="role_group",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("name") | pgtrigger.Delete,
                condition=pgtrigger.Q(old__name__in=[role.group for role in Role if role]),
                func=f"""
                    IF TG_OP = 'UPDATE' AND NEW.name = OLD.name THEN RETURN NEW; END IF;
                    {refuse("role_group")}""",
            ),
        ]


class Attribution(pghistory.models.Context):
    """The author of recorded changes (claimtrack.db.attribution), frozen like the events that point to it."""

    class Meta:
        proxy = True
        triggers = [*frozen(), written_by_triggers(pgtrigger.Insert)]


class Redaction(models.Model):
    """The record that texts were removed by court order or for a person's safety: who, when, why, and from which rows. Never the text.

    The guards of frozen tables accept changes of the rows that a redaction of the same transaction names (claimtrack.db.redacting).
    """

    reason = models.TextField(_("reason"), help_text=_("Public."))
    order = models.CharField(
        _("order"), max_length=300, help_text=_("What it rests on, such as the reference of a court.")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"))
    rows = models.JSONField(_("rows"), help_text=_("The keys of the rows that lost text, by table."))
    at = models.DateTimeField(_("at"), db_default=Now())
    transaction = models.BigIntegerField(_("transaction"), default=0, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("redaction"), _("redactions")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason="") & ~models.Q(order=""), name="redaction_says_why"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("by")),
                name="redaction_two_persons",
            ),
        ]
        triggers = [
            *frozen(),
            Guard(
                name="dated",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    NEW.transaction := pg_current_xact_id()::text::bigint;
                    NEW.at := statement_timestamp();
                    RETURN NEW;""",
            ),
            revision.trigger(),
        ]

    def __str__(self) -> str:
        return self.reason


class Token(models.Model):
    """A token by which a program acts for a user (claimtrack.tokens). The secret is not stored."""

    class Scope(models.TextChoices):
        READ = "read", _("Read what is public")
        PROPOSE = "propose", _("Propose: at most what a Contributor may")
        REVIEW = "review", _("Review: at most what a Moderator may")
        ADMIN = "admin", _("Everything that its user may")

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=100, help_text=_("What uses it."))
    scope = models.CharField(_("scope"), max_length=7, choices=Scope)
    digest = models.CharField(
        _("digest"), max_length=64, unique=True, editable=False, help_text=_("SHA-256 of the secret.")
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True, help_text=_("Empty: never."))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("last used at"), null=True, editable=False, help_text=_("To the minute."))

    # Set only on a new token, to be shown once.
    secret = ""

    class Meta:
        verbose_name, verbose_name_plural = _("token"), _("tokens")

    def __str__(self) -> str:
        return self.name


class Job(ProcrastinateJob):
    """A job as the desk shows it. procrastinate's functions write its table (claimtrack.jobs)."""

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = _("job"), _("jobs")

    # Set by the list of the desk.
    last_error: str | None
    first_event: datetime | None

    def __str__(self) -> str:
        return f"{self.task_name} ({self.pk})"


class JobErrorQuerySet(models.QuerySet["JobError"]):
    def without_job(self) -> "JobErrorQuerySet":
        """Keep the errors of jobs that are gone. procrastinate deletes jobs by SQL, so a foreign key would stop it."""
        return self.exclude(job__in=Job.objects.values("pk"))


class JobError(models.Model):
    """Why an attempt to run a job failed (claimtrack.jobs)."""

    job = models.BigIntegerField(db_index=True)
    attempt = models.PositiveIntegerField()
    error = models.TextField()
    at = models.DateTimeField(db_default=Now())

    objects = JobErrorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.error


class KeptAnswer(models.Model):
    """The answer to a POST with an Idempotency-Key, or the record that it is being answered (claimtrack.api.idempotency)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="Of the request.")
    status = models.PositiveSmallIntegerField(null=True, help_text="Null: it is being answered.")
    headers = models.JSONField(default=dict)
    body = models.TextField(default="")
    # By the clock of the application, which also decides when it expires.
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="kept_answer_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"


class RateCounter(models.Model):
    """The requests counted in the latest window of a rate limit (claimtrack.api.throttling)."""

    key = models.CharField(max_length=40, primary_key=True)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"


class Era(models.Model):
    """A period in which ids only rise (claimtrack.db.eras)."""

    id = models.SmallIntegerField(primary_key=True)
    life = models.TextField()
    began_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.pk}: {self.life}"


class Heartbeat(models.Model):
    """One row, by which a replica proves that it follows this primary (claimtrack.db.replicas.watching). Unused without replicas."""

    beat = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.beat}: {self.at}"


class CacheEntry(models.Model):
    """What Django's cache keeps (claimtrack.db.cache): attempts to sign in, and codes that were used."""

    key = models.CharField(max_length=300, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Revision(models.Model):
    """One of the counters whose sum is the revision of the ledger (claimtrack.db.revision)."""

    slot = models.SmallIntegerField(primary_key=True)
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.slot}: {self.value}"

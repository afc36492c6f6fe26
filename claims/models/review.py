from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Now

from claims.models.claim import Claim, visible
from claims.models.guards import review as guards
from claims.models.verdict import Verdict
from claims.text import partial_dates
from claims.transitions import BY_STATUSES, Status, Transition
from claimtrack.dates import warnings_about
from claimtrack.models import User
from claimtrack.roles import Role, role_of
from claimtrack.warnings import InputWarning


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User | AnonymousUser | None) -> ReviewQuerySet:
        """Return public steps of visible claims. Contributors also see why their claims were dismissed, Moderators see all."""
        role = role_of(user)
        if role >= Role.MODERATOR:
            return self
        steps = models.Q()
        for (source, target), step in BY_STATUSES.items():
            if step.public:
                steps |= models.Q(from_status=source, to_status=target)
        # The public history of a merged claim is shown at its winner.
        public = steps & (visible(user, via="claim__") | models.Q(claim__merged_into__isnull=False))
        if role >= Role.CONTRIBUTOR:
            public |= models.Q(to_status=Status.DISMISSED, claim__created_by=user)
        return self.filter(public)

    def corrections(self) -> ReviewQuerySet:
        """Return publications that changed the verdict or the wording of an earlier one."""
        same = models.Q(replaces__verdict=models.F("verdict"), replaces__wording=models.F("wording"))
        return self.filter(to_status=Status.CHECKED, replaces__isnull=False).exclude(same)

    def publications(self) -> ReviewQuerySet:
        return self.filter(to_status=Status.CHECKED)

    def of_claim_and_merged(self, claim: Claim) -> ReviewQuerySet:
        """Return reviews of the claim and of those that were merged into it, directly or through others."""
        found, new = {claim.pk}, {claim.pk}
        while new := set(Claim.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found:
            found |= new
        return self.filter(claim__in=found)

    def for_history(self) -> ReviewQuerySet:
        """Return them oldest first, with evidence and users. They are sorted by id, since now() is constant in a transaction."""
        evidence = models.Prefetch("evidence", Evidence.objects.order_by("pk"))
        return self.select_related("verdict", "reviewer", "replaces").prefetch_related(evidence).order_by("pk")


class Review(models.Model):
    """One append-only row of a claim's history: a change of status with verdict, rationale, reviewer and time."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews", db_index=False)
    from_status = models.CharField(max_length=17, choices=[(s.value, s.label) for s in Status])
    to_status = models.CharField(max_length=17, choices=[(s.value, s.label) for s in Status])
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, related_name="+")
    verdict_label = models.CharField(max_length=100, blank=True, help_text="As judged.")
    wording = models.TextField(blank=True, help_text="Of the claim, as judged.")
    rationale = models.TextField(blank=True, help_text="Public.")
    note = models.TextField(blank=True, help_text="Internal.")
    approves = models.OneToOneField("self", models.PROTECT, null=True, related_name="approval")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    changes = models.JSONField(
        default=dict, help_text="What its publication changes: text, speaker, speaker_role, said_at."
    )
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField(default=0, editable=False, help_text="The one in which it was made.")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = [
            # the last review, and the last publication, of a claim
            models.Index(fields=["claim", "id"], name="review_claim"),
            # decisions by day, on the desk's home
            models.Index(
                fields=["created_at"],
                condition=models.Q(to_status__in=["checked", "withdrawn", "dismissed"]),
                name="review_decided",
            ),
        ]
        triggers = guards.REVIEW

    def __str__(self) -> str:
        return f"{self.step.name} {self.created_at:%Y-%m-%d}"

    @property
    def step(self) -> Transition:
        return BY_STATUSES[Status(self.from_status), Status(self.to_status)]

    @property
    def warnings(self) -> list[InputWarning]:
        """Warnings about the changes and the evidence, for the user who wrote them."""
        said = self.changes.get("said_at")
        found = warnings_about(partial_dates.parse(said)[0], "changes.said_at") if said else []
        for place, piece in enumerate(self.evidence.order_by("pk")):
            if piece.accessed_at:
                found += warnings_about(piece.accessed_at, f"evidence.{place}.accessed_at")
        return found

    @property
    def kind(self) -> str:
        """The kind that readers see: publication, correction, confirmation, or else the name of the step.

        A publication after an earlier one is a correction if verdict or wording differs.
        """
        if self.to_status != Status.CHECKED:
            return self.step.name
        if self.replaces is None:
            return "publication"
        same = (self.replaces.verdict_id, self.replaces.wording) == (self.verdict_id, self.wording)
        return "confirmation" if same else "correction"


class Evidence(models.Model):
    """What a verdict rests on."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "Supports"
        REFUTES = "refutes", "Refutes"
        CONTEXT = "context", "Context"

    review = models.ForeignKey(Review, models.PROTECT, related_name="evidence")
    url = models.URLField(max_length=2000, validators=[URLValidator(schemes=["http", "https"])])
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    quote = models.TextField(blank=True)
    stance = models.CharField(max_length=8, choices=Stance)
    archive_url = models.URLField(
        max_length=2000,
        null=True,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="May be set once.",
    )
    accessed_at = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(condition=models.Q(url__regex=r"^https?://"), name="evidence_url"),
            models.CheckConstraint(
                condition=models.Q(stance__in=["supports", "refutes", "context"]), name="evidence_stance"
            ),
        ]
        triggers = guards.EVIDENCE

    def __str__(self) -> str:
        return self.title or self.url


class Draft(models.Model):
    """A review that its author has not finished: mutable, never public; consumed by submit, publish or correct."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="drafts", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, blank=True, related_name="+")
    rationale = models.TextField(blank=True)
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)
    changes = models.JSONField(default=dict, blank=True)
    version = models.CharField(max_length=64, help_text="Which text this is, named by whoever saved it.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "author"], name="draft_once"),
            models.CheckConstraint(condition=~models.Q(version=""), name="draft_version"),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.author} for claim {self.claim_id}"

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Length, Now
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim, visible
from claims.models.guards import evidence as evidence_guards
from claims.models.guards import review as guards
from claims.models.search import StopWords
from claims.models.verdict import Verdict
from claims.text import partial_dates
from claims.text.quoting import CONTEXT
from claims.transitions import BY_STATUSES, Status, Transition
from claimtrack.dates import warnings_about
from claimtrack.languages import translated, translated_lazy
from claimtrack.models import User
from claimtrack.roles import Role, role_of
from claimtrack.warnings import InputWarning
from sources.models import Article, Snapshot

# Publications of the same verdict and wording as the publication before.
SAME = models.Q(replaces__verdict=models.F("verdict"), replaces__wording=models.F("wording"))
PUBLISHED = models.Q(to_status=Status.CHECKED)
# The rows of each kind, as the property `kind` names it.
KINDS = {
    "publication": PUBLISHED & models.Q(replaces=None),
    "confirmation": PUBLISHED & models.Q(replaces__isnull=False) & SAME,
    "correction": PUBLISHED & models.Q(replaces__isnull=False) & ~SAME,
}
for (_source, _target), _step in BY_STATUSES.items():
    if _target != Status.CHECKED:
        KINDS[_step.name] = KINDS.get(_step.name, models.Q()) | models.Q(from_status=_source, to_status=_target)
PUBLIC_STEPS = models.Q()
for (_source, _target), _step in BY_STATUSES.items():
    if _step.public:
        PUBLIC_STEPS |= models.Q(from_status=_source, to_status=_target)
# The expression of the index.
RATIONALE = SearchVector("rationale", config="simple")
MAX_WORDS = 20
MAX_TITLE = 500


def with_merged(claim: Claim) -> set[int]:
    """Return the ids of the claim and of those that were merged into it, directly or through others."""
    found, new = {claim.pk}, {claim.pk}
    while new := set(Claim.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found:
        found |= new
    return found


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User | AnonymousUser | None) -> ReviewQuerySet:
        """Return public steps of visible claims. Contributors also see why their claims were dismissed, Moderators see all."""
        role = role_of(user)
        if role >= Role.MODERATOR:
            return self
        # The public history of a merged claim is shown at its winner.
        public = PUBLIC_STEPS & (visible(user, via="claim__") | models.Q(claim__merged_into__isnull=False))
        if role >= Role.CONTRIBUTOR:
            public |= models.Q(to_status=Status.DISMISSED, claim__created_by=user)
        return self.filter(public)

    def public_steps(self) -> ReviewQuerySet:
        """Return the steps that are public history, also of claims that are merged away."""
        return self.filter(PUBLIC_STEPS)

    def corrections(self) -> ReviewQuerySet:
        """Return publications that changed the verdict or the wording of an earlier one."""
        return self.of_kind("correction")

    def with_kind(self) -> models.QuerySet[Any]:
        """Annotate `kind_of_step`: the property `kind` in SQL."""
        kinds = (models.When(condition, then=models.Value(kind)) for kind, condition in KINDS.items())
        return self.annotate(kind_of_step=models.Case(*kinds))

    def publications(self) -> ReviewQuerySet:
        return self.filter(to_status=Status.CHECKED)

    def of_kind(self, kind: str) -> ReviewQuerySet:
        """Return reviews whose `kind` is this."""
        return self.filter(KINDS[kind]) if kind in KINDS else self.none()

    def with_words(self, text: str) -> ReviewQuerySet:
        """Return reviews with all of these words in the rationale, or of claims that the search finds by them."""
        if text.strip().isdecimal() and len(text.strip()) < 19:
            return self.filter(claim=int(text))
        # PostgreSQL takes no words of two kilobytes.
        text = " ".join(word[:200] for word in text.split()[:MAX_WORDS])
        said = self.alias(words=RATIONALE).filter(words=SearchQuery(text, config="simple", search_type="websearch"))
        try:
            claims = Claim.objects.search(text).order_by().values("pk")
        except StopWords:
            return said
        # A union of ids, because OR between the two conditions would scan the whole table.
        of_claims = Review.objects.filter(claim__in=claims).order_by().values("pk")
        return self.filter(pk__in=said.order_by().values("pk").union(of_claims))

    def of_claim_and_merged(self, claim: Claim) -> ReviewQuerySet:
        """Return reviews of the claim and of those that were merged into it, directly or through others."""
        return self.filter(claim__in=with_merged(claim))

    def for_history(self) -> ReviewQuerySet:
        """Return them oldest first, with evidence and users. They are sorted by id, since now() is constant in a transaction."""
        return self._oldest_first(Evidence.objects.for_list())

    def for_reader(self, user: User | AnonymousUser) -> ReviewQuerySet:
        """Like for_history(), with `visible_article` of each piece of evidence."""
        return self._oldest_first(Evidence.objects.for_list().with_articles_for(user))

    def _oldest_first(self, evidence: EvidenceQuerySet) -> ReviewQuerySet:
        pieces = models.Prefetch("evidence", evidence)
        return self.select_related("verdict", "reviewer", "replaces").prefetch_related(pieces).order_by("pk")


class Review(models.Model):
    """One append-only row of a claim's history: a change of status with verdict, rationale, reviewer and time."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews", db_index=False, verbose_name=_("claim"))
    from_status = models.CharField(
        _("from status"), max_length=17, choices=[(s.value, translated_lazy(s.label)) for s in Status]
    )
    to_status = models.CharField(
        _("to status"), max_length=17, choices=[(s.value, translated_lazy(s.label)) for s in Status]
    )
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, related_name="+", verbose_name=_("verdict"))
    verdict_label = models.CharField(_("verdict label"), max_length=100, blank=True, help_text=_("As judged."))
    wording = models.TextField(_("wording"), blank=True, help_text=_("Of the claim, as judged."))
    rationale = models.TextField(_("rationale"), blank=True, help_text=_("Public."))
    note = models.TextField(_("note"), blank=True, help_text=_("Internal."))
    approves = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="approval", verbose_name=_("approves")
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    changes = models.JSONField(
        _("changes"),
        default=dict,
        help_text=_("What its publication changes: text, speaker, speaker_role, said_at, due_on, review_by."),
    )
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    created_at = models.DateTimeField(_("created at"), db_default=Now())
    transaction = models.BigIntegerField(
        _("transaction"), default=0, editable=False, help_text=_("The one in which it was made.")
    )
    reviewer_role = models.PositiveSmallIntegerField(
        _("role of the reviewer"),
        db_default=0,
        editable=False,
        help_text=_("As it was at this step: claimtrack.roles."),
    )
    claim_version = models.IntegerField(
        _("claim version"), db_default=0, editable=False, help_text=_("That of the claim after this step.")
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("review"), _("reviews")
        indexes = [
            # the last review, and the last publication, of a claim
            models.Index(fields=["claim", "id"], name="review_claim"),
            # the list of all reviews, by day and by words of their rationale
            models.Index(fields=["created_at"], name="review_day"),
            GinIndex(RATIONALE, name="review_rationale"),
            # decisions by day, on the desk's home
            models.Index(
                fields=["created_at"],
                condition=models.Q(to_status__in=["checked", "withdrawn", "dismissed"]),
                name="review_decided",
            ),
        ]
        triggers = guards.REVIEW

    def __str__(self) -> str:
        return f"{translated(self.step.label)}, {date_format(localtime(self.created_at), 'SHORT_DATE_FORMAT')}"

    @cached_property
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

    @cached_property
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


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def for_list(self) -> EvidenceQuerySet:
        """Return them in the order in which they were given, with their snapshot and its article, but without its text."""
        return self.select_related("snapshot__article").defer("snapshot__text").order_by("pk")

    def in_force(self) -> EvidenceQuerySet:
        """Return the evidence of verdicts in force on public claims."""
        last = models.Q(review__to_status=Status.CHECKED, review__replaced_by=None)
        return self.filter(last, visible(None, via="review__claim__"), review__claim__verdict__isnull=False)

    def with_articles_for(self, user: User | AnonymousUser) -> EvidenceQuerySet:
        """Annotate `visible_article`: the id of the snapshot's article, if the user may see the snapshot."""
        visible = Snapshot.objects.visible_to(user).filter(pk=models.OuterRef("snapshot"))
        return self.annotate(visible_article=models.Subquery(visible.values("article")))


class Evidence(models.Model):
    """A source for a verdict. Its quote is typed text, or an exact slice of a snapshot, as in an appearance."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports")
        REFUTES = "refutes", _("Refutes")
        CONTEXT = "context", _("Context")

    review = models.ForeignKey(Review, models.PROTECT, related_name="evidence", verbose_name=_("review"))
    url = models.URLField(_("URL"), max_length=2000, validators=[URLValidator(schemes=["http", "https"])])
    title = models.CharField(_("title"), max_length=MAX_TITLE, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    quote = models.TextField(_("quote"), blank=True)
    stance = models.CharField(_("stance"), max_length=8, choices=Stance)
    archive_url = models.URLField(
        _("archive URL"),
        max_length=2000,
        null=True,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("May be set once."),
    )
    accessed_at = models.DateField(_("accessed at"), null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="evidence", verbose_name=_("snapshot")
    )
    start_offset = models.PositiveIntegerField(_("start offset"), null=True)
    end_offset = models.PositiveIntegerField(_("end offset"), null=True)
    prefix = models.CharField(_("prefix"), max_length=CONTEXT, blank=True, default="", db_default="")
    suffix = models.CharField(_("suffix"), max_length=CONTEXT, blank=True, default="", db_default="")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("evidence"), _("evidence")
        constraints = [
            models.CheckConstraint(condition=models.Q(url__regex=r"^https?://"), name="evidence_url"),
            models.CheckConstraint(
                condition=models.Q(stance__in=["supports", "refutes", "context"]), name="evidence_stance"
            ),
            models.CheckConstraint(
                condition=models.Q(snapshot=None, start_offset=None, end_offset=None, prefix="", suffix="")
                | models.Q(
                    snapshot__isnull=False,
                    start_offset__isnull=False,
                    end_offset__isnull=False,
                    start_offset__gte=0,
                    start_offset__lt=models.F("end_offset"),
                ),
                name="evidence_offsets",
            ),
            models.CheckConstraint(
                condition=models.Q(end_offset=models.F("start_offset") + Length("quote")), name="evidence_length"
            ),
        ]
        triggers = evidence_guards.TRIGGERS

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def published(self) -> date | None:
        """The day on which its page was published, if the article of its snapshot has one."""
        article = self.snapshot.article if self.snapshot else None
        if article is None or article.published_at is None:
            return None
        if article.published_precision == Article.Precision.DAY:
            return article.published_at.astimezone(UTC).date()
        return localtime(article.published_at).date()

    @property
    def is_after_verdict(self) -> bool:
        """Whether its page, or else the day on which it was read, is dated after the verdict that uses it."""
        dated = self.published or self.accessed_at
        return bool(dated and dated > localtime(self.review.created_at).date())


class Draft(models.Model):
    """A review that its author has not finished: mutable, never public; consumed by submit, publish or correct."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="drafts", db_index=False, verbose_name=_("claim"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    verdict = models.ForeignKey(
        Verdict, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verdict")
    )
    rationale = models.TextField(_("rationale"), blank=True)
    note = models.TextField(_("note"), blank=True)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    version = models.CharField(
        _("version"), max_length=64, help_text=_("Which text this is, named by whoever saved it.")
    )
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("draft"), _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["claim", "author"], name="draft_once"),
            models.CheckConstraint(condition=~models.Q(version=""), name="draft_version"),
        ]

    def __str__(self) -> str:
        return gettext("Draft of %(author)s for claim %(claim)s") % {"author": self.author, "claim": self.claim_id}

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import models
from django.db.models.functions import Cast, Collate, Now
from django.utils.translation import gettext_lazy as _

from claims.models.claim_source import ClaimSource
from claims.models.guards import claim as guards
from claims.models.guards import frequency
from claims.models.search import TSQuery, tsquery
from claims.models.speaker import Speaker, winner_of
from claims.models.topic import Topic
from claims.models.verdict import Verdict
from claims.text import partial_dates
from claims.transitions import PUBLIC, WITH_VERDICT, WITHOUT_VERDICT, Status
from claimtrack.cleaning import LANGUAGE
from claimtrack.dates import warnings_about
from claimtrack.db import events
from claimtrack.db.in_sql import in_sql
from claimtrack.db.languages import LanguageField, PrimarySubtag, in_language
from claimtrack.languages import translated_lazy
from claimtrack.models import User
from claimtrack.roles import Role
from claimtrack.warnings import InputWarning
from sources.models import Domain

SET_BY_TRIGGERS = ["search", "version", "updated_at"]
# Ranking all claims that contain a common word would take 0.2 seconds with a million claims.
MAX_RANKED = 1000


def visible(user: User | AnonymousUser | None, via: str = "", *, but_for_merges: bool = False) -> models.Q:
    """Return the only rule of who sees which claims: a condition on Claim, or on a model that reaches it `via` "claim__".

    Everybody sees what is public, Contributors also see what they proposed, and Moderators see everything. `but_for_merges`
    ignores merges.
    """
    role = user.role if isinstance(user, User) else Role.NONE
    if role >= Role.MODERATOR:
        return models.Q()
    public = models.Q(**{f"{via}status__in": PUBLIC})
    if not but_for_merges:
        public &= models.Q(**{f"{via}merged_into": None})
    return public | models.Q(**{f"{via}created_by": user}) if role >= Role.CONTRIBUTOR else public


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User | AnonymousUser | None) -> ClaimQuerySet:
        return self.filter(visible(user))

    def merged_away_for(self, user: User | AnonymousUser | None) -> ClaimQuerySet:
        """Return claims that the user would see if they had not been merged into another one."""
        return self.filter(visible(user, but_for_merges=True), merged_into__isnull=False)

    def public(self) -> ClaimQuerySet:
        return self.visible_to(None)

    def judged(self) -> ClaimQuerySet:
        """Return claims with a verdict in force."""
        return self.filter(verdict__isnull=False)

    def judged_as(self, codes: Sequence[str]) -> ClaimQuerySet:
        """Return claims with one of these verdicts in force."""
        found = Verdict.objects.filter(code__in=codes).order_by().values("pk")
        return self.filter(verdict=models.Subquery(found)) if len(codes) == 1 else self.filter(verdict__in=found)

    def with_publications(self) -> ClaimQuerySet:
        """Prefetch `publications` with their evidence, oldest first, as formats of fact-checks need them."""
        reviews: Any = Claim._meta.get_field("reviews").related_model
        publications = reviews.objects.publications().for_history()
        return self.prefetch_related(models.Prefetch("reviews", publications, to_attr="publications"))

    def by_speakers(self, speakers: Iterable[int | None]) -> ClaimQuerySet:
        """Return claims of these speakers. None is an unknown speaker, and a merged one stands for the winner."""
        theirs = (models.Q(speaker=winner_of(pk) if pk else None) for pk in dict.fromkeys(speakers))
        return self.filter(reduce(or_, theirs))

    def by_speaker_name(self, *names: str) -> ClaimQuerySet:
        """Return claims of speakers with one of these names or aliases."""
        return self.filter(speaker__in=Speaker.objects.named(*names))

    def in_source(self, sources: Sequence[int]) -> ClaimQuerySet:
        if len(sources) == 1:
            return self._listed("sources", source=sources[0])
        # A lookup `source__in` would convert the values to numbers, but they may be expressions.
        any_source = reduce(or_, (models.Q(source=source) for source in sources))
        return self.filter(pk__in=ClaimSource.objects.filter(any_source).values("claim"))

    def in_source_of(self, hosts: Sequence[str]) -> ClaimQuerySet:
        """Return claims found in a source with one of these domains."""
        found = Domain.objects.filter(host__in=hosts).values("source")
        if len(hosts) == 1:
            return self._listed("sources", source=models.Subquery(found))
        return self.filter(pk__in=ClaimSource.objects.filter(source__in=found).values("claim"))

    def in_article(self, articles: Iterable[int]) -> ClaimQuerySet:
        return self.appearing(models.Q(snapshot__article__in=articles))

    def appearing(self, condition: models.Q) -> ClaimQuerySet:
        """Return claims with an appearance for which the condition holds."""
        appearances: Any = Claim._meta.get_field("appearances").related_model
        return self.filter(pk__in=appearances.objects.filter(condition).values("claim"))

    def about(self, slugs: Sequence[str]) -> ClaimQuerySet:
        links: Any = Claim.topics.through
        found = Topic.objects.filter(slug__in=slugs).values("pk")
        if len(slugs) == 1:
            return self._listed("claimtopic", topic=models.Subquery(found))
        return self.filter(pk__in=links.objects.filter(topic__in=found).values("claim"))

    def in_language(self, tags: Iterable[str]) -> ClaimQuerySet:
        """Return claims in one of these languages (canonical tags). `pt` finds pt-BR."""
        return self.filter(in_language(tags))

    def _listed(self, link: str, **by: int | models.Subquery) -> ClaimQuerySet:
        """Filter by a link with an index in the order of the list, which claimtrack.api.pagination uses."""
        return self.filter(**{f"{link}__{name}": value for name, value in by.items()}).alias(
            created_at_indexed=models.F(f"{link}__created_at"), id_indexed=models.F(f"{link}__claim_id")
        )

    def search(self, query: str) -> ClaimQuerySet:
        """Return claims that match all terms of the query (claims.text.searching), none if it is blank. Raises StopWords."""
        return self.matching([tsquery(query)])

    def matching(self, queries: Sequence[str | None]) -> ClaimQuerySet:
        """Return claims that match any of these queries, which come from tsquery(). None matches nothing."""
        wanted = [models.Q(search=TSQuery(query)) for query in queries if query is not None]
        return self.filter(reduce(or_, wanted)) if wanted else self.none()

    def ranked(self, queries: Sequence[str | None]) -> ClaimQuerySet:
        """Return the newest MAX_RANKED claims, annotated with `rank`: how well they match the queries (ts_rank)."""
        wanted = [f"({query})" for query in queries if query is not None]
        rank = SearchRank(models.F("search"), TSQuery(" | ".join(wanted))) if wanted else models.Value(0.0)
        newest = self.order_by("-created_at", "-pk").values("pk")[:MAX_RANKED]
        return Claim.objects.filter(pk__in=newest).annotate(rank=Cast(rank, models.FloatField()))

    def for_list(self) -> ClaimQuerySet:
        """Fetch everything that the list's JSON and the desk's queue show, with a constant number of queries."""
        appearances: Any = Claim._meta.get_field("appearances").related_model
        return (
            self.select_related("speaker", "verdict")
            .prefetch_related(
                models.Prefetch("topics", Topic.objects.order_by(Collate("slug", "C"))),
                models.Prefetch("appearances", appearances.objects.for_list()),
            )
            .defer("search")
        )


def _or_infinity(column: str, end: str) -> models.Func:
    """Return the column as pagination compares it, with infinity for missing values."""
    return models.Func(models.F(column), template=f"(COALESCE(%(expressions)s, '{end}'))")


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent(), exclude=SET_BY_TRIGGERS)
class Claim(models.Model):
    """One speaker's checkable assertion, in the desk's canonical wording."""

    class Origin(models.TextChoices):
        DESK = "desk", _("Desk")
        IMPORT = "import", _("Import")
        API = "api", "API"
        CLAIMREVIEW = "claimreview", "ClaimReview"

    text = models.TextField(_("text"), help_text=_("The desk's canonical wording."))
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        db_index=False,
        help_text=_("Empty: not known."),
        verbose_name=_("speaker"),
    )
    speaker_role = models.CharField(_("speaker role"), max_length=300, blank=True, help_text=_("As it was then."))
    said_at = models.DateField(_("said at"), null=True, blank=True, help_text=_("The first day that it covers."))
    said_precision = models.CharField(
        _("said precision"), max_length=5, blank=True, choices=[(p, p) for p in partial_dates.PRECISIONS]
    )
    due_on = models.DateField(
        _("due on"), null=True, blank=True, help_text=_("Of a claim about the future: the last day that it covers.")
    )
    due_precision = models.CharField(
        _("due precision"),
        max_length=5,
        blank=True,
        default="",
        db_default="",
        choices=[(p, p) for p in partial_dates.PRECISIONS],
    )
    language = LanguageField(_("language"), max_length=35, blank=True)
    topics = models.ManyToManyField(
        Topic, through="ClaimTopic", related_name="claims", blank=True, verbose_name=_("topics")
    )
    status = models.CharField(
        _("status"),
        max_length=17,
        choices=[(s.value, translated_lazy(s.label)) for s in Status],
        default=Status.PROPOSED,
    )
    verdict = models.ForeignKey(
        Verdict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text=_("In force."),
        verbose_name=_("verdict"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("assignee"),
    )
    origin = models.CharField(_("origin"), max_length=11, choices=Origin, default=Origin.DESK)
    origin_key = models.CharField(_("origin key"), max_length=64, null=True, blank=True, unique=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        db_index=False,
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    search = SearchVectorField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    reviewed_at = models.DateTimeField(
        _("reviewed at"), null=True, blank=True, editable=False, help_text=_("Of the last publication.")
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("The day by which the desk looks at the verdict in force again."),
    )
    review_by_given = models.BooleanField(
        _("review by given"), default=False, db_default=False, help_text=_("By hand. Otherwise the topics say it.")
    )

    objects = ClaimQuerySet.as_manager()

    # The properties `said` and `due` as SQL, for claimtrack.db.json.
    IN_SQL: ClassVar = {
        "said": in_sql(
            "to_char({}, CASE {} WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END)",
            "said_at",
            "said_precision",
        ),
        "due": in_sql(
            "to_char({}, CASE {} WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END)",
            "due_on",
            "due_precision",
        ),
    }

    class Meta:
        verbose_name, verbose_name_plural = _("claim"), _("claims")
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="claim_text"),
            models.CheckConstraint(condition=models.Q(status__in=list(Status)), name="claim_status"),
            models.CheckConstraint(
                condition=~models.Q(status__in=WITHOUT_VERDICT, verdict__isnull=False)
                & ~models.Q(status__in=WITH_VERDICT, verdict=None),
                name="claim_status_and_verdict",
            ),
            models.CheckConstraint(
                condition=models.Q(said_at=None, said_precision="")
                | models.Q(said_at__isnull=False, said_precision__in=partial_dates.PRECISIONS),
                name="claim_said_precision",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on=None, due_precision="")
                | models.Q(due_on__isnull=False, due_precision__in=partial_dates.PRECISIONS),
                name="claim_due_precision",
            ),
            models.CheckConstraint(
                condition=models.Q(review_by=None, review_by_given=False)
                | models.Q(review_by__isnull=False, verdict__isnull=False),
                name="claim_review_by",
            ),
            models.CheckConstraint(condition=models.Q(language__regex=LANGUAGE), name="claim_language"),
            models.CheckConstraint(
                condition=models.Q(origin__in=["desk", "import", "api", "claimreview"]), name="claim_origin"
            ),
            models.CheckConstraint(
                condition=models.Q(origin_key=None) | models.Q(origin_key__regex="^[0-9a-f]{64}$"),
                name="claim_origin_key",
            ),
        ]
        indexes = [
            # ordering=created_at, the default order of the list, newest first
            models.Index(fields=["created_at", "id"], name="claim_created"),
            # ordering=-reviewed_at and ordering=reviewed_at: pagination puts the missing ones last both ways
            models.Index(_or_infinity("reviewed_at", "-infinity"), "id", name="claim_reviewed_down"),
            models.Index(_or_infinity("reviewed_at", "infinity"), "id", name="claim_reviewed_up"),
            # ordering=-said_at and ordering=said_at, likewise
            models.Index(_or_infinity("said_at", "-infinity"), "id", name="claim_said_down"),
            models.Index(_or_infinity("said_at", "infinity"), "id", name="claim_said_up"),
            # said_after and said_before; reviewed_after and reviewed_before
            models.Index(fields=["said_at"], name="claim_said"),
            models.Index(fields=["reviewed_at"], name="claim_reviewed"),
            # review_by_after and review_by_before, and the desk's “To be looked at again”: queue.to_look_at_again
            models.Index(fields=["review_by"], condition=models.Q(review_by__isnull=False), name="claim_review_by_day"),
            # due_after and due_before, and the desk's “Come due”: queue.come_due
            models.Index(fields=["due_on"], condition=models.Q(due_on__isnull=False), name="claim_due"),
            # ordering=updated_at and updated_since
            models.Index(fields=["updated_at", "id"], name="claim_updated"),
            # status=…, newest first: the desk's queue and the public list
            models.Index(fields=["status", "created_at", "id"], name="claim_status_created"),
            # speaker=…, newest first
            models.Index(fields=["speaker", "created_at", "id"], name="claim_speaker_created"),
            # speaker=… with status=…, newest first
            models.Index(fields=["speaker", "status", "created_at", "id"], name="claim_speaker_status"),
            # verdict=…, newest first
            models.Index(fields=["verdict", "created_at", "id"], name="claim_verdict_created"),
            # language=…, newest first
            models.Index(PrimarySubtag("language"), "created_at", "id", name="claim_language_created"),
            # the desk's "mine" and "assigned to"
            models.Index(fields=["assignee"], condition=models.Q(assignee__isnull=False), name="claim_assignee"),
            # the history of a winner: what was merged into it
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="claim_merged_into"
            ),
            # q=…
            GinIndex(fields=["search"], name="claim_search"),
        ]
        triggers = [*guards.TRIGGERS, *frequency.TRIGGERS]

    def __str__(self) -> str:
        return self.text

    @property
    def said(self) -> str | None:
        """The date when it was said, as precise as it is known: 2025, 2025-09 or 2025-09-05."""
        return partial_dates.format_date(self.said_at, self.said_precision)

    @property
    def due(self) -> str | None:
        """The date when it comes due, as precise as it is known."""
        return partial_dates.format_date(self.due_on, self.due_precision)

    @property
    def warnings(self) -> list[InputWarning]:
        """Warnings about the claim for the user who wrote it."""
        return warnings_about(self.said_at, "said_at")

    @property
    def winner(self) -> Claim:
        """The claim that this one was merged into, directly or through others, or else itself."""
        return self.merged_into.winner if self.merged_into else self

"""What was published, where, and exactly what it said."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claimtrack.cleaning import LANGUAGE
from claimtrack.db import events, revision
from claimtrack.db.exists import exists
from claimtrack.db.guards import Guard, dated, freeze_history, frozen, refuse
from claimtrack.db.in_sql import in_sql
from claimtrack.db.languages import LanguageField, PrimarySubtag
from claimtrack.db.names import MAX_LENGTH, FoldedField, IdentityField, validate_form
from claimtrack.db.redacting import OF_THIS_TRANSACTION
from claimtrack.models import User
from claimtrack.names import fold
from claimtrack.roles import Role
from sources.pages import archives
from sources.pages.canonical import host

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# A redaction of this transaction names the result and each character that is blacked out.
REDACTED = f"""(EXISTS (
        SELECT FROM sources_redactedsnapshot s JOIN claimtrack_redaction r ON r.id = s.redaction_id
        WHERE s.snapshot_id = NEW.id AND s.sha256 = NEW.sha256 AND {OF_THIS_TRANSACTION}
        AND NEW.text = claimtrack_blacked_out(OLD.text, s.ranges))
    AND to_jsonb(OLD) - '{{text,sha256}}'::text[] = to_jsonb(NEW) - '{{text,sha256}}'::text[])"""
HOST = r"^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$"


# As the index has it.
TITLE = SearchVector("title", config="simple")
MAX_WORDS = 20


def _contributes(user: User | AnonymousUser) -> bool:
    """Whether the user is at least a Contributor, who sees all sources, articles and snapshots with their texts."""
    return isinstance(user, User) and user.role >= Role.CONTRIBUTOR


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: User | AnonymousUser) -> SourceQuerySet:
        """Return sources that have a visible article. Contributors see all."""
        if _contributes(user):
            return self
        return self.filter(exists(Article.objects.visible_to(user).filter(source=models.OuterRef("pk"))))

    def with_words(self, text: str) -> SourceQuerySet:
        """Return sources whose name has all of these words, or parts of words, regardless of case and accents."""
        words = fold(text).split()[:MAX_WORDS]
        return self.filter(*(models.Q(folded__contains=word) for word in words)) if words else self.none()

    def for_list(self) -> SourceQuerySet:
        return self.prefetch_related(models.Prefetch("domains", Domain.objects.order_by("pk")))


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class Source(models.Model):
    """Who publishes: a newspaper, broadcaster, agency, ministry, platform."""

    class Kind(models.TextChoices):
        NEWSPAPER = "newspaper", _("Newspaper or magazine")
        BROADCASTER = "broadcaster", _("Broadcaster")
        AGENCY = "agency", _("News agency")
        GOVERNMENT = "government", _("Government body")
        PLATFORM = "platform", _("Online platform")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=300, validators=[validate_form])
    key = IdentityField(max_length=MAX_LENGTH, editable=False, db_index=True)
    folded = FoldedField(max_length=MAX_LENGTH, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    homepage = models.URLField(_("homepage"), max_length=2000, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2, upper case."))
    language = LanguageField(_("language"), max_length=35, blank=True, help_text=_("BCP 47, for example en or pt-BR."))
    notes = models.TextField(_("notes"), blank=True, help_text=_("For the desk; never public."))
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("source"), _("sources")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="source_name"),
            models.CheckConstraint(condition=models.Q(country__regex=r"^([A-Z]{2})?$"), name="source_country"),
            models.CheckConstraint(condition=models.Q(language__regex=LANGUAGE), name="source_language"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def main_domain(self) -> str:
        """The host of its oldest domain, or "" if it has none."""
        domain = self.domains.order_by("pk").first()
        return domain.host if domain else ""


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class Domain(models.Model):
    """A host of a source. A source may have several, such as bbc.com and bbc.co.uk."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="domains", verbose_name=_("source"))
    host = models.CharField(
        _("host"), max_length=253, unique=True, help_text=_("Lower case, IDNA, without a leading www.")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("domain"), _("domains")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(host__regex=HOST) & ~models.Q(host__startswith="www."), name="domain_host"
            ),
            models.CheckConstraint(condition=~models.Q(host__regex=archives.HOST), name="domain_archive"),
        ]

    def __str__(self) -> str:
        return self.host


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User | AnonymousUser) -> ArticleQuerySet:
        """Return articles that have a visible snapshot. Contributors see all."""
        if _contributes(user):
            return self
        return self.filter(pk__in=Snapshot.objects.visible_to(user).order_by().values("article"))

    def for_list(self) -> ArticleQuerySet:
        domains = models.Prefetch("source__domains", Domain.objects.order_by("pk"))
        return self.select_related("source").prefetch_related(domains)

    def with_words(self, text: str) -> ArticleQuerySet:
        """Return articles whose title has words that begin like these, those of a source with this name, and that of an address."""
        articles = self.model.objects.order_by()
        # PostgreSQL takes no words of two kilobytes.
        words = [word[:200].replace("\\", "\\\\").replace("'", "''") for word in text.split()[:MAX_WORDS]]
        begun = " & ".join(f"'{word}':*" for word in words)
        titles = articles.alias(words=TITLE).filter(words=SearchQuery(begun, config="simple", search_type="raw"))
        of_address = articles.filter(canonical_url__startswith=text.strip())
        of_sources = articles.filter(source__in=Source.objects.with_words(text))
        # A union of ids, because OR between the conditions would scan the whole table.
        return self.filter(pk__in=titles.values("pk").union(of_address.values("pk"), of_sources.values("pk")))

    def with_current_for(self, user: User | AnonymousUser) -> ArticleQuerySet:
        """Annotate `current`: the id of the current snapshot, if the user may see it."""
        visible = Snapshot.objects.visible_to(user).filter(pk=models.OuterRef("current_snapshot"))
        return self.annotate(current=models.Subquery(visible.values("pk")))

    def with_snapshots_for(self, user: User | AnonymousUser) -> ArticleQuerySet:
        """Prefetch `visible_snapshots`: those that the user may see, oldest first, with their text if the user may read it."""
        visible = Snapshot.objects.visible_to(user).readable_by(user).order_by("pk")
        visible = visible.prefetch_related("redactions__redaction")
        return self.prefetch_related(models.Prefetch("snapshots", visible, to_attr="visible_snapshots"))


@pghistory.track(
    events.UpdateEvent(row=pghistory.Old),
    events.DeleteEvent(),
    # It is not an edit if an article was seen again unchanged.
    exclude=["seen_at"],
)
class Article(models.Model):
    """One published piece of a source. Its canonical URL identifies it, unless it has none, such as a pasted transcript."""

    class Precision(models.TextChoices):
        SECOND = "second", _("to the second")
        DAY = "day", _("to the day")

    source = models.ForeignKey(Source, models.PROTECT, related_name="articles", verbose_name=_("source"))
    title = models.CharField(_("title"), max_length=1000, blank=True)
    url = models.CharField(_("URL"), max_length=2000, blank=True, help_text=_("Where readers find it."))
    canonical_url = models.CharField(
        _("canonical URL"), max_length=2000, null=True, unique=True, help_text=_("For comparing addresses.")
    )
    first_sha256 = models.CharField(
        _("SHA-256 of the first text"),
        max_length=64,
        editable=False,
        help_text=_("Of its first text: with the source, the key of an article without URL."),
    )
    byline = models.CharField(_("byline"), max_length=1000, blank=True)
    language = LanguageField(_("language"), max_length=35, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_precision = models.CharField(_("published precision"), max_length=6, choices=Precision, blank=True)
    current_snapshot = models.ForeignKey(
        "Snapshot", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("current snapshot")
    )
    seen_at = models.DateTimeField(
        _("seen at"), db_default=Now(), editable=False, help_text=_("When its current text was last seen.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = ArticleQuerySet.as_manager()

    # The properties `published` and `domain` as SQL, for claimtrack.db.json.
    IN_SQL: ClassVar = {
        "published": in_sql(
            "to_char({} AT TIME ZONE 'UTC', CASE {} WHEN 'day' THEN 'YYYY-MM-DD' ELSE 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"' END)",
            "published_at",
            "published_precision",
        ),
        # A regular expression would cost ten times as much.
        "domain": in_sql(
            "COALESCE(substr(split_part(split_part({0}, '/', 3), ':', 1),"
            " CASE WHEN split_part({0}, '/', 3) LIKE 'www.%.%' THEN 5 ELSE 1 END),"
            " (SELECT host FROM sources_domain WHERE source_id = {1} ORDER BY id LIMIT 1))",
            "canonical_url",
            "source_id",
        ),
    }

    class Meta:
        verbose_name, verbose_name_plural = _("article"), _("articles")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "first_sha256"],
                condition=models.Q(canonical_url=None),
                name="article_without_url",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_precision="")
                | models.Q(published_at__isnull=False, published_precision__in=["second", "day"]),
                name="article_published_precision",
            ),
            models.CheckConstraint(
                condition=models.Q(first_sha256__regex="^[0-9a-f]{64}$"), name="article_first_sha256"
            ),
            models.CheckConstraint(condition=models.Q(language__regex=LANGUAGE), name="article_language"),
            models.CheckConstraint(
                condition=models.Q(canonical_url=None) | models.Q(canonical_url__regex="^https?://"),
                name="article_canonical_url",
            ),
            models.CheckConstraint(
                condition=models.Q(canonical_url=None, url="")
                | models.Q(canonical_url__isnull=False, url__regex="^https?://"),
                name="article_url",
            ),
        ]
        indexes = [
            # the desk's list, by words of the title and by day
            GinIndex(TITLE, name="article_title"),
            models.Index(fields=["published_at"], name="article_published"),
            # the languages in which claims are searched
            models.Index(PrimarySubtag("language"), name="article_languages"),
        ]
        triggers = [
            Guard(
                name="own_snapshot",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("current_snapshot_id"),
                condition=pgtrigger.Q(new__current_snapshot__isnull=False),
                func=f"""
                    IF NOT EXISTS (SELECT FROM sources_snapshot WHERE id = NEW.current_snapshot_id AND article_id = NEW.id)
                    THEN {refuse("own_snapshot")}
                    END IF;
                    RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.canonical_url or gettext("Article %(id)s") % {"id": self.pk}

    @property
    def published(self) -> str | None:
        """The date of publication, as precise as it is known: 2025-09-05 or 2025-09-05T10:00:00Z (UTC)."""
        if self.published_at is None:
            return None
        day_only = self.published_precision == self.Precision.DAY
        return self.published_at.astimezone(UTC).strftime("%Y-%m-%d" if day_only else "%Y-%m-%dT%H:%M:%SZ")

    @property
    def domain(self) -> str | None:
        """The host of its canonical URL without www., else the first domain of its source."""
        if self.canonical_url:
            return host(self.canonical_url)
        return next((domain.host for domain in self.source.domains.all()), None)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: User | AnonymousUser) -> SnapshotQuerySet:
        """Return snapshots with an appearance of a visible claim. Contributors see all.

        Appearances are reached through the relation that `claims` declares, since this app must not import it.
        """
        if _contributes(user):
            return self
        appearances: Any = Snapshot._meta.get_field("appearances").related_model
        return self.filter(pk__in=appearances.objects.visible_to(user).order_by().values("snapshot"))

    def readable_by(self, user: User | AnonymousUser) -> SnapshotQuerySet:
        """Annotate `readable`: the full text, or null if the user may not read it. The text is its publisher's."""
        may = settings.CLAIMTRACK_PUBLIC_TEXT or _contributes(user)
        readable = models.F("text") if may else models.Value(None, models.TextField())
        return self.defer("text").annotate(readable=readable)


class Snapshot(models.Model):
    """The text of an article as it stood when taken: immutable, identified by its SHA-256."""

    class Method(models.TextChoices):
        FETCHED = "fetched", _("Fetched by the desk")
        HTML = "html", _("Extracted from HTML that was handed in")
        TEXT = "text", _("Text that was handed in")

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="snapshots", db_index=False, verbose_name=_("article")
    )
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the text in UTF-8, hexadecimal."))
    taken_at = models.DateTimeField(_("taken at"), db_default=Now())
    method = models.CharField(_("method"), max_length=7, choices=Method)
    extractor = models.CharField(_("extractor"), max_length=100, blank=True)
    extractor_version = models.CharField(_("extractor version"), max_length=50, blank=True)
    final_url = models.CharField(_("final URL"), max_length=2000, blank=True, help_text=_("After redirects."))
    archive_url = models.CharField(
        _("archive URL"), max_length=2000, null=True, blank=True, help_text=_("May be set once.")
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by"))

    objects = SnapshotQuerySet.as_manager()

    # The property `is_current` as SQL, for claimtrack.db.json.
    IN_SQL: ClassVar = {"is_current": in_sql("{} IS NOT DISTINCT FROM {}", "article__current_snapshot_id", "id")}

    class Meta:
        verbose_name, verbose_name_plural = _("snapshot"), _("snapshots")
        constraints = [
            models.UniqueConstraint(fields=["article", "sha256"], name="snapshot_once"),
            models.CheckConstraint(condition=models.Q(method__in=["fetched", "html", "text"]), name="snapshot_method"),
            models.CheckConstraint(
                condition=models.expressions.RawSQL(
                    "sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')", (), models.BooleanField()
                ),
                name="snapshot_sha256",
            ),
            models.CheckConstraint(
                condition=models.expressions.RawSQL(
                    r"text <> '' AND text IS NFC NORMALIZED AND position(E'\r' IN text) = 0", (), models.BooleanField()
                ),
                name="snapshot_normal_text",
            ),
        ]
        triggers = [
            *frozen(settable_once="archive_url", unless=REDACTED),
            dated("taken_at"),
        ]

    def __str__(self) -> str:
        return gettext("Snapshot %(id)s (%(digest)s)") % {"id": self.pk, "digest": self.sha256[:12]}

    @property
    def is_current(self) -> bool:
        """Whether this is the latest known text of its article."""
        return self.article.current_snapshot_id == self.pk


# Public JSON shows rows of these tables.
for _model in (Source, Domain, Article, Snapshot):
    pgtrigger.register(revision.trigger())(_model)
freeze_history(Source, Domain, Article)

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.guards import speaker as guards
from claims.text.wikidata import WIKIDATA_ID
from claimtrack.db import events
from claimtrack.db.exists import exists
from claimtrack.db.names import MAX_LENGTH, FoldedField, IdentityField
from claimtrack.models import User
from claimtrack.names import fold
from claimtrack.roles import Role, role_of


def winner_of(speaker: int | models.Expression | models.F) -> models.Func:
    """Return an expression for the id of the speaker that this one was merged into, or else its own id."""
    pk = (
        speaker
        if isinstance(speaker, models.Expression | models.F)
        else models.Value(speaker, models.BigIntegerField())
    )
    return models.Func(pk, function="claims_winner", output_field=models.BigIntegerField())


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def visible_to(self, user: User | AnonymousUser | None) -> SpeakerQuerySet:
        """Return speakers of a visible claim. Contributors see all."""
        if role_of(user) >= Role.CONTRIBUTOR:
            return self
        from claims.models.claim import Claim

        return self.filter(exists(Claim.objects.visible_to(user).filter(speaker=models.OuterRef("pk"))))

    def merged_away_for(self, user: User | AnonymousUser | None) -> SpeakerQuerySet:
        """Return merged speakers, whose claims are public at the winner."""
        return self.filter(merged_into__isnull=False)

    def named(self, *names: str) -> SpeakerQuerySet:
        """Return unmerged speakers with one of these names or aliases, regardless of case, accents and punctuation."""
        aliases = Alias.objects.filter(folded__in={fold(name) for name in names})
        return self.filter(merged_into=None, pk__in=aliases.values("speaker"))

    def by_name(self, names: Iterable[str]) -> dict[str, list[Speaker]]:
        """Return the unmerged speakers that each of these names may mean, the oldest first. It never decides between namesakes."""
        folded = {name: fold(name) for name in names}
        aliases = Alias.objects.filter(folded__in=set(folded.values()), speaker__in=self.filter(merged_into=None))
        found: defaultdict[str, dict[int, Speaker]] = defaultdict(dict)
        for alias in aliases.select_related("speaker").order_by("speaker", "pk"):
            found[alias.folded][alias.speaker_id] = alias.speaker
        return {name: list(found[form].values()) for name, form in folded.items()}

    def for_list(self) -> SpeakerQuerySet:
        return self.prefetch_related(models.Prefetch("aliases", Alias.objects.order_by("pk")))


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class Speaker(models.Model):
    """Who made the claim: a person, organisation or group."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        GROUP = "group", _("Group")

    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    role = models.CharField(
        _("role"), max_length=300, blank=True, help_text=_("Today's; a claim keeps the role as it was then.")
    )
    wikidata_id = models.CharField(
        _("Wikidata id"),
        max_length=20,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(rf"^{WIKIDATA_ID}\Z")],
    )
    website = models.URLField(_("website"), max_length=2000, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("speaker"), _("speakers")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="speaker_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "organisation", "group"]), name="speaker_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(wikidata_id=None) | models.Q(wikidata_id__regex=rf"^{WIKIDATA_ID}$"),
                name="speaker_wikidata_id",
            ),
        ]
        # the desk's list
        indexes = [models.Index(fields=["name", "id"], name="speaker_names")]
        triggers = guards.SPEAKER

    def __str__(self) -> str:
        return self.name

    @property
    def described(self) -> str:
        """What distinguishes the speaker from namesakes: id, role and Wikidata id."""
        return ", ".join(filter(None, [f"{self.name} ({self.pk})", self.role, self.wikidata_id]))

    @property
    def winner(self) -> Speaker:
        """The speaker that this one was merged into, directly or through others, or else itself."""
        return self.merged_into.winner if self.merged_into else self


MAX_WORDS = 10  # more than any name has


class AliasQuerySet(models.QuerySet["Alias"]):
    def with_words(self, text: str) -> AliasQuerySet:
        """Return names in which each of these words begins a word, regardless of order, case and accents."""
        words = fold(text).split()[:MAX_WORDS]
        begun = (models.Q(folded__startswith=word) | models.Q(folded__contains=f" {word}") for word in words)
        return self.filter(*begun) if words else self.none()


@pghistory.track(events.UpdateEvent(row=pghistory.Old), events.DeleteEvent())
class Alias(models.Model):
    """A name by which a speaker is known; the speaker's own name is one."""

    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="aliases", db_index=False, verbose_name=_("speaker")
    )
    name = models.CharField(_("name"), max_length=300)
    key = IdentityField(max_length=MAX_LENGTH, editable=False, db_index=True)
    folded = FoldedField(max_length=MAX_LENGTH, editable=False, db_index=True)

    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("alias"), _("aliases")
        indexes = [
            # words inside names, and names with a similar spelling
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="alias_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "key"], name="alias_once"),
            models.CheckConstraint(condition=~models.Q(key="") & ~models.Q(folded=""), name="alias_forms"),
        ]
        triggers = guards.ALIAS

    def __str__(self) -> str:
        return self.name

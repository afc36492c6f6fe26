from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.guards import merge as guards
from claims.models.speaker import Speaker


class Merge(models.Model):
    """Two claims, or two speakers, that were merged. `moved` lists the rows that went to the winner, for the undo."""

    loser_claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, related_name="merges_lost", verbose_name=_("loser claim")
    )
    winner_claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, related_name="merges_won", verbose_name=_("winner claim")
    )
    loser_speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, related_name="merges_lost", verbose_name=_("loser speaker")
    )
    winner_speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, related_name="merges_won", verbose_name=_("winner speaker")
    )
    moved = models.JSONField(_("moved"), default=dict, help_text=_("Ids by kind of row."))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), db_default=Now())
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("merge"), _("merges")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    loser_claim__isnull=False, winner_claim__isnull=False, loser_speaker=None, winner_speaker=None
                )
                | models.Q(
                    loser_claim=None, winner_claim=None, loser_speaker__isnull=False, winner_speaker__isnull=False
                ),
                name="merge_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(loser_claim=models.F("winner_claim"))
                & ~models.Q(loser_speaker=models.F("winner_speaker")),
                name="merge_two",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone",
            ),
            models.UniqueConstraint(
                fields=["loser_claim"], condition=models.Q(undone_at=None), name="merge_claim_once"
            ),
            models.UniqueConstraint(
                fields=["loser_speaker"], condition=models.Q(undone_at=None), name="merge_speaker_once"
            ),
        ]
        triggers = guards.TRIGGERS

    def __str__(self) -> str:
        ids = {"loser": self.loser.pk, "winner": self.winner.pk}
        if self.loser_claim_id:
            return gettext("Claim %(loser)s into %(winner)s") % ids
        return gettext("Speaker %(loser)s into %(winner)s") % ids

    @property
    def kind(self) -> str:
        return "claim" if self.loser_claim_id else "speaker"

    @property
    def loser(self) -> Claim | Speaker:
        return cast(Claim | Speaker, self.loser_claim or self.loser_speaker)

    @property
    def winner(self) -> Claim | Speaker:
        return cast(Claim | Speaker, self.winner_claim or self.winner_speaker)


class Distinct(models.Model):
    """Two claims, or two speakers, judged not to be the same, so that they are not suggested as duplicates again."""

    claim_a = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+", verbose_name=_("claim a"))
    claim_b = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+", verbose_name=_("claim b"))
    speaker_a = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="+", verbose_name=_("speaker a"))
    speaker_b = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="+", verbose_name=_("speaker b"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("distinct pair"), _("distinct pairs")
        constraints = [
            models.UniqueConstraint(fields=["claim_a", "claim_b"], name="distinct_once"),
            models.UniqueConstraint(fields=["speaker_a", "speaker_b"], name="distinct_speakers_once"),
            # The comparison alone would accept NULL.
            models.CheckConstraint(
                condition=models.Q(
                    claim_a__isnull=False,
                    claim_b__isnull=False,
                    claim_a__lt=models.F("claim_b"),
                    speaker_a=None,
                    speaker_b=None,
                )
                | models.Q(
                    speaker_a__isnull=False,
                    speaker_b__isnull=False,
                    speaker_a__lt=models.F("speaker_b"),
                    claim_a=None,
                    claim_b=None,
                ),
                name="distinct_order",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(one)s is not %(other)s") % {"one": self.a, "other": self.b}

    @property
    def a(self) -> Claim | Speaker | None:
        return self.claim_a or self.speaker_a

    @property
    def b(self) -> Claim | Speaker | None:
        return self.claim_b or self.speaker_b

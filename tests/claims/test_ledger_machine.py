"""Any sequence of verbs, by anybody: the ledger stays whole, and no guard has to say what a verb should have said."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from claims import curating, reviewing
from claims.models import Appearance, Claim, Review, Speaker
from claims.transitions import BY_STATUSES, PUBLIC, Status
from claimtrack.refusals import Refused
from sources.models import Snapshot
from tests.factories import EVIDENCE, make_snapshot, make_user

pytestmark = pytest.mark.django_db

EXAMPLES = 10  # for a longer look: a few hundred
TEXT = "“One 😀 heron,” she said. “Two herons.” Three herons, four, five, six."
QUOTES = ["One 😀 heron", "Two herons", "Three herons", "four, five"]
PEOPLE = ["contributor", "moderator", "moderator2", "editor", "editor2", "nobody"]
WHO = st.sampled_from(PEOPLE)
DECIDES = st.sampled_from(["moderator", "moderator", "moderator2", "editor", "editor", "editor2", "contributor"])
ORIGINS = st.sampled_from(["desk", "desk", "desk", "claimreview"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(["Herons.", "No herons."]),
        "speaker_role": st.just("Warden"),
        "said_at": st.sampled_from(["2026", "2026-03", ""]),
    },
)
# Ways that claims often go, so that few steps reach every status.
FORWARD = {
    "proposed": ["unverified"],
    "unverified": ["in_review"],
    "in_review": ["checked", "awaiting_approval", "withdrawn"],
    "awaiting_approval": ["checked", "in_review"],
    "checked": ["in_review", "withdrawn", "checked"],
    "dismissed": ["unverified"],
    "withdrawn": ["in_review"],
}


class Ledger(RuleBasedStateMachine):
    claims, speakers, merges = Bundle("claims"), Bundle("speakers"), Bundle("merges")

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = {name: make_user(None if name == "nobody" else name.rstrip("2")) for name in PEOPLE}
        self.snapshots = [make_snapshot(TEXT), make_snapshot(TEXT + " Seven.")]
        self.versions = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def tried(self, verb, **given):
        """Call the verb; return what it made, or None where it refused by name; check what would be checked at commit."""
        try:
            made = verb(**given)
        except Refused as refusal:
            if isinstance(refusal.__cause__, IntegrityError):
                raise AssertionError("Only the database noticed.") from refusal
            return None
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return made

    @initialize(target=speakers)
    def a_speaker(self):
        return curating.create_speaker(by=self.people["contributor"], name="Ada")

    @initialize(target=claims)
    def a_claim(self):
        place = {"snapshot": self.snapshots[0], "quote": QUOTES[0]}
        return curating.propose(by=self.people["contributor"], text="Herons nest.", appearances=[place]).claim

    @rule(target=speakers, name=st.sampled_from(["Ada", "ada", "Tom"]))
    def create_speaker(self, name):
        return curating.create_speaker(by=self.people["contributor"], name=name)

    @rule(
        target=claims,
        speaker=speakers,
        known=st.booleans(),
        quote=st.sampled_from(QUOTES),
        origin=ORIGINS,
        second=st.booleans(),
    )
    def propose(self, speaker, known, quote, origin, second):
        places = [{"snapshot": self.snapshots[0], "quote": quote}]
        if second:
            places.append({"snapshot": self.snapshots[1], "quote": quote})
        speaker = Speaker.objects.get(pk=speaker.pk) if known else None
        given = {"speaker": speaker, "appearances": [] if origin == "claimreview" else places, "origin": origin}
        return self.tried(curating.propose, by=self.people["contributor"], text="Herons nest.", **given).claim

    @rule(claim=claims, who=WHO, changes=CHANGES)
    def edit(self, claim, who, changes):
        self.tried(curating.edit_claim, claim=claim, by=self.people[who], expected=None, **changes)

    @rule(claim=claims, who=WHO, speaker=speakers)
    def edit_speaker_of(self, claim, who, speaker):
        self.tried(curating.edit_claim, claim=claim, by=self.people[who], expected=None, speaker=speaker.pk)

    @rule(
        claim=claims, who=DECIDES, choice=st.integers(0, 2), verdict=st.sampled_from(["true", "false"]), changes=CHANGES
    )
    def decide(self, claim, who, choice, verdict, changes):
        onward = FORWARD[Claim.objects.get(pk=claim.pk).status]
        self.step(claim, onward[choice % len(onward)], who, verdict, changes, approval=False)

    @rule(claim=claims, to=st.sampled_from(list(Status)), who=WHO, approval=st.booleans())
    def decide_anything(self, claim, to, who, approval):
        self.step(claim, to, who, "satire", {}, approval=approval)

    @rule(claim=claims, speaker=speakers)
    def correct_the_speaker(self, claim, speaker):
        self.step(claim, Status.CHECKED, "editor", "true", {"speaker": speaker.pk}, approval=False)

    def step(self, claim, to, who, verdict, changes, *, approval):
        """Take a step with all it needs: it succeeds where allowed_steps() names it, and nowhere else."""
        claim, by = Claim.objects.get(pk=claim.pk), self.people[who]
        step = BY_STATUSES.get((Status(claim.status), Status(to)))
        given = {"rationale": "Counted.", "note": "So.", "verdict": verdict, "evidence": EVIDENCE}
        given = {name: value for name, value in given.items() if step and name in step.needs}
        if "verdict" in given:
            given["changes"] = changes
        with override_settings(CLAIMTRACK_REQUIRE_APPROVAL=approval):
            allowed = step in reviewing.allowed_steps(claim, by)
            row = self.tried(reviewing.review, claim=claim, to=to, by=by, expected=claim.version, **given)
        assert (row is not None) == allowed, f"{step} by {who}: allowed is {allowed}"
        if row and (step.assigns or step.unassigns):
            assert Claim.objects.get(pk=claim.pk).assignee == (by if step.assigns else None)

    @rule(claim=claims, who=WHO, quote=st.sampled_from(QUOTES), which=st.integers(0, 1))
    def add_appearance(self, claim, who, quote, which):
        given = {"snapshot": self.snapshots[which], "quote": quote}
        self.tried(curating.add_appearance, claim=claim, by=self.people[who], **given)

    @rule(claim=claims, who=WHO, which=st.integers(0, 3))
    def remove_appearance(self, claim, who, which):
        if found := list(Appearance.objects.filter(claim=claim).order_by("pk")):
            self.tried(curating.remove_appearance, appearance=found[which % len(found)], by=self.people[who])

    @rule(target=merges, loser=claims, winner=claims)
    def merge_claims(self, loser, winner):
        return self.merged(curating.merge_claims, loser, winner)

    @rule(target=merges, loser=speakers, winner=speakers)
    def merge_speakers(self, loser, winner):
        return self.merged(curating.merge_speakers, loser, winner)

    def merged(self, verb, loser, winner):
        made = self.tried(verb, loser=loser, winner=winner, reason="One.", by=self.people["editor"])
        return made or multiple()

    @rule(merge=merges)
    def undo(self, merge):
        self.tried(curating.undo_merge, merge=merge, by=self.people["editor2"])

    @rule(speaker=speakers, name=st.sampled_from(["ADA", "Tom", "Zoe"]))
    def rename(self, speaker, name):
        self.tried(curating.edit_speaker, speaker=speaker, by=self.people["moderator"], name=name)

    @rule(claim=claims, who=WHO, to=WHO)
    def assign(self, claim, who, to):
        self.tried(curating.assign, claim=claim, by=self.people[who], to=self.people[to])

    @rule(claim=claims, who=WHO, changes=CHANGES)
    def draft(self, claim, who, changes):
        given = {"verdict": "true", "rationale": "Half a", "evidence": [{"title": "Count"}], "changes": changes}
        self.tried(reviewing.save_draft, claim=claim, by=self.people[who], **given)

    @invariant()
    def every_claim_is_accounted_for(self):
        for claim in Claim.objects.prefetch_related("reviews", "appearances"):
            rows = sorted(claim.reviews.all(), key=lambda row: row.pk)
            publications = [row for row in rows if row.to_status == "checked"]
            decisive = [row for row in rows if row.to_status in ("checked", "withdrawn")]
            assert claim.status == (rows[-1].to_status if rows else "proposed")
            in_force = decisive[-1].verdict_id if decisive and claim.status != "withdrawn" else None
            assert claim.verdict_id == in_force
            assert claim.reviewed_at == (publications[-1].created_at if publications else None)
            earlier = [None, *(row.pk for row in publications[:-1])] if publications else []
            assert [row.replaces_id for row in publications] == earlier
            if in_force:
                assert claim.text == publications[-1].wording and not claim.merged_into_id
            if not claim.merged_into_id and claim.origin != "claimreview":
                assert claim.appearances.all()
            assert claim.version >= self.versions.get(claim.pk, 1)
            self.versions[claim.pk] = claim.version
            assert claim.assignee_id is None or claim.status in ("in_review", "awaiting_approval")

    @invariant()
    def every_quote_is_its_slice(self):
        for appearance in Appearance.objects.select_related("snapshot"):
            assert appearance.snapshot.text[appearance.start_offset : appearance.end_offset] == appearance.quote

    @invariant()
    def nobody_merged_away_has_claims(self):
        assert not Claim.objects.filter(speaker__merged_into__isnull=False).exists()
        for merged in [*Claim.objects.exclude(merged_into=None), *Speaker.objects.exclude(merged_into=None)]:
            assert merged.winner.merged_into is None and merged.winner != merged

    @invariant()
    def what_is_not_public_is_not_seen(self):
        public = {c.pk for c in Claim.objects.all() if c.status in PUBLIC and not c.merged_into_id}
        assert {claim.pk for claim in Claim.objects.public()} == public
        shown = Appearance.objects.visible_to(None)
        assert {appearance.claim_id for appearance in shown} <= public
        assert {s.pk for s in Snapshot.objects.visible_to(None)} == {appearance.snapshot_id for appearance in shown}
        assert {s.pk for s in Speaker.objects.visible_to(None)} == {
            claim.speaker_id for claim in Claim.objects.filter(pk__in=public, speaker__isnull=False)
        }
        for row in Review.objects.visible_to(None):
            assert row.step.public


def test_any_sequence_of_verbs():
    quick = settings(
        max_examples=EXAMPLES, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Ledger, settings=quick)

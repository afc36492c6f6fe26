"""Random sequences of verbs by random users: invariants hold, and verbs refuse before a guard has to."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from claims import curating, reviewing
from claims.models import Appearance, Claim, ClaimSource, ClaimTopic, Merge, Review, Speaker
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
NTH = st.integers(0, 11)
VERDICTS = st.sampled_from(["true", "false"])
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
    "dismissed": ["unverified", "proposed"],
    "withdrawn": ["in_review"],
}


class Ledger(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = {name: make_user(None if name == "nobody" else name.rstrip("2")) for name in PEOPLE}
        self.snapshots = [make_snapshot(TEXT), make_snapshot(TEXT + " Seven.")]
        self.versions = {}
        for name in ("Ada", "Tom"):
            self.create_speaker(name)
        for number, quote in enumerate(QUOTES[:3]):
            self.propose(number, quote, "desk", both=number != 1)

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def tried(self, verb, **given):
        """Call the verb, and run the deferred checks. Return what it made, or None if it refused."""
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

    def pick(self, rows, number):
        """The row of this number, around and around."""
        rows = getattr(rows, "objects", rows).order_by("pk")
        return rows[number % rows.count()]

    @rule(name=st.sampled_from(["Ada", "ada", "Zoe"]))
    def create_speaker(self, name):
        self.tried(curating.create_speaker, by=self.people["contributor"], name=name)

    @rule(nth=NTH, quote=st.sampled_from(QUOTES), origin=ORIGINS, both=st.booleans())
    def propose(self, nth, quote, origin, both):
        places = [{"snapshot": snapshot, "quote": quote} for snapshot in self.snapshots[: 1 + both]]
        speaker = self.pick(Speaker, nth) if nth % 4 else None
        given = {"speaker": speaker, "appearances": [] if origin == "claimreview" else places, "origin": origin}
        self.tried(curating.propose, by=self.people["contributor"], text="Herons nest.", **given)

    @rule(nth=NTH, who=WHO, changes=CHANGES)
    def edit(self, nth, who, changes):
        self.tried(curating.edit_claim, claim=self.pick(Claim, nth), by=self.people[who], expected=None, **changes)

    @rule(nth=NTH, who=DECIDES, speaker=NTH)
    def edit_speaker_of(self, nth, who, speaker):
        given = {"claim": self.pick(Claim, nth), "speaker": self.pick(Speaker, speaker).pk, "expected": None}
        self.tried(curating.edit_claim, by=self.people[who], **given)

    @rule(nth=NTH, choices=st.lists(st.tuples(DECIDES, NTH), min_size=1, max_size=5), verdict=VERDICTS, changes=CHANGES)
    def decide(self, nth, choices, verdict, changes):
        claim = self.pick(Claim, nth)
        for who, choice in choices:
            claim.refresh_from_db()
            onward = FORWARD[claim.status]
            self.step(claim, onward[choice % len(onward)], who, verdict, changes, approval=False)

    @rule(nth=NTH, to=st.sampled_from(list(Status)), who=WHO, approval=st.booleans())
    def decide_anything(self, nth, to, who, approval):
        self.step(self.pick(Claim, nth), to, who, "satire", {}, approval=approval)

    @rule(nth=NTH, speaker=NTH)
    def correct_the_speaker(self, nth, speaker):
        changes = {"speaker": self.pick(Speaker, speaker).pk}
        self.step(self.pick(Claim, nth), Status.CHECKED, "editor", "true", changes, approval=False)

    def step(self, claim, to, who, verdict, changes, *, approval):
        """Take a step with everything that it needs. It succeeds if allowed_steps() lists it, and only then."""
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

    @rule(nth=NTH, who=DECIDES, quote=st.sampled_from(QUOTES), which=st.integers(0, 1))
    def add_appearance(self, nth, who, quote, which):
        given = {"claim": self.pick(Claim, nth), "snapshot": self.snapshots[which], "quote": quote}
        self.tried(curating.add_appearance, by=self.people[who], **given)

    @rule(nth=NTH, who=DECIDES)
    def remove_appearance(self, nth, who):
        if Appearance.objects.exists():
            self.tried(curating.remove_appearance, appearance=self.pick(Appearance, nth), by=self.people[who])

    @rule(model=st.sampled_from([Claim, Claim, Speaker]), nth=NTH, further=NTH)
    def merge(self, model, nth, further):
        verb = curating.merge_claims if model is Claim else curating.merge_speakers
        given = {"loser": self.pick(model, nth), "winner": self.pick(model, nth + 1 + further)}
        self.tried(verb, reason="One.", by=self.people["editor"], **given)

    @precondition(lambda self: Merge.objects.filter(undone_at=None).exists())
    @rule(nth=NTH)
    def undo(self, nth):
        self.tried(
            curating.undo_merge, merge=self.pick(Merge.objects.filter(undone_at=None), nth), by=self.people["editor2"]
        )

    @rule(nth=NTH, name=st.sampled_from(["ADA", "Tom", "Zoe"]))
    def rename(self, nth, name):
        self.tried(curating.edit_speaker, speaker=self.pick(Speaker, nth), by=self.people["moderator"], name=name)

    @rule(nth=NTH, who=DECIDES, to=WHO)
    def assign(self, nth, who, to):
        self.tried(curating.assign, claim=self.pick(Claim, nth), by=self.people[who], to=self.people[to])

    @rule(nth=NTH, who=DECIDES)
    def take_over(self, nth, who):
        claim = self.pick(Claim, nth)
        if self.tried(curating.take_over, claim=claim, by=self.people[who], expected=claim.version):
            assert Claim.objects.get(pk=claim.pk).assignee == self.people[who]

    @rule(nth=NTH, who=DECIDES, person=WHO)
    def ask(self, nth, who, person):
        self.tried(curating.ask, claim=self.pick(Claim, nth), by=self.people[who], person=self.people[person])

    @rule(nth=NTH, who=DECIDES, changes=CHANGES)
    def draft(self, nth, who, changes):
        given = {"verdict": "true", "rationale": "Half a", "evidence": [{"title": "Count"}], "changes": changes}
        self.tried(curating.save_draft, claim=self.pick(Claim, nth), by=self.people[who], **given)

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
    def every_claim_is_listed_where_it_belongs(self):
        found = Appearance.objects.values_list("snapshot__article__source", "claim__created_at", "claim").distinct()
        assert set(ClaimSource.objects.values_list("source", "created_at", "claim")) == set(found)
        assert not ClaimTopic.objects.exclude(created_at=F("claim__created_at")).exists()

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

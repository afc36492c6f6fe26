"""A batch of lines has the same result as the verbs, one line after the other, whatever happens at the same time."""

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, transaction

from claims import curating, importing, reviewing
from claims.importing import batch, import_lines
from claims.models import Appearance, Claim, Review, Speaker, Topic
from tests.claims.bad_lines import BAD, TEXT, line, make_ledger
from tests.factories import make_snapshot, make_speaker, make_user, step

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
NOT_COMPARED = {"id", "claim_id", "speaker_id", "pgh_context_id", "pgh_created_at", "pgh_id", "pgh_obj_id", "topic_id",
                "created_at", "updated_at", "transaction", "created_by_id", "reviewer_id", "origin", "origin_key"}  # fmt: skip


def ledger() -> list:
    """Return the content of the ledger without ids."""

    def rows(objects) -> list:
        return sorted(str({k: v for k, v in row.items() if k not in NOT_COMPARED}) for row in objects.values())

    places: Any = apps.get_model("claims", "AppearanceEvent")
    edits: Any = apps.get_model("claims", "ClaimEvent")
    claims = [
        (
            rows(Claim.objects.filter(pk=claim.pk)),
            rows(Speaker.objects.filter(claims=claim)),
            [topic.slug for topic in claim.topics.order_by("slug")],
            *(rows(objects) for objects in (claim.appearances, claim.reviews)),
            rows(edits.objects.filter(pgh_obj=claim)),
            rows(places.objects.filter(claim_id=claim.pk)),
        )
        for claim in Claim.objects.order_by("pk")
    ]
    speakers = [(rows(Speaker.objects.filter(pk=s.pk)), rows(s.aliases)) for s in Speaker.objects.order_by("pk")]
    return [claims, speakers, rows(Topic.objects)]


def test_a_line_leaves_what_the_verbs_leave():
    snapshot, by = make_ledger(), make_user("moderator")
    with transaction.atomic():
        import_lines(lines=[line(speaker__aliases=["A. B."])], by=by, accept=True)
        imported = ledger()
        transaction.set_rollback(True)
    claim = curating.propose(
        by=by,
        text="Nine ferries sail a day.",
        appearances=[{"snapshot": snapshot, "quote": "Nine boats sail each day"}],
        speaker=curating.create_speaker(by=by, name="Ada Brook", role="Harbour master", aliases=["A. B."]),
        speaker_role="Harbour master",
        said_at="2026-03",
        language="en",
        topics=[curating.create_topic(by=by, name="Ferries")],
    ).claim
    reviewing.review(claim=claim, to="unverified", by=by, expected=None)
    assert ledger() == imported


def random_lines(seed: int) -> list[bytes]:
    """Return lines that depend on one another (namesakes, aliases, ids, repetitions), some of which are refused."""
    choose = random.Random(seed)
    people = [
        {"name": "Ada Brook"},
        {"name": "ADA BROOK", "role": "Queen"},
        {"name": "Ada Brook", "wikidata_id": "Q42"},
        {"name": "Ada Brook", "wikidata_id": "Q43"},
        {"name": "A. B.", "aliases": ["Ada Brook", "The Master"]},
        {"name": "The Master", "kind": "group"},
        {"name": "Cy Dunn", "wikidata_id": "Q51"},
        {"name": "Cy Dunn"},
        None,
    ]
    quotes = [
        "Nine boats sail each day",
        '"Nine boats',
        "Ben Hale laughed",
        "No more",
        "Ten",
        "Eight boats",
        "Nine ships",
    ]
    lines = []
    for _ in range(40):
        given: dict[str, Any] = {
            "speaker": choose.choice(people),
            "quote": choose.choice(quotes),
            "claim__topics": choose.sample(["ferries", "ports", "tides"], choose.randint(0, 2)),
            "claim__text": f"Claim {choose.randint(1, 5)}.",
        }
        given |= choose.choice([{}, {}, {"id": choose.randint(1, 9)}, {"claim__said_at": "soon"}])
        lines.append(line(**given))
    return lines + choose.sample([bad.line for bad in BAD], 5)


@pytest.mark.parametrize("seed", range(4))
def test_chunks_of_any_size_leave_the_same(seed, monkeypatch):
    snapshot, by = make_ledger(), make_user("moderator")
    make_snapshot(TEXT.replace("Nine boats", "Eight boats"), article=snapshot.article)
    lines = random_lines(seed)
    import_lines(lines=lines[:10], by=by)
    step(Claim.objects.earliest("pk"), "dismissed", by=by)
    results = []
    for size in (1, 7, 100):
        monkeypatch.setattr(importing, "CHUNK", size)
        with transaction.atomic():
            report = import_lines(lines=lines, by=by, accept=seed % 2 == 0)
            told = [(refusal.line, refusal.code, refusal.pointer) for refusal in report.refusals]
            results.append([told, report.new, report.known, report.accepted, ledger()])
            transaction.set_rollback(True)
    assert results[0][1] > 2 and len(results[0][0]) > 5
    assert results[0] == results[1] == results[2]


def test_postgresql_plans_for_the_rows_that_came(monkeypatch):
    make_ledger()
    monkeypatch.setattr(importing, "CHUNK", 1)
    import_lines(lines=[line(id=number) for number in range(6)], by=make_user("contributor"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'claims_claim'::regclass")
        assert cursor.fetchone() == (4,)


# Meanwhile


def in_the_way(monkeypatch, deed) -> None:
    """Do something once, after a batch has read the ledger and before it writes."""
    done = []

    def places(wanted):
        if not done:
            done.append(deed())
        return found(wanted)

    found = batch.anchors
    monkeypatch.setattr(batch, "anchors", places)


def test_a_speaker_who_is_merged_at_this_moment(monkeypatch):
    make_ledger()
    loser, winner, editor = make_speaker("Ada Brook"), make_speaker("Ada Lane"), make_user("editor")
    in_the_way(monkeypatch, lambda: curating.merge_speakers(loser=loser, winner=winner, reason="She.", by=editor))
    report = import_lines(lines=[line(id=number) for number in range(5)], by=editor)
    assert (report.new, report.refused) == (5, 0)


def test_only_the_line_that_a_guard_refuses_is_refused(monkeypatch):
    make_ledger()
    appearance = batch._appearance
    monkeypatch.setattr(
        batch, "_appearance", lambda new: (*appearance(new)[:2], new.columns["text"][:24], *appearance(new)[3:])
    )
    lines = [line(id=number, claim__text="Nine boats sail each day") for number in range(5)]
    report = import_lines(lines=[*lines[:3], line(id=9), *lines[3:]], by=make_user("contributor"))
    assert (report.new, [(refusal.line, refusal.code) for refusal in report.refusals]) == (5, [(4, "quote_not_slice")])


def test_a_claim_that_is_dismissed_at_this_moment(monkeypatch):
    make_ledger()
    by = make_user("moderator")
    lines = [line(id=number) for number in range(3)]
    import_lines(lines=lines, by=by)
    monkeypatch.setattr(batch.curating, "on_record", stale := Stale(batch.curating.on_record))
    step(Claim.objects.earliest("pk"), "dismissed", by=by)
    report = import_lines(lines=lines, by=by, accept=True)
    assert stale.asked > 1
    assert (report.known, report.accepted, Review.objects.filter(to_status="unverified").count()) == (3, 2, 2)


class Stale:
    """Answers the first time as if no claim had a decision."""

    def __init__(self, on_record) -> None:
        self.on_record, self.asked = on_record, 0

    def __call__(self, *args, **kwargs):
        self.asked += 1
        found = self.on_record(*args, **kwargs)
        for claim in found.values():
            if self.asked == 1:
                claim.status = "proposed"
        return found


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_nothing_is_lost_and_nothing_doubled():
    make_ledger()
    by = make_user("contributor")
    good = [line(id=number, claim__text=f"Claim {number}.") + b"\n" for number in range(importing.CHUNK + 200)]
    # What is refused is told when its chunk is in.
    file = b"".join([*good[: importing.CHUNK - 1], b"{}\n", *good[importing.CHUNK - 1 :]])
    at = connection.settings_dict
    server = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}@{quote(at['HOST'] or '', safe='')}:{at['PORT']}"
    environment = {"DATABASE_URL": f"postgresql://{server}/{at['NAME']}", "CLAIMTRACK_SECRET_KEY": "x" * 50}
    command = [sys.executable, "manage.py", "import_claims", "-", "--by", by.username]
    with (
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
        transaction.atomic(),
    ):
        process.stdin.write(file[: len(b"".join(good[: importing.CHUNK]))])
        process.stdin.flush()
        assert process.stderr.readline().startswith(f"Line {importing.CHUNK}".encode())
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE claims_claim IN SHARE MODE")
            process.stdin.write(file[len(b"".join(good[: importing.CHUNK])) :])
            process.stdin.close()
            waits = False
            while not waits:
                assert process.poll() is None
                cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted), pg_sleep(0.01)")
                waits = cursor.fetchone()[0]
        process.kill()
    assert (Claim.objects.count(), Appearance.objects.count()) == (importing.CHUNK - 1, importing.CHUNK - 1)
    report = import_lines(lines=file.splitlines(), by=by)
    assert (report.new, report.known, report.refused) == (201, importing.CHUNK - 1, 1)
    assert Claim.objects.count() == Appearance.objects.count() == len(good)

"""What a court, or a person's safety, demands is removed from wherever it is repeated, and nothing says what it was."""

import json

import pytest
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client

from claims import curating
from claims.curating import redactions
from claims.curating.places import LEFT_OUT_COLUMNS, LEFT_OUT_TABLES, left_out, places, textual
from claims.models import ExternalReview, RationaleTemplate, SavedView, Speaker, Upload, Webhook
from claims.proof import sealing, sequencing, verifying
from claims.proof.verifying.checks import Scope
from claims.webhooks.subscribing import create_webhook
from claimtrack.models import JobError, KeptAnswer
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from sources.ingesting import fetches, ingest
from sources.models import Article, RedactionProposal, Snapshot, Source
from tests.factories import EVIDENCE, make_claim, make_external_review, make_snapshot, make_user, step
from tests.psql import refusal, run
from tools.verify_receipt import REMOVED, check_receipt

pytestmark = pytest.mark.django_db

SECRET = "Quilla Marovane of 12 Hollowmere Lane"
WORDS = ["quilla", "marovane", "hollowmere"]
QUOTE = "carries nine thousand cars a day"
TEXT = f"The mayor spoke on Monday. “The bridge {QUOTE},” said {SECRET}. Nobody asked how she knew that."
BLACK = "█" * len(SECRET)
WHY = {"reason": "The address of a private person.", "order": "District Court, 4 O 118/26"}
URL = "https://harbour-paper.example/bridge"


@pytest.fixture
def editor():
    return make_user("editor")


@pytest.fixture
def snapshot():
    return make_snapshot(TEXT)


def redact(snapshot, by, text=SECRET, **given):
    ranges = redactions.parts(snapshot, text=text)
    return curating.redact(snapshot=snapshot, ranges=ranges, by=by, **{**WHY, **given})


def dump():
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            found[table] = "\n".join(row for (row,) in cursor.fetchall())
        return found


def repeating(*words):
    return {table for table, rows in dump().items() if any(word in rows.casefold() for word in words)}


def test_it_works(snapshot, editor):
    claim = make_claim("checked", snapshot=snapshot, quote=f"{QUOTE},” said {SECRET}")
    before = snapshot.sha256
    done = redact(snapshot, editor)
    snapshot.refresh_from_db()
    assert snapshot.text == TEXT.replace(SECRET, BLACK)
    row = done.snapshots.get()
    assert (row.ranges, row.sha256, row.characters) == (
        [[TEXT.index(SECRET), len(SECRET)]],
        snapshot.sha256,
        len(SECRET),
    )
    assert (done.by, done.approved_by, done.reason) == (editor, None, WHY["reason"])
    appearance = claim.appearances.get()
    assert appearance.quote == f"{QUOTE},” said {BLACK}"
    shown = Client().get(f"/api/v1/claims/{claim.pk}/").json()["provenance"][0]
    assert (shown["quote"], shown["snapshot"]["sha256"]) == (appearance.quote, snapshot.sha256)
    assert not repeating(*WORDS, before)


def test_other_articles_stay(snapshot, editor):
    other = make_snapshot(f"“{SECRET},” the porter read aloud. Nobody asked why.")
    piece = {**EVIDENCE[0], "url": other.article.url, "snapshot": other.pk, "quote": f"{SECRET},” the porter"}
    claim = make_claim("checked", snapshot=other, quote=SECRET)
    own = make_claim("in_review", snapshot=snapshot, quote=SECRET)
    step(own, "checked", by=editor, evidence=[{**piece, "title": SECRET}])
    redact(snapshot, editor)
    assert (claim.appearances.get().quote, own.appearances.get().quote) == (SECRET, BLACK)
    kept = own.reviews.get(to_status="checked").evidence.get()
    assert (kept.title, kept.quote) == (BLACK, f"{SECRET},” the porter")
    assert not [finding for check in verifying.CHECKS for finding in check.run(Scope())]


# What is edited, so that its history repeats the passage.
EDITED = [
    (Article, "byline"),
    (Source, "notes"),
    (Speaker, "role"),
    (ExternalReview, "title"),
    (RationaleTemplate, "text"),
]


def plant(snapshot, editor):
    """Bring the passage into every column that may repeat it, by the verbs where they do, else by SQL."""
    claim = make_claim("checked", snapshot=snapshot, quote=QUOTE, text=f"{SECRET} counted nine thousand cars.")
    piece = {**EVIDENCE[0], "title": SECRET, "quote": "Nobody asked how she knew"}
    piece |= {"url": snapshot.article.url, "snapshot": snapshot.pk}
    step(claim, "checked", by=editor, verdict="true", evidence=[piece], rationale=f"As {SECRET.upper()} says.")
    curating.comment(claim=claim, by=editor, text="Is it Quilla\nMarovane, of 12 Hollowmere-Lane?")
    told = {"text": f"As {SECRET} says.", "note": SECRET}
    inquiry = curating.inquire(
        claim=claim,
        by=editor,
        name=SECRET,
        asked_for="reply",
        channel="email",
        asked_on="2026-01-05",
        public=True,
        **told,
    )
    curating.record_outcome(inquiry=inquiry, by=editor, answer="none", came_on="2026-01-12", **told)
    curating.save_draft(claim=claim, by=editor, evidence=[{"quote": SECRET}], rationale=SECRET)
    other = make_claim("unverified", snapshot=snapshot, quote=QUOTE, speaker=claim.speaker)
    curating.edit_claim(claim=other, by=editor, expected=None, text=f"{SECRET} was there.")
    curating.edit_claim(claim=other, by=editor, expected=None, text="Somebody was there.")
    curating.merge_claims(loser=other, winner=claim, reason=SECRET, by=editor)
    make_external_review(claim, text=SECRET, title=SECRET)
    RationaleTemplate.objects.create(name="One", text="Two")
    SavedView.objects.create(owner=editor, name=SECRET, query="q=Quilla+Marovane+of+12+Hollowmere+Lane")
    Upload.objects.create(user=editor, name=SECRET, kind="lines", content=SECRET.encode())
    AdminEntry.objects.create(
        user=editor,
        content_type=ContentType.objects.first(),
        object_id="1",
        object_repr="",
        action_flag=2,
        change_message="",
    )
    piece = claim.appearances.first()
    answer = {"sha256": snapshot.sha256, "suffix": piece.suffix, "text": f"Is it {SECRET}?\n{SECRET}"}
    KeptAnswer.objects.create(
        user=editor, key="k", fingerprint="f", status=201, body=json.dumps(answer, ensure_ascii=False)
    )
    fetches.ask(by=editor, url="https://paper.example/slow")
    create_webhook(by=editor, name="Partner", endpoint="https://partner.example/hook", filters="q=bridge")
    Webhook.objects.update(name="Partners")
    JobError.objects.create(job=1, attempt=1, error="It failed.")
    for model, column in EDITED:
        for value in (SECRET, "Edited."):
            model.objects.update(**{column: value})
    statements = []
    for place in places():
        for column in set(place.columns) - {"quote", "prefix", "suffix", "body"}:
            if place.table == "sources_snapshot":
                continue
            if column in place.json:
                statements.append((f"UPDATE {place.table} SET {column} = %s", [json.dumps({"at": [SECRET]})]))
            else:
                statements.append((f"UPDATE {place.table} SET {column} = left(%s || {column}, 100)", [f"{SECRET} "]))
    run("SET LOCAL session_replication_role = replica", *statements, "SET LOCAL session_replication_role = origin")
    return claim


def test_a_dump_does_not_repeat_it(log, snapshot, editor):
    plant(snapshot, editor)
    sequencing.number()
    planted = repeating(*WORDS)
    assert {place.table for place in places()} <= planted
    assert {"claims_frequencychange", "claims_document", "claims_logopening", "claims_upload"} <= planted
    before = snapshot.sha256
    assert {"sources_article", "claims_logopening", "claimtrack_keptanswer"} <= repeating(before)

    redact(snapshot, editor, reason="Gone.")
    assert repeating(*WORDS) == set()
    assert repeating(before) == set()


def test_every_column_of_text_is_looked_at_or_left_out_for_a_reason():
    looked_at = {(place.table, column) for place in places() for column in place.columns}
    every = {(model._meta.db_table, field.column): model for model, field in textual()}
    assert looked_at == {(table, column) for (table, column), model in every.items() if not left_out(model, column)}
    named = {table for table, _ in every} | {column for _, column in every} | {f"{t}.{c}" for t, c in every}
    assert set(LEFT_OUT_TABLES) | set(LEFT_OUT_COLUMNS) <= named, "these are gone"


def test_a_receipt_still_verifies_and_says_what_was_removed(log, snapshot, editor):
    claim = make_claim("checked", snapshot=snapshot, quote=f"{QUOTE},” said {SECRET}")
    sequencing.number()
    redact(snapshot, editor)
    sequencing.number()
    receipt = Client().get(f"/api/v1/claims/{claim.pk}/receipt/").json()
    assert SECRET not in json.dumps(receipt, ensure_ascii=False)
    entries = {leaf["kind"]: body for leaf, body in check_receipt(receipt, log.verifier)}
    assert entries["publication"]["claim"]["provenance"][0]["quote"] == REMOVED
    assert entries["publication"]["claim"]["text"] == claim.text, "what stays can still be opened"
    assert entries["snapshot"]["snapshot"]["sha256"] == REMOVED
    assert entries["redaction"]["redaction"]["reason"] == WHY["reason"]
    assert entries["redaction"]["redaction"]["snapshots"][0]["ranges"] == [[TEXT.index(SECRET), len(SECRET)]]


def test_the_ledger_still_verifies(log, snapshot, editor):
    claim = make_claim("checked", snapshot=snapshot, quote=f"{QUOTE},” said {SECRET}", text=f"{SECRET} counts.")
    step(claim, "checked", by=editor, verdict="true", rationale=f"As {SECRET} says.")
    other = make_claim("unverified", snapshot=snapshot, quote=QUOTE, text=SECRET)
    curating.edit_claim(claim=other, by=editor, expected=None, text="Another wording.")
    sealing.seal()
    sequencing.number()
    redact(snapshot, editor)
    step(claim, "checked", by=editor, verdict="false")
    sealing.seal()
    sequencing.number()
    run()
    scope = Scope()
    found = [str(finding) for check in verifying.CHECKS for finding in check.findings(scope)]
    assert not found, found


@pytest.mark.parametrize(
    ("text", "is_new", "reason"),
    [
        (TEXT, False, "the same text"),
        (TEXT.replace("Monday", "Tuesday"), True, "a newer text that still has it"),
        (
            TEXT.replace("Monday", "Tuesday").replace(SECRET, SECRET.upper().replace(" ", "\n")),
            True,
            "set in another way",
        ),
    ],
)
def test_a_later_reading_is_redacted_before_it_is_stored(editor, text, is_new, reason):
    first = ingest(by=editor, url=URL, text=TEXT, title=f"At home with {SECRET}")
    redact(first.snapshot, editor)
    again = ingest(by=editor, url=URL, text=text, title=f"Once more with {SECRET}")
    assert (again.article, again.snapshot_is_new) == (first.article, is_new), reason
    assert again.snapshot.text.count("█") == len(SECRET)
    assert not repeating(*WORDS)


def test_so_is_a_text_without_an_address(editor):
    first = ingest(by=editor, source_name="Harbour Radio", text=TEXT)
    redact(first.snapshot, editor)
    again = ingest(by=editor, source_name="Harbour Radio", text=TEXT)
    assert (again.article, again.snapshot, again.snapshot_is_new) == (first.article, first.snapshot, False)
    other = ingest(by=editor, source_name="Harbour Radio", text=f"Another talk with {SECRET}.")
    assert "█" not in other.snapshot.text


def test_without_the_key_the_article_is_not_read(editor, settings):
    first = ingest(by=editor, url=URL, text=TEXT)
    redact(first.snapshot, editor)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    with pytest.raises(Conflict) as refused:
        ingest(by=editor, url=URL, text=TEXT)
    assert refused.value.code == "redaction_key"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert ingest(by=editor, url=URL, text=TEXT).snapshot == first.snapshot


def test_snapshots_that_would_become_the_same_stay_two(editor):
    first = ingest(by=editor, url=URL, text=TEXT)
    second = ingest(by=editor, url=URL, text=TEXT.replace(SECRET, SECRET.upper()))
    redact(first.snapshot, editor)
    texts = Snapshot.objects.filter(pk__in=[first.snapshot.pk, second.snapshot.pk]).values_list("text", flat=True)
    assert len(set(texts)) == 2
    assert not repeating(*WORDS)


def test_a_claim_that_awaits_approval_loses_it_too(snapshot, editor):
    claim = make_claim("awaiting_approval", snapshot=snapshot, quote=SECRET, text=f"{SECRET} counts.")
    redact(snapshot, editor)
    claim.refresh_from_db()
    assert (claim.text, claim.appearances.get().quote) == (f"{BLACK} counts.", BLACK)
    assert step(claim, "checked", by=make_user("editor")).wording == claim.text


def test_words_in_longer_words_stay(editor):
    snapshot = make_snapshot("Anna Berg lives in Annabergen. Joanna Bergner knows Anna Berg.")
    redact(snapshot, editor, text="anna berg")
    snapshot.refresh_from_db()
    assert snapshot.text == "█████████ lives in Annabergen. Joanna Bergner knows █████████."


CUT = [
    # the text, the part that is given, the text afterwards, why
    ("Anna Berg lives here.", "na Be", "█████████ lives here.", "it begins and ends inside words"),
    ("Call 0170 555012 now.", "170 5550", "Call ███████████ now.", "numbers are words"),
    ("住所は青葉町三丁目です。", "青葉町三丁目", "住所は██████です。", "a script without blanks has no words to cut"),
    ("ⓐnnab Berg lives here.", "nnab", "ⓐ████ Berg lives here.", "a sign that is no letter begins a word"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part", "left", "reason"), CUT)
def test_a_part_that_cuts_a_word_takes_the_whole_word(editor, text, part, left, reason):
    snapshot = make_snapshot(text)
    ranges = redactions.parts(snapshot, ranges=[(text.index(part), len(part))])
    curating.redact(snapshot=snapshot, ranges=ranges, by=editor, **WHY)
    snapshot.refresh_from_db()
    assert snapshot.text == left, reason


def test_the_api_and_the_pages_say_that_it_was_removed(client, settings, snapshot, editor):
    claim = make_claim("checked", snapshot=snapshot, quote=QUOTE)
    redact(snapshot, editor)
    [shown] = client.get(f"/api/v1/articles/{snapshot.article_id}/").json()["snapshots"]
    [row] = shown["redactions"]
    assert (row["reason"], row["characters"], row["ranges"]) == (
        WHY["reason"],
        len(SECRET),
        [[TEXT.index(SECRET), len(SECRET)]],
    )
    page = client.get(f"/claims/{claim.pk}/").content.decode()
    assert f"{len(SECRET)} characters were removed" in page
    assert WHY["reason"] in page
    assert WHY["order"] not in page
    client.force_login(editor)
    assert (
        f"{len(SECRET)} characters of this article"
        in client.get(f"/admin/sources/article/{snapshot.article_id}/change/").content.decode()
    )


REFUSED = [
    # what is given, its refusal, why
    ({"reason": " "}, "required", "a reason is public"),
    ({"order": ""}, "required", "so is what it rests on, at the desk"),
    ({"reason": f"{SECRET} asked for it."}, "repeats_passage", "the reason stays"),
    ({"text": "Nobody has this"}, "passage_absent", "it is not in the text"),
    ({"text": "of."}, "passage_short", "it would be found everywhere"),
    ({"text": ""}, "required", "a passage"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code", "reason"), REFUSED)
def test_it_is_refused(snapshot, editor, given, code, reason):
    with pytest.raises(Invalid) as refused:
        redact(snapshot, editor, **given)
    assert refused.value.code == code, reason


def test_a_moderator_may_not(snapshot):
    with pytest.raises(NotAllowed):
        redact(snapshot, make_user("moderator"))


def propose(snapshot, by):
    return curating.propose_redaction(snapshot=snapshot, ranges=redactions.parts(snapshot, text=SECRET), by=by, **WHY)


def test_with_approval_it_takes_two(settings, snapshot, editor):
    settings.CLAIMTRACK_REQUIRE_APPROVAL = True
    with pytest.raises(Conflict) as refused:
        redact(snapshot, editor)
    assert refused.value.code == "approval_required"
    second = make_user("editor")
    done = curating.approve_redaction(proposal=propose(snapshot, editor), by=second)
    assert (done.by, done.approved_by) == (editor, second)
    assert not repeating(*WORDS)


def test_nobody_approves_their_own(snapshot, editor):
    proposal = propose(snapshot, editor)
    with pytest.raises(NotAllowed) as refused:
        curating.approve_redaction(proposal=proposal, by=editor)
    assert refused.value.code == "own_proposal"
    assert (
        refusal(
            (
                "INSERT INTO claimtrack_redaction (reason, \"order\", by_id, approved_by_id, rows) VALUES ('x', 'x', %s, %s, '{}')",
                [editor.pk, editor.pk],
            )
        )
        == "redaction_two_persons"
    )


def test_what_is_decided_stays_so(snapshot, editor):
    proposal = propose(snapshot, editor)
    curating.decline_redaction(proposal=proposal, by=editor)
    with pytest.raises(Conflict) as refused:
        curating.approve_redaction(proposal=proposal, by=make_user("editor"))
    assert refused.value.code == "decided"
    assert RedactionProposal.objects.get().decided_by == editor

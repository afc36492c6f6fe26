"""The serving role does everything that the site and its commands do: verbs, imports, the desk and the API.

The `served` test connects as that role, which owns nothing. The demo of the fixture was loaded by it too: every step of the
verification, ingests, drafts.
"""

import inspect
from io import StringIO

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims import curating, reviewing
from claims.curating import redactions
from claims.models import Claim, SourceChange, Speaker, Verdict
from claims.models.document import catch_up, fill_absent
from claims.webhooks import subscribing, watching
from claimtrack.models import Token
from sources.curating import create_source
from sources.ingesting import ingest
from sources.models import Reading
from tests.claims.bad_lines import line
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import (
    QUOTE,
    WAYS,
    make_claim,
    make_external_review,
    make_snapshot,
    make_speaker,
    make_topic,
    make_user,
)
from tests.operations.conftest import SERVING
from tests.psql import value

LISTS = ["claims", "claims.csv", "claims.ndjson", "claims.jsonld", "claims/facets", "claims/changes", "speakers"]
LISTS += ["sources", "articles", "topics", "verdicts", "external-reviews"]
OTHERS = ["/feeds/verdicts/", "/feeds/corrections/", "/feeds/claimreview/", "/annotations/"]


@pytest.fixture(autouse=True)
def as_the_serving_role(served):
    assert value("SELECT current_user") == SERVING


def test_every_status_is_reached():
    assert {make_claim(status).status for status in WAYS} == {*WAYS}


def redact_a_passage(editor):
    make_claim("checked", snapshot=(snapshot := make_snapshot()), quote=QUOTE)
    why = {"reason": "A private person.", "order": "4 O 118/26", "by": editor}
    parts = [redactions.parts(snapshot, text=text) for text in ("on Monday", "The mayor", "Nobody asked")]
    curating.preview_redaction(snapshot=snapshot, ranges=parts[0], by=editor)
    curating.redact(snapshot=snapshot, ranges=parts[0], **why)
    approved, declined = (curating.propose_redaction(snapshot=snapshot, ranges=part, **why) for part in parts[1:])
    curating.approve_redaction(proposal=approved, by=make_user("editor"))
    curating.decline_redaction(proposal=declined, by=editor)


def claims_and_speakers(editor, moderator):
    """Call each verb of `claims.curating` that changes something; return the names of those called."""
    claim = make_claim("unverified")
    twin = make_claim("unverified", speaker=claim.speaker)
    curating.edit_claim(claim=claim, by=editor, expected=None, text="Another wording.")
    added = curating.add_appearance(claim=claim, by=editor, snapshot=make_snapshot(), quote=QUOTE)
    curating.remove_appearance(appearance=added, by=editor)
    taken = curating.take_over(claim=make_claim("in_review"), by=editor, expected=None).claim
    curating.assign(claim=taken, by=editor, to=moderator)
    curating.ask(claim=taken, by=editor, person=moderator)
    curating.ask(claim=taken, by=editor, person=None)
    curating.save_draft(claim=taken, by=moderator, rationale="So far.")
    curating.discard_draft(claim=taken, by=moderator)
    curating.undo_merge(merge=curating.merge_claims(loser=twin, winner=claim, reason="The same.", by=editor), by=editor)
    curating.judge_distinct(a=claim, b=twin, by=editor)
    speaker, namesake = make_speaker(), make_speaker()
    curating.edit_speaker(speaker=speaker, by=editor, name="Renamed by the serving role")
    curating.remove_alias(alias=curating.add_alias(speaker=speaker, by=editor, name="Also known"), by=editor)
    curating.merge_speakers(loser=namesake, winner=speaker, reason="The same.", by=editor)
    curating.create_topic(by=editor, name="Serving role")
    judgement = Verdict(code="serving", label="Serving role", position=99)
    curating.save_step(step=judgement, by=editor)
    curating.remove_step(step=judgement, by=editor)
    checked, snapshots = make_claim("checked"), [make_snapshot(), make_snapshot()]
    one, other = (
        curating.suggest_appearance(claim=checked, by=moderator, snapshot=found, quote=QUOTE) for found in snapshots
    )
    curating.accept_suggestion(suggestion=one, by=editor)
    curating.decline_suggestion(suggestion=other, by=editor)
    article = checked.appearances.order_by("pk")[0].snapshot.article
    later = make_snapshot("The bridge is closed.", article=article)
    assert curating.compare(article, by=moderator) == 1
    curating.decide_source(
        change=SourceChange.objects.get(later=later).pk, later=later.pk, by=editor, decision="removed"
    )
    reading = Reading.objects.create(article=article, url=article.url)
    curating.keep_archive(reading=reading, by=moderator, archive_url="https://archive.example/bridge")
    _, [warning] = curating.read_page(index=0, given={"url": "ftp://serving.example/report"}, by=moderator)
    assert warning.code == "no_snapshot"
    redact_a_passage(editor)
    curating.withdraw_comment(comment=curating.comment(claim=claim, by=editor, text="Who counted?"), by=editor)
    curating.review_topic_after(topic=make_topic("serving"), by=editor, days=90)
    inquiry = curating.inquire(
        claim=checked, by=moderator, asked_for="reply", channel="email", asked_on="2026-01-05", note="The press office."
    )
    curating.record_outcome(inquiry=inquiry, by=moderator, answer="none", came_on="2026-01-12")
    curating.withdraw_told(row=curating.publish_told(row=inquiry, by=editor), by=editor)
    return {
        *("propose", "create_speaker"),  # by the factories
        *("review_topic_after", "inquire", "record_outcome", "publish_told", "withdraw_told"),
        *(
            "edit_claim",
            "add_appearance",
            "remove_appearance",
            "assign",
            "take_over",
            "ask",
            "save_draft",
            "discard_draft",
            "merge_claims",
            "undo_merge",
            "judge_distinct",
        ),
        *("edit_speaker", "add_alias", "remove_alias", "merge_speakers", "create_topic"),
        *("save_step", "remove_step"),
        *("redact", "propose_redaction", "approve_redaction", "decline_redaction", "preview_redaction"),
        *("comment", "withdraw_comment"),
        *("suggest_appearance", "accept_suggestion", "decline_suggestion", "read_page"),
        *("compare", "decide_source", "keep_archive"),
    }


def test_every_verb_of_webhooks():
    editor = make_user("editor")
    made = subscribing.create_webhook(
        by=editor, name="Serving", endpoint="https://news.example/", filters="status=checked"
    )
    subscribing.edit_webhook(webhook=made, by=editor, name="Served")
    subscribing.rotate_secret(webhook=made, by=editor)
    subscribing.replay_webhook(webhook=made, by=editor, since="beginning")
    subscribing.send_test(webhook=made, by=editor)
    # No test connects beyond this machine, so what is sent waits.
    subscribing.pause_webhook(webhook=made, by=editor)
    assert watching.send_due() == 0
    subscribing.resume_webhook(webhook=made, by=editor)
    subscribing.remove_webhook(webhook=made, by=editor)


def test_every_verb():
    editor, moderator = make_user("editor"), make_user("moderator")
    verbs = {
        name
        for name, member in inspect.getmembers(curating, inspect.isfunction)
        if "by" in inspect.signature(member).parameters
    }
    assert claims_and_speakers(editor, moderator) == verbs - {"on_record"}, "a new verb is called here too"
    claim = make_claim("in_review")
    reviewing.accept(claims=[make_claim("proposed").pk], by=moderator)
    create_source(by=moderator, name="Serving Post", domains=["serving.example"])
    ingest(by=moderator, url="https://serving.example/1", text="Nine boats sail.")
    make_external_review(claim)


def test_imports_and_other_commands(tmp_path):
    file = tmp_path / "claims.ndjson"
    file.write_bytes(b"\n".join(line(id=f"serving {number}") for number in range(2_001)))  # a second chunk counts rows
    moderator = make_user("moderator").username
    call_command("import_claims", str(file), "--by", moderator, "--accept", stdout=StringIO())
    assert Claim.objects.filter(origin="import", status="unverified", created_by__username=moderator).count() == 2_001
    call_command("create_token", moderator, "--scope", "review", stdout=StringIO())
    assert Token.objects.filter(user__username=moderator).exists()
    speaker = Speaker.objects.get(name="Ada Brook")
    curating.edit_speaker(speaker=speaker, by=make_user("editor"), name="Ada Brook-Hale")
    assert catch_up()
    assert fill_absent()


def test_the_api():
    token = make_token("editor")
    site = Client(headers=bearing(token))
    claim = make_claim("checked", topics=["piers"])
    for path in [*(f"/api/v1/{name}/" if "." not in name else f"/api/v1/{name}" for name in LISTS), *OTHERS]:
        for client in (site, Client()):
            answer = client.get(path)
            assert answer.status_code == 200 and answer.getvalue(), path
    assert site.get(f"/api/v1/claims/{claim.pk}/reviews/").status_code == 200
    for number in range(2):
        made = site.post(
            "/api/v1/topics/",
            {"name": "Piers and quays"},
            content_type="application/json",
            headers={"Idempotency-Key": "serving"},
        )
        assert (made.status_code, "Idempotent-Replayed" in made) == (201, bool(number))
    bulk = site.post("/api/v1/claims/bulk/", line(id="serving api"), content_type="application/x-ndjson")
    assert bulk.json()["new"] == 1


def test_the_desk():
    editor = make_user("editor")
    desk = Client()
    desk.force_login(editor)
    claim = make_claim("proposed")
    lists = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry]
    opened = [desk.get(reverse(name)).status_code for name in ["admin:index", *lists]]
    assert {*opened} <= {200, 403} and opened[0] == 200, "users are for superusers"
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    assert desk.get(page).status_code == 200
    form = {"expected": claim.version, "evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0", "seen": "2020"}
    assert desk.post(page, {**form, "action": "step:accept"}).status_code == 302
    assert Claim.objects.get(pk=claim.pk).status == "unverified"
    desk.logout()
    connection.close()

"""Documents are right or absent, whatever changes, and only functions of the database write them."""

import pytest
from django.core.management import call_command

from claims import curating
from claims.models import Claim, Document, Stale, Topic
from claims.models.document import catch_up
from sources.models import Article, Domain, Source
from tests.factories import make_claim, make_external_review, make_snapshot, make_source, make_speaker, make_user
from tests.psql import refusal, run, value

pytestmark = pytest.mark.django_db

# Documents that are believed and wrong.
WRONG = """
    SELECT count(*) FROM claims_document d LEFT JOIN LATERAL claims_compose(d.claim_id) c ON true
    WHERE (d.head, d.tail) IS DISTINCT FROM (c.head, c.tail) AND NOT claims_is_stale(d.claim_id)"""


def absent():
    return Claim.objects.filter(document=None).count()


def test_it_works():
    claim = make_claim("checked", topics=["traffic"])
    assert f'"text":"{claim.text}"' in claim.document.head
    assert claim.document.tail.startswith('"speaker":{"id":')
    assert (value(WRONG), absent(), Stale.objects.count()) == (0, 0, 0)


def test_a_change_of_the_claim_renews_its_document():
    claim, by = make_claim(topics=["traffic"]), make_user("editor")
    curating.edit_claim(claim=claim, by=by, expected=None, text="Another wording.", topics=[Topic.objects.get()])
    curating.add_appearance(claim=claim, by=by, snapshot=make_snapshot(), quote="The mayor spoke on Monday")
    assert '"text":"Another wording."' in Document.objects.get().head
    assert Document.objects.get().tail.count('"quote":') == 2
    assert (value(WRONG), Stale.objects.count()) == (0, 0)


# What is changed → the kind of mark that it leaves.
SHARED = {
    "a speaker's name": (
        lambda c: curating.edit_speaker(speaker=c.speaker, by=make_user("editor"), name="New"),
        "speaker",
    ),
    "a topic's slug": (lambda c: Topic.objects.update(slug="new"), "topic"),
    "a source's name": (lambda c: Source.objects.update(name="New"), "source"),
    "an article's title": (lambda c: Article.objects.update(title="New"), "article"),
    "an article's current snapshot": (lambda c: make_snapshot("New.", article=Article.objects.get()), "article"),
    "an article's source": (lambda c: Article.objects.update(source=make_source()), "article"),
    "the domain of an article without address": (lambda c: Domain.objects.update(host="new.example"), "domain"),
}


@pytest.mark.parametrize("what", SHARED)
def test_what_claims_share_leaves_a_mark(what):
    change, kind = SHARED[what]
    claim = make_claim(topics=["traffic"], snapshot=make_snapshot(canonical_url=None, source=make_source()))
    before = Document.objects.get(claim=claim)
    change(claim)
    assert {mark.kind for mark in Stale.objects.all()} == {kind}
    assert (value(WRONG), Document.objects.get().tail) == (0, before.tail)
    assert catch_up()
    assert (value(WRONG), Stale.objects.count()) == (0, 0)
    assert Document.objects.get().tail != before.tail


def test_what_no_claim_shows_leaves_no_mark():
    snapshot, speaker = make_snapshot(), make_speaker()
    Source.objects.update(name="New")
    Article.objects.update(title="New")
    curating.edit_speaker(speaker=speaker, by=make_user("editor"), name="New")
    Domain.objects.create(source=snapshot.article.source, host="new.example")
    Source.objects.filter(pk=make_claim().appearances.get().snapshot.article.source_id).update(notes="Ours alone.")
    assert not Stale.objects.exists()


def test_a_batch_is_composed_once():
    speaker = make_speaker()
    for _ in range(3):
        make_claim(speaker=speaker)
    curating.edit_speaker(speaker=speaker, by=make_user("editor"), name="New")
    run("SET LOCAL track_functions = 'pl'")
    composed = "SELECT coalesce(max(calls), 0) FROM pg_stat_xact_user_functions WHERE funcname = 'claims_compose'"
    before = value(composed)
    assert catch_up()
    assert value(composed) - before == 3


def test_a_mark_is_worked_off_in_batches():
    speaker = make_speaker()
    claims = [make_claim(speaker=speaker) for _ in range(3)]
    curating.edit_speaker(speaker=speaker, by=make_user("editor"), name="New")
    mark = Stale.objects.get()
    # As after a first batch of one claim.
    run(
        "ALTER TABLE claims_stale DISABLE TRIGGER USER",
        f"UPDATE claims_stale SET done = {claims[0].pk}",
        "ALTER TABLE claims_stale ENABLE TRIGGER USER",
    )
    assert value(WRONG) == 1  # the first is believed again
    assert [value("SELECT claims_is_stale(%s)", claim.pk) for claim in claims] == [False, True, True]
    assert value("SELECT claims_catch_up(%s)", mark.pk)
    assert [claim.pk for claim in claims if '"name":"New"' in Document.objects.get(claim=claim).tail] == [
        claims[1].pk,
        claims[2].pk,
    ]


def test_the_command_fills_in_what_is_absent():
    make_claim(), make_claim()
    revision, changes = value("SELECT sum(value) FROM claimtrack_revision"), value("SELECT count(*) FROM claims_change")
    run("TRUNCATE claims_document")
    call_command("documents")
    assert (value(WRONG), absent()) == (0, 0)
    assert value("SELECT sum(value) FROM claimtrack_revision") == revision
    assert value("SELECT count(*) FROM claims_change") == changes


def test_a_claim_that_goes_takes_its_document_along():
    review = make_external_review(text="No page says so.")
    review.delete()
    assert Document.objects.count() == 1
    review.claim.delete()
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO claims_document VALUES (0, '', '')",
        "UPDATE claims_document SET head = ''",
        "DELETE FROM claims_document",
        "INSERT INTO claims_stale (kind, row_id, done) VALUES ('topic', 1, 0)",
        "DELETE FROM claims_stale",
    ],
)
def test_nobody_else_writes_them(statement):
    make_claim()
    assert refusal(statement) == "derived"


def test_a_temporary_table_of_the_same_name_is_not_read():
    """The functions run as their owner: they look into nobody's own tables."""
    claim = make_claim()
    run("CREATE TEMP TABLE claims_claim ON COMMIT DROP AS SELECT * FROM claims_claim")
    run("UPDATE pg_temp.claims_claim SET text = 'Forged.'")
    value("SELECT claims_renew_documents(%s)", [claim.pk])
    assert "Forged" not in Document.objects.get().head

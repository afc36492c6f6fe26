"""The desk decides what a change at the source means: on record for good, public, and no status."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from claims import curating, reviewing
from claims.models import Change, Claim, LogEntry, SourceChange, SourceDecision
from claims.proof import verifying
from claims.proof.verifying.checks import Scope
from claimtrack.db import revision
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import QUOTE, TEXT, make_claim, make_snapshot, make_user

SENTENCE = f"“{QUOTE},” she said."
SOFTER = TEXT.replace("nine thousand", "four thousand")
LATER = SENTENCE.replace("nine thousand", "four thousand")
GONE = TEXT.replace(f"{SENTENCE} ", "")


def changed(status="unverified", text=SOFTER, claim=None):
    """A claim whose article says something else now, and what waits for the desk."""
    claim = claim or make_claim(status)
    article = claim.appearances.get().snapshot.article
    make_snapshot(text, article=article)
    curating.compare(article, by=make_user("contributor"))
    return claim, SourceChange.objects.filter(claim=claim).first()


def decide(row, by=None, decision="corrected", **given):
    by = by or make_user("editor")
    return curating.decide_source(**{"change": row.pk, "later": row.later_id, "by": by, "decision": decision, **given})


@pytest.mark.django_db
def test_it_works():
    claim, row = changed("checked")
    before = Claim.objects.get(pk=claim.pk)
    made = decide(row)
    assert (made.kind, made.decision, made.quote, made.later_quote) == ("changed", "corrected", SENTENCE, LATER)
    assert not SourceChange.objects.exists() and SourceDecision.objects.get() == made
    after = Claim.objects.get(pk=claim.pk)
    assert (after.status, after.verdict, after.version) == (before.status, before.verdict, before.version)
    curating.compare(row.later.article, by=make_user("contributor"))
    assert not SourceChange.objects.exists(), "it is not asked again about what was decided"


@pytest.mark.django_db
def test_each_later_change_is_asked_about_once():
    claim, row = changed()
    decide(row, decision="same_claim")
    _, gone = changed(claim=claim, text=GONE)
    assert (gone.kind, gone.later_start) == ("gone", None)
    decide(gone, decision="removed")
    assert changed(claim=claim, text=GONE + " More was said.")[1] is None
    _, back = changed(claim=claim, text=SOFTER + " More was said.")
    assert back.kind == "changed"
    assert changed(claim=claim, text=TEXT + " As at first.")[1] is None, "nothing waits where the text is as it was"


@pytest.mark.django_db
def test_a_note_is_asked_about_once():
    note = "Correction: an earlier version of this article gave another number."
    claim, row = changed(text=f"{TEXT}\n{note}")
    assert row.kind == "note"
    assert decide(row).later_quote == note
    assert changed(claim=claim, text=f"{TEXT}\n{note}\nMore was said.")[1] is None


@pytest.mark.django_db
def test_what_waits_follows_the_newest_text():
    claim, row = changed()
    _, newer = changed(claim=claim, text=GONE)
    assert SourceChange.objects.get() == newer and newer.pk == row.pk and newer.kind == "gone"
    with pytest.raises(Conflict) as refusal:
        decide(row)
    assert refusal.value.code == "decided", "somebody saw another text"


@pytest.mark.django_db
def test_roles():
    _, row = changed("checked")
    with pytest.raises(NotAllowed, match="takes an Editor"):
        decide(row, by=make_user("moderator"))
    with pytest.raises(NotAllowed, match="takes a Moderator"):
        decide(row, by=make_user("contributor"))
    _, row = changed("unverified")
    assert decide(row, by=make_user("moderator"))


@pytest.mark.django_db
def test_refusals():
    _, row = changed()
    with pytest.raises(Invalid) as refusal:
        decide(row, decision="false")
    assert refusal.value.field == "decision"
    decide(row)
    with pytest.raises(Conflict) as conflict:
        decide(row)
    assert conflict.value.code == "decided"


def refused(sql, *values):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return error.value.__cause__.diag.constraint_name


@pytest.mark.django_db
def test_the_database_refuses_it_too():
    _, row = changed()
    made, other = decide(row), make_snapshot("A text of another article.")
    table = "claims_sourcedecision"
    assert refused(f"UPDATE {table} SET decision = 'removed'") == "frozen"
    assert refused(f"DELETE FROM {table}") == "frozen"
    copied = "claim_id, snapshot_id, start_offset, end_offset, decision, by_id, at"
    copy = f"INSERT INTO {table} ({copied}, kind, later_id) SELECT {copied}, %s, %s FROM {table} WHERE id = {made.pk}"
    assert refused(copy, "changed", made.later_id) == "source_decision_offsets", "changed, and nowhere"
    assert refused(copy, "gone", other.pk) == "source_decision", "of another article"


@pytest.mark.django_db(transaction=True)
def test_readers_and_the_feed_are_told():
    claim, row = changed("checked")
    before, feed = revision.current(), Change.objects.filter(kind="claim", row_id=claim.pk).count()
    decide(row)
    assert revision.current() > before
    assert Change.objects.filter(kind="claim", row_id=claim.pk).count() == feed + 1


@pytest.mark.django_db
def test_it_is_in_the_log_and_verified(log):
    claim, row = changed("checked")
    made = decide(row)
    entry = LogEntry.objects.get(kind="source_decision")
    assert entry.claim == claim and LATER not in entry.body, "texts are salted"
    assert _found() == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE claims_sourcedecision SET decision = 'removed'")
        cursor.execute("SET session_replication_role = origin")
    assert [str(one) for one in _found()] == [
        f"claims_sourcedecision {made.pk}: its source_decision.decision is not what entry {entry.pk} says"
    ]


def _found():
    [check] = [one for one in verifying.CHECKS if one.name == "every decision about a source is what its entry says"]
    return list(check.run(Scope()))


@pytest.mark.django_db
def test_the_desk_sees_before_and_after_and_decides(client):
    claim, row = changed("checked")
    client.force_login(make_user("moderator"))
    page = reverse("admin:claims_sourcechange_changelist")
    assert "an Editor decides" in client.get(page).content.decode()
    client.force_login(make_user("editor"))
    assert "1 change at the source to decide" in client.get(reverse("admin:index")).content.decode()
    shown = client.get(page).content.decode()
    assert "<del>nine</del><ins>four</ins> thousand" in shown and claim.text in shown
    answer = client.post(page, {"change": row.pk, "later": row.later_id, "decision": "corrected"}, follow=True)
    assert "Decided: Corrected by the paper." in answer.content.decode() and "Nothing waits" in answer.content.decode()
    assert (
        "already"
        in client.post(page, {"change": row.pk, "later": "x", "decision": "removed"}, follow=True).content.decode()
    )


@pytest.mark.django_db
def test_the_desk_pages_take_few_queries(client, django_assert_max_num_queries):
    for _ in range(3):
        changed("checked")
    client.force_login(make_user("editor"))
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:claims_sourcechange_changelist"))


@pytest.mark.django_db
def test_readers_see_it_beside_the_claim(client):
    claim, _ = changed("checked")
    address = f"/api/v1/claims/{claim.pk}/source-decisions/"
    assert client.get(address).json()["results"] == []
    assert client.get("/api/v1/source-changes/").json()["results"] == [], "what waits is the desk's"
    client.force_login(make_user("editor"))
    [waits] = client.get("/api/v1/source-changes/").json()["results"]
    given = {"change": waits["id"], "later_snapshot": waits["later_snapshot"], "decision": "corrected"}
    assert client.post(address, given, "application/json").status_code == 201
    client.logout()
    [told] = client.get(address).json()["results"]
    assert (told["kind"], told["decision"], told["by"]) == ("changed", "corrected", "The desk")
    assert (told["earlier"]["quote"], told["later"]["quote"]) == (SENTENCE, LATER)
    shown = client.get(f"/claims/{claim.pk}/").content.decode()
    assert "The article was corrected." in shown and "<del>nine</del><ins>four</ins> thousand" in shown


@pytest.mark.django_db
def test_a_decision_about_a_hidden_claim_is_hidden(client):
    claim, row = changed("unverified")
    decide(row)
    address = f"/api/v1/claims/{claim.pk}/source-decisions/"
    assert len(client.get(address).json()["results"]) == 1
    reviewing.review(claim=claim, to="dismissed", by=make_user("editor"), expected=None, rationale="Not for us.")
    assert client.get(address).status_code == 404

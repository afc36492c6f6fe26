"""The feed of changes misses nothing, and shows nothing that was never public. Transactions are real, since their ids order it."""

from time import monotonic

import pytest
from django.db import connection
from django.test import Client

from claims import curating
from claims.models import Claim, Topic, Verdict
from claimtrack.models import Era
from sources.models import Article, Domain, Source
from tests.factories import make_claim, make_snapshot, make_user, step, take_to

pytestmark = pytest.mark.django_db(transaction=True)

URL = "/api/v1/claims/changes/"
CLAIMS = "/api/v1/claims/"


def ask(url=URL, **parameters):
    response = Client().get(url, parameters or None)
    assert response.status_code == 200, response.content
    return response.json()


def feed(url=URL, **parameters):
    """Return the feed once it has no lag, which any transaction in the cluster may cause."""
    deadline = monotonic() + 60
    while (body := ask(url, **parameters))["lag_seconds"]:
        assert monotonic() < deadline, "still waiting for another transaction"
    return body


def now():
    return feed(since="now")["next"]


def told(url):
    """Return (kind, id, change) of the new rows."""
    return [(row["kind"], row["id"], row["change"]) for row in feed(url)["results"]]


def test_it_works():
    claim = make_claim("proposed")
    assert feed()["results"] == []
    take_to(claim, "checked")
    body = feed()
    assert {(row["kind"], row["id"], row["change"]) for row in body["results"]} == {("claim", claim.pk, "upsert")}
    assert (body["more"], body["lag_seconds"]) == (False, 0)
    first = feed(limit=1)
    assert first["more"] and first["results"] == body["results"][:1]
    assert feed(first["next"])["results"] == body["results"][1:2]
    assert feed(URL, since=first["results"][0]["seq"], limit=1)["results"] == body["results"][1:2]
    assert feed(body["next"])["results"] == []


def test_a_page_asked_again_is_the_same_page():
    claims = [make_claim("unverified") for _ in range(3)]
    page = feed(limit=2)
    curating.merge_claims(
        loser=make_claim("unverified", speaker=None), winner=claims[0], reason="One.", by=make_user("editor")
    )
    step(claims[1], "dismissed", by=make_user("moderator"))
    assert feed(limit=2) == page


def test_a_claim_that_was_public_leaves_a_tombstone():
    claim = make_claim("unverified")
    start = now()
    step(claim, "dismissed", by=make_user("moderator"))
    [row] = feed(start)["results"]
    assert (row["kind"], row["id"], row["change"], row["merged_into"]) == ("claim", claim.pk, "tombstone", None)


def test_a_merged_claim_says_where_it_lives_now_and_comes_back():
    winner, loser = make_claim("unverified"), make_claim("unverified", speaker=None)
    start = now()
    merge = curating.merge_claims(loser=loser, winner=winner, reason="One.", by=make_user("editor"))
    rows = feed(start)["results"]
    [stone] = [row for row in rows if row["change"] == "tombstone"]
    assert (stone["id"], stone["merged_into"]) == (loser.pk, winner.pk)
    assert ("claim", winner.pk, "upsert") in told(start), "its appearances came along"
    start = now()
    curating.undo_merge(merge=merge, by=make_user("editor"))
    assert ("claim", loser.pk, "upsert") in told(start)


def test_a_withdrawn_claim_stays():
    claim = make_claim("checked")
    start = now()
    step(claim, "withdrawn", by=make_user("editor"))
    assert set(told(start)) == {("claim", claim.pk, "upsert")}


def test_what_was_never_public_leaves_no_trace():
    moderator = make_user("moderator")
    hidden = make_claim("proposed")
    speaker, article = hidden.speaker, hidden.appearances.get().snapshot.article
    curating.edit_claim(
        claim=hidden, by=moderator, expected=None, text="Reworded.", topics=[Topic.objects.create(name="T", slug="t")]
    )
    curating.edit_speaker(speaker=speaker, by=moderator, name="Renamed")
    Article.objects.filter(pk=article.pk).update(title="Renamed")
    Source.objects.update(name="Renamed")
    Topic.objects.update(name="Renamed")
    make_snapshot("Another text.", article=article)
    step(hidden, "dismissed", by=moderator)
    loser = make_claim("unverified", speaker=None)
    start = now()
    curating.merge_claims(loser=loser, winner=make_claim("proposed"), reason="One.", by=make_user("editor"))
    [row] = feed(start)["results"]
    assert (row["id"], row["merged_into"]) == (loser.pk, None), "nor does the winner of a merge"
    assert {row["id"] for row in feed()["results"]} == {loser.pk}


def of_claim(claim):
    return [("claim", claim.pk, "upsert")]


def of_speaker(claim):
    return [("speaker", claim.speaker_id, "upsert")]


def of_source(claim):
    return [("source", claim.appearances.get().snapshot.article.source_id, "upsert")]


def of_topic(claim):
    return [("topic", claim.topics.get().pk, "upsert")]


def of_scale(claim):
    return [("verdict", Verdict.objects.get(code="false").pk, "upsert")]


def of_nothing(claim):
    return []


def of_article(claim):
    return [("article", claim.appearances.get().snapshot.article_id, "upsert")]


def edit(claim, **changes):
    curating.edit_claim(claim=claim, by=make_user("editor"), expected=None, **changes)


def rename(claim):
    curating.edit_speaker(speaker=claim.speaker, by=make_user("moderator"), name="Renamed")


def also(claim):
    curating.add_alias(speaker=claim.speaker, by=make_user("moderator"), name="Also")


def resnap(claim):
    make_snapshot("Another text.", article=claim.appearances.get().snapshot.article)


def appear(claim):
    snapshot = make_snapshot()
    curating.add_appearance(
        claim=claim, by=make_user("moderator"), snapshot=snapshot, quote="The mayor spoke on Monday"
    )


# what changes, what is told of it, reason
CHANGES = [
    (lambda c: edit(c, text="Reworded."), of_claim, "the wording"),
    (lambda c: edit(c, topics=["traffic"]), of_claim, "its topics"),
    (appear, of_claim, "its provenance"),
    (lambda c: step(c, "in_review", by=make_user("moderator")), of_claim, "its status"),
    (rename, of_speaker, "one row for name and alias"),
    (also, of_speaker, "an alias"),
    (lambda c: Source.objects.update(name="Renamed"), of_source, "a source's name nests in claims"),
    (lambda c: Domain.objects.update(host="other.example"), of_source, "its domain too"),
    (lambda c: Article.objects.update(title="Renamed"), of_article, "an article's title"),
    (resnap, of_article, "which snapshot is the current one"),
    (lambda c: Topic.objects.filter(slug="roads").update(slug="streets"), of_topic, "a slug"),
    (lambda c: Verdict.objects.filter(code="false").update(label="Wrong"), of_scale, "the scale"),
    (lambda c: Source.objects.update(notes="Internal."), of_nothing, "notes are never public"),
    (lambda c: Article.objects.update(seen_at="2026-01-01T00:00Z"), of_nothing, "nor when it was last seen"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected", "reason"), CHANGES, ids=[row[2] for row in CHANGES])
def test_a_change_of_what_is_public_is_told(change, expected, reason):
    Topic.objects.get_or_create(slug="traffic", name="Traffic")
    claim = make_claim("unverified", topics=["roads"])
    start = now()
    change(claim)
    assert sorted(set(told(start))) == expected(claim), reason
    if expected is not of_claim:
        assert len(told(start)) == len(expected(claim)), "once"


def test_an_archived_piece_of_evidence_is_a_change_of_the_claim():
    claim = make_claim("checked")
    start = now()
    claim.reviews.get(to_status="checked").evidence.update(archive_url="https://archive.example/1")
    assert told(start) == of_claim(claim)


def test_a_feed_restored_into_another_cluster_goes_on_behind_its_end():
    claim = make_claim("unverified")
    # As a dump brings it: ids of transactions that this cluster has not reached.
    Era.objects.update(life="another cluster")
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE claims_change DISABLE TRIGGER USER; UPDATE claims_change SET xact = 2::bigint ^ 50;"
        )
        cursor.execute("ALTER TABLE claims_change ENABLE TRIGGER USER")
    last = feed()
    assert {row["id"] for row in last["results"]} == {claim.pk}
    Claim.objects.filter(pk=claim.pk).update(language="en")
    later = feed(last["next"])
    assert [row["seq"].split(".")[0] for row in later["results"]] == ["1"]
    Claim.objects.filter(pk=claim.pk).update(language="de")
    assert [row["seq"].split(".")[0] for row in feed(later["next"])["results"]] == ["1"]


@pytest.mark.parametrize("column", ["era", "xact", "id"])
def test_a_place_that_was_lost_is_gone(column):
    make_claim("unverified")
    place = dict(zip(("era", "xact", "id"), feed()["results"][-1]["seq"].split("."), strict=True))
    place[column] = str(int(place[column]) + 1)
    response = Client().get(URL, {"since": ".".join(place.values())})
    assert (response.status_code, response.json()["code"]) == (410, "place_lost")
    assert "begin again without `since`" in response.json()["detail"]
    assert feed(since="0.0.0")["results"], "the beginning is never lost"


# parameter, value, reason
REFUSED = [
    ("since", "yesterday", "no place"),
    ("since", "0.1", "half a place"),
    ("since", "0.1.2.3", "more than a place"),
    ("since", "99999.1.1", "no such era"),
    ("limit", "0", "at least one"),
    ("limit", "1001", "never clamped in silence"),
    ("status", "checked", "no filters"),
]


@pytest.mark.parametrize(("name", "value", "reason"), REFUSED)
def test_what_it_does_not_take_is_refused(name, value, reason):
    response = Client().get(URL, {name: value})
    assert (response.status_code, response.json()["field"]) == (400, name), reason

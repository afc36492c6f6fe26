"""The feed of changes misses nothing, and shows nothing that was never public. Transactions are real, since their ids order it."""

import threading
from contextlib import contextmanager
from time import monotonic

import pytest
from django.db import connection, transaction
from django.test import Client

from claims import curating
from claims.models import Alias, Claim, Speaker, Topic, Verdict
from claimtrack.models import Era
from sources.models import Article, Domain, Snapshot, Source
from tests.factories import EVIDENCE, make_claim, make_snapshot, make_source, make_speaker, make_user, step, take_to
from tests.psql import run, value

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


@contextmanager
def in_thread(work):
    """Run `work` in a thread beside the block, and wait for it at the end."""
    failed = []

    def run():
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    thread.join(60)
    assert not failed and not thread.is_alive(), failed


def test_a_slow_transaction_delays_the_feed_and_loses_nothing():
    slow, fast = make_claim("unverified"), make_claim("unverified")
    start, written, go_on = now(), threading.Event(), threading.Event()

    def work():
        with transaction.atomic():
            Claim.objects.filter(pk=slow.pk).update(language="en")
            written.set()
            go_on.wait(30)

    with in_thread(work):
        assert written.wait(30)
        Claim.objects.filter(pk=fast.pk).update(language="de")
        waiting = ask(start)
        assert (waiting["results"], waiting["next"].partition("&")[0]) == ([], start.partition("&")[0])
        assert waiting["lag_seconds"] > 0
        go_on.set()
    assert told(start) == [*of_claim(slow), *of_claim(fast)], "in the order in which they began"
    assert feed(start)["lag_seconds"] == 0


RENAMED = [
    # what is renamed, which row of the feed tells it
    (lambda claim: Speaker.objects.filter(pk=claim.speaker_id).update(role="Another"), "speaker"),
    (lambda claim: Topic.objects.filter(claims=claim).update(name="Another"), "topic"),
    (lambda claim: Article.objects.update(title="Another"), "article"),
    (lambda claim: Source.objects.update(name="Another"), "source"),
    (lambda claim: Alias.objects.create(speaker_id=claim.speaker_id, name="Another"), "speaker"),
    (lambda claim: Domain.objects.create(source=Source.objects.get(), host="another.example"), "source"),
    (lambda claim: Snapshot.objects.update(archive_url="https://archive.example/1"), "article"),
]


@pytest.mark.parametrize(("rename", "kind"), RENAMED)
def test_what_is_renamed_while_somebody_publishes_it_is_told(rename, kind):
    claim, moderator = make_claim("proposed", topics=["roads"]), make_user("moderator")
    start, published = now(), threading.Event()
    # For the publication, or for the row itself, which whoever composes the claim's document holds.
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with in_thread(lambda: published.wait(30) and rename(claim)), transaction.atomic():
        step(claim, "unverified", by=moderator)
        published.set()
        deadline = monotonic() + 30
        while not value(waiting):
            assert monotonic() < deadline, "nobody waits for the publication"
    assert kind in {row[0] for row in told(start)}


def test_nobody_waits_for_what_another_publication_does_not_show():
    claim, moderator = make_claim("proposed"), make_user("moderator")
    beside = [
        lambda: step(make_claim("proposed", by=moderator), "unverified", by=moderator),
        lambda: make_speaker("Somebody New"),
        lambda: make_snapshot(source=make_source()),
    ]

    def without_waiting(work):
        with transaction.atomic():
            run("SET LOCAL lock_timeout = '1s'")
            work()

    for opened, others in (
        (lambda: step(claim, "unverified", by=moderator), beside),
        (beside[1], beside),
        (beside[2], beside),
    ):
        with transaction.atomic():
            opened()
            for work in others:
                with in_thread(lambda work=work: without_waiting(work)):
                    pass


def follow(url, copy):
    """Read the feed page by page, as a consumer does, and return the place where to continue."""
    while True:
        page = ask(url)
        wanted = set()
        for row in page["results"]:
            if row["kind"] == "claim":
                wanted.add(row["id"])
            elif row["kind"] in ("speaker", "source", "article"):
                wanted |= {pk for pk, claim in copy.items() if row["id"] in named(claim, row["kind"])}
        if wanted:
            found = ask(CLAIMS, ids=",".join(map(str, wanted)), limit=200)["results"]
            for pk in wanted:
                copy.pop(pk, None)
            copy.update({claim["id"]: claim for claim in found})
        url = page["next"]
        if not page["more"]:
            return url


def named(claim, kind):
    if kind == "speaker":
        return {claim["speaker"]["id"]} if claim["speaker"] else set()
    return {appearance[kind]["id"] for appearance in claim["provenance"]}


def test_a_consumer_beside_four_writers_ends_with_exactly_the_public_set():
    moderator, editor = make_user("moderator"), make_user("editor")
    shared = [make_claim("unverified", speaker=None) for _ in range(4)]
    done = threading.Event()

    def writer(number):
        for turn in range(4):
            claim = make_claim("proposed", topics=[f"topic-{number}"])
            step(claim, "unverified", by=moderator)
            curating.edit_speaker(speaker=claim.speaker, by=moderator, name=f"Renamed {number} {turn}")
            Source.objects.filter(articles__snapshots__appearances__claim=claim).update(name=f"Paper {number} {turn}")
            if turn == 0:
                step(claim, "dismissed", by=moderator)
            elif turn == 1:
                step(claim, "in_review", by=moderator)
                step(claim, "checked", by=moderator, evidence=EVIDENCE)
            elif turn == 2:
                loser = make_claim("unverified", speaker=None)
                curating.merge_claims(loser=loser, winner=shared[number], reason="One.", by=editor)

    def slow():
        while not done.is_set():
            with transaction.atomic():
                claim = make_claim("unverified", by=moderator)
                done.wait(0.3)
                step(claim, "in_review", by=moderator)

    copy, url = {}, URL
    threads = [threading.Thread(target=lambda n=n: (writer(n), connection.close())) for n in range(4)]
    with in_thread(slow):
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            url = follow(url, copy)
        done.set()
    feed()
    follow(url, copy)
    public = ask(CLAIMS, limit=200)["results"]
    assert len(public) > 16
    assert copy == {claim["id"]: claim for claim in public}


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

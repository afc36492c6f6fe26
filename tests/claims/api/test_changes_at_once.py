"""Transactions that change what is public at the same time: the feed of changes misses nothing, and nobody waits needlessly."""

import threading
from contextlib import contextmanager
from time import monotonic

import pytest
from django.db import connection, transaction

from claims import curating
from claims.models import Alias, Claim, Speaker, Topic
from sources.models import Article, Domain, Snapshot, Source
from tests.claims.api.test_changes import CLAIMS, URL, ask, feed, now, of_claim, told
from tests.factories import EVIDENCE, make_claim, make_snapshot, make_source, make_speaker, make_user, step
from tests.psql import run, value

pytestmark = pytest.mark.django_db(transaction=True)


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

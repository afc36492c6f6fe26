"""Entries are numbered once, in order, without a gap, wherever the sequencer is stopped and however many run at once."""

from threading import Thread

import pytest
from django.db import connection
from django.db.models import Max
from django.test import Client

from claims.models import Checkpoint, LogEntry
from claims.proof import sequencing
from claims.proof.merkle import Tree, grow, hash_leaf
from tests.factories import make_claim, make_user, step
from tools.verify_receipt import read_checkpoint

pytestmark = pytest.mark.django_db


class Killed(Exception):
    pass


def check(log):
    """Check that the numbered entries have no gap, and that the signed root is that of their leaves."""
    entries = list(LogEntry.objects.numbered().order_by("index").values_list("index", "leaf"))
    assert [index for index, _ in entries] == list(range(len(entries)))
    tiles = grow(0, {}.__getitem__, [hash_leaf(leaf.encode()) for _, leaf in entries])
    head = Checkpoint.objects.order_by("pk").last()
    if entries:
        signed = read_checkpoint(head.note, log.verifier)
        assert (signed.size, signed.root) == (len(entries), Tree(len(entries), lambda *at: tiles[at]).root())
    else:
        assert head is None
    return len(entries)


def test_it_works(log):
    make_claim("checked")
    assert sequencing.number() == check(log) == LogEntry.objects.count() == 2


def test_a_commit_asks_for_it_once(log, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as after:
        make_claim("checked")
    assert [call.__self__ for call in after if call.__name__ == "number"] == [sequencing.sequencer]


def test_without_a_key_entries_wait(settings, django_capture_on_commit_callbacks):
    settings.CLAIMTRACK_LOG_KEY = None
    with django_capture_on_commit_callbacks(execute=True):
        make_claim("checked")
    assert LogEntry.objects.filter(index=None).count() == 2
    assert Client().get("/log/checkpoint").status_code == Client().get("/log/key").status_code == 404


def test_it_is_killed_at_every_statement(log):
    """A hundred times, between any two statements: the next run finds the same entries."""
    killed = 0
    claim = make_claim("checked")
    while killed < 100:
        for place in range(20):
            left = iter(range(place))

            def kill(execute, sql, *given, left=left):
                # What ends a transaction is the server's own, which a test does inside another transaction.
                if "SAVEPOINT" not in sql and next(left, None) is None:
                    raise Killed
                return execute(sql, *given)

            try:
                with connection.execute_wrapper(kill):
                    sequencing.number()
            except Killed:
                killed += 1
            check(log)
        sequencing.number()
        step(claim, "checked", by=make_user("editor"))
    assert check(log) == LogEntry.objects.aggregate(last=Max("index"))["last"] + 1 > 2


def test_entries_of_a_claim_are_in_the_order_of_its_reviews(log):
    claim = make_claim("checked")
    for _ in range(3):
        step(claim, "checked", by=make_user("editor"))
    sequencing.number()
    reviews = LogEntry.objects.filter(claim=claim).order_by("index").values_list("review", flat=True)
    assert list(reviews) == sorted(reviews)


def test_a_second_level_of_tiles(log, monkeypatch):
    monkeypatch.setattr(sequencing, "BATCH", 100)
    make_claim("checked")
    LogEntry.objects.bulk_create(LogEntry(kind="scale", leaf=f'{{"n":{n}}}', body="{}") for n in range(300))
    assert sequencing.number() == 302 == check(log)
    client = Client()
    assert len(client.get("/log/tile/0/000").content) == 256 * 32
    assert len(client.get("/log/tile/1/000.p/1").content) == 32
    entries = client.get("/log/tile/entries/001.p/46").content
    assert entries[:2] == len(entries[2:].split(b"}")[0] + b"}").to_bytes(2)
    beyond = ("0/001", "0/001.p/47", "2/000.p/1", "entries/001", "entries/001.p/47")
    malformed = ("0/000.p/257", "0/000.p/0", "64/000", "0/0", "0/x001/000", "data/000")
    for wrong in (*beyond, *malformed):
        assert client.get(f"/log/tile/{wrong}").status_code == 404, wrong
    assert "immutable" in client.get("/log/tile/0/000")["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_several_at_once(log):
    claims = [make_claim("checked") for _ in range(2)]

    def work(claim):
        try:
            for _ in range(3):
                step(claim, "checked", by=editor)
        finally:
            connection.close()

    editor = make_user("editor")
    threads = [Thread(target=work, args=[claim]) for claim in claims]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The last publication is numbered without a further call.
    while (numbering := sequencing.sequencer.thread) is not None:
        numbering.join()
    assert check(log) == LogEntry.objects.count() == 10

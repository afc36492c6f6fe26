"""Two changes at the same time, with the filler beside them: afterwards, every document that is not stale shows both.

The last test but one removes the locks on rows that claims show, and checks that these tests then find lost changes.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from secrets import choice
from time import monotonic

import pytest
from django.db import connection, transaction

from claims import curating
from claims.models import Claim, Document, Topic
from claims.models.document import catch_up, fill_absent
from claimtrack.db.attribution import verb
from sources.models import Article, Domain, Source
from tests.claims.models.test_documents import WRONG
from tests.claims.test_at_once import PATIENCE
from tests.factories import QUOTE, make_claim, make_snapshot, make_source, make_speaker, make_topic, make_user, take_to
from tests.psql import run, value

pytestmark = pytest.mark.django_db(transaction=True)

_numbers = count(1)
# Without holding what the claim shows.
NAIVE = """
    CREATE OR REPLACE FUNCTION claims_renew_documents(ids bigint[]) RETURNS bigint[]
    LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        INSERT INTO claims_document (claim_id, head, tail)
            SELECT c.id, d.head, d.tail FROM claims_claim c, claims_compose(c.id) d WHERE c.id = ANY(ids)
            ON CONFLICT (claim_id) DO UPDATE SET head = excluded.head, tail = excluded.tail;
        RETURN ids;
    END $$"""


def new() -> str:
    return f"new{next(_numbers)}"


def as_editor(change):
    """Make a method of Ledger a verb of its editor."""
    return lambda ledger: verb(lambda *, by: change(ledger))(by=ledger.editor)


class Ledger:
    """Claims of one speaker about one topic in one article without an address, and every change of what they show."""

    def __init__(self):
        self.speaker, self.topic, self.other_topic = make_speaker(), make_topic("one"), make_topic("two")
        self.snapshot = make_snapshot(canonical_url=None, source=make_source())
        self.article, self.source = self.snapshot.article, self.snapshot.article.source
        self.claims = [self.make() for _ in range(3)]
        self.claim = self.claims[0]
        self.editor = make_user("editor")

    def make(self):
        return make_claim(speaker=self.speaker, snapshot=self.snapshot, topics=["one"])

    def rename_speaker(self):
        curating.edit_speaker(speaker=self.speaker, by=self.editor, name=new())

    def merge_speaker(self):
        loser = make_speaker()
        make_claim(speaker=loser, snapshot=self.snapshot)
        curating.merge_speakers(loser=loser, winner=self.speaker, reason="One.", by=self.editor)

    @as_editor
    def rename_source(self):
        Source.objects.filter(pk=self.source.pk).update(name=new())

    @as_editor
    def retitle(self):
        Article.objects.filter(pk=self.article.pk).update(title=new())

    @as_editor
    def take_anew(self):
        make_snapshot(f"{new()}. {QUOTE}.", article=self.article)

    @as_editor
    def move_article(self):
        Article.objects.filter(pk=self.article.pk).update(source=make_source())

    @as_editor
    def add_domain(self):
        Domain.objects.filter(source=self.source).delete()
        Domain.objects.create(source=self.source, host=f"{new()}.example")

    @as_editor
    def rename_topic(self):
        Topic.objects.filter(pk=self.other_topic.pk).update(slug=new())

    def link(self):
        self.edit(topics=[self.other_topic])

    def unlink(self):
        self.edit(topics=[])

    def reword(self):
        self.edit(text=new())

    def edit(self, **changes):
        curating.edit_claim(claim=choice(self.claims), by=self.editor, expected=None, **changes)

    def enter(self):
        place = {"snapshot": self.snapshot, "quote": QUOTE}
        topics = [self.other_topic]
        curating.propose(by=self.editor, text=new(), speaker=self.speaker, topics=topics, appearances=[place])

    def publish(self):
        take_to(self.make(), "checked")

    def lose(self):
        """As after a restore from which some are missing."""
        with transaction.atomic():
            run("SET LOCAL session_replication_role = replica")
            Document.objects.filter(claim=choice(self.claims)).delete()

    def fill(self):
        fill_absent()
        catch_up()


CHANGES = [name for name in vars(Ledger) if not name.startswith("_") and name not in ("make", "edit")]
PAIRS = [
    ("rename_speaker", "rename_source"),
    ("retitle", "rename_speaker"),
    ("reword", "rename_speaker"),
    ("rename_speaker", "reword"),
    ("publish", "rename_speaker"),
    ("enter", "rename_speaker"),
    ("rename_speaker", "enter"),
    ("enter", "retitle"),
    ("rename_source", "enter"),
    ("link", "rename_topic"),
    ("rename_topic", "link"),
    ("add_domain", "enter"),
    ("enter", "add_domain"),
    ("enter", "rename_source"),
    ("enter", "move_article"),
    ("move_article", "enter"),
    ("take_anew", "enter"),
    ("merge_speaker", "reword"),
    ("reword", "fill"),
    ("rename_source", "fill"),
    ("enter", "fill"),
]


@contextmanager
def connected():
    try:
        yield
    finally:
        connection.close()


def beside(act):
    with connected():
        act()


def wait_until_waiting(future):
    """Wait until the other thread has ended, or waits for a lock."""
    until = monotonic() + PATIENCE
    while not future.done() and monotonic() < until:
        waiters = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        if value("SELECT 1 FROM pg_stat_clear_snapshot()") and value(waiters):
            return


def lost(ledger, first, second):
    """Return the number of wrong documents if `second` begins before `first` commits, while the filler runs."""
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            getattr(ledger, first)()
            others = []
            for act in (second, "fill"):
                others.append(pool.submit(beside, getattr(ledger, act)))
                wait_until_waiting(others[-1])
        for other in others:
            other.result(PATIENCE)
    wrong = value(WRONG)
    while not catch_up():
        pass
    return wrong + value(WRONG)


def test_pairs():
    ledger = Ledger()
    assert [pair for pair in PAIRS if lost(ledger, *pair)] == []


def test_pairs_lose_changes_where_what_is_shown_is_not_held():
    ledger = Ledger()
    definition = value("SELECT pg_get_functiondef('claims_renew_documents'::regproc)")
    run(NAIVE)
    try:
        assert {pair for pair in PAIRS if lost(ledger, *pair)} >= {("enter", "retitle"), ("link", "rename_topic")}
    finally:
        run(definition)


def test_random_changes():
    ledger = Ledger()

    def work(_):
        with connected():
            for _ in range(12):
                getattr(ledger, choice(CHANGES))()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert value(WRONG) == 0
    while not (fill_absent() and catch_up()):
        pass
    assert value(WRONG) == 0
    assert not Claim.objects.filter(document=None).exists()

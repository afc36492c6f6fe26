"""What django-pghistory's triggers record, also without the verbs, and whom they name."""

import pghistory.models
import pgtrigger
import pytest
from django.apps import apps
from django.db import connection

from claims import curating
from claims.models import Appearance, Claim, ClaimTopic
from claimtrack.db.guards import Guard
from tests.factories import make_claim, make_snapshot, make_speaker, make_topic, make_user, step
from tests.psql import insert, refusal, run, value

pytestmark = pytest.mark.django_db

TRACKED = [
    # table, a change of it, its label, why
    ("sources_source", "UPDATE sources_source SET name = 'The Log'", "update", "who publishes"),
    ("sources_domain", "UPDATE sources_domain SET host = 'log.example'", "update", "its hosts"),
    ("sources_domain", "DELETE FROM sources_domain", "delete", "its hosts"),
    ("sources_article", "UPDATE sources_article SET title = 'Cars'", "update", "what was published"),
    ("claims_speaker", "UPDATE claims_speaker SET role = 'Queen'", "update", "who speaks"),
    ("claims_alias", "DELETE FROM claims_alias WHERE name = 'Ada'", "delete", "by what names"),
    ("claims_alias", "UPDATE claims_alias SET key = 'adda' WHERE name = 'Ada'", "update", "by what names"),
    ("claims_topic", "UPDATE claims_topic SET name = 'Streets'", "update", "about what"),
    ("claims_verdict", "UPDATE claims_verdict SET label = 'So' WHERE code = 'true'", "update", "the scale"),
    ("claims_verdict", "DELETE FROM claims_verdict WHERE code = 'satire'", "delete", "the scale"),
    ("claims_claim", "UPDATE claims_claim SET text = 'Reworded.'", "update", "the wording"),
    ("claims_appearance", "DELETE FROM claims_appearance WHERE quote = 'thousand cars'", "delete", "where it is"),
    ("claims_claimtopic", "DELETE FROM claims_claimtopic", "delete", "about what"),
]


@pytest.mark.parametrize(("table", "change", "label", "reason"), TRACKED)
def test_a_change_in_psql_is_kept(table, change, label, reason):
    speaker = make_speaker("Ada Norrby", aliases=["Ada"])
    claim = make_claim(speaker=speaker, topics=["roads"])
    curating.add_appearance(claim=claim, by=make_user("editor"), snapshot=make_snapshot(), quote="thousand cars")
    if table in ("sources_domain", "claims_alias"):
        change = change if "WHERE" in change else f"{change} WHERE id = (SELECT max(id) FROM {table})"
    count = f"SELECT count(*) FROM {table}event WHERE pgh_label = %s"
    before = value(count, label)
    run(change)
    assert value(count, label) > before, reason


def test_it_keeps_the_row_as_it_was():
    claim = make_claim(text="As it was.")
    run("UPDATE claims_claim SET text = 'As it is.', language = 'en'")
    event = claim.events.get()
    assert (event.pgh_label, event.text, event.language) == ("update", "As it was.", "")


def test_what_the_database_keeps_up_by_itself_is_no_edit():
    claim = make_claim()
    run(insert("claims_claimtopic", claim_id=claim.pk, topic_id=make_topic("roads").pk))
    assert Claim.objects.get(pk=claim.pk).version == 2
    assert not claim.events.exists()


def test_it_names_who_acted():
    """As one attributes it: a verb's every change, whatever table, and nobody else's."""
    moderator, editor = make_user("moderator"), make_user("editor")
    claim = make_claim()
    curating.edit_claim(claim=claim, by=moderator, expected=None, text="Reworded.", topics=[make_topic("roads")])
    step(claim, "unverified", by=editor)
    assert [event.pgh_context.metadata for event in claim.events.order_by("pk")] == [
        {"user": moderator.pk},
        {"user": editor.pk},
    ]
    [topic] = ClaimTopic.pgh_event_model.objects.filter(claim=claim)
    assert (topic.pgh_label, topic.pgh_context.metadata) == ("insert", {"user": moderator.pk})
    assert topic.pgh_context == claim.events.earliest("pk").pgh_context, "one act, one context"
    proposer = Appearance.pgh_event_model.objects.get(claim=claim).pgh_context.metadata
    assert proposer == {"user": claim.created_by_id}


@pytest.mark.parametrize("change", ["UPDATE pghistory_context SET metadata = '{}'", "DELETE FROM pghistory_context"])
def test_who_acted_stays_on_record(change):
    make_claim()
    assert refusal(change) == "frozen"


@pytest.mark.django_db(transaction=True)
def test_it_names_nobody_after_the_verb():
    claim = make_claim()
    run("UPDATE claims_claim SET text = 'Reworded by nobody.'")
    assert claim.events.get().pgh_context is None


EVENTS = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event))


@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_events_are_append_only(statement):
    claim = make_claim(topics=["roads"])
    run("UPDATE claims_claim SET text = 'Reworded.'")
    assert claim.events.count() == 1
    for table in ("claims_claimevent", "claims_appearanceevent", "claims_claimtopicevent"):
        assert refusal(statement.format(table)) == "frozen"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_every_event_table_is_frozen(change):
    guarded = "SELECT array_agg(tgrelid::regclass::text ORDER BY tgrelid::regclass::text) FROM pg_trigger "
    named = f"WHERE tgname LIKE 'pgtrigger_frozen_{change}_%%' AND tgenabled = 'O' AND tgrelid::regclass::text LIKE '%%event'"
    assert value(guarded + named) == EVENTS
    assert {f"{table}event" for table, *_ in TRACKED} <= set(EVENTS)


GUARDS = [trigger.get_pgid(model) for model, trigger in pgtrigger.registered() if isinstance(trigger, Guard)]


def test_every_guard_is_in_the_database_and_heeds_no_switch():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid WHERE tgenabled = 'O'")
        there = dict(cursor.fetchall())
    assert len(GUARDS) > 25
    assert set(GUARDS) <= there.keys()
    assert not [name for name in GUARDS if "ignore" in there[name]]


def test_the_switch_of_pgtrigger_switches_no_guard_off():
    claim = make_claim("checked")
    run(f"SET LOCAL pgtrigger.ignore = '{{{','.join(GUARDS)}}}'")
    assert refusal(f"UPDATE claims_claim SET status = 'withdrawn', verdict_id = NULL WHERE id = {claim.pk}")
    assert refusal("DELETE FROM claims_review") == "frozen"
    assert refusal("UPDATE claims_appearance SET quote = 'x'") == "frozen"
    assert refusal("UPDATE sources_snapshot SET text = 'x'") == "frozen"

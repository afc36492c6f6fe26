"""What the form of a decision says of evidence: whether its page has the quote, and since when."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.urls import reverse

from claims.models import Review
from sources.ingesting import ingest
from sources.models import Article
from tests import factories
from tests.jobs import run_jobs
from tests.sources.ingesting.pages import BODY, URL, page, serving

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}
TEXT = "Lorries a day: 90. Cars a day: 4,100. Counted by hand. Cars a day: 4,100 in all."
ADDRESS = "https://roads.example/count"


@pytest.fixture
def claim(moderator):
    claim = factories.make_claim("unverified", said_at="2026-02")
    factories.step(claim, "in_review", by=moderator)
    return claim


@pytest.fixture
def snapshot():
    return factories.make_snapshot(
        TEXT,
        source=factories.make_source("roads.example"),
        canonical_url=ADDRESS,
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
        published_precision="day",
    )


def url(claim):
    return reverse("admin:claims_claim_change", args=[claim.pk])


def post(desk, claim, action, headers=None, confirmed="on", **row):
    given = {"url": ADDRESS, "stance": "refutes", "quote": "Counted by hand", **row}
    forms = {"evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0"}
    forms |= {"confirmed": confirmed} if confirmed else {}
    row = {f"evidence-0-{name}": value for name, value in given.items()}
    written = {
        "expected": claim.version,
        "seen": claim.updated_at.isoformat(),
        "verdict": "false",
        "rationale": "Counted.",
    }
    return desk.post(url(claim), {**written, **forms, **row, "action": action}, headers=headers)


def told(desk, claim, action, **row):
    answer = post(desk, claim, action, JSON, **row)
    assert answer.status_code == 200
    return answer.json()["fields"], answer.json()["says"]


def test_it_works(desk, claim, snapshot):
    fields, says = told(desk, claim, "look:evidence-0")
    assert fields == {"quote": "Counted by hand", "start": TEXT.index("Counted"), "snapshot": snapshot.pk}
    assert "The source says so:" in says and "<mark>Counted by hand</mark>" in says
    assert "published 2 March 2026" in says and "claim made February 2026" in says

    answer = post(desk, claim, "step:publish", snapshot=snapshot.pk, start=fields["start"])
    assert answer.status_code == 302, answer.content.decode()
    piece = Review.objects.latest("pk").evidence.get()
    assert (piece.snapshot, piece.start_offset, piece.suffix) == (
        snapshot,
        fields["start"],
        TEXT[TEXT.index(". Cars a day: 4,100 in") :],
    )


def test_the_nearest_passage_where_it_says_otherwise(desk, claim, snapshot):
    fields, says = told(desk, claim, "look:evidence-0", quote="Lorries a day: 95")
    assert fields == {"start": "", "snapshot": snapshot.pk}
    assert "The quote is not in the text." in says and 'value="place:evidence-0:0-' in says
    fields, says = told(desk, claim, "place:evidence-0:0-17", quote="Lorries a day: 95", snapshot=snapshot.pk)
    assert fields == {"quote": "Lorries a day: 90", "start": 0, "snapshot": snapshot.pk}
    assert "The source says so:" in says


def test_which_of_several_is_meant(desk, claim, snapshot):
    first, second = TEXT.index("Cars"), TEXT.rindex("Cars")
    _, says = told(desk, claim, "look:evidence-0", quote="Cars a day: 4,100")
    assert f"place:evidence-0:{first}-" in says and f"place:evidence-0:{second}-" in says
    fields, _ = told(desk, claim, f"place:evidence-0:{second}-{second + 17}", quote="Cars a day: 4,100")
    assert fields["start"] == second


def test_a_quote_that_changed_forgets_where_the_old_one_began(desk, claim, snapshot):
    fields, _ = told(desk, claim, "look:evidence-0", snapshot=snapshot.pk, start=3)
    assert fields["start"] == TEXT.index("Counted")


def test_a_page_that_the_ledger_does_not_have_is_not_fetched_unasked(desk, claim):
    fields, says = told(desk, claim, "look:evidence-0", url=URL)
    assert fields == {"start": "", "snapshot": ""} and "Fetch the page and look for the quote" in says
    assert not Article.objects.filter(canonical_url=URL).exists()


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr("sources.ingesting.fetches.ingest", partial(ingest, fetcher=serving(page())))


def test_a_page_is_fetched_and_fills_in_what_is_blank(desk, claim, served):
    fields, says = told(desk, claim, "read:evidence-0", url=URL, quote=BODY[2], publisher="Us")
    assert fields == {"start": "", "snapshot": ""} and "No worker is running: it will be fetched" in says
    assert "data-waiting" in told(desk, claim, "fetched:evidence-0", url=URL, quote=BODY[2])[1]
    run_jobs()
    fields, says = told(desk, claim, "fetched:evidence-0", url=URL, quote=BODY[2], publisher="Us")
    assert fields["snapshot"] == Article.objects.get(canonical_url=URL).current_snapshot_id
    assert fields["title"] == "Mill sold" and "publisher" not in fields
    assert "The source says so:" in says and "data-waiting" not in says


def test_a_page_that_came_meanwhile_is_quoted_from(desk, claim, served):
    told(desk, claim, "read:evidence-0", url=URL, quote=BODY[2])
    run_jobs()
    asked = post(desk, claim, "step:publish", url=URL, quote=BODY[2], confirmed=None)
    answered = {**dict(asked.context["given"]), "draft": asked.context["draft"], "confirmed": "on"}
    assert desk.post(url(claim), {**answered, "action": "step:publish"}).status_code == 302
    piece = Review.objects.latest("pk").evidence.get()
    assert (piece.snapshot.article.canonical_url, piece.quote) == (URL, BODY[2])


def test_a_page_that_came_meanwhile_without_the_quote_is_not_passed_over(desk, claim, served):
    told(desk, claim, "read:evidence-0", url=URL, quote="They paid five million crowns")
    run_jobs()
    answer = post(desk, claim, "step:publish", url=URL, quote="They paid five million crowns", confirmed=None)
    form = answer.context["page"].evidence.forms[0]
    assert answer.status_code == 400 and form.errors["quote"] and form.quote_check.snapshot
    told(desk, claim, "leave:evidence-0", url=URL, quote="They paid five million crowns")
    assert post(desk, claim, "step:publish", url=URL, quote="They paid five million crowns").status_code == 302
    assert Review.objects.latest("pk").evidence.get().snapshot is None


def test_what_is_still_being_fetched_is_published_without_it(desk, claim):
    told(desk, claim, "read:evidence-0", url=URL, quote=BODY[2])
    answer = post(desk, claim, "step:publish", url=URL, quote=BODY[2])
    assert answer.status_code == 302
    assert (
        "is still being fetched: this evidence has no text of its page" in desk.get(answer["Location"]).content.decode()
    )
    assert Review.objects.latest("pk").evidence.get().snapshot is None


def test_what_comes_after_the_question_stays_out(desk, claim, served):
    told(desk, claim, "read:evidence-0", url=URL, quote=BODY[2])
    asked = post(desk, claim, "step:publish", url=URL, quote=BODY[2], confirmed=None)
    assert asked.status_code == 200 and ("evidence-0-snapshot", "") not in asked.context["given"]
    run_jobs()
    assert post(desk, claim, "step:publish", url=URL, quote=BODY[2]).status_code == 302
    assert Review.objects.latest("pk").evidence.get().snapshot is None


def test_a_draft_opened_later_tells_of_its_page(desk, claim, served):
    told(desk, claim, "read:evidence-0", url=URL, quote=BODY[2])
    post(desk, claim, "draft", url=URL, quote=BODY[2])
    assert "No worker is running" in desk.get(url(claim)).content.decode()
    run_jobs()
    assert "The page has been fetched." in desk.get(url(claim)).content.decode()


def test_what_cannot_be_fetched_stays_without_a_snapshot(desk, claim):
    told(desk, claim, "read:evidence-0", url="https://127.0.0.1/")
    run_jobs()
    fields, says = told(desk, claim, "fetched:evidence-0", url="https://127.0.0.1/")
    assert fields == {"start": "", "snapshot": ""} and "This evidence stays without a snapshot of its page:" in says
    assert post(desk, claim, "step:publish", url="https://127.0.0.1/").status_code == 302
    assert Review.objects.latest("pk").evidence.get().snapshot is None


def test_it_is_kept_without_the_text(desk, claim, snapshot):
    fields, says = told(desk, claim, "leave:evidence-0", quote="As I read it", snapshot=snapshot.pk, start=0)
    assert fields == {"start": "", "snapshot": ""} and "As I read it" not in says


def test_an_address_comes_first(desk, claim):
    answer = post(desk, claim, "read:evidence-0", url="")
    assert "Give the address of the page first." in answer.content.decode()


@pytest.mark.parametrize("action", ["look:evidence-9", "place:evidence-0", "place:evidence-0:x-y", "read:"])
def test_an_action_that_names_nothing_shows_the_page(desk, claim, action):
    assert post(desk, claim, action).status_code == 200


def test_without_script_the_page_says_it(desk, claim, snapshot):
    answer = post(desk, claim, "place:evidence-0:0-17", quote="")
    form = answer.context["page"].evidence.forms[0]
    assert (form["quote"].value(), form["snapshot"].value()) == ("Lorries a day: 90", str(snapshot.pk))
    assert "The source says so:" in answer.content.decode() and "Counted." in answer.content.decode()


def test_a_refused_quote_is_told_at_its_row_with_the_nearest_passage(desk, claim, snapshot):
    answer = post(desk, claim, "step:publish", quote="Lorries a day: 95", snapshot=snapshot.pk)
    form = answer.context["page"].evidence.forms[0]
    assert answer.status_code == 400 and form.errors["quote"] and form.quote_check.nearest.start == 0


def test_a_correction_begins_with_what_is_published_and_says_so(client, claim, snapshot):
    editor = factories.make_user("editor")
    given = {"url": ADDRESS, "stance": "refutes", "quote": "Cars a day: 4,100", "snapshot": snapshot.pk, "start": 19}
    factories.step(claim, "checked", by=editor, evidence=[given])
    client.force_login(editor)
    answer = client.get(url(claim))
    form = answer.context["page"].evidence.forms[0]
    assert form["start"].value() == 19 and form.quote_check.found.start == 19
    assert (
        not form.quote_check.is_after_verdict and "Published after the verdict in force" not in answer.content.decode()
    )


def test_what_is_dated_after_the_verdict_is_marked(client, claim, snapshot):
    editor = factories.make_user("editor")
    late = datetime(2999, 3, 2, tzinfo=UTC)
    Article.objects.filter(pk=snapshot.article_id).update(published_at=late)
    given = {"url": ADDRESS, "stance": "refutes", "quote": "Counted by hand", "snapshot": snapshot.pk}
    factories.step(claim, "checked", by=editor, evidence=[given, *factories.EVIDENCE])
    client.force_login(editor)
    answer = client.get(url(claim)).content.decode()
    assert answer.count("Published after the verdict in force") == answer.count("Dated after the verdict") == 1


def test_where_nothing_is_known_of_its_page_the_history_says_so(client, claim):
    quoted = {**factories.EVIDENCE[0], "quote": "4,012 a day", "accessed_at": "2999-01-01"}
    factories.step(claim, "checked", by=factories.make_user("editor"), evidence=[quoted])
    client.force_login(factories.make_user("moderator"))
    answer = client.get(url(claim)).content.decode()
    assert "day of publication not known" in answer and "quote not compared with its page" in answer
    assert "Dated after the verdict" in answer

"""Articles are read again, and what a paper changed under a claim waits for the desk."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.utils import timezone

from bench.rereading import run, serving
from claims import curating, reviewing
from claims.curating import rereading
from claims.models import Claim, Evidence, SourceChange
from claims.tasks import rereading as tasks
from claimtrack.jobs.actors import desk
from claimtrack.refusals import NotAllowed
from sources.ingesting import ingest
from sources.models import Article, Host, Reading, Snapshot
from tests.factories import make_claim, make_user, step

URL = "https://tidende.example/2026/mill"
ROBOTS = "https://tidende.example/robots.txt"
LONG_AGO = "2026-01-01T00:00Z"
BODY = [
    "The mill in Aldersund was sold on Monday to a brewery from the coast, which wants to reopen it next summer.",
    "“The brewery paid four million crowns for it,” said the mayor, Ida Brandt, who had wanted a school there.",
    "Twice the village had offered to buy the mill, and twice its owner had not even answered the letter.",
]
QUOTE = "The brewery paid four million crowns for it"
SOFTER = BODY[1].replace("four", "up to four")


def page(*body, around=""):
    text = "".join(f"<p>{one}</p>" for one in body or BODY)
    head = "<html lang='en'><head><title>Mill sold</title></head>"
    return f"{head}<body><article><h1>Mill sold</h1>{text}</article>{around}</body></html>"


@pytest.fixture(scope="module")
def server():
    with serving() as papers:
        yield papers


@pytest.fixture
def site(server, settings):
    settings.CLAIMTRACK_REREAD_DELAY = 0
    server.pages, server.answers, server.asked = {URL: page()}, {}, []
    server.before_answer = lambda address: None
    return server


@pytest.fixture
def by(db):
    return make_user("editor")


@pytest.fixture
def claim(site, by):
    snapshot = ingest(by=by, url=URL, fetcher=site.fetcher).snapshot
    site.asked.clear()
    return make_claim("unverified", snapshot=snapshot, quote=QUOTE)


def read(site, by):
    """Read what is enrolled, as if it were due."""
    rereading.enrol()
    Reading.objects.filter(due_at__isnull=False).update(due_at=LONG_AGO)
    return rereading.reread_one(by=by, fetcher=site.fetcher)


def waiting():
    return [(row.kind, row.quote, row.later_quote) for row in SourceChange.objects.for_list()]


def test_it_works(site, claim, by):
    assert read(site, by).outcome == "unchanged"
    site.pages[URL] = page(BODY[0], SOFTER, BODY[2])
    reading = read(site, by)
    assert (reading.outcome, reading.times) == ("changed", 0)
    assert Snapshot.objects.count() == 2 and Article.objects.get().current_snapshot.method == "fetched"
    assert waiting() == [("changed", BODY[1], SOFTER)]
    assert site.agents == {"claimtrack (+http://127.0.0.1:8000)"}
    assert Claim.objects.get(pk=claim.pk).version == claim.version, "a reading changes no claim"


def test_edits_of_every_kind_in_pages_of_every_shape(site, by):
    counts, wrong = run(site, count=30, seed=7, by=by)
    assert (counts.noticed, counts.reported) == (counts.real, counts.touching), wrong
    assert (counts.snapshots_for_nothing, counts.reports_for_nothing) == (0, 0), wrong


def test_it_is_read_soon_and_then_less_often(site, claim, by, settings):
    settings.CLAIMTRACK_REREAD = [6, 24, 72]
    Article.objects.update(seen_at=timezone.now())
    rereading.enrol()
    assert rereading.reread_one(by=by, fetcher=site.fetcher) is None, "not due yet"
    hours = []
    for _ in range(4):
        due = Reading.objects.get().due_at if not hours else read(site, by).due_at
        hours.append(round((due - timezone.now()) / timedelta(hours=1)))
    assert hours == [6, 24, 72, 72]
    site.pages[URL] = page(BODY[0], SOFTER)
    assert round((read(site, by).due_at - timezone.now()) / timedelta(hours=1)) == 6, "it may be corrected once more"


def test_one_switch_turns_it_off(site, claim, by, settings):
    settings.CLAIMTRACK_REREAD = []
    assert read(site, by) is None and site.asked == []


def test_an_unchanged_page_is_not_sent_again(site, claim, by):
    read(site, by)
    site.pages[ROBOTS] = "User-agent: *\nDisallow:"
    before = Reading.objects.get()
    assert before.etag
    assert (read(site, by).outcome, Snapshot.objects.count()) == ("unchanged", 1)


QUIET = [
    (
        page(around="<aside class='related'><ul><li><a href='/1'>Market closes</a></li></ul></aside>"),
        "related articles",
    ),
    (page(around="<footer>4,012 readers</footer><div id='comments'><p>Well said, I think.</p></div>"), "counters"),
    (page(*BODY, "<time>Last updated 5 May 2026, 10:12</time>"), "a date"),
    (page(BODY[0], BODY[1].replace("“", '"').replace("”", '"').replace(" ", " &nbsp;", 1), BODY[2]), "typography"),
    (page(BODY[0] + "</p><p>" + BODY[1] + "</p> \n <p>" + BODY[2]), "white space"),
    (page(BODY[0], "<div class='ad-slot'>Two coats for one, only this week.</div>", *BODY[1:]), "an advertisement"),
]


@pytest.mark.parametrize(("html", "why"), QUIET)
def test_what_changes_around_the_article_makes_no_snapshot(site, claim, by, html, why):
    site.pages[URL] = html
    assert (read(site, by).outcome, Snapshot.objects.count(), waiting()) == ("unchanged", 1, []), why


NOTE = "Correction: an earlier version of this article gave another sum."
LOUD = [
    (page(BODY[0], BODY[2]), [("gone", BODY[1], None)], "deleted"),
    (page(BODY[0], BODY[1].replace("paid", "never paid"), BODY[2]), "changed", "turned round"),
    (page(*BODY, NOTE), [("note", BODY[1], NOTE)], "a note at the end"),
    (page(BODY[0].replace("summer", "winter"), *BODY[1:]), [], "changed elsewhere"),
]


@pytest.mark.parametrize(("html", "expected", "why"), LOUD)
def test_what_changes_in_the_article_makes_one(site, claim, by, html, expected, why):
    site.pages[URL] = html
    assert (read(site, by).outcome, Snapshot.objects.count()) == ("changed", 2), why
    found = waiting()
    assert (found[0][0] == expected) if isinstance(expected, str) else (found == expected), why


def test_what_evidence_quotes_is_followed(site, claim, by):
    other = make_claim("in_review")
    piece = {"url": URL, "stance": "refutes", "quote": BODY[2], "snapshot": claim.appearances.get().snapshot_id}
    step(other, "checked", by=other.assignee, evidence=[piece])
    site.pages[URL] = page(BODY[0], BODY[1], BODY[2].replace("Twice the", "Once the"))
    read(site, by)
    assert [(row.claim, row.kind) for row in SourceChange.objects.all()] == [(other, "changed")]


def test_a_page_that_no_claim_quotes_any_more_is_left_out(site, claim, by):
    read(site, by)
    reviewing.review(claim=claim, to="dismissed", by=by, expected=None, rationale="Not for us.")
    site.asked.clear()
    assert read(site, by) is None and site.asked == []
    assert Reading.objects.get().due_at is None
    reviewing.review(claim=claim, to="unverified", by=by, expected=None, rationale="It is, after all.")
    assert read(site, by).outcome == "unchanged"


def test_what_has_changed_lately_is_scheduled_without_a_look_at_the_rest(site, claim, by):
    assert rereading.enrol(since=timezone.now() + timedelta(hours=1)) == 0
    assert not Reading.objects.filter(due_at__isnull=False).exists()
    rereading.enrol(since=timezone.now() - timedelta(hours=1))
    assert Reading.objects.get(due_at__isnull=False).article == Article.objects.get()


def test_the_worker_does_it_as_the_desk(site, claim, by, monkeypatch):
    monkeypatch.setattr(tasks, "rereading", _through(site))
    tasks.enrol()
    Reading.objects.update(due_at=LONG_AGO)
    site.pages[URL] = page(BODY[0], SOFTER, BODY[2])
    tasks.reread()
    assert len(waiting()) == 1
    assert Article.objects.get().current_snapshot.taken_by == desk()


def _through(site):
    """The functions that the task calls, with this site's fetcher."""
    one = partial(rereading.reread_one, fetcher=site.fetcher)
    names = {"enrol": rereading.enrol, "BATCH": rereading.BATCH, "compare_one": rereading.compare_one}
    return SimpleNamespace(reread_one=one, **names)


def test_what_was_removed_by_order_is_removed_from_a_later_reading(site, claim, by):
    snapshot = claim.appearances.get().snapshot
    name = "Ida Brandt"
    at = snapshot.text.index(name)
    curating.redact(snapshot=snapshot, ranges=[(at, len(name))], reason="An order.", order="Court 1", by=by)
    assert read(site, by).outcome == "unchanged", "the page still has the name, which is no change"
    site.pages[URL] = page(BODY[0], SOFTER, BODY[2])
    read(site, by)
    assert Snapshot.objects.count() == 2 and not Snapshot.objects.filter(text__contains=name).exists()
    [(_, before, after)] = waiting()
    assert name not in before + after and "█" in before


def test_a_claim_that_readers_do_not_see_is_not_followed(site, by):
    make_claim("proposed", snapshot=ingest(by=by, url=URL, fetcher=site.fetcher).snapshot, quote=QUOTE)
    assert read(site, by) is None


ANSWERS = [
    (404, {}, "gone", "not found"),
    (410, {}, "gone", "gone for good"),
    (500, {}, "failed", "an error of the server"),
    (301, {"Location": "/tidende.example/front"}, "moved", "to another page for good"),
    (302, {"Location": "/tidende.example/front"}, "failed", "to another page for now"),
]


@pytest.mark.parametrize(("status", "headers", "outcome", "why"), ANSWERS)
def test_dead_and_moved_pages_are_listed(site, claim, by, status, headers, outcome, why):
    site.pages["https://tidende.example/front"] = page(
        "The front page of today has other things to say, and says them at length."
    )
    site.answers[URL] = (status, headers)
    for _ in range(3):
        assert read(site, by).outcome == outcome, why
    listed = Reading.objects.listed().get()
    assert listed.moved_to == ("https://tidende.example/front" if headers else "")
    assert (Snapshot.objects.count(), waiting(), listed.failures) == (1, [], 3)
    del site.answers[URL]
    assert read(site, by).outcome == "unchanged" and not Reading.objects.listed().exists()


def test_a_page_with_something_else_in_place_of_the_article_is_not_read(site, claim, by, client):
    page_before = Article.objects.get().current_snapshot
    site.pages[URL] = (
        "<html><head><title>Mill sold</title></head><body><main><h1>Sign in</h1><p>Please sign in, or make a free account, to read on."
        "</p><p>By signing in you accept our terms of use and our rules of privacy.</p></main></body></html>"
    )
    for _ in range(3):
        reading = read(site, by)
    assert (reading.outcome, reading.code, waiting()) == ("failed", "another_page", [])
    assert Article.objects.get().current_snapshot == page_before and Reading.objects.listed().exists()
    client.force_login(make_user("moderator"))
    assert "in place of the article" in client.get("/admin/sources/reading/").content.decode()
    site.pages[URL] = page(BODY[0], SOFTER, BODY[2])
    assert read(site, by).outcome == "changed", "once the article is there again"


def test_addresses_of_evidence_are_looked_up(site, by):
    claim = make_claim("in_review")
    dead, alive = "https://roads.example/count", "https://roads.example/map.pdf"
    site.pages[alive] = "%PDF"
    site.answers[alive] = (200, {"Content-Type": "application/pdf"})
    step(claim, "checked", by=claim.assignee, evidence=[{"url": url, "stance": "refutes"} for url in (dead, alive)])
    Article.objects.update(canonical_url=None, url="")
    assert {read(site, by).url, read(site, by).url} <= {dead, alive}
    for _ in range(2):
        rereading.reread_one(by=by, fetcher=site.fetcher)
    assert set(Reading.objects.values_list("url", "outcome")) == {(dead, "gone"), (alive, "there")}


RULES = [
    (200, "User-agent: *\nDisallow: /2026/", "forbidden", "forbidden"),
    (
        200,
        "User-agent: claimtrack\nDisallow: /*mill$",
        "forbidden",
        "by a pattern that the standard library does not know",
    ),
    (200, "User-agent: other\nDisallow: /", "unchanged", "another program"),
    (200, "User-agent: *\nDisallow: /\nAllow: /2026/", "unchanged", "the longest rule counts"),
    (404, "", "unchanged", "no rules"),
    (503, "", "no_rules", "rules that cannot be read"),
    (401, "", "no_rules", "rules that are refused"),
]


@pytest.mark.parametrize(("status", "rules", "outcome", "why"), RULES)
def test_robots_txt(site, claim, by, status, rules, outcome, why):
    site.pages[ROBOTS] = rules
    site.answers[ROBOTS] = (status, {})
    assert read(site, by).outcome == outcome, why
    assert (URL in site.asked) == (outcome == "unchanged")
    assert Reading.objects.listed().exists() == (outcome != "unchanged")


def test_a_host_is_not_asked_twice_at_once(site, claim, by, settings):
    settings.CLAIMTRACK_REREAD_DELAY = 60
    other = "https://tidende.example/2026/other"
    site.pages[other] = page("Another article of the same paper, which is long enough to be taken for one.")
    quote = "Another article of the same paper"
    make_claim("unverified", snapshot=ingest(by=by, url=other, fetcher=site.fetcher).snapshot, quote=quote)
    site.asked.clear()
    read(site, by)
    assert len(site.asked) == 2, "the rules, and one page"
    second = rereading.reread_one(by=by, fetcher=site.fetcher)
    assert len(site.asked) == 2 and second.outcome == "" and second.due_at == Host.objects.get().free_at


def test_rules_and_retry_after_are_heeded(site, claim, by):
    site.pages[ROBOTS] = "User-agent: *\nCrawl-delay: 120"
    read(site, by)
    assert read(site, by).due_at - timezone.now() < timedelta(seconds=121)
    site.answers[URL] = (429, {"Retry-After": "7200"})
    Host.objects.update(free_at=LONG_AGO, delay=0)
    read(site, by)
    assert timedelta(seconds=7100) < Host.objects.get().free_at - timezone.now() < timedelta(seconds=7201)


@pytest.mark.parametrize("moment", ["page", "comparison"])
def test_a_worker_that_ends_in_the_middle(site, claim, by, moment, monkeypatch):
    site.pages[URL] = page(BODY[0], SOFTER, BODY[2])
    rereading.enrol()
    Reading.objects.update(due_at=LONG_AGO)
    with monkeypatch.context() as patch:
        patch.setattr(
            f"claims.curating.rereading.{'compare' if moment == 'comparison' else 'reread_next'}", _end(moment)
        )
        with pytest.raises(KeyboardInterrupt):
            rereading.reread_one(by=by, fetcher=site.fetcher)
    if moment == "page":
        assert Reading.objects.get().due_at > timezone.now(), "leased"
        assert read(site, by).outcome == "changed"
    else:
        assert rereading.compare_one(by=by) == Article.objects.get()
        assert rereading.compare_one(by=by) is None
    read(site, by)
    assert (Snapshot.objects.count(), waiting()) == (2, [("changed", BODY[1], SOFTER)])


def _end(moment):
    from sources.rereading import reread_next

    def ended(*args, **kwargs):
        if moment == "page":

            def fetcher(url, **options):
                raise KeyboardInterrupt

            return reread_next(**{**kwargs, "fetcher": fetcher})
        raise KeyboardInterrupt

    return ended


def test_an_archived_copy_is_kept_once(site, claim, by, client):
    site.answers[URL] = (404, {})
    reading = read(site, by)
    client.force_login(by)
    listed = client.get("/admin/sources/reading/?outcome=listed").content.decode()
    form = f"/admin/sources/reading/{reading.pk}/archive/"
    assert form in listed and "Gone" in listed
    assert f"https://web.archive.org/web/2/{URL}" in client.get(form).content.decode()
    kept = "https://archive.example/mill"
    assert client.post(form, {"archive_url": kept}).status_code == 302
    assert Snapshot.objects.get().archive_url == kept
    assert client.post(form, {"archive_url": "https://archive.example/other"}).status_code == 409
    assert client.post(form, {"archive_url": "nowhere"}).status_code == 400
    assert kept in client.get("/admin/sources/reading/").content.decode()
    client.force_login(make_user("contributor"))
    assert client.get(form).status_code == 403


def test_an_archived_copy_of_evidence(site, by):
    url = "https://roads.example/count"
    claim = make_claim("in_review")
    step(claim, "checked", by=claim.assignee, evidence=[{"url": url, "stance": "refutes"}])
    rereading.enrol()
    reading = Reading.objects.get(url=url)
    with pytest.raises(NotAllowed):
        curating.keep_archive(reading=reading, by=make_user("contributor"), archive_url="https://archive.example/1")
    curating.keep_archive(reading=reading, by=make_user("moderator"), archive_url="https://archive.example/1")
    assert Evidence.objects.get().archive_url == "https://archive.example/1"

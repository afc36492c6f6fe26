"""The leak test: every public route, with claims in every hidden state present, tells nothing of them.

Whatever is hidden carries the marker SECRET. The routes and their parameters come from the API's own schema, which is held
against the URL conf: a new route is walked too. The same walk as a Moderator finds the marker by every way but the named
few, so that it would find a leak.
"""

import itertools
import json
import re

import pytest
from django.urls import get_resolver

from claims import curating
from claims.models import Claim, ExternalReview, Review, SourceChange, Speaker, Topic, Verdict, Webhook
from claims.webhooks.subscribing import create_webhook
from claimtrack.models import User
from sources.ingesting import fetches
from sources.models import Article, Fetch, Snapshot, Source
from tests.factories import (
    EVIDENCE,
    make_claim,
    make_external_review,
    make_snapshot,
    make_source,
    make_speaker,
    make_user,
    step,
)

# Walks of every route.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "Xylophant"
# In the text of a public snapshot, too far from any quote to be shown with it.
FAR = "Quaggamere"
NUMBERS = range(1, 5)
PLAIN = "She said that the ferries run empty, and nobody knew why. " * 6
TEXT = f"{FAR} stood far before it.\n{PLAIN}\n{FAR} stood far after it."
ASKED = {"asked_for": "reply", "channel": "email", "asked_on": "2026-01-05"}
QUOTE = {"quote": "the ferries run empty", "start": TEXT.index("the ferries", 150)}


def judgement():
    evidence = {"url": f"https://{SECRET}.example/", "stance": "context"}
    evidence |= dict.fromkeys(("title", "publisher", "quote"), SECRET)
    words = dict.fromkeys(("rationale", "note"), SECRET)
    return {"verdict": "satire", **words, "evidence": [evidence], "changes": {"text": SECRET}}


def hidden_claim(number, status, **fields):
    """A claim of which every word, and everything around it, is secret."""
    text = f"{SECRET} {number}. “{SECRET} ferries run empty,” said Ada Roe. {PLAIN}"
    if "article" not in fields:
        host = f"{SECRET.lower()}{number}.example"
        fields |= {"source": make_source(host, name=SECRET, notes=SECRET), "canonical_url": f"https://{host}/{number}"}
        fields |= {"title": SECRET, "byline": SECRET, "published_at": "1999-01-01T00:00Z", "published_precision": "day"}
    return make_claim(
        status,
        text=f"{SECRET} {number}",
        speaker=make_speaker(f"{SECRET} {number}", role=SECRET, aliases=[f"Alias {SECRET} {number}"]),
        speaker_role=SECRET,
        said_at="1999",
        due_on="1999",
        language="gd",
        topics=[f"{SECRET.lower()}-{number}"],
        snapshot=make_snapshot(text, **fields),
        quote=f"{SECRET} {number}",
    )


@pytest.fixture
def desk():
    """Every hidden state, and public claims that must not give the hidden part of them away."""
    moderator = make_user("moderator", first_name=SECRET, email=f"{SECRET}@desk.example")
    User.objects.filter(pk=moderator.pk).update(username=SECRET)
    editor = make_user("editor", last_name=SECRET)
    secret = {"rationale": SECRET, "note": SECRET}
    words = dict.fromkeys(("publisher", "label", "title"), SECRET)
    make_external_review(hidden_claim(1, "proposed"), site=f"{SECRET.lower()}1.example", **words)
    step(hidden_claim(2, "proposed"), "dismissed", by=moderator, **secret)
    step(hidden_claim(3, "unverified"), "dismissed", by=moderator, **secret)

    article = make_snapshot(TEXT, source=make_source("harbour.example", notes=SECRET), title="Ferries").article
    appearances = [{"snapshot": article.current_snapshot, **QUOTE}]

    def claim(status, **fields):
        return make_claim(status, by=moderator, appearances=appearances, **fields)

    loser = claim("unverified", text=f"{SECRET} lost", speaker=None, speaker_role=SECRET)
    curating.merge_claims(loser=loser, winner=claim("checked"), reason=SECRET, by=editor)
    step(claim("in_review"), "awaiting_approval", by=moderator, **judgement())
    returned = claim("in_review")
    step(returned, "awaiting_approval", by=moderator, **judgement())
    step(returned, "in_review", by=editor, note=SECRET)
    curating.ask(claim=returned, by=editor, person=moderator)
    inquiry = curating.inquire(claim=returned, by=editor, text="How do you know?", note=SECRET, public=True, **ASKED)
    curating.record_outcome(inquiry=inquiry, by=editor, answer="replied", came_on="2026-01-12", text=SECRET)
    unpublished = curating.inquire(claim=returned, by=editor, name=SECRET, text=SECRET, **ASKED)
    withdrawn = curating.inquire(claim=returned, by=editor, text=SECRET, public=True, **ASKED)
    curating.withdraw_told(row=withdrawn, by=editor)
    curating.record_outcome(inquiry=unpublished, by=editor, answer="none", came_on="2026-01-12", text=SECRET)
    curating.comment(claim=returned, by=editor, text=SECRET)
    curating.save_draft(claim=claim("in_review"), by=moderator, **judgement())
    step(claim("in_review"), "unverified", by=editor, rationale=SECRET, note=SECRET)
    reworded = claim("proposed", text=f"{SECRET} at first")
    curating.edit_claim(claim=reworded, by=moderator, expected=None, text="Reworded.")
    step(reworded, "unverified", by=moderator, note=SECRET)
    noted = claim("in_review")
    step(noted, "checked", by=moderator, evidence=EVIDENCE, note=SECRET)
    step(noted, "withdrawn", by=editor, note=SECRET)
    hidden_claim(4, "proposed", article=article)
    create_webhook(by=editor, name=SECRET, endpoint=f"https://{SECRET.lower()}.example/", filters=f"q={SECRET}")
    # Evidence on record that quotes a page of which nothing else is public.
    source = make_source("register.example", name=SECRET, notes=SECRET)
    text = TEXT.replace(FAR, SECRET)
    register = make_snapshot(text, source=source, title=SECRET, byline=SECRET)
    place = {"snapshot": register.pk, "quote": QUOTE["quote"], "start": text.index(QUOTE["quote"], 150)}
    evidence = {"url": register.article.url, "stance": "refutes", **place}
    step(claim("in_review"), "checked", by=moderator, evidence=[evidence])
    fetches.ask(by=moderator, url=f"https://{SECRET}.example/")
    changed_at_source(host="waits.example", by=editor)
    decided = changed_at_source(host="decided.example", by=editor)
    change = SourceChange.objects.get(claim=decided)
    curating.decide_source(change=change.pk, later=change.later_id, of=decided.pk, by=editor, decision="corrected")
    step(decided, "dismissed", by=editor, **secret)


def changed_at_source(host, by):
    """A public claim whose article says something else now, in a text of which nothing is quoted."""
    article = make_snapshot(TEXT, source=make_source(host), title="Boats").article
    row = make_claim("unverified", by=by, appearances=[{"snapshot": article.current_snapshot, **QUOTE}])
    make_snapshot(TEXT.replace("run empty", f"run {SECRET}"), article=article)
    curating.compare(article, by=by)
    return row


def operations(client):
    """(path, query parameters) of all reads that the schema describes."""
    for path, methods in client.get("/api/schema/").json()["paths"].items():
        if not path.startswith("/api/"):
            # It answers as another API does; its own test looks for leaks (test_only_what_is_public_is_found).
            continue
        if "get" in methods:
            yield path, [p for p in methods["get"].get("parameters", []) if p["in"] == "query"]


def test_the_schema_describes_every_route(client):
    api = next(pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "api/v1/")
    routes = {re.sub("<(?:[a-z]+:)?([a-z]+)>", r"{\1}", f"/api/v1/{route.pattern}") for route in api.url_patterns}
    described = client.get("/api/schema/").json()["paths"]
    assert {path.replace("{id}", "{pk}") for path in described if path.startswith("/api/")} == routes


def ids(*models):
    return sorted({pk for model in models for pk in model.objects.values_list("pk", flat=True)})


def details(path):
    """The path with each value that its placeholders can take. One that is not known here fails: add it."""
    everything = ids(Claim, ExternalReview, Fetch, Review, Speaker, Topic, Source, Article, Snapshot, Webhook)
    values = {
        "id": everything,
        "claim": everything,
        "article": ids(Article),
        "webhook": ids(Webhook),
        "slug": list(Topic.objects.values_list("slug", flat=True)),
        "code": list(Verdict.objects.values_list("code", flat=True)),
    }
    names = re.findall(r"{(\w+)}", path)
    for chosen in itertools.product(*(values[name] for name in names)):
        yield path.format(**dict(zip(names, chosen, strict=True)))


def questions(name, schema):
    """Values of a parameter that would find what is hidden. One that is not known here fails: add it."""
    names = [*(f"{SECRET} {number}" for number in NUMBERS), f"alias {SECRET} 1"]
    hosts = [f"{SECRET.lower()}{number}.example" for number in NUMBERS]
    urls = list(Article.objects.filter(canonical_url__contains=SECRET.lower()).values_list("canonical_url", flat=True))
    known = {
        "article": ids(Article),
        "claim": ids(Claim),
        "publisher_site": hosts,
        "article_url": urls,
        "bom": ["true"],
        "corrected": ["true", "false"],
        "cursor": [],
        "domain": hosts,
        "has_verdict": ["true", "false"],
        "ids": [",".join(map(str, Claim.objects.values_list("pk", flat=True)))],
        "language": ["gd"],
        "limit": [1, 200],
        "name": names,
        "ordering": schema.get("enum", []),
        "q": [SECRET, f"{SECRET[:4]}*", f'"{SECRET} 1"', "-harbour"],
        "since": ["now", "0.0.0"],
        "source": ids(Source),
        "source_domain": hosts,
        "speaker": [*ids(Speaker), "none"],
        "speaker_name": names,
        "status": schema.get("items", {}).get("enum", []),
        "topic": [f"{SECRET.lower()}-{number}" for number in NUMBERS],
        "unread": ["true", "false"],
        "url": urls,
        "verdict": ["satire"],
    }
    if name.endswith(("_after", "_since")):
        return ["1990-01-01"]
    if name.endswith("_before"):
        return ["2999-01-01"]
    return known[name]


def found(client):
    """The ways to SECRET and to FAR: routes, and routes with the parameter that led there."""
    ways = {SECRET: set(), FAR: set()}
    for path, parameters in operations(client):
        asked = [(path, address, {}) for address in details(path)]
        if "{" not in path:
            for parameter in parameters:
                name = parameter["name"]
                for value in questions(name, parameter["schema"]):
                    relevant = {"q": SECRET} if value == "relevance" else {}
                    asked.append((f"{path}?{name}", path, {name: value, **relevant}))
        for way, address, question in asked:
            response = client.get(address, question)
            assert response.status_code in ((200, 308, 404) if "{" in path else (200,)), (address, question)
            told = response.getvalue().decode()
            if told and response["Content-Type"] == "application/json":
                # The links repeat the question.
                body = json.loads(told)
                told = json.dumps(body.get("results", body), ensure_ascii=False)
            for marker in ways:
                if marker.lower() in told.lower():
                    ways[marker].add(way.removeprefix("/api/v1/"))
    return ways[SECRET], ways[FAR]


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_public_finds_nothing_hidden(client, desk, signed_in):
    if signed_in:
        client.force_login(make_user())
    assert found(client) == (set(), set())
    for path in ("/api/schema/", "/api/docs/", "/api/docs/?script", "/api/v1/"):
        assert SECRET not in client.get(path).content.decode()


def test_a_desk_that_publishes_texts_publishes_those_of_public_snapshots(client, desk, settings):
    settings.CLAIMTRACK_PUBLIC_TEXT = True
    assert found(client) == (set(), {"articles/{id}/"})


def test_contributors_find_what_they_propose_from_and_no_claim(client, desk):
    client.force_login(make_user("contributor"))
    ways, _ = found(client)
    assert {way.partition("/")[0] for way in ways} == {"speakers", "sources", "articles", "topics"}


def test_moderators_find_it_by_every_way(client, desk):
    ways = {
        f"{path}?{parameter['name']}".removeprefix("/api/v1/")
        for path, parameters in operations(client)
        if "{" not in path
        for parameter in parameters
    }
    paths = {path.removeprefix("/api/v1/") for path, _ in operations(client)}
    # The scale is public and holds no secret; nothing hidden was ever published; a cursor comes with a list.
    barren = {way for way in ways | paths if way.startswith("verdicts/") or way.endswith("?cursor")}
    barren |= {
        f"{way}?{of}"
        for way in ("claims/", "claims/facets/", "claims.csv", "claims.ndjson")
        for of in ("verdict", "reviewed_after", "reviewed_before", "review_by_after", "review_by_before")
    }
    barren |= {way for way in ways | paths if way.startswith("claims.jsonld")}
    # Receipts are of what was published, where there is a log.
    barren |= {way for way in paths if way.endswith("/receipt/")}
    # Notices are one's own, and quote nothing.
    barren |= {way for way in ways | paths if way.startswith("notices/")}
    # Webhooks are the Editors'.
    barren |= {way for way in ways | paths if way.startswith("webhooks/")}
    # The feed of changes tells of public rows only, whoever asks.
    barren |= {"", "claims/dictionary/", "claims/changes/", "claims/changes/?since", "claims/changes/?limit"}
    client.force_login(make_user("moderator"))
    assert found(client)[0] == (ways | paths) - barren

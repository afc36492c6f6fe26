"""Names, labels and dates that cannot be are refused, and days to come are warned of, at each door in the same way."""

import json

import pytest
from django.urls import reverse

from claims.models import Alias, Claim, ExternalReview, Speaker, Topic, Verdict
from sources.models import Article, Source
from tests import factories

V1 = "/api/v1"
EVIDENCE = {"url": "https://roads.example/count", "stance": "refutes"}
PUBLICATION = {"to": "checked", "verdict": "false", "rationale": "Counted."}
LINE = {
    "source": {"name": "Harbour Post"},
    "article": {"url": "https://harbour.example/a"},
    "speaker": {"name": "Ada Brook"},
    "claim": {"text": "Nine ferries."},
    "quote": "Nine ferries",
}
REVIEW = {
    "@type": "ClaimReview",
    "url": "https://lantern.example/checks/ferries",
    "claimReviewed": "The ferries run empty.",
    "author": {"name": "Lantern"},
    "reviewRating": {"alternateName": "Wrong"},
}


@pytest.fixture
def desk(client, db):
    client.force_login(factories.make_user("editor"))
    return client


@pytest.fixture
def article(db):
    """The article of LINE, with its quote."""
    source = factories.make_source("harbour.example", name=LINE["source"]["name"])
    address = LINE["article"]["url"]
    return factories.make_snapshot("“Nine ferries,” she said.", source=source, canonical_url=address).article


def in_review(desk):
    """A claim that the person at the desk has taken."""
    claim = factories.make_claim("in_review")
    desk.force_login(claim.assignee)
    return claim


def long(most):
    """One character more than fits."""
    return "x" * (most + 1)


def post(client, path, body, **headers):
    return client.post(f"{V1}/{path}/", json.dumps(body), content_type="application/json", headers=headers)


# address, body, field, what is longer than its column
API = [
    ("sources", {"name": long(300)}, "name", "a source's name"),
    ("sources", {"name": "A", "homepage": f"https://a.example/{long(2000)}"}, "homepage", "a source's page"),
    ("sources", {"name": "A", "domains": [f"{long(60)}.{long(200)}.example"]}, "domains", "a domain"),
    ("articles", {"source_name": long(300), "text": "A."}, "source_name", "the name of a source that is made"),
    ("articles", {"source_name": "A", "text": "A.", "title": long(1000)}, "title", "a title"),
    ("articles", {"source_name": "A", "text": "A.", "byline": long(1000)}, "byline", "a byline"),
    ("articles", {"url": f"https://a.example/{long(2000)}", "text": "A."}, "url", "an address"),
    ("speakers", {"name": long(300)}, "name", "a name"),
    ("speakers", {"name": "ﷺ" * 40}, "name", "a name whose ligatures are taken apart to compare it"),
    ("speakers", {"name": "A", "role": long(300)}, "role", "a role"),
    ("speakers", {"name": "A", "aliases": ["B", long(300)]}, "aliases", "an alias"),
    ("speakers", {"name": "A", "website": f"https://a.example/{long(2000)}"}, "website", "a website"),
    ("speakers", {"name": "A", "wikidata_id": f"Q{'1' * 20}"}, "wikidata_id", "a Wikidata id"),
    ("topics", {"name": long(200)}, "name", "a topic"),
    ("topics", {"name": "A", "slug": long(200)}, "slug", "a slug"),
]


@pytest.mark.parametrize(("path", "body", "field", "reason"), API, ids=[case[3] for case in API])
def test_the_api_refuses_what_is_too_long(desk, path, body, field, reason):
    response = post(desk, path, body)
    problem = response.json()
    assert (response.status_code, problem["field"]) == (400, field), problem
    assert problem["code"] in ("too_long", "invalid", "domain", "url") and len(problem["detail"]) < 500, problem
    assert not any(model.objects.exists() for model in (Source, Speaker, Article, Topic))


# body of the claim or, with "evidence" or "changes", of the review; field
OF_A_CLAIM = [
    ({"text": long(10_000)}, "text"),
    ({"speaker_role": long(300)}, "speaker_role"),
    ({"language": long(35)}, "language"),
]
OF_A_REVIEW = [
    ({"rationale": long(20_000)}, "rationale"),
    ({"note": long(20_000)}, "note"),
    ({"evidence": [{**EVIDENCE, "title": long(500)}]}, "evidence.0.title"),
    ({"evidence": [EVIDENCE, {**EVIDENCE, "publisher": long(300)}]}, "evidence.1.publisher"),
    ({"evidence": [{**EVIDENCE, "url": f"https://a.example/{long(2000)}"}]}, "evidence.0.url"),
    ({"changes": {"speaker_role": long(300)}}, "changes.speaker_role"),
]


@pytest.mark.parametrize(("body", "field"), OF_A_CLAIM)
def test_the_api_refuses_what_is_too_long_of_a_claim(desk, body, field):
    claim = factories.make_claim("proposed")
    given = {"snapshot": claim.appearances.get().snapshot_id, "quote": factories.QUOTE}
    proposed = post(desk, "claims", {"text": "A.", "appearances": [given], **body})
    edited = desk.patch(f"{V1}/claims/{claim.pk}/", body, "application/json", headers={"If-Match": "*"})
    for response in (proposed, edited):
        assert (response.status_code, response.json()["field"]) == (400, field), response.json()


@pytest.mark.parametrize(("body", "field"), OF_A_REVIEW)
def test_the_api_refuses_what_is_too_long_of_a_review(desk, body, field):
    claim = in_review(desk)
    given = {**PUBLICATION, "evidence": [EVIDENCE], "expected": claim.version}
    response = post(desk, f"claims/{claim.pk}/reviews", {**given, **body})
    assert (response.status_code, response.json()["field"]) == (400, field), response.json()


# member of a line, value, pointer
LINES = [
    ("source", {"name": long(300)}, "/source/name"),
    ("speaker", {"name": long(300)}, "/speaker/name"),
    ("speaker", {"name": "A", "role": long(300)}, "/speaker/role"),
    ("speaker", {"name": "A", "aliases": [long(300)]}, "/speaker/aliases/0"),
    ("claim", {"text": long(10_000)}, "/claim/text"),
    ("claim", {"text": "A.", "speaker_role": long(300)}, "/claim/speaker_role"),
    ("claim", {"text": "A.", "topics": [long(200)]}, "/claim/topics/0"),
    ("claim", {"text": "A.", "language": long(35)}, "/claim/language"),
    ("quote", long(10_000), "/quote"),
]


@pytest.mark.parametrize(("member", "value", "pointer"), LINES)
def test_an_import_refuses_what_is_too_long(desk, article, member, value, pointer):
    line = json.dumps({**LINE, member: value})
    response = desk.post(f"{V1}/claims/bulk/", line, content_type="application/x-ndjson")
    [result] = response.json()["results"]
    assert (result["result"], result["pointer"]) == ("refused", pointer), result


# members of a review by another publisher
OF_OTHERS = [
    {"author": {"name": long(300)}},
    {"name": long(1000)},
    {"reviewRating": {"alternateName": long(1000)}},
    {"itemReviewed": {"@type": "Claim", "author": {"name": long(300)}}},
    {"claimReviewed": long(10_000)},
    {"url": f"https://lantern.example/{long(2000)}"},
]


@pytest.mark.parametrize("members", OF_OTHERS, ids=[next(iter(members)) for members in OF_OTHERS])
def test_an_import_of_reviews_refuses_what_is_too_long(desk, members):
    report = post(desk, "external-reviews", {**REVIEW, **members}).json()
    [refused] = report["refused"]
    # An address that is too long is none.
    assert refused["code"] == ("unreadable" if "url" in members else "too_long") and refused["place"], refused
    assert "characters" in refused["detail"]
    assert not ExternalReview.objects.exists() and not Speaker.objects.exists()


FORMS = {"domains-TOTAL_FORMS": "0", "domains-INITIAL_FORMS": "0"}
# page, form: names and labels with one character more than fits
DESK = [
    ("sources_source_add", {**FORMS, "name": long(300), "kind": "other"}, 301),
    ("sources_article_add", {"text": "A.", "new_source": long(300)}, 301),
    ("sources_article_add", {"text": "A.", "new_source": "A", "title": long(1000)}, 1001),
    ("sources_article_add", {"text": "A.", "new_source": "A", "byline": long(1000)}, 1001),
    ("claims_speaker_add", {"name": long(300), "kind": "person"}, 301),
    ("claims_speaker_add", {"name": "A", "kind": "person", "role": long(300)}, 301),
    ("claims_speaker_add", {"name": "A", "kind": "person", "names": f"B\n{long(300)}"}, 301),
    ("claims_topic_add", {"name": long(200), "slug": "a"}, 201),
    ("claims_topic_add", {"name": "A", "slug": long(200)}, 201),
    ("claims_verdict_add", {"code": "odd", "label": long(100), "position": "9"}, 101),
]


@pytest.mark.parametrize(("page", "form", "length"), DESK)
def test_the_desk_refuses_what_is_too_long_at_its_field(desk, page, form, length):
    desk.force_login(factories.make_user("editor", is_superuser=True))
    verdicts = Verdict.objects.count()
    response = desk.post(reverse(f"admin:{page}"), form)
    assert response.status_code == 200 and f"{length:,} characters" in response.content.decode().replace(
        f"has {length})", f"{length} characters"
    )
    assert not any(model.objects.exists() for model in (Source, Speaker, Alias, Article, Topic))
    assert Verdict.objects.count() == verdicts


@pytest.mark.parametrize(
    ("given", "length"),
    [
        ({"rationale": long(20_000)}, 20_001),
        ({"evidence-0-title": long(500)}, 501),
        ({"evidence-0-publisher": long(300)}, 301),
    ],
)
def test_the_review_page_refuses_what_is_too_long(desk, given, length):
    claim = in_review(desk)
    form = {
        "expected": claim.version,
        "seen": "2020",
        "action": "step:publish",
        "verdict": "false",
        "rationale": "Counted.",
    }
    form |= {"evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0"}
    form |= {f"evidence-0-{name}": value for name, value in EVIDENCE.items()}
    response = desk.post(reverse("admin:claims_claim_change", args=[claim.pk]), {**form, **given})
    assert response.status_code in (200, 400) and f"{length:,}" in response.content.decode()
    assert Claim.objects.get(pk=claim.pk).status == "in_review"


# A year that cannot be, as each door takes it.
YEARS = ["0999-12-31", "3000-01-01", "0001-01-01", "9999-12-31"]


def dated(client, claim, day):
    """Each member of the API that takes a date, and the answer to this one."""
    place = {"snapshot": claim.appearances.get().snapshot_id, "quote": factories.QUOTE}
    version = claim.version
    for field, changed in (
        ("evidence.0.accessed_at", {"evidence": [{**EVIDENCE, "accessed_at": day}]}),
        ("changes.said_at", {"changes": {"said_at": day}}),
    ):
        body = {**PUBLICATION, "evidence": [EVIDENCE], "expected": version, **changed}
        yield field, post(client, f"claims/{claim.pk}/reviews", body)
        version = Claim.objects.get(pk=claim.pk).version
    yield "said_at", post(client, "claims", {"text": "A.", "appearances": [place], "said_at": day})
    yield "published_at", post(client, "articles", {"source_name": "A", "text": f"A {day}", "published_at": day})
    other = factories.make_claim("unverified")
    here = f"{V1}/claims/{other.pk}/"
    yield "said_at", client.patch(here, {"said_at": day}, "application/json", headers={"If-Match": "*"})


@pytest.mark.parametrize("day", YEARS)
def test_the_api_refuses_years_that_cannot_be(desk, day):
    for field, response in dated(desk, in_review(desk), day):
        problem = response.json()
        assert (response.status_code, problem["field"]) == (400, field), problem
        assert "years go from 1000 to 2999" in problem["detail"]


def test_the_api_warns_of_days_to_come_and_keeps_them(desk):
    for field, response in dated(desk, in_review(desk), "2998-03-01"):
        body = response.json()
        assert response.status_code < 300 and ("date_to_come", field) in codes(body.get("ingested", body)), body
    assert "warnings" not in desk.get(f"{V1}/claims/").content.decode()


@pytest.mark.parametrize("day", YEARS)
def test_an_import_refuses_years_that_cannot_be(desk, article, day):
    line = json.dumps({**LINE, "claim": {"text": "A.", "said_at": day}})
    [result] = desk.post(f"{V1}/claims/bulk/", line, content_type="application/x-ndjson").json()["results"]
    assert (result["result"], result["pointer"]) == ("refused", "/claim/said_at"), result
    if day != "0001-01-01":  # what programs write where there is no date, and pages of reviews are full of it
        report = post(desk, "external-reviews", {**REVIEW, "datePublished": day}).json()
        told = [*report["refused"], *report["warnings"]]
        assert any("years go from 1000 to 2999" in row["detail"] for row in told), report


def test_an_import_warns_of_days_to_come(desk, article):
    line = json.dumps({**LINE, "claim": {"text": "A.", "said_at": "2998"}})
    [result] = desk.post(f"{V1}/claims/bulk/", line, content_type="application/x-ndjson").json()["results"]
    assert codes(result) == [("date_to_come", "/claim/said_at")], result
    report = post(desk, "external-reviews", {**REVIEW, "datePublished": "2998-03-01"}).json()
    assert codes(report) == [("date_to_come", "datePublished")]


def codes(answer):
    return [(warning["code"], warning["field"]) for warning in answer["warnings"]]


def in_the_desk(client, claim, day):
    """The answer of each form of the desk that takes a date."""
    snapshot = claim.appearances.get().snapshot
    article = snapshot.article_id
    quote = {"quote": factories.QUOTE, "text": "A.", "said_at": day}
    yield client.post(reverse("admin:claims_claim_add"), {"article": article, **quote}, follow=True)
    bench = reverse("admin:sources_article_change", args=[article])
    yield client.post(bench, {"action": "propose", **quote, "text": "B."}, follow=True)
    yield client.post(
        reverse("admin:sources_article_add"), {"text": f"A {day}.", "new_source": "A", "published_at": day}, follow=True
    )
    details = {"title": "A", "byline": "", "language": "en", "published_precision": "day"}
    details |= {"published_at_0": day, "published_at_1": "00:00:00"}
    yield client.post(reverse("admin:sources_article_details", args=[article]), details, follow=True)
    here = reverse("admin:claims_claim_change", args=[claim.pk])
    edit = {"edit-expected": claim.version, "edit-text": claim.text, "edit-said_at": day, "action": "edit"}
    yield client.post(here, edit, follow=True)


@pytest.mark.parametrize("day", ["0999-12-31", "3000-01-01"])
def test_the_desk_refuses_years_that_cannot_be(desk, day):
    claim = factories.make_claim("unverified")
    for place, answer in enumerate(in_the_desk(desk, claim, day)):
        assert answer.status_code in (200, 400) and "years go from 1000 to 2999" in answer.content.decode(), place
    assert Claim.objects.count() == 1 and not Claim.objects.filter(said_at__isnull=False).exists()
    assert not Article.objects.filter(published_at__isnull=False).exists()


def test_the_desk_warns_of_days_to_come(desk):
    claim = factories.make_claim("unverified")
    for place, answer in enumerate(in_the_desk(desk, claim, "2998-03-01")):
        assert answer.status_code == 200 and "2998-03-01 lies after tomorrow" in answer.content.decode(), place

"""The routes outside the API, and claims as ClaimReview, show only what is public, whoever requests them with whatever parameters."""

import re
from urllib.parse import urlencode

import pytest

from claims import curating
from claims.formats.claimreview import Claimant, ClaimReview
from claims.formats.urls import urlpatterns as outside
from claims.importing import external_reviews
from claims.models import Appearance, Claim, Speaker, Topic
from sources.models import Article, Source
from tests.factories import EVIDENCE, make_claim, make_snapshot, make_source, make_speaker, make_user, step

pytestmark = pytest.mark.django_db

SECRET = "Xylophant"
PUBLIC = "Quaggamere"


def secret_claim(status):
    """Make a claim of which every word, and everything around it, is secret."""
    place = make_snapshot(
        f"{SECRET} said it.",
        source=make_source(f"{SECRET.lower()}.{status}.example", name=SECRET),
        canonical_url=f"https://{SECRET.lower()}.example/{status}",
        title=SECRET,
    )
    given = {"speaker": make_speaker(f"{SECRET} {status}"), "topics": [SECRET.lower()], "text": f"{SECRET} {status}"}
    return make_claim(status, snapshot=place, quote=f"{SECRET} said it", **given)


def reviewed(claim, text=SECRET):
    """Add another publisher's review to the claim, or to a new one. Return the claim."""
    item = ClaimReview(
        url=f"https://lantern.example/{text.lower()}/{claim.pk if claim else 0}",
        text=text,
        publisher=text,
        site="lantern.example",
        label=text,
        title=text,
        claimant=Claimant(text),
        language="en",
        published="2025-03-04",
    )
    return external_reviews.record_review(item=item, by=make_user("editor"), claim=claim).review.claim


@pytest.fixture
def desk():
    """Every hidden state, each with another publisher's review, and a public claim with something to hide."""
    editor, moderator = make_user("editor"), make_user("moderator", first_name=SECRET)
    for status in ("proposed", "dismissed"):
        reviewed(secret_claim(status))
    reviewed(None)
    winner = reviewed(make_claim("checked", text=f"{PUBLIC} is so.", topics=["roads"], language="en"), text=PUBLIC)
    loser = make_claim("unverified", text=SECRET, speaker=None, speaker_role=SECRET)
    curating.merge_claims(loser=loser, winner=winner, reason=SECRET, by=editor)
    step(winner, "in_review", by=editor, rationale="Looked at again.", note=SECRET)
    curating.comment(claim=winner, by=editor, text=SECRET)
    evidence = [{**EVIDENCE[0], "title": SECRET}]
    judged = {"verdict": "satire", "rationale": SECRET, "note": SECRET, "evidence": evidence}
    step(winner, "awaiting_approval", by=moderator, changes={"text": SECRET}, **judged)
    page = make_snapshot(
        f"{SECRET}. {'The count was four thousand. ' * 9} {SECRET}.", source=make_source(name=SECRET), title=SECRET
    )
    quoted = {"url": page.article.url, "stance": "refutes", "snapshot": page.pk, "quote": "The count", "start": 127}
    step(make_claim("in_review"), "checked", by=editor, evidence=[quoted])
    gone = make_claim("checked", text="Gone.")
    step(gone, "checked", by=editor, verdict="true", rationale=SECRET)
    step(gone, "withdrawn", by=editor, note=SECRET)


def ids(model):
    return list(model.objects.values_list("pk", flat=True))


def questions():
    """Yield (path, parameters) for every route, and for every parameter with values that would find the secret."""
    yield from (("v1alpha1/claims:search", {"query": word}) for word in (SECRET, PUBLIC, "gone"))
    yield "v1alpha1/claims:search", {"reviewPublisherSiteFilter": "lantern.example"}
    yield "v1alpha1/claims:search", {"query": SECRET, "languageCode": "en", "maxAgeDays": 9999}
    yield from ((f"annotations/{pk}/", {}) for pk in ids(Appearance))
    urls = list(Article.objects.values_list("canonical_url", flat=True))
    for parameters in ({}, {"claim": ids(Claim)}, {"article": ids(Article)}, {"article_url": urls}):
        yield "annotations/", parameters
    yield from ((f"api/v1/claims/{pk}/", {}) for pk in ids(Claim))
    yield "api/v1/claims/", {}
    slugs = list(Topic.objects.values_list("slug", flat=True))
    for name in ("verdicts", "corrections", "claimreview"):
        for parameters in ({}, {"speaker": ids(Speaker)}, {"source": ids(Source)}, {"topic": slugs}):
            yield f"feeds/{name}/", parameters


def told(client, path, parameters):
    """Return the content of the answer without the parameters, which its own address repeats."""
    accept = {"Accept": "application/ld+json"} if "claims/" in path else {}
    response = client.get(f"/{path}", parameters, headers=accept)
    assert response.status_code in ((200, 308, 404) if re.search("[0-9]/$", path) else (200,)), path
    asked = urlencode(parameters, doseq=True)
    content = response.getvalue().decode()
    return content.replace(asked or "\0", "").replace(asked.replace("&", "&amp;") or "\0", "")


@pytest.mark.parametrize("role", [None, "contributor", "editor"])
def test_they_tell_nothing_hidden(client, desk, role):
    if role:
        client.force_login(make_user(role))
    walked = set()
    for path, parameters in questions():
        walked.add(re.sub("/[0-9]+/", "/<int:pk>/", path))
        assert SECRET.lower() not in told(client, path, parameters).lower(), (path, parameters)
    # What answers Google's other methods reads nothing, and the log holds hashes (tests/claims/proof/test_receipts.py).
    routes = {str(route.pattern) for route in outside} - {"^v1alpha1/"}
    served = {route for route in routes if not route.removeprefix("^").startswith("log/")}
    assert walked == served | {"api/v1/claims/", "api/v1/claims/<int:pk>/"}


def test_they_tell_what_is_public(client, desk):
    assert PUBLIC in told(client, "v1alpha1/claims:search", {"query": PUBLIC})
    for path in ("api/v1/claims/", "annotations/", "feeds/verdicts/", "feeds/claimreview/"):
        assert PUBLIC in told(client, path, {})

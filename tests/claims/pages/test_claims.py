"""GET /claims/17/: what readers see of a claim."""

import json
import re
from datetime import UTC, datetime

import pytest

from claims import curating
from claims.models import Evidence
from tests.factories import (
    make_claim,
    make_external_review,
    make_snapshot,
    make_source,
    make_speaker,
    make_user,
    step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(settings):
    settings.CLAIMTRACK_SITE_URL = "https://checks.example"
    settings.CLAIMTRACK_DESK_NAME = "The Harbour Desk"


def text_of(html):
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


def page(client, claim, query=""):
    return " ".join(client.get(f"/claims/{claim.pk}/{query}").content.decode().split())


def told(client, claim):
    response = client.get(f"/claims/{claim.pk}/")
    assert response.status_code == 200
    return text_of(response.content.decode())


def test_it_works(client):
    snapshot = make_snapshot(
        source=make_source(name="The Harbour Post"),
        canonical_url="https://post.example/bridge",
        title="Nine thousand cars",
        published_at=datetime(2025, 9, 5, tzinfo=UTC),
        published_precision="day",
    )
    snapshot.archive_url = "https://archive.example/post"
    snapshot.save(update_fields=["archive_url"])
    claim = make_claim(
        "checked",
        verdict="mostly_false",
        text="The bridge carries 9,000 cars a day.",
        speaker=make_speaker("Mara Quill", role="Retired"),
        speaker_role="Mayor",
        said_at="2025-09",
        language="en",
        topics=["roads"],
        snapshot=snapshot,
    )
    response = client.get(f"/claims/{claim.pk}/")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    html = page(client, claim)
    assert '<h1 lang="en">The bridge carries 9,000 cars a day.</h1>' in html
    said = text_of(html)
    assert "Mara Quill , Mayor · said September 2025" in said
    assert "Our verdict Mostly false Holds an element of truth, but ignores facts that change the picture." in said
    assert "False Mostly false Half true Mostly true True" in said
    assert re.findall('aria-current="true">([^<]+)<', html) == ["English", "Mostly false"]
    assert 'aria-current="true">Mostly false</li>' in html
    assert "Checked by The Harbour Desk" in said
    assert "Why Counted, and it was four thousand." in said
    assert "Refutes the claim Traffic count , Roads Office" in said
    assert '<a href="https://archive.example/count" rel="nofollow">Traffic count</a>' in html
    assert "<mark>The bridge carries nine thousand cars a day</mark>" in html
    assert '<span class="around">The mayor spoke on Monday. “</span>' in html
    assert '<a href="https://post.example/bridge" rel="nofollow">Nine thousand cars</a>' in html
    assert "The Harbour Post , 5 September 2025 · archived copy" in said
    assert '<a href="https://archive.example/post" rel="nofollow">' in html
    assert '<a href="/topics/roads/" lang="en">Roads</a>' in html
    assert "Published on " in said


def test_it_embeds_its_claimreview_as_data(client):
    claim = make_claim("checked", text="</script><script>alert(1)</script> & more is false.")
    html = page(client, claim)
    [data] = re.findall('<script type="application/ld\\+json">(.*?)</script>', html)
    assert html.count("<script") == 1
    graph = client.get(f"/api/v1/claims/{claim.pk}/", headers={"Accept": "application/ld+json"}).json()
    assert json.loads(data) == graph
    assert graph["url"] == f"https://checks.example/claims/{claim.pk}/"
    assert graph["claimReviewed"] == claim.text


def test_the_head_tells_others_what_it_is(client):
    claim = make_claim("checked", text="The bridge carries 9,000 cars a day.")
    html = page(client, claim, "?fbclid=1")
    assert "<title>False: The bridge carries 9,000 cars a day. – The Harbour Desk</title>" in html
    assert f'<link rel="canonical" href="https://checks.example/claims/{claim.pk}/">' in html
    metas = dict(re.findall('<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))
    assert metas["og:title"] == "False: The bridge carries 9,000 cars a day."
    assert metas["og:url"] == f"https://checks.example/claims/{claim.pk}/"
    assert metas["description"] == metas["og:description"] == "Counted, and it was four thousand."
    links = {(kind, href) for kind, href in re.findall('type="([^"]+)"[^>]* href="([^"]+)"', html)}
    address = f"/api/v1/claims/{claim.pk}/"
    assert {("application/json", address), ("application/ld+json", address)} <= links
    assert ("application/atom+xml", "/feeds/corrections/") in links


def test_a_desk_with_a_site_of_its_own_is_named_as_the_place(client, settings):
    settings.CLAIMTRACK_CLAIM_URL = "https://harbour.example/checks/{id}"
    claim = make_claim("checked")
    html = page(client, claim)
    assert f'<link rel="canonical" href="https://harbour.example/checks/{claim.pk}">' in html


# status, what is said, what is not
WITHOUT = [
    ("unverified", "Not checked yet"),
    ("in_review", "Being checked"),
    ("awaiting_approval", "a second person is reading the result"),
    ("withdrawn", "The desk has taken back the verdict"),
]


@pytest.mark.parametrize(("status", "words"), WITHOUT)
def test_a_claim_without_a_verdict_says_where_it_stands(client, status, words):
    claim = make_claim(status)
    said = told(client, claim)
    assert words in said
    assert "Our verdict" not in said
    html = page(client, claim)
    assert "ld+json" not in html
    assert "<title>The bridge" in html


def test_a_correction_is_said_plainly(client):
    claim = make_claim("checked", verdict="false")
    step(
        claim,
        "checked",
        by=make_user("editor", public_name="Piet Callaghan"),
        verdict="mostly_false",
        rationale="We had counted lorries twice.",
    )
    today = f"{claim.reviewed_at.day} {claim.reviewed_at:%B %Y}"
    said = told(client, claim)
    assert said.count(f"Corrected on {today}: from False to Mostly false.") == 2, "above, and in the history"
    assert "Checked by Piet Callaghan" in said
    assert "Counted, and it was four thousand." in said, "what was said before stays in the history"


def test_a_correction_of_the_wording_is_said_too_in_its_own_language(client):
    claim = make_claim("checked", text="The bridge carries 9,000 lorries a day.", language="en")
    step(claim, "checked", by=make_user("editor"), changes={"text": "The bridge carries 9,000 cars a day."})
    before = '<bdi lang="en">The bridge carries 9,000 lorries a day.</bdi>'
    assert f"the claim was worded “{before}”" in client.get(f"/claims/{claim.pk}/").content.decode()
    for address, times in ((f"/ar/claims/{claim.pk}/", 2), ("/ar/corrections/", 1)):
        assert client.get(address).content.decode().count(before) == times, address


def test_a_label_stays_as_judged_in_the_history(client):
    claim = make_claim("checked", verdict="false")
    claim.verdict.label = "Wrong"
    claim.verdict.save()
    said = told(client, claim)
    assert "Our verdict Wrong" in said
    assert re.search("Published on [^:]+: False[.]", said)


def test_a_confirmation_is_no_correction(client):
    claim = make_claim("checked")
    step(claim, "checked", by=make_user("editor"))
    said = told(client, claim)
    assert "Confirmed on" in said
    assert "Corrected on" not in said


def test_a_verdict_that_is_looked_at_again_stays_and_says_so(client):
    claim = make_claim("checked")
    step(claim, "in_review", by=make_user("editor"), rationale="A new count.")
    said = told(client, claim)
    assert "Our verdict False" in said
    assert "The desk is looking at this claim again." in said


def test_why_a_verdict_was_withdrawn_is_said(client):
    claim = make_claim("checked")
    step(claim, "withdrawn", by=make_user("editor"), rationale="The count was of another bridge.")
    said = told(client, claim)
    assert "Verdict withdrawn The desk has taken back" in said
    assert "The count was of another bridge." in said
    assert re.search("Withdrawn on [^.]+[.]", said)


def test_a_verdict_off_the_scale_has_no_place_on_it(client):
    said = told(client, make_claim("checked", verdict="satire"))
    assert "Our verdict Satire Not meant as a statement of fact." in said
    assert "not a step on the scale" in said


def test_what_others_found_is_not_our_verdict(client):
    claim = make_claim("unverified")
    make_external_review(claim, label="Wide of the mark", title="Nine thousand?")
    said = told(client, claim)
    assert "Wide of the mark · Nine thousand? , Lantern Checks" in said
    assert "They are not verdicts of this desk." in said


def test_evidence_with_an_archive_and_a_quote(client):
    evidence = [
        {
            "url": "https://office.example/count",
            "stance": "supports",
            "quote": "Nine thousand.",
            "archive_url": "https://archive.example/1",
            "accessed_at": "2025-09-05",
        }
    ]
    claim = make_claim("in_review")
    step(claim, "checked", by=make_user("moderator"), evidence=evidence)
    assert Evidence.objects.filter(archive_url="https://archive.example/1").exists()
    assert (
        "Supports the claim https://office.example/count Nine thousand. read on 5 September 2025 · archived copy"
        in told(client, claim)
    )


def test_a_merged_claim_leads_to_its_winner(client):
    winner = make_claim("checked")
    loser = make_claim("unverified", speaker=winner.speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=make_user("editor"))
    response = client.get(f"/claims/{loser.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/claims/{winner.pk}/")
    assert response["Cache-Control"] == "no-cache", "a merge can be undone"


@pytest.mark.parametrize("status", ["proposed", "dismissed"])
def test_what_is_not_public_is_what_does_not_exist(client, status):
    hidden = client.get(f"/claims/{make_claim(status).pk}/")
    missing = client.get("/claims/999999/")
    assert hidden.status_code == missing.status_code == 404
    assert "Page not found" in hidden.content.decode()
    assert hidden.content == missing.content


def test_a_merge_into_a_hidden_claim_tells_nothing(client):
    winner = make_claim("proposed")
    loser = make_claim("unverified", speaker=winner.speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=make_user("editor"))
    assert client.get(f"/claims/{loser.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/claims/999999999999999999999999/", "/claims/0/", "/claims/x/", "/nothing/"])
def test_an_address_of_nothing_has_the_look_of_the_pages(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_page_is_only_read(client, method):
    claim = make_claim("checked")
    response = getattr(client, method)(f"/claims/{claim.pk}/")
    assert response.status_code == 405
    assert response["Content-Type"].startswith("text/html")


def test_its_queries_do_not_grow(client, django_assert_num_queries):
    claim = make_claim("checked", topics=["roads"])
    with django_assert_num_queries(14):
        client.get(f"/claims/{claim.pk}/")
    editor = make_user("editor")
    for number in range(3):
        curating.add_appearance(claim=claim, by=editor, snapshot=make_snapshot(), quote="Nobody asked how she knew")
        step(claim, "checked", by=editor, verdict=["true", "satire", "half_true"][number])
        make_external_review(claim)
    with django_assert_num_queries(14):
        client.get(f"/claims/{claim.pk}/")


@pytest.mark.parametrize(("status", "public"), [("checked", True), ("unverified", True), ("proposed", False)])
def test_the_desk_leads_to_it(client, status, public):
    claim = make_claim(status)
    client.force_login(make_user("moderator"))
    review = client.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
    assert (f'href="https://checks.example/claims/{claim.pk}/"' in review) == public

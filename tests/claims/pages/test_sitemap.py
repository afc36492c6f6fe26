"""GET /robots.txt and /sitemap.xml."""

import re

import pytest

from claims import curating
from tests.factories import make_claim, make_speaker, make_user

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
LANGUAGES = ["", "/de", "/fr", "/es", "/ar"]


def addresses(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return [address.removeprefix(SITE) for address in re.findall("<loc>([^<]+)</loc>", response.content.decode())]


def test_it_works(client):
    claim = make_claim("unverified", topics=["roads"])
    make_claim("proposed", topics=["secrets"])
    source = claim.appearances.get().snapshot.article.source_id
    parts = addresses(client, "/sitemap.xml")
    assert [part.partition("-")[2].rpartition("-")[0] for part in parts] == ["claims", "speakers", "sources", "topics"]
    pages = [page for part in parts for page in addresses(client, part)]
    rows = [f"/claims/{claim.pk}/", f"/speakers/{claim.speaker_id}/", f"/sources/{source}/", "/topics/roads/"]
    assert pages == [language + row for row in rows for language in LANGUAGES]
    for page in pages:
        assert client.get(page).status_code == 200


def test_parts_are_of_a_bounded_size(client, monkeypatch):
    monkeypatch.setattr("claims.pages.sitemap.SIZE", 2)
    claims = [make_claim("unverified") for _ in range(5)]
    found = [page for part in addresses(client, "/sitemap.xml") if "claims" in part for page in addresses(client, part)]
    assert found == [f"{language}/claims/{claim.pk}/" for claim in claims for language in LANGUAGES]


def test_what_is_merged_away_is_not_in_it(client):
    winner, loser = make_speaker(), make_speaker()
    for speaker in (winner, loser):
        make_claim("unverified", speaker=speaker)
    curating.merge_speakers(loser=loser, winner=winner, reason="The same.", by=make_user("editor"))
    [part] = [part for part in addresses(client, "/sitemap.xml") if "speakers" in part]
    assert addresses(client, part) == [f"{language}/speakers/{winner.pk}/" for language in LANGUAGES]


@pytest.mark.parametrize("part", ["claims-9", "claims-0", "claims-99999999999999999999", "drafts-1"])
def test_a_part_that_does_not_exist(client, part):
    make_claim("unverified")
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_desk_with_a_site_of_its_own_lists_no_claims_here(client, settings):
    settings.CLAIMTRACK_CLAIM_URL = "https://harbour.example/{id}"
    make_claim("unverified")
    assert not [part for part in addresses(client, "/sitemap.xml") if "claims" in part]


def test_it_is_not_made_again_unless_something_changed(client, django_assert_num_queries):
    etag = client.get("/sitemap.xml")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/sitemap.xml", headers={"If-None-Match": etag}).status_code == 304


def test_robots_read_the_pages(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /api/", f"Sitemap: {SITE}/sitemap.xml"} <= set(lines)


def test_they_read_nothing_of_a_closed_desk(client, settings):
    settings.CLAIMTRACK_ANONYMOUS_READ = False
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    assert client.get("/sitemap.xml").status_code == 401

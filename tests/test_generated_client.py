"""A client generated from docs/openapi.json takes the tour of the README."""

import importlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from claims import curating
from claimtrack import tokens
from tests.factories import make_claim, make_speaker, make_user, step

pytest.importorskip("openapi_python_client")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def generated(tmp_path, monkeypatch):
    """A function that gives a module of the generated package."""
    target = tmp_path / "desk_client"
    command = [
        "generate",
        "--path",
        str(ROOT / "docs" / "openapi.json"),
        "--output-path",
        str(target),
        "--meta",
        "none",
    ]
    run = [sys.executable, "-m", "openapi_python_client", *command]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield lambda name: importlib.import_module(f"desk_client.{name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == "desk_client"]:
        del sys.modules[name]


@pytest.mark.django_db(transaction=True)
def test_it_performs_the_tour(live_server, settings, generated):
    settings.CLAIMTRACK_SITE_URL, settings.CLAIMTRACK_PUBLIC_TEXT = live_server.url, True
    claim = make_claim(
        "checked", speaker=make_speaker("Ilse Varga"), text="The bridge carries 9 cars.", said_at="2025-09"
    )
    step(claim, "checked", by=make_user("editor"), verdict="mostly_false")
    make_claim("checked", verdict="satire", text="The bridge hides a ferry.")
    for _ in range(2):
        make_claim("unverified")

    api = {
        name: generated(f"api.claims.claims_{name}")
        for name in ("list", "retrieve", "reviews_list", "facets", "changes")
    }

    with generated("client").Client(base_url=live_server.url) as client:
        tour(client, claim, api, generated)


@pytest.mark.django_db(transaction=True)
def test_it_sends_lines(live_server, generated):
    user = make_user("moderator")
    token = tokens.create_token(by=user, user=user, scope="review", name="client")
    body = generated("types").File(payload=io.BytesIO(b'{"source": {"name": "Nobody"}}\n'))
    client = generated("client").AuthenticatedClient(base_url=live_server.url, token=token.secret)
    with client:
        answer = generated("api.claims.claims_bulk").sync(client=client, body=body)
    assert (answer.new, answer.refused) == (0, 1) and answer.results[0].detail


def tour(client, claim, api, generated):
    models = generated("models")
    page = api["list"].sync(client=client, limit=2)
    assert (len(page.results), page.previous) == (2, None) and page.next_
    assert all(row.provenance[0].quote for row in page.results)
    status, ordering = models.ClaimsListStatusItem, models.ClaimsListOrdering
    [found] = api["list"].sync(client=client, status=[status.CHECKED], verdict=["false", "mostly_false"]).results
    assert (found.id, found.verdict.code, found.speaker.name, found.said_at) == (
        claim.pk,
        "mostly_false",
        "Ilse Varga",
        "2025-09",
    )
    assert len(api["list"].sync(client=client, speaker_name=["ILSE VARGA"], status=[status.CHECKED]).results) == 1
    order = ordering("-reviewed_at")
    assert [
        row.id
        for row in api["list"].sync(client=client, q=["bridge -ferry"], ordering=order, has_verdict=[True]).results
    ] == [claim.pk]

    shown = api["retrieve"].sync(claim.pk, client=client)
    assert shown == found
    history = api["reviews_list"].sync(claim.pk, client=client).results
    assert [row.verdict.code for row in history] == ["false", "mostly_false"] and history[0].evidence
    place = shown.provenance[0]
    article = generated("api.articles.articles_retrieve").sync(place.article.id, client=client)
    [text] = [snapshot.text for snapshot in article.snapshots if snapshot.id == place.snapshot.id]
    assert text[place.start : place.end] == place.quote

    assert api["facets"].sync(client=client).counted == 4
    assert api["changes"].sync(client=client).next_
    curating.edit_speaker(speaker=claim.speaker, by=make_user("moderator"), name="Ilse Varga-Brandt")
    assert api["retrieve"].sync(claim.pk, client=client).speaker.name == "Ilse Varga-Brandt"

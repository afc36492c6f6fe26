"""The pack for the yearly review: what is in it, and that nothing is that readers may not see."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from claims import curating
from claims.figures.pack import FILES
from tests import factories

pytestmark = pytest.mark.django_db
PACK = reverse("figures-pack")
HIDDEN = ("proposed", "dismissed")


@pytest.fixture
def in_charge(client):
    client.force_login(factories.make_user("editor"))
    return client


def unpacked(client, query=""):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(PACK + query).streaming_content)))
    assert archive.testzip() is None
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_it_works(in_charge):
    editor = factories.make_user("editor", public_name="Vera Lindqvist")
    speaker = factories.make_speaker("Ingrid Solvey", role="Mayor")
    claim = factories.make_claim("in_review", speaker=speaker, topics=["traffic"])
    factories.step(claim, "checked", by=editor)
    factories.step(claim, "checked", by=editor, verdict="true", rationale="Counted again.")
    factories.make_claim("withdrawn")
    files = unpacked(in_charge)
    assert set(files) == {"README.md", *(file.name for file in FILES)}
    check, gone = rows(files["fact-checks.csv"])
    assert (check["claim"], check["address"]) == (str(claim.pk), f"http://127.0.0.1:8000/claims/{claim.pk}/")
    assert (check["speaker"], check["topics"], check["first_verdict"], check["verdict_in_force"], check["by"]) == (
        "Ingrid Solvey", "traffic", "False", "True", "Vera Lindqvist",
    )  # fmt: skip
    assert (gone["first_verdict"], gone["verdict_in_force"]) == ("False", "")
    assert rows(files["sample.csv"]) == [check, gone]
    (correction,) = rows(files["corrections.csv"])
    assert (correction["verdict_before"], correction["verdict_after"], correction["reason"]) == (
        "False",
        "True",
        "Counted again.",
    )
    assert [row["reason"] for row in rows(files["withdrawals.csv"])] == ["Not for us."]
    assert [row["url"] for row in rows(files["evidence.csv"])] == ["https://archive.example/count"] * 3
    (by_topic,) = rows(files["verdicts-by-topic.csv"])
    assert (by_topic["name"], by_topic["fact_checks"], by_topic["true"]) == ("Traffic", "1", "1")
    assert sum(int(row["fact_checks"]) for row in rows(files["fact-checks-by-week.csv"])) == 2
    (by_speaker,) = rows(files["verdicts-by-speaker.csv"])
    assert (by_speaker["name"], by_speaker["role"], by_speaker["true"]) == ("Ingrid Solvey", "Mayor", "1")
    assert [row["fact_checks"] for row in rows(files["claims-by-source.csv"])] == ["1"]
    assert "Fact-checks first published in these 30 days: 2, or" in files["README.md"]
    assert "Verdicts or wordings corrected after publication: 1." in files["README.md"]
    assert all(f"({file.name})" in files["README.md"] for file in FILES)


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_nothing_in_it_is_hidden_from_readers(client, role):
    user = factories.make_user("editor") if role == "editor" else factories.make_user(is_superuser=True, is_staff=True)
    client.force_login(user)
    seen = factories.make_claim("checked", text="The ferry carries 40 cars.")
    secrets = ["Hidden from all", "Secret speaker", "Secret topic", "Only for the desk", "Draft of a verdict"]
    editor = factories.make_user("editor", username="secret-name")
    factories.step(seen, "in_review", by=editor, rationale="Asked again.", note="Only for the desk")
    curating.save_draft(claim=seen, by=editor, verdict="true", rationale="Draft of a verdict")
    for status in HIDDEN:
        topic = factories.make_topic("secret-topic")
        topic.name = "Secret topic"
        topic.save()
        speaker = factories.make_speaker(f"Secret speaker {status}")
        factories.make_claim(status, text=f"Hidden from all: {status}.", speaker=speaker, topics=["secret-topic"])
    winner = factories.make_claim("unverified")
    loser = factories.make_claim("unverified", text="Hidden from all.", speaker=winner.speaker)
    curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=editor)
    whole = "".join(unpacked(client).values())
    assert seen.text in whole
    assert [secret for secret in [*secrets, "secret-name"] if secret in whole] == []


def test_the_same_ledger_gives_the_same_bytes_to_everybody(client):
    for number in range(3):
        factories.make_claim("checked", topics=["traffic", f"topic-{number}"])
    packs = []
    for language in ("en", "de"):
        client.force_login(factories.make_user("editor", language=language))
        packs.append(b"".join(client.get(PACK).streaming_content))
    assert packs[0] == packs[1]


def test_a_sample_is_spread_over_the_period(in_charge):
    claims = [factories.make_claim("checked") for _ in range(41)]
    files = unpacked(in_charge)
    assert [row["claim"] for row in rows(files["sample.csv"])] == [str(claim.pk) for claim in claims[::3]]


def test_another_period_has_nothing(in_charge):
    factories.make_claim("checked")
    files = unpacked(in_charge, "?first=2019-01-01&last=2019-12-31")
    assert rows(files["fact-checks.csv"]) == [] and len(rows(files["fact-checks-by-week.csv"])) == 53
    assert "Fact-checks first published in these 365 days: 0, or 0.0 a week." in files["README.md"]


def test_head_sends_no_body(in_charge):
    response = in_charge.head(PACK)
    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"")
    assert response["Content-Type"] == "application/zip"

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim
from sources.ingesting import fields, ingest
from tests.claims.bad_lines import line, make_ledger
from tests.claims.importing.test_import_lines import ledger
from tests.factories import make_user

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    make_ledger()
    path = tmp_path / "claims.ndjson"
    path.write_bytes(line() + b"\n" + line(id=2, quote="Ten") + b"\n")
    return path


def run(file, *options: str, role: str = "moderator", **streams) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    out, err = io.StringIO(), streams.get("stderr") or io.StringIO()
    status = 0
    try:
        call_command("import_claims", str(file), "--by", make_user(role).username, *options, stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(str(error))
    return status, out.getvalue(), err.getvalue()


def test_it_works(file):
    assert run(file) == (0, "2 new, 0 known, 0 accepted, 0 refused.\n", "")
    assert run(file, "--accept") == (0, "0 new, 2 known, 2 accepted, 0 refused.\n", "")
    assert {claim.status for claim in Claim.objects.all()} == {"unverified"}


def test_a_refused_line_is_reported_with_number_place_and_reason(file):
    file.write_bytes(file.read_bytes() + b"\n" + line(quote="Nine boats sail each night"))
    status, out, err = run(file)
    assert (status, out) == (1, "2 new, 0 known, 0 accepted, 1 refused.\n")
    assert err.startswith("Line 4 at /quote: The quote is not in the text. (quote_absent) Nearest passage: “Nine boats")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \r\n"], ids=["empty", "a mark alone", "blank lines"])
def test_a_file_without_a_line_is_an_error(file, content):
    file.write_bytes(content)
    assert run(file) == (1, "", "The file contains no claim. (required)")


def test_a_line_that_went_in_with_a_warning_is_named_too(file):
    file.write_bytes(line() + b"\n\n" + line(id=2, claim__said_at="2998-09-03"))
    status, out, err = run(file)
    assert (status, out) == (0, "2 new, 0 known, 0 accepted, 0 refused.\n")
    assert err == (
        "Line 3 at /claim/said_at: 2998-09-03 lies after tomorrow. Are day and month in their places?"
        " (warning: date_to_come)\n"
    )


def test_a_dry_run_says_that_nothing_was_changed(file):
    assert run(file, "--dry-run")[:2] == (0, "2 new, 0 known, 0 accepted, 0 refused. Nothing was changed.\n")
    assert not Claim.objects.exists()


def test_strict(file):
    file.write_bytes(file.read_bytes() + b"{}")
    assert run(file, "--strict")[:2] == (1, "2 new, 0 known, 0 accepted, 1 refused. Nothing was changed.\n")
    assert not Claim.objects.exists()


def test_standard_input(file, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    assert run("-")[0] == 0
    assert Claim.objects.count() == 2


def test_gzip(file, tmp_path):
    packed = tmp_path / "claims.ndjson.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert run(packed)[0] == 0
    assert Claim.objects.count() == 2


def test_a_gzip_file_that_is_cut_short(file, tmp_path):
    packed = tmp_path / "claims.ndjson.gz"
    packed.write_bytes(gzip.compress(file.read_bytes())[:-20])
    status, _, err = run(packed)
    assert status == 1 and "cannot be read" in err


def test_no_such_file(tmp_path):
    status, _, err = run(tmp_path / "nothing")
    assert status == 1 and "cannot be read" in err


def test_no_such_user(file):
    with pytest.raises(CommandError, match="no user “nobody”"):
        call_command("import_claims", str(file), "--by", "nobody")


def test_a_contributor_may_not_accept(file):
    status, out, err = run(file, "--accept", role="contributor")
    assert (status, out) == (1, "") and "(not_allowed)" in err


def test_progress_is_for_a_terminal(file):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert "1 new" in run(file, stderr=Terminal())[2]


def test_a_terminal_does_not_obey_the_file(file):
    file.write_bytes(line(**{"\x1b[2J\ud800": 1}))
    assert run(file)[2].startswith("Line 1 at /�[2J�: “�[2J�” is unknown here")


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the project")
def test_the_real_run(client, settings):
    """Ingest the article, import its claims, accept them, read them over the API."""
    settings.CLAIMTRACK_PUBLIC_TEXT = True
    samples = SAMPLES / "claims.ndjson"
    first = json.loads(samples.read_text().splitlines()[0])
    ingest(
        by=make_user("contributor"),
        source_name=first["source"]["name"],
        url=first["article"]["url"],
        title=first["article"]["title"],
        published_at=fields.read_published(first["article"]["published_at"]),
        text=(SAMPLES / "article.txt").read_text(),
    )
    status, out, err = run(samples)
    assert (status, out) == (1, "8 new, 0 known, 0 accepted, 1 refused.\n")
    assert err.startswith("Line 9 at /quote") and "(quote_absent) Nearest passage: “This force does not aim" in err
    before = ledger()
    assert run(samples)[:2] == (1, "0 new, 8 known, 0 accepted, 1 refused.\n")
    assert ledger() == before
    for collection in ("claims", "speakers", "sources", "articles", "topics"):
        assert client.get(f"/api/v1/{collection}/").json()["results"] == []

    assert run(samples, "--accept")[:2] == (1, "0 new, 8 known, 8 accepted, 1 refused.\n")
    claims = client.get("/api/v1/claims/", {"speaker_name": "Vladimir Putin"}).json()["results"]
    assert len(claims) == 3
    for claim in claims:
        (found,) = claim["provenance"]
        article = client.get(f"/api/v1/articles/{found['article']['id']}/").json()
        (snapshot,) = article["snapshots"]
        assert snapshot["text"][found["start"] : found["end"]] == found["quote"]

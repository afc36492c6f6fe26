import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claimtrack.models import User
from sources.ingesting import ingest
from sources.models import Article, Snapshot, Source
from sources.pages.canonical import sha256
from sources.pages.fetching import Fetched

pytestmark = pytest.mark.usefixtures("contributor")

SAMPLES = Path(__file__).parents[4] / "shared/samples"
URL = "https://tidende.example/2026/mill"
TEXT = "The mill in Aldersund was sold on Monday.\n“Nobody asked the village,” said its mayor."
PAGE = f"""<!doctype html><html lang="da"><head><title>Møllen er solgt</title>
<link rel="canonical" href="{URL}"><meta charset="iso-8859-1"></head><body><article>
<p>Møllen i Aldersund blev mandag solgt til et bryggeri fra kysten, som vil åbne den igen til næste sommer.</p>
<p>”Ingen har spurgt landsbyen,” sagde borgmesteren, Ida Brandt, som ville gøre bygningen til en skole.</p>
</article></body></html>""".replace("”", "&rdquo;")


@pytest.fixture
def mill(tmp_path):
    path = tmp_path / "mill.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    return path


def run(*arguments, source="Tidende", by="contributor"):
    out, err = io.StringIO(), io.StringIO()
    call_command("ingest", *map(str, arguments), "--source", source, "--by", by, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_it_works(mill, contributor):
    out, err = run(
        mill, "--url", URL, "--title", "Mill sold", "--published-at", "2026-03-02T09:15:00+01:00", "--language", "en",
        "--json",
    )  # fmt: skip
    article, snapshot = Article.objects.get(), Snapshot.objects.get()
    assert json.loads(out) == {
        "article_id": article.pk, "article_is_new": True,
        "snapshot_id": snapshot.pk, "snapshot_is_new": True, "sha256": sha256(TEXT),
        "source_id": article.source.pk, "source_is_new": True, "warnings": [],
    }  # fmt: skip
    assert out.count("\n") == 1 and err == ""
    assert (snapshot.text, snapshot.method, snapshot.taken_by) == (TEXT, "text", contributor)
    assert (article.title, article.language, article.canonical_url) == ("Mill sold", "en", URL)
    assert article.published_at == datetime(2026, 3, 2, 8, 15, tzinfo=UTC)


def test_a_second_run_says_that_nothing_is_new(mill):
    first = json.loads(run(mill, "--url", URL, "--json")[0])
    second = json.loads(run(mill, "--url", URL, "--json")[0])
    assert second == first | {"article_is_new": False, "snapshot_is_new": False, "source_is_new": False}


def test_for_people_it_prints_lines_and_warnings_apart(mill):
    run(mill, "--url", URL, "--title", "Mill sold")
    out, err = run(mill, "--url", URL, "--title", "Mill bought", source="Impostor")
    assert [line.split()[0] for line in out.splitlines()] == ["Source", "Article", "Snapshot"]
    assert "known  Mill sold" in out and sha256(TEXT) in out
    assert len(err.splitlines()) == 2 and "“Mill bought” is left out" in err and "Impostor" in err


@pytest.mark.parametrize("name", ["mill.html", "mill.HTM", "mill"])
def test_html_is_told_by_name_or_content_and_read_in_its_own_encoding(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(PAGE.encode("iso-8859-1"))
    run(path, "--url", f"{URL}?page=1")
    snapshot = Snapshot.objects.select_related("article").get()
    assert snapshot.method == "html" and "Møllen i Aldersund" in snapshot.text and "<p>" not in snapshot.text
    assert (snapshot.article.title, snapshot.article.canonical_url) == ("Møllen er solgt", URL)


@pytest.mark.parametrize("start", ["<b>", "html ", "< html", "<!-- a note -->"])
def test_other_text_is_text(tmp_path, start):
    path = tmp_path / "note"
    path.write_text(start + TEXT)
    run(path)
    assert Snapshot.objects.get().text == start + TEXT


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    run("-", "--source-domain", "tidende.example")
    assert Snapshot.objects.get().text == TEXT and Source.objects.get().domains.get().host == "tidende.example"


def test_a_url_is_fetched(monkeypatch):
    def fetcher(url, *, user_agent):
        return Fetched(url, url, 200, "text/html", "text/html; charset=utf-8", PAGE.encode())

    monkeypatch.setitem(ingest.__kwdefaults__, "fetcher", fetcher)
    run(URL)
    assert Snapshot.objects.get().method == "fetched" and Article.objects.get().canonical_url == URL


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--published-at", "2026-03-02T09:15:00"], "with its zone", id="a time without zone"),
        pytest.param(["--published-at", "last week"], "neither a date such as", id="no date"),
        pytest.param(["--language", "English"], r"\(invalid\)", id="no language tag"),
        pytest.param(["--url", "tidende.example"], r"http:// or https://\. \(url\)", id="no URL"),
        pytest.param(["--by", "bob"], "There is no user “bob”", id="unknown user"),
        pytest.param(["--by", "reader"], r"takes a Contributor\. \(not_allowed\)", id="a user without role"),
    ],
)
def test_what_is_refused_stores_nothing(mill, arguments, sentence):
    User.objects.create(username="reader")
    with pytest.raises(CommandError, match=sentence):
        run(mill, *arguments, by=arguments[1] if arguments[0] == "--by" else "contributor")
    assert not Source.objects.exists()


def test_a_bare_date_is_a_day(mill):
    run(mill, "--published-at", "2026-03-02")
    assert Article.objects.get().published_precision == "day"


def test_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match=r"mill\.txt cannot be read: No such file"):
        run(tmp_path / "mill.txt")


def test_a_file_that_is_not_utf_8_says_where(tmp_path):
    path = tmp_path / "mill.txt"
    path.write_bytes(b"\xef\xbb\xbfIda \xff")
    with pytest.raises(CommandError, match="not UTF-8: byte 0xff at position 7"):
        run(path)


def test_a_url_is_given_once():
    with pytest.raises(CommandError, match="--url belongs to a file"):
        run(URL, "--url", URL)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_the_sample_article():
    line = json.loads((SAMPLES / "claims.ndjson").read_text().splitlines()[0])
    source, article = line["source"], line["article"]
    given = [
        SAMPLES / "article.txt", "--source-domain", source["domain"], "--url", article["url"],
        "--title", article["title"], "--published-at", article["published_at"], "--language", "en", "--json",
    ]  # fmt: skip
    first = json.loads(run(*given, source=source["name"])[0])
    second = json.loads(run(*given, source=source["name"])[0])
    assert first["warnings"] == second["warnings"] == [] and second["snapshot_id"] == first["snapshot_id"]
    assert (first["snapshot_is_new"], second["snapshot_is_new"]) == (True, False)
    snapshot = Snapshot.objects.get()
    assert line["quote"] in snapshot.text and snapshot.sha256 == sha256((SAMPLES / "article.txt").read_text())
    assert snapshot.article.canonical_url == article["url"] and snapshot.article.published_precision == "second"

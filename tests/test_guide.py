"""The examples of docs/api.md and docs/formats.md, run against a live server."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.models import Claim, ExternalReview
from claimtrack import tokens
from tests.factories import make_claim, make_user, step

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDE, FORMATS = DOCS / "api.md", DOCS / "formats.md"


def examples(page):
    return re.findall(r"```(sh|python)\n(.*?)```", page.read_text(), re.DOTALL)


def output(language, text, **kwargs):
    """Run an example, which must not fail, and return its output."""
    command = ["bash", "-euo", "pipefail", "-c"] if language == "sh" else [sys.executable, "-c"]
    run = subprocess.run([*command, text], capture_output=True, text=True, timeout=60, check=False, **kwargs)
    # head reads a line and closes the pipe: curl may complain about that.
    assert run.returncode in (0, 23), f"{text}\n{run.stdout}\n{run.stderr}"
    return run.stdout


@pytest.mark.django_db(transaction=True)
def test_every_example_runs(client, live_server, settings):
    settings.CLAIMTRACK_SITE_URL = live_server.url
    settings.CLAIMTRACK_PUBLIC_TEXT = True
    for status in ("checked", "unverified", "checked", "withdrawn"):
        make_claim(status, topics=["traffic"])
    while client.get("/api/v1/claims/changes/").json()["lag_seconds"]:
        pass  # another transaction in the cluster holds the feed up
    user = make_user("moderator")
    token = tokens.create_token(by=user, user=user, scope="review", name="guide")
    environment = {**os.environ, "API": f"{live_server.url}/api/v1", "TOKEN": token.secret}
    for language, text in examples(GUIDE):
        if not text.startswith("export "):
            assert output(language, text, env=environment) or language == "python", text


@pytest.mark.django_db(transaction=True)
def test_every_example_of_the_formats_runs(client, live_server, settings, tmp_path):
    settings.CLAIMTRACK_SITE_URL = live_server.url
    make_claim("checked", text="The bridge is old.", topics=["harbour"])
    step(make_claim("checked", topics=["harbour"]), "checked", by=make_user("editor"), verdict="satire")
    user = make_user("moderator")
    token = tokens.create_token(by=user, user=user, scope="review", name="formats")
    feed = b"".join(client.get("/feeds/claimreview/").streaming_content).decode()
    (tmp_path / "reviews.json").write_text(feed.replace(live_server.url, "https://checks.example"))
    answers = []
    for language, text in examples(FORMATS):
        # The commands have tests of their own.
        text = re.sub(r"^\./manage\.py .*\n", "", text, flags=re.MULTILINE).replace("ct_…", token.secret)
        if text:
            text = text.replace("http://127.0.0.1:8000", live_server.url).replace("curl ", "curl -fsS ")
            answers.append(output(language, text, cwd=tmp_path))
    assert len(answers) == 6 and all(answers)
    assert ExternalReview.objects.count() == 2, answers[2]
    assert "The bridge is old." in answers[3]


def test_the_guide_names_every_filter():
    from claims.api.filters import ClaimFilterSet

    table = GUIDE.read_text()
    for name in ClaimFilterSet.base_filters:
        assert name in table or f"{name.partition('_')[0]}_…" in table, name


@pytest.mark.django_db
def test_the_files_that_the_readme_names_go_in():
    readme = (DOCS.parent / "README.md").read_text()
    by = make_user("moderator").username
    commands = re.findall(r"^\.venv/bin/python manage\.py (\w+) (docs/\S+) (.*)$", readme, re.MULTILINE)
    assert [name for name, *_ in commands] == ["ingest", "import_claims", "import_claims", "import_claimreview"]
    for name, file, options in commands:
        call_command(name, str(DOCS.parent / file), *shlex.split(options.replace("--by moderator", f"--by {by}")))
    assert Claim.objects.filter(origin="import", status="unverified").count() == 1
    assert ExternalReview.objects.count() == 2

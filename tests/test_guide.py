"""The examples of README.md, docs/api.md and docs/formats.md, run against a live server, and what docs/operations.md names."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from claims import demo
from claims.models import Claim, ExternalReview
from claimtrack import tokens
from claimtrack.models import User
from tests.factories import make_claim, make_user, step

ROOT = Path(__file__).resolve().parent.parent
README, GUIDE, FORMATS = ROOT / "README.md", ROOT / "docs/api.md", ROOT / "docs/formats.md"
COMMAND = re.compile(r"^(?:\.venv/bin/python |\./)manage\.py (\w+) (docs/\S+) (.*)$", re.MULTILINE)


def examples(page):
    return re.findall(r"```(sh|python)\n(.*?)```", page.read_text(), re.DOTALL)


def output(language, text, **kwargs):
    """Run an example, which must not fail, and return its output."""
    command = ["bash", "-euo", "pipefail", "-c"] if language == "sh" else [sys.executable, "-c"]
    run = subprocess.run([*command, text], capture_output=True, text=True, timeout=60, check=False, **kwargs)
    # head reads a line and closes the pipe: curl may complain about that.
    assert run.returncode in (0, 23), f"{text}\n{run.stdout}\n{run.stderr}"
    return run.stdout


def small_desk():
    """A desk with few claims, none of which the examples name."""
    for status in ("checked", "unverified", "checked", "withdrawn"):
        make_claim(status, topics=["traffic"])
    step(make_claim("checked", topics=["harbour"]), "checked", by=make_user("editor"), verdict="satire")
    return make_user("moderator")


def demo_desk():
    """The desk of `make demo`, for which the pages are written."""
    demo.load()
    return User.objects.get(username="moderator")


@pytest.fixture(params=[small_desk, demo_desk])
def moderator(request, transactional_db, settings, live_server):
    settings.CLAIMTRACK_SITE_URL = live_server.url
    settings.CLAIMTRACK_PUBLIC_TEXT = True
    return request.param()


@pytest.fixture
def environment(client, live_server, moderator):
    while client.get("/api/v1/claims/changes/").json()["lag_seconds"]:
        pass  # another transaction in the cluster holds the feed up
    token = tokens.create_token(by=moderator, user=moderator, scope="review", name="guide")
    return {**os.environ, "API": f"{live_server.url}/api/v1", "TOKEN": token.secret}


def test_every_example_of_the_guide_runs(environment):
    for language, text in examples(GUIDE):
        if not text.startswith("export "):
            assert output(language, text, env=environment) or language == "python", text


def test_five_minutes_with_curl_run(environment, live_server):
    [(language, text), _] = examples(README)
    printed = output(language, text.replace("http://127.0.0.1:8000", live_server.url).replace("curl -s ", "curl -sS "))
    assert printed.count('"results":') >= 5 and "}True\n{" in printed
    # The filter that is misspelt on purpose.
    assert printed.count("about:blank") == 1 and "unknown_parameter" in printed


def test_every_example_of_the_formats_runs(client, environment, live_server, moderator, tmp_path):
    feed = b"".join(client.get("/feeds/claimreview/").streaming_content).decode()
    (tmp_path / "reviews.json").write_text(feed.replace(live_server.url, "https://checks.example"))
    answers = []
    for language, text in examples(FORMATS):
        # test_the_files_that_pages_name_go_in runs the commands.
        text = re.sub(r"^\./manage\.py .*\n", "", text, flags=re.MULTILINE).replace("ct_…", environment["TOKEN"])
        if text:
            text = text.replace("http://127.0.0.1:8000", live_server.url).replace("curl ", "curl -fsS ")
            answers.append(output(language, text, cwd=tmp_path))
    assert len(answers) == 6 and all(answers)
    assert ExternalReview.objects.count() >= 3, answers[2]
    assert "bridge" in answers[3].lower()


def test_the_guide_names_every_filter():
    from claims.api.filters import ClaimFilterSet

    table = GUIDE.read_text()
    for name in ClaimFilterSet.base_filters:
        assert name in table or f"{name.partition('_')[0]}_…" in table, name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "names"),
    [
        (README, ["ingest", "import_claims", "import_claims", "import_claimreview"]),
        (FORMATS, ["validate_claimreview", "import_claimreview"]),
    ],
    ids=["README", "formats"],
)
def test_the_files_that_pages_name_go_in(page, names):
    by = make_user("moderator").username
    commands = COMMAND.findall(page.read_text())
    assert [name for name, *_ in commands] == names
    for name, file, options in commands:
        call_command(name, str(ROOT / file), *shlex.split(options.replace("--by moderator", f"--by {by}")))
    if page == README:
        assert Claim.objects.filter(origin="import", status="unverified").count() == 1
    assert ExternalReview.objects.count() == 2


def test_the_files_that_operators_copy_exist():
    named = set(re.findall(r"deploy/[\w.*-]*\w", (ROOT / "docs/operations.md").read_text()))
    assert named == {name for name in named if list(ROOT.glob(name))} != set()


@pytest.mark.parametrize("unit", ["claimtrack", "claimtrack-worker"])
def test_who_serves_may_not_read_how_to_connect_as_the_owner(unit):
    assert "InaccessiblePaths=-/etc/claimtrack/owner_url" in (ROOT / f"deploy/{unit}.service").read_text().splitlines()

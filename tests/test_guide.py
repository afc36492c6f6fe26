"""The examples of docs/api.md, run as they stand there against a live server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrack import tokens
from tests.factories import make_claim, make_user

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```", GUIDE.read_text(), re.DOTALL)


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
    shell, python = ["bash", "-euo", "pipefail", "-c"], [sys.executable, "-c"]
    for language, text in EXAMPLES:
        if text.startswith("export "):
            continue
        command = [*(shell if language == "sh" else python), text]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        # head reads a line and closes the pipe: curl may complain about that.
        assert run.returncode in (0, 23), f"{text}\n{run.stdout}\n{run.stderr}"
        assert run.stdout or language == "python", text


def test_the_guide_names_every_filter():
    from claims.filters import CLAIMS

    table = GUIDE.read_text()
    for name in (parameter.name for parameter in CLAIMS):
        assert name in table or f"{name.partition('_')[0]}_…" in table, name

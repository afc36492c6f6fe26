"""A client with the types that openapi-typescript makes of docs/openapi.json does the tour of the guide.

It needs Node.js and `npm install -g openapi-typescript typescript`, and is skipped without them.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from claimtrack import tokens
from tests.factories import make_claim, make_user

HERE = Path(__file__).resolve().parent
PROGRAMS = ("node", "openapi-typescript", "tsc")
OPTIONS = "--strict --noUncheckedIndexedAccess --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom,dom.iterable"

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, PROGRAMS)), reason=f"one of {', '.join(PROGRAMS)} is not installed"
)


@pytest.mark.django_db(transaction=True)
def test_it_compiles_and_does_the_tour(live_server, settings, tmp_path):
    settings.CLAIMTRACK_SITE_URL, settings.CLAIMTRACK_PUBLIC_TEXT = live_server.url, True
    for status in ("checked", "unverified", "unverified"):
        make_claim(status)
    user = make_user("moderator")
    token = tokens.create_token(by=user, user=user, scope="review", name="tour")
    shutil.copy(HERE / "tour.ts", tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    commands = (
        ["openapi-typescript", str(HERE.parents[1] / "docs/openapi.json"), "--output", "schema.d.ts"],
        ["tsc", *OPTIONS.split(), "tour.ts"],
        ["node", "tour.js"],
    )
    environment = {**os.environ, "SITE": live_server.url, "TOKEN": token.secret}
    for command in commands:
        run = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"

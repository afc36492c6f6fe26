"""The content of the wheel. `.ci/package` installs it into a fresh environment and runs it there."""

import os
import shutil
import subprocess
import sys
import tomllib
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

from claimtrack import __version__

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("claimtrack", "sources", "claims")
EXTRAS = ("mcp", "timestamp")


def listed(name):
    """The requirements in a file of requirements/."""
    lines = (ROOT / f"requirements/{name}.in").read_text().splitlines()
    return [line for line in lines if line and line[0] != "#"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel that `make wheel` builds, from a copy, since a build leaves files beside its sources."""
    copy = tmp_path_factory.mktemp("copy")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", *(f"requirements/{name}.in" for name in ("base", *EXTRAS))):
        (copy / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", "."]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    [path] = (copy / "dist").glob("*.whl")
    with ZipFile(path) as wheel:
        yield wheel


def test_it_holds_every_file_of_the_packages(wheel):
    here = {
        str(path.relative_to(ROOT))
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"claims/demo/desk.json", "claims/static/desk/desk.css", "claims/templates/desk/home.html"} <= here
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == here


def test_its_version_is_the_packages_and_it_brings_one_command(wheel):
    folder = f"claimtrack-{__version__}.dist-info"
    metadata = message_from_bytes(wheel.read(f"{folder}/METADATA"))
    assert metadata["Version"] == __version__
    wanted = [f'{line}; extra == "{name}"' for name in EXTRAS for line in listed(name)]
    assert metadata.get_all("Requires-Dist") == [*listed("base"), *wanted]
    assert wheel.read(f"{folder}/entry_points.txt").decode().split("\n")[:2] == [
        "[console_scripts]",
        "claimtrack = claimtrack.__main__:main",
    ]


def test_the_version_is_written_once():
    assert "version" not in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.mark.parametrize(
    ("arguments", "status", "shown"),
    [
        (["--version"], 0, __version__),
        (["manage", "--version"], 0, "5.2"),
        (["manage", "help", "import_claims"], 0, "claimtrack manage import_claims"),
        (["serve", "--version"], 0, "gunicorn"),
        ([], 0, "claimtrack demo"),
        (["migrate"], 2, "claimtrack manage COMMAND"),
    ],
)
def test_the_command(arguments, status, shown):
    command = [sys.executable, "-m", "claimtrack", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == status
    assert shown in run.stdout + run.stderr


def test_a_database_that_is_away_is_a_sentence():
    """cron sends it to somebody."""
    url = "postgresql://claimtrack_web:word-of-the-role@127.0.0.1:1/claimtrack"
    variables = {"PATH": os.environ["PATH"], "CLAIMTRACK_SECRET_KEY": "k" * 50, "DATABASE_URL": url}
    command = [sys.executable, "-m", "claimtrack", "manage", "verify"]
    run = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith("The database cannot be reached: ")
    assert "Traceback" not in run.stderr and "word-of" not in run.stderr

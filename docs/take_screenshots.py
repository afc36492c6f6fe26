"""Photograph the desk and the public pages: load the demo into a folder of its own, serve it, and save each page to docs/screenshots.

`make screenshots` runs it. It needs Debian's chromium and the development requirements.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {1280: 860, 400: 860}


@contextmanager
def demo():
    """Serve a fresh demo; give the moderator's and the editor's passwords by name."""
    with tempfile.TemporaryDirectory(prefix="screenshots-", dir=ROOT / "var") as folder:
        # Its PostgreSQL drops root's rights, and has to get in.
        Path(folder).chmod(0o755)
        os.environ |= {"CLAIMTRACK_VAR_DIR": folder, "CLAIMTRACK_SITE_URL": SITE, "CLAIMTRACK_PUBLIC_TEXT": "on"}
        os.environ["CLAIMTRACK_DESK_NAME"] = "The Orrin Desk"

        def manage(*words: str) -> str:
            return subprocess.run(
                [sys.executable, "manage.py", *words], cwd=ROOT, check=True, capture_output=True, text=True
            ).stdout

        try:
            manage("migrate", "--verbosity", "0")
            passwords = dict(re.findall(r"^ +(\w+) +(\S+)$", manage("demo", "--no-serve"), re.MULTILINE))
            server = [
                sys.executable,
                "-m",
                "gunicorn",
                "claimtrack.wsgi",
                "--bind",
                f"127.0.0.1:{PORT}",
                "--log-level",
                "error",
            ]
            with subprocess.Popen(server, cwd=ROOT) as serving:
                try:
                    wait_for_server()
                    yield passwords
                finally:
                    serving.terminate()
        finally:
            manage("stop_postgres")


def wait_for_server() -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", PORT)).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The demo does not answer.")


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto(f"{SITE}/admin/")
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:text('The desk')")


def to_home(page: Page) -> None:
    page.goto(f"{SITE}/admin/")


def to_queue(page: Page) -> None:
    page.goto(f"{SITE}/admin/claims/claim/?view=open")


def to_review(page: Page) -> None:
    page.goto(f"{SITE}/admin/claims/claim/?view=mine")
    page.click("#result_list tbody tr:nth-child(1) th a")
    page.wait_for_selector("#decision")


def to_workbench(page: Page) -> None:
    page.goto(f"{SITE}/admin/sources/article/?q=Merle+Bridge+to+close")
    page.click("#result_list tbody th a")
    page.wait_for_selector("#text")


def to_bulk(page: Page) -> None:
    page.goto(f"{SITE}/admin/claims/claim/?status=proposed")
    page.check("#action-toggle") if page.is_visible("#action-toggle") else page.check("input.action-select >> nth=0")
    page.select_option("select[name=action]", "dismiss")
    page.click("text=Go")
    page.wait_for_selector("#id_rationale")


def to_front(page: Page) -> None:
    page.goto(f"{SITE}/")


def to_claim(page: Page) -> None:
    page.goto(f"{SITE}/corrections/")
    page.click(".corrections a")
    page.wait_for_selector(".finding")


def to_speaker(page: Page) -> None:
    page.goto(f"{SITE}/?q=ferry")
    page.click(".claims .meta a")
    page.wait_for_selector(".subject")


PAGES = {
    "front": to_front,
    "claim": to_claim,
    "speaker": to_speaker,
    "home": to_home,
    "queue": to_queue,
    "review": to_review,
    "workbench": to_workbench,
    "bulk": to_bulk,
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with demo() as passwords, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                sign_in(page, "moderator", passwords["moderator"])
                for name, go in PAGES.items():
                    go(page)
                    page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main()

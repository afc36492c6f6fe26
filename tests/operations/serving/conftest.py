import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds, in which even a busy machine answers


class Site:
    """claimtrack under gunicorn as in production, with what it writes to its log."""

    def __init__(self, *arguments, **environment):
        known = connection.settings_dict
        port = f":{known['PORT']}" if known["PORT"] else ""
        host = quote(known["HOST"] or "", safe="")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMTRACK_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "claimtrack.wsgi", "--bind", "127.0.0.1:0", *arguments],
            cwd=ROOT,
            env={
                **kept,
                "DATABASE_URL": f"postgresql://{known['USER']}@{host}{port}/{known['NAME']}",
                "CLAIMTRACK_SECRET_KEY": "k" * 50,
                **environment,
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.port = int(self.line("Listening at: ")["event"].split(":")[3].split(" ")[0])

    def _read(self):
        with self.process.stderr as lines:
            for line in lines:
                self.lines.put(line)

    def line(self, event):
        """The next line of the log whose event begins so."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            # Python's own warnings are no lines of JSON.
            if line.startswith("{") and (found := json.loads(line))["event"].startswith(event):
                return found

    def request(self, path, method="GET", **headers):
        """The response, read to its end, and its body."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            asked.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = asked.getresponse()
            return response, response.read().decode()
        finally:
            asked.close()

    def stop(self):
        # SIGTERM would wait for open connections.
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(PATIENCE)
        self._reader.join()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A CLAIMTRACK_VAR_DIR with the static files, which pages of a site in production name by their hashes."""
    path = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("CLAIMTRACK_")},
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "CLAIMTRACK_SECRET_KEY": "k" * 50,
            "CLAIMTRACK_VAR_DIR": str(path),
        },
        check=True,
    )
    return path


@pytest.fixture
def serve(transactional_db, folder):
    """A function that starts the site; each ends with the test."""
    started = []

    def start(*arguments, **environment):
        started.append(Site(*arguments, CLAIMTRACK_VAR_DIR=str(folder), **environment))
        return started[-1]

    yield start
    for site in started:
        site.stop()

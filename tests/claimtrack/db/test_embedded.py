import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import connection

from claimtrack.db.embedded import server

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments, var):
    """Start a Python process of this project with its own var folder and the embedded server."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment | {"CLAIMTRACK_VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "claimtrack.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


CONNECT = "import django; django.setup(); from django.db import connection as c; c.ensure_connection(); print('in')"


@pytest.fixture(params=["postgres"])
def data(request):
    """A data folder, in no folder of pytest's: another run of pytest closes those to the account of root's server."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / request.param
        yield data
        server.stop(data)


@pytest.mark.django_db
def test_upper_case_beyond_ascii_has_a_lower_case():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÉÄŁ'), 'É' ILIKE 'é'")
        assert cursor.fetchone() == ("éäł", True)


@pytest.mark.django_db
def test_the_parser_and_trigrams_know_letters_beyond_ascii():
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('Мэр сказал', 'Мэр сказал'), to_tsvector('simple', '“Čas”—船') @@ 'čas & 船'")
        assert cursor.fetchone() == (1.0, True)


def test_a_system_without_any_of_the_locales_is_told_so(data, monkeypatch):
    monkeypatch.setattr(server, "CHARACTER_TYPES", ("nowhere.UTF-8", "neither.UTF-8"))
    with pytest.raises(server.ServerError, match=r"one of nowhere\.UTF-8, neither\.UTF-8"):
        server.ensure_running(data)
    assert not data.exists()


def test_a_cluster_of_before_stops_with_what_to_do(data, monkeypatch):
    monkeypatch.setattr(server, "CHARACTER_TYPES", ("C",))
    for _ in range(2):
        with pytest.raises(server.ServerError, match="make clean"):
            server.ensure_running(data)


def test_check_starts_nothing(tmp_path):
    process = run("manage.py", "check", var=tmp_path)
    assert "no issues" in process.communicate()[0]
    assert not (tmp_path / "postgres").exists()


def test_two_first_connections_at_once_share_one_server(data):
    processes = [run("-c", CONNECT, var=data.parent) for _ in range(2)]
    assert [process.communicate()[0] for process in processes] == ["in\n", "in\n"]
    assert server.stop(data)
    assert not server.stop(data)


def test_after_a_crash_a_process_that_got_the_same_id_is_not_taken_for_the_server(data):
    server.ensure_running(data)
    pid_file = data / "postmaster.pid"
    postmaster = psutil.Process(int(pid_file.read_text().split()[0]))
    children = postmaster.children()
    postmaster.send_signal(signal.SIGKILL)
    psutil.wait_procs([postmaster, *children], timeout=30)
    pid_file.write_text(pid_file.read_text().replace(str(postmaster.pid), str(os.getpid()), 1))

    server.ensure_running(data)

    with psycopg.connect(host=str(data), port=server.PORT, user=server.NAME, dbname=server.NAME) as fresh:
        assert fresh.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("data", [f"a path that sockets cannot carry, {'long' * 20}/postgres"], indirect=True)
def test_a_path_too_long_for_a_socket(data):
    server.ensure_running(data)
    folder = server.socket_folder(data)
    assert folder != data
    assert (folder / f".s.PGSQL.{server.PORT}").is_socket()
    server.stop(data)
    assert not folder.exists()


def test_a_removed_data_folder_is_made_anew(data):
    server.ensure_running(data)
    data.rename(data.with_name("gone"))
    server.ensure_running(data)
    assert len([p for p in psutil.process_iter(["cmdline"]) if f"-D{data}" in "".join(p.info["cmdline"] or [])]) == 1

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgresql://claimtrack@127.0.0.1/claimtrack",
    "CLAIMTRACK_SECRET_KEY": "k" * 50,
    "CLAIMTRACK_SITE_URL": "https://claims.example",
}


def evaluate(expression, tmp_path, **environment):
    """Print an expression over the settings in a fresh process, where only the given variables are set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"from claimtrack import settings; print({expression})"],
        cwd=ROOT,
        env=kept | {"CLAIMTRACK_VAR_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_needs_to_be_set_for_the_embedded_server(tmp_path):
    first, second = (evaluate("settings.SECRET_KEY", tmp_path) for _ in range(2))
    assert first.stdout == second.stdout
    assert len(first.stdout) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_https_turns_on_what_needs_it(tmp_path):
    shown = "settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS"
    assert evaluate(shown, tmp_path, **PRODUCTION).stdout == "True True 31536000\n"
    http = PRODUCTION | {"CLAIMTRACK_SITE_URL": "http://claims.example"}
    assert evaluate(shown, tmp_path, **http).stdout == "False False 0\n"


def test_the_site_is_an_allowed_host(tmp_path):
    site = PRODUCTION | {"CLAIMTRACK_SITE_URL": "https://[::1]:8443", "CLAIMTRACK_ALLOWED_HOSTS": "a.example,b.example"}
    assert evaluate("settings.ALLOWED_HOSTS", tmp_path, **site).stdout == "['a.example', 'b.example', '[::1]']\n"


def test_a_file_may_hold_a_value(tmp_path):
    secret, database = tmp_path / "secret", tmp_path / "database"
    secret.write_text("s" * 50 + "\n")
    database.write_text("postgresql://claimtrack:word@db.example/ledger\n")
    files = {"CLAIMTRACK_SECRET_KEY_FILE": str(secret), "DATABASE_URL_FILE": str(database)}
    shown = "settings.SECRET_KEY, settings.DATABASES['default']['PASSWORD'], settings.EMBEDDED"
    assert evaluate(shown, tmp_path, **files).stdout == f"{'s' * 50} word False\n"

    secret.unlink()
    assert "CLAIMTRACK_SECRET_KEY_FILE must be the path of a readable file" in evaluate(shown, tmp_path, **files).stderr


def test_every_variable_is_in_the_table_of_the_guide():
    guide = (ROOT / "docs/operations.md").read_text()
    code = (ROOT / "claimtrack/settings.py").read_text()
    inside, outside = code.split("\nwith environment.explained():\n")
    names = [f"CLAIMTRACK_{name}" for name in re.findall(r'env\.(?!prefixed)\w+\(\s*"(\w+)"', inside)]
    names += re.findall(r'env\.(?!prefixed)\w+\(\s*"(\w+)"', outside)
    assert len(names) > 15
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_letters_are_sent_as_the_environment_says(tmp_path):
    shown = "settings.CLAIMTRACK_SENDS_EMAIL, getattr(settings, 'EMAIL_HOST', ''), settings.DEFAULT_FROM_EMAIL"
    assert evaluate(shown, tmp_path, **PRODUCTION).stdout == "False None claimtrack@claims.example\n"
    smtp = PRODUCTION | {
        "CLAIMTRACK_EMAIL_URL": "submission://u:p@mail.example",
        "CLAIMTRACK_EMAIL_FROM": "Desk <d@x.example>",
    }
    assert evaluate(shown, tmp_path, **smtp).stdout == "True mail.example Desk <d@x.example>\n"
    console = evaluate("settings.EMAIL_BACKEND", tmp_path)
    assert console.stdout == "django.core.mail.backends.console.EmailBackend\n"


BAD = [
    ("DATABASE_URL", "sqlite:///x.db", "postgresql"),
    ("DATABASE_URL", "", "postgresql://user:password@host:5432/name"),
    ("DATABASE_URL", "postgresql://u:word@h:port/ledger", "postgresql://user:password@host:5432/name"),
    ("DATABASE_URL", "postgresql://u:word@h", "must name a database"),
    ("DATABASE_REPLICA_URL", "postgresql://u:word@h:port/ledger", "commas between them"),
    ("CLAIMTRACK_SECRET_KEY", "", "50"),
    ("CLAIMTRACK_SECRET_KEY", "short", "50"),
    # An empty one would let anybody sign cookies.
    ("CLAIMTRACK_SECRET_KEY_FALLBACKS", "k" * 50 + ",", "50"),
    ("CLAIMTRACK_DEBUG", "perhaps", "on or off"),
    ("CLAIMTRACK_REQUIRE_APPROVAL", "", "on or off"),
    ("CLAIMTRACK_CLAIM_URL", "https://paper.example/checks/", "{id}"),
    ("CLAIMTRACK_SITE_URL", "claims.example", "http(s)"),
    ("CLAIMTRACK_SITE_URL", "https://claims.example/", "trailing slash"),
    ("CLAIMTRACK_SITE_URL", "https://claims.example:x", "http(s)"),
    ("CLAIMTRACK_SITE_URL", "https://claims.example:99999", "http(s)"),
    ("CLAIMTRACK_SITE_URL", "https://..", "http(s)"),
    ("CLAIMTRACK_SITE_URL", "https://[::g]", "http(s)"),
    ("CLAIMTRACK_ALLOWED_HOSTS", "https://claims.example", "without scheme and port"),
    ("CLAIMTRACK_ALLOWED_HOSTS", "claims.example:8443", "without scheme and port"),
    ("CLAIMTRACK_DESK_NAME", "", "name"),
    ("CLAIMTRACK_DESK_NAME", "  ", "name"),
    ("CLAIMTRACK_THROTTLE_ANON", "-1", "greater"),
    ("CLAIMTRACK_THROTTLE_WRITE", "6000/min", "whole number"),
    ("CLAIMTRACK_TRUSTED_PROXIES", "10.0.0.0/8,proxy", "10.0.0.0/8,::1/128"),
    ("CLAIMTRACK_DATA_LICENSE", "free for all", "SPDX"),
    ("CLAIMTRACK_STATEMENT_TIMEOUT", "30s", "whole number"),
    # PostgreSQL takes no more than a number of 32 bits, in milliseconds.
    ("CLAIMTRACK_STATEMENT_TIMEOUT", "9999999999", "86400"),
    ("CLAIMTRACK_DEFAULT_LANGUAGE", "en'); DROP", "language code"),
    ("CLAIMTRACK_LANGUAGE", "da", "de, fr, es, ar"),
    ("CLAIMTRACK_TIME_ZONE", "CEST", "Europe/Berlin"),
    ("CLAIMTRACK_REQUIRE_MFA", "perhaps", "on or off"),
    ("CLAIMTRACK_OIDC_ISSUER", "http://login.example", "https://"),
    ("CLAIMTRACK_OIDC_ISSUER", "https://[login", "https://"),
    ("CLAIMTRACK_OIDC_ISSUER", "https://login.example", "CLAIMTRACK_OIDC_ROLES"),
    ("CLAIMTRACK_OIDC_GROUPS_CLAIM", "", "name"),
    ("CLAIMTRACK_OIDC_ROLES", '{"chiefs": "Boss"}', "Contributor, Moderator, Editor"),
    ("CLAIMTRACK_OIDC_ROLES", '{"chiefs": ["Editor"]}', "Contributor, Moderator, Editor"),
    ("CLAIMTRACK_OIDC_ROLES", '["chiefs"]', "JSON"),
    ("CLAIMTRACK_OIDC_ROLES", "chiefs=Editor", "JSON"),
    ("CLAIMTRACK_EMAIL_URL", "mail.example:25", "submission://"),
    ("CLAIMTRACK_EMAIL_URL", "smtp://mail.example:mail", "submission://"),
    ("CLAIMTRACK_EMAIL_URL", "submission://u:p/w@mail.example", "Percent-encode"),
    ("CLAIMTRACK_EMAIL_URL", "submission:///", "submission://user:password@host"),
    ("CLAIMTRACK_EMAIL_FROM", "the desk", "address"),
    ("CLAIMTRACK_METRICS", "9100", "127.0.0.1:9100"),
    ("CLAIMTRACK_METRICS", ":9100", "127.0.0.1:9100"),
    ("CLAIMTRACK_METRICS", "127.0.0.1", "127.0.0.1:9100"),
    ("CLAIMTRACK_METRICS", "metrics.example:9100", "127.0.0.1:9100"),
    ("CLAIMTRACK_METRICS", "127.0.0.1:99999", "127.0.0.1:9100"),
    ("CLAIMTRACK_THREADS", "1", "greater"),
    ("CLAIMTRACK_EXPORTS", "8", "less"),
    ("WEB_CONCURRENCY", "0", "greater"),
    ("WEB_CONCURRENCY", "two", "whole number"),
    ("FORWARDED_ALLOW_IPS", "127.0.0.1, localhost", "10.0.0.0/8,::1/128"),
    ("FORWARDED_ALLOW_IPS", "192.0.2.1/24", "has host bits set"),
    ("CLAIMTRACK_REREAD", "6,soon", "number"),
    ("CLAIMTRACK_REREAD", "6,0", "more than 0"),
    ("CLAIMTRACK_REREAD_DELAY", "nan", "number"),
    ("CLAIMTRACK_LOG_KEY", "/nonexistent/log.pem", "Ed25519"),
    ("CLAIMTRACK_LOG_KEY", "/", "Ed25519"),
    ("CLAIMTRACK_LOG_KEY", __file__, "Ed25519"),
    ("CLAIMTRACK_LOG_WITNESSES", "lantern.example", "name+id+key"),
    ("CLAIMTRACK_TIMESTAMP_URL", "stamps.example", "https://stamps.example/tsa"),
    ("CLAIMTRACK_TIMESTAMP_ROOTS", "/nonexistent/root.pem", "certificates"),
    ("CLAIMTRACK_TIMESTAMP_ROOTS", __file__, "certificates"),
    ("CLAIMTRACK_METRICS_FILE", "/nonexistent/metrics", "readable file"),
    ("CLAIMTRACK_SECRET_KEY_FILE", "/", "readable file"),
    ("CLAIMTRACK_SECRET_KEY_FILE", f"{__file__}/key", "readable file"),
    ("DATABASE_URL_FILE", sys.executable, "readable file"),
]

# Settings are read once in a process, and what they import takes longest: a child of one process reads each row.
READ_EACH = """
import json, os, sys
import cryptography.hazmat.primitives.serialization, dj_database_url, dj_email_url, environs, structlog
from claimtrack.api import enums
from claimtrack.db.embedded import server

for row in json.load(sys.stdin):
    out, back = os.pipe()
    if not (child := os.fork()):
        os.dup2(back, 2)
        os.environ.update(row)
        from claimtrack import settings
        os._exit(0)
    os.close(back)
    said = open(out).read()
    print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said]), flush=True)
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """How the program ended with each bad value, and what it said."""
    environment = {"PATH": os.environ["PATH"], "CLAIMTRACK_VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    run = subprocess.run(
        [sys.executable, "-c", READ_EACH],
        cwd=ROOT,
        env=environment,
        input=json.dumps([PRODUCTION | {name: value} for name, value, _ in BAD]),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("number", range(len(BAD)), ids=[f"{name}={value}"[:60] for name, value, _ in BAD])
def test_a_bad_value_stops_the_start_with_a_sentence(number, started):
    name, _, right = BAD[number]
    status, said = started[number]
    assert status == 1
    [sentence] = said.strip().splitlines()
    assert name in sentence
    assert right in sentence
    assert "word" not in sentence.replace("password", ""), "it has the password"


SERVE = ["-m", "claimtrack", "serve", "--check-config"]


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        (["manage.py", "check"], "CLAIMTRACK_METRICS", "9100"),
        (["-m", "claimtrack", "manage", "check"], "CLAIMTRACK_METRICS", "9100"),
        (["-m", "gunicorn", "claimtrack.wsgi", "--check-config"], "CLAIMTRACK_METRICS", "9100"),
        (SERVE, "CLAIMTRACK_METRICS", "9100"),
        # gunicorn reads these two itself, as soon as it is imported.
        (SERVE, "WEB_CONCURRENCY", "two"),
        (SERVE, "WEB_CONCURRENCY", ""),
        (SERVE, "FORWARDED_ALLOW_IPS", "localhost"),
    ],
)
def test_commands_and_gunicorn_say_so_too(command, name, value):
    variables = {"PATH": os.environ["PATH"], **PRODUCTION, name: value}
    run = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    [sentence] = run.stderr.splitlines()
    assert sentence.startswith(f"claimtrack does not start. {name}")


@pytest.mark.parametrize("value", ["*", "127.0.0.1,10.0.0.0/8", "127.0.0.1, ::1", ""])
def test_gunicorn_takes_the_proxies_that_are_right(value):
    variables = {"PATH": os.environ["PATH"], **PRODUCTION, "FORWARDED_ALLOW_IPS": value}
    run = subprocess.run([sys.executable, *SERVE], cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_a_folder_that_cannot_be_written_stops_the_embedded_server(tmp_path):
    (tmp_path / "file").touch()
    result = evaluate("settings.DEBUG", tmp_path / "file" / "var")
    [sentence] = result.stderr.strip().splitlines()
    assert "CLAIMTRACK_VAR_DIR" in sentence


def test_blanks_after_commas_are_no_part_of_a_name(tmp_path):
    hosts = PRODUCTION | {
        "CLAIMTRACK_ALLOWED_HOSTS": "a.example, .b.example",
        "CLAIMTRACK_TRUSTED_PROXIES": "10.0.0.0/8, ::1/128",
    }
    shown = "settings.ALLOWED_HOSTS[:2], [str(network) for network in settings.CLAIMTRACK_TRUSTED_PROXIES]"
    assert evaluate(shown, tmp_path, **hosts).stdout == "['a.example', '.b.example'] ['10.0.0.0/8', '::1/128']\n"


def test_gunicorn_has_as_many_workers_as_a_file_says(tmp_path):
    (tmp_path / "workers").write_text("3\n")
    run = subprocess.run(
        [sys.executable, "-m", "gunicorn", "claimtrack.wsgi", "--print-config"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, "WEB_CONCURRENCY_FILE": str(tmp_path / "workers")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.search(r"^workers += 3$", run.stdout, re.MULTILINE)

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
    assert "CLAIMTRACK_SECRET_KEY_FILE must be a readable file" in evaluate(shown, tmp_path, **files).stderr


def test_every_variable_is_in_the_table_of_the_guide():
    guide = (ROOT / "docs/operations.md").read_text()
    code = (ROOT / "claimtrack/settings.py").read_text()
    inside, outside = code.split("CLAIMTRACK_WORKERS = ")
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


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DATABASE_URL", "sqlite:///x.db", "postgresql"),
        ("CLAIMTRACK_SECRET_KEY", "", "50"),
        ("CLAIMTRACK_SECRET_KEY", "short", "50"),
        ("CLAIMTRACK_DEBUG", "perhaps", "boolean"),
        ("CLAIMTRACK_REQUIRE_APPROVAL", "2", "boolean"),
        ("CLAIMTRACK_CLAIM_URL", "https://paper.example/checks/", "{id}"),
        ("CLAIMTRACK_SITE_URL", "claims.example", "http(s)"),
        ("CLAIMTRACK_SITE_URL", "https://claims.example/", "trailing slash"),
        ("CLAIMTRACK_SITE_URL", "https://claims.example:x", "http(s)"),
        ("CLAIMTRACK_DESK_NAME", "", "length"),
        ("CLAIMTRACK_THROTTLE_ANON", "-1", "greater"),
        ("CLAIMTRACK_THROTTLE_WRITE", "6000/min", "integer"),
        ("CLAIMTRACK_TRUSTED_PROXIES", "10.0.0.0/8,proxy", "proxy"),
        ("CLAIMTRACK_DATA_LICENSE", "free for all", "SPDX"),
        ("CLAIMTRACK_STATEMENT_TIMEOUT", "30s", "integer"),
        ("CLAIMTRACK_DEFAULT_LANGUAGE", "en'); DROP", "language code"),
        ("CLAIMTRACK_LANGUAGE", "da", "de, fr, es, ar"),
        ("CLAIMTRACK_TIME_ZONE", "CEST", "Europe/Berlin"),
        ("CLAIMTRACK_REQUIRE_MFA", "perhaps", "boolean"),
        ("CLAIMTRACK_OIDC_ISSUER", "http://login.example", "https://"),
        ("CLAIMTRACK_OIDC_ISSUER", "https://login.example", "CLAIMTRACK_OIDC_ROLES"),
        ("CLAIMTRACK_OIDC_ROLES", '{"chiefs": "Boss"}', "Contributor, Moderator, Editor"),
        ("CLAIMTRACK_OIDC_ROLES", '["chiefs"]', "JSON"),
        ("CLAIMTRACK_OIDC_ROLES", "chiefs=Editor", "JSON"),
        ("CLAIMTRACK_EMAIL_URL", "mail.example:25", "submission://"),
        ("CLAIMTRACK_EMAIL_FROM", "the desk", "address"),
        ("CLAIMTRACK_METRICS", "9100", "127.0.0.1:9100"),
        ("CLAIMTRACK_METRICS", ":9100", "127.0.0.1:9100"),
        ("CLAIMTRACK_METRICS", "127.0.0.1", "127.0.0.1:9100"),
        ("CLAIMTRACK_METRICS", "metrics.example:9100", "127.0.0.1:9100"),
        ("CLAIMTRACK_METRICS", "127.0.0.1:99999", "127.0.0.1:9100"),
        ("CLAIMTRACK_THREADS", "1", "greater"),
        ("CLAIMTRACK_EXPORTS", "8", "less"),
    ],
)
def test_a_bad_value_stops_the_start(name, value, reason, tmp_path):
    result = evaluate("settings.DEBUG", tmp_path, **PRODUCTION | {name: value})
    assert result.returncode == 1
    message = result.stderr.strip().splitlines()[-1]
    assert name in message
    assert reason in message.lower() or reason in message

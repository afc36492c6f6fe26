import json
import os
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from claims import demo
from claims.models import Appearance, Claim, Draft, Notice
from claims.transitions import BY_NAME, PUBLIC
from claimtrack.models import User
from claimtrack.roles import Role
from sources.models import Article, Source
from tests.claims.importing.test_import_lines import ledger
from tests.factories import make_claim

pytestmark = pytest.mark.django_db

DESK = json.loads((demo.FOLDER / "desk.json").read_text())


def test_it_loads_what_the_desk_did_and_a_second_load_changes_nothing():
    loaded = demo.load()
    wanted = [BY_NAME[claim["steps"][-1]["do"]].target if claim["steps"] else "proposed" for claim in DESK["claims"]]
    assert Counter(Claim.objects.values_list("status", flat=True)) == Counter(wanted)
    assert loaded.claims == len(wanted)
    assert set(wanted) == {"proposed", "awaiting_approval", "checked", "dismissed", "withdrawn", *PUBLIC}
    assert Source.objects.count() == len(DESK["sources"])
    assert Article.objects.count() == len(DESK["articles"])
    assert Draft.objects.filter(claim__origin_key=demo._key({"key": "market-never-closed"})).exists()

    told = Notice.objects.unread().filter(person__username="moderator").values_list("kind", flat=True)
    assert {"mentioned", "asked", "returned"} <= set(told) and len(told) < 6

    before = ledger()
    assert demo.load() == demo.Loaded({}, 0)
    assert ledger() == before

    places = Appearance.objects.visible_to(None).select_related("snapshot")
    assert len(places) > 20
    for place in places:
        assert place.snapshot.text[place.start_offset : place.end_offset] == place.quote

    assert set(loaded.passwords) == set(demo.ACCOUNTS)
    for name, password in loaded.passwords.items():
        user = User.objects.get(username=name)
        assert user.check_password(password) and user.is_staff
        assert user.role == (demo.ACCOUNTS[name][0] or Role.EDITOR)
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["admin"]


def test_a_load_that_fails_leaves_nothing(monkeypatch):
    def fail(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr("claims.demo.reviewing.review", fail)
    with pytest.raises(KeyboardInterrupt):
        demo.load()
    assert not User.objects.exists() and not Claim.objects.exists() and not Source.objects.exists()


def test_a_ledger_with_claims_of_its_own_is_left_alone():
    make_claim()
    before = ledger()
    with pytest.raises(CommandError, match="not_empty"):
        call_command("demo", "--no-serve")
    assert ledger() == before and not User.objects.filter(username__in=demo.ACCOUNTS).exists()


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A desk of nothing but one claim, to be quick."""
    (tmp_path / "articles").symlink_to(demo.FOLDER / "articles")
    (tmp_path / "desk.json").write_text(json.dumps(DESK | {"claims": DESK["claims"][:1]}))
    monkeypatch.setattr(demo, "FOLDER", tmp_path)


def test_the_command_shows_passwords_once(small, log_key, capsys):
    call_command("demo", "--no-serve")
    first = capsys.readouterr().out
    assert "1 claims loaded." in first and "changepassword" in first
    assert all(f"  {name} " in first for name in demo.ACCOUNTS)
    call_command("demo", "--no-serve")
    assert "moderator " not in capsys.readouterr().out


def test_the_command_becomes_the_server(small, log_key, capsys, monkeypatch):
    """`Try` lists addresses that answer, the first of them the desk's own pages."""
    monkeypatch.setattr("os.environ", {name: value for name, value in os.environ.items() if "CLAIMTRACK" not in name})
    became = []
    monkeypatch.setattr("os.execvp", lambda *given: became.append(given))
    ran = []
    monkeypatch.setattr("subprocess.run", lambda command, **options: ran.append(command))
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    call_command("demo", "--port", "8123")
    assert [command[1:] for command in ran] == [["-m", "claimtrack", "manage", "log"]]
    ((program, arguments),) = became
    assert program == arguments[0] and "127.0.0.1:8123" in arguments
    assert os.environ["CLAIMTRACK_SITE_URL"] == "http://127.0.0.1:8123"
    assert os.environ["CLAIMTRACK_PUBLIC_TEXT"] == "on"
    assert "http://127.0.0.1:8123/api/v1/claims/" in capsys.readouterr().out

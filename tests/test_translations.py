"""The catalogues in claimtrack/locale: they hold every text of the program, whole, and as compiled."""

import shutil
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from tests import pseudo
from tests.claimtrack.signing_in.conftest import PASSWORD, with_password
from tests.factories import make_claim, make_user

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "claimtrack" / "locale"
CATALOGS = [
    LOCALE / code / "LC_MESSAGES" / f"{domain}.po"
    for code, _ in settings.LANGUAGES
    if code != "en"
    for domain in ("django", "djangojs")
]
NAMED = pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")


def read(path):
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@NAMED
def test_every_text_is_translated(path):
    left = [message.id for message in read(path) if message.id and (message.fuzzy or not all(forms(message)))]
    assert left == []


@NAMED
def test_it_says_how_plurals_are_formed(path):
    assert '"Plural-Forms: nplurals=' in path.read_text()


@NAMED
def test_placeholders_are_kept(path):
    catalog = read(path)
    wrong = {message.id: [str(error) for error in message.check(catalog)] for message in catalog if message.id}
    assert {text: errors for text, errors in wrong.items() if errors} == {}


@NAMED
def test_what_is_compiled_is_what_is_translated(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    expected = {}
    for message in read(path):
        one, *_ = message.id if isinstance(message.id, tuple) else (message.id,)
        key = f"{message.context}\x04{one}" if message.context else one
        if isinstance(message.id, tuple):
            expected |= {(key, number): text for number, text in enumerate(message.string) if text}
        elif message.id and message.string:
            expected[key] = message.string
    found = {key: text for key, text in compiled._catalog.items() if key}
    assert found == expected, "Run make messages."


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext")
def test_makemessages_gives_no_difference(tmp_path):
    # It writes files of its own beside those that it reads.
    for app in ("claimtrack", "sources", "claims"):
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    before = {path: path.read_text() for path in tmp_path.rglob("*.po")}
    subprocess.run([sys.executable, "manage.py", "makemessages", "--verbosity", "0"], cwd=tmp_path, check=True)
    assert {path: path.read_text() for path in tmp_path.rglob("*.po")} == before, "Run make messages."


@pytest.mark.django_db
@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_who_signs_in_in_a_language_meets_no_english(client, code):
    claim, waiting = make_claim("checked", topics=["roads"]), make_claim("in_review")
    article = claim.appearances.get().snapshot.article_id
    login = f"/admin/account/login/?language={code}"
    addresses = [
        login,
        "/admin/",
        "/admin/claims/claim/?view=open",
        f"/admin/claims/claim/{claim.pk}/change/",
        f"/admin/claims/claim/{waiting.pk}/change/",
        f"/admin/sources/article/{article}/change/",
        "/admin/claims/claim/add/",
        "/admin/claims/speaker/",
        "/admin/preferences/",
        f"/{code}/",
        f"/{code}/claims/{claim.pk}/",
    ]
    catalog = read(LOCALE / code / "LC_MESSAGES" / "django.po")
    texts = [message for message in catalog if isinstance(message.id, str)]
    # Some words are spelt alike in two languages, such as the German “Filter” of “Filters”.
    english = {message.id for message in texts} - {message.string for message in texts}
    own = pseudo.own_words()
    editor = with_password(make_user("editor"))
    for address in addresses:
        page = client.get(address).content.decode()
        assert f'<html lang="{code}"' in " ".join(page.split()), address
        assert [text for text in pseudo.Page(page).texts if text in english - own] == [], address
        if address == login:
            client.post(login, {"login": editor.username, "password": PASSWORD})

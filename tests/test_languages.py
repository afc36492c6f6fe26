"""Every sentence of the program can be translated, and is."""

import ast
import re
from io import StringIO
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.conf.global_settings import LANGUAGES
from django.core.management import call_command
from django.db import connection
from django.utils.translation import trans_real

from claims.webhooks.subscribing import create_webhook, send_test
from claimtrack.db.guards import SENTENCES
from claimtrack.management.commands.makemessages import KEYWORDS
from claimtrack.refusals import Refused
from tests import pseudo
from tests.factories import make_claim, make_external_review, make_user, take_to
from tests.test_house import OURS, ROOT

MOST = 250
# Signing out would end the walk; downloads and Django's own catalogue are not pages.
LEFT_OUT = ("/admin/logout/", "/admin/account/logout/", "/admin/jsi18n/")
# Routes in English, pages in other languages, and Django's page of raw permissions.
OTHERS = (
    "/api/",
    "/annotations/",
    "/feeds/",
    "/static/",
    "/jsi18n/",
    "/admin/auth/",
    *(f"/{code}/" for code, _ in LANGUAGES),
)


@pytest.fixture
def brackets(monkeypatch):
    monkeypatch.setitem(trans_real._translations, pseudo.CODE, pseudo.Pseudo())


class Walk:
    """Follows every link, sends every form empty, and records untranslated texts."""

    def __init__(self, client):
        self.client = client
        self.own = pseudo.own_words()
        self.long = sorted((words for words in self.own if len(words) >= 8), key=len, reverse=True)
        self.found = {}
        self.seen = set()

    def look(self, address, response):
        if "text/html" not in response.get("Content-Type", ""):
            return None
        page = pseudo.Page(response.content.decode())
        for text in page.texts:
            if text and text not in self.found and pseudo.english(text, self.own, self.long):
                self.found[text] = address
        return page

    def left(self):
        """Return untranslated texts, without those that the forms of the walk have written."""
        own = pseudo.own_words()
        return {text: address for text, address in self.found.items() if pseudo.english(text, own, [])}

    def from_(self, *starts):
        waiting = list(starts)
        while waiting and len(self.seen) < MOST:
            address = waiting.pop(0)
            path = urlsplit(address).path
            if kind(address) in self.seen or path.startswith(OTHERS):
                continue
            if "//" in address or "language=" in address:
                continue
            self.seen.add(kind(address))
            response = self.client.get(address)
            page = self.look(address, response)
            if response.status_code in (301, 302):
                waiting.append(urljoin(address, response["Location"]))
            if page is None:
                continue
            for form in page.forms:
                target = urljoin(address, form["action"] or address)
                if form["method"] == "post" and not target.endswith(LEFT_OUT):
                    for extra in form.get("buttons", [("", "")]):
                        if ("post", *kind(target), extra) not in self.seen:
                            self.seen.add(("post", *kind(target), extra))
                            answer = self.client.post(target, {**form["fields"], **dict([extra])})
                            self.look(f"POST {target} {extra[1]}", answer)
            waiting += [urljoin(address, link) for link in page.links if not link.endswith(LEFT_OUT)]


# A comment, or a literal with the call that it stands in.
LITERALS = re.compile(
    r"""/\*.*?\*/|//[^\n]*|(?P<call>\w*\(?)\s*(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)""",
    re.DOTALL,
)
SCRIPTS = [path for app in ("claimtrack", "claims") for path in sorted(ROOT.glob(f"{app}/static/**/*.js"))]
# Names of keys, of kinds of data, of an algorithm and of errors.
NOT_READ = {"Enter", "Escape", "Files", "KeyE", "Ed25519", "NotSupportedError", "TypeError"}
SHOWN = re.compile(r"""\b(?:textContent|innerText|placeholder|title|alt|ariaLabel)\b\s*[:=]\s*["'`]\s*\w""")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_what_scripts_write_is_translated(path):
    """Only the browser runs scripts, so the walk does not meet their sentences. What people read begins with a capital letter."""
    script = path.read_text()
    literals = [(found["call"], found["text"][1:-1]) for found in LITERALS.finditer(script) if found["text"]]
    sentences = [
        text
        for call, text in literals
        if call not in ("gettext(", "ngettext(", "pgettext(") and re.search(r"^[^\w$]*[A-Z][a-z]|\w[.…!?]$", text)
    ]
    assert set(sentences) <= NOT_READ
    assert not SHOWN.search(script)


def kind(address):
    """Pages of the same kind differ in ids and values only."""
    parts = urlsplit(address)
    path = tuple("#" if part.isdigit() else part for part in parts.path.split("/"))
    return path, tuple(sorted(parse_qs(parts.query)))


def told(found):
    """Return untranslated texts, by the file that seems to contain them."""
    by_file = {}
    for text, address in found.items():
        for place in pseudo.places(text) or ["(not found)"]:
            by_file.setdefault(place, []).append(f"{text!r} on {address}")
    return "\n".join(
        f"{place}\n" + "\n".join(f"    {line}" for line in lines) for place, lines in sorted(by_file.items())
    )


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("full", [False, True], ids=["an empty desk", "a desk at work"])
def test_no_sentence_of_the_desk_escapes_translation(client, brackets, settings, log_key, full):
    settings.CLAIMTRACK_LANGUAGE = pseudo.CODE
    if full:
        call_command("demo", "--no-serve", stdout=StringIO())
        send_test(
            webhook=create_webhook(by=make_user("editor"), name="NEWSROOM", endpoint="https://news.example/"),
            by=make_user("editor"),
        )
    client.force_login(make_user(is_superuser=True, is_staff=True, language=pseudo.CODE))
    walk = Walk(client)
    walk.from_("/admin/")
    assert not walk.left(), told(walk.left())


@pytest.mark.django_db
def test_nor_does_one_of_the_pages_for_readers_and_for_signing_in(client, brackets, settings):
    settings.CLAIMTRACK_LANGUAGE = pseudo.CODE
    claim = make_claim("checked", topics=["roads"])
    take_to(make_claim(), "withdrawn")
    make_external_review(claim)
    walk = Walk(client)
    walk.from_(
        "/", "/?q=the", "/?said_after=x&limit=y", "/?odd=1", "/claims/999999999/", "/nothing/", "/admin/account/login/"
    )
    assert not walk.found, told(walk.found)


@pytest.mark.django_db
def test_the_api_speaks_english_to_everybody(client, brackets, settings):
    """Its answers are a contract with programs, refusals included."""
    settings.CLAIMTRACK_LANGUAGE = pseudo.CODE
    claim = make_claim("in_review", topics=["roads"])
    client.force_login(make_user("moderator", language=pseudo.CODE))
    refused = [
        client.get("/api/v1/claims/?limit=many"),
        client.get("/api/v1/claims/999999999/"),
        client.post(
            f"/api/v1/claims/{claim.pk}/reviews/", {"to": "checked", "expected": claim.version}, "application/json"
        ),
        client.post("/api/v1/speakers/", {"name": ""}, "application/json"),
        client.post("/api/v1/articles/", {"url": "nowhere"}, "application/json"),
    ]
    assert [answer.status_code for answer in refused] == [400, 404, 403, 400, 400]
    read = [client.get(f"/api/v1/{kind}/") for kind in ("claims", "speakers", "sources", "topics", "verdicts")]
    for answer in [*refused, *read, client.get(f"/api/v1/claims/{claim.pk}/"), client.get("/api/schema/")]:
        assert pseudo.OPEN not in answer.content.decode()


def subclasses(cls):
    return {cls, *(found for child in cls.__subclasses__() for found in subclasses(child))}


def test_makemessages_finds_every_kind_of_refusal():
    literal = {cls.__name__ for cls in subclasses(Refused) if "__init__" not in vars(cls) or cls is Refused}
    assert literal <= set(KEYWORDS)


NAMES = {cls.__name__ for cls in subclasses(Refused)} | {"Message", "InputWarning"}


@pytest.mark.parametrize("path", OURS, ids=str)
def test_sentences_are_not_put_together(path):
    """A sentence that is put together in Python cannot be translated, so a refusal has a template and params."""
    for node in ast.walk(ast.parse(OURS[path])):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in NAMES and node.args:
            sentence = node.args[2] if ast.unparse(node.func) == "InputWarning" else node.args[0]
            assert not isinstance(sentence, ast.JoinedStr | ast.BinOp), f"line {node.lineno}"


def params_of(call):
    """The params of a refusal or a Message, None if they are not written as a dict."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "params"]
    given = given or (call.args[1:2] if ast.unparse(call.func) == "Message" else [])
    return (
        [key.value for key in given[0].keys] if given and isinstance(given[0], ast.Dict) else [] if not given else None
    )


@pytest.mark.parametrize("path", OURS, ids=str)
def test_each_placeholder_has_a_param(path):
    for node in ast.walk(ast.parse(OURS[path])):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in NAMES and node.args:
            template, params = node.args[0], params_of(node)
            # The templates in tables get their params where they are raised.
            if isinstance(template, ast.Constant) and params:
                assert set(re.findall(r"%\((\w+)\)s", template.value)) == set(params), f"line {node.lineno}"


def test_a_role_is_refused_in_a_whole_sentence():
    for path, text in OURS.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "require" and path.name != "roles.py":
                assert isinstance(node.args[2], ast.Constant) and node.args[2].value.startswith("You may not "), path


@pytest.mark.django_db
def test_every_guard_has_a_sentence():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE 'pgtrigger_%'")
        sources = [source for (source,) in cursor.fetchall()]
    codes = {code for source in sources for code in re.findall(r"CONSTRAINT = '(\w+)'", source)}
    assert codes == SENTENCES.keys()

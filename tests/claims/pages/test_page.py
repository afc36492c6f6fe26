"""Rules of all public pages: they are the same for everybody, however they ask."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from claims import curating
from claims.models import Claim
from claims.pages.lists import SpeakerPage
from claimtrack import tokens
from tests.factories import make_claim, make_external_review, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(db):
    claim = make_claim("checked", topics=["roads"], text="Nine ferries sail.")
    source = claim.appearances.get().snapshot.article.source_id
    return [
        "/",
        "/?q=ferries",
        f"/claims/{claim.pk}/",
        f"/speakers/{claim.speaker_id}/",
        f"/sources/{source}/",
        "/topics/roads/",
    ]


def test_they_are_the_same_whoever_asks(client, addresses):
    for address in addresses:
        anonymous = client.get(address, headers={"Accept-Language": "de", "Accept": "application/json"})
        assert anonymous.status_code == 200
        for role in (None, "contributor", "editor"):
            client.force_login(make_user(role))
            asked = client.get(address)
            assert asked.content == anonymous.content
            assert not asked.cookies
            assert "Cookie" not in asked.get("Vary", "")
            assert asked["ETag"] == anonymous["ETag"]
            assert asked["Cache-Control"] == anonymous["Cache-Control"] == "public, no-cache"
            client.logout()


@pytest.mark.parametrize(
    ("cookie", "why"),
    [
        ("sessionid=abc", "Django deletes a session whose key is in a bad form"),
        ("csrftoken=abc", "Django replaces a token in a bad form"),
        (f"sessionid={'a' * 32}; csrftoken=abc", "a session that is over beside it"),
    ],
)
def test_a_cookie_in_a_bad_form_is_not_answered_with_another(client, addresses, cookie, why):
    # The API reads sessions, and lets no cache keep what it answers to them.
    api = [] if "sessionid" in cookie else ["/feeds/nothing/"]
    for address in [*addresses, "/robots.txt", "/sitemap.xml", "/claims/999999/", "/nothing/", *api]:
        asked, anonymous = client.get(address, headers={"Cookie": cookie}), client.get(address)
        assert not asked.cookies, f"{address}: {why}"
        assert asked.get("Vary") == anonymous.get("Vary"), f"{address}: {why}"


SILENT = [
    ("/claims/999999/", "a claim that may be public in a minute"),
    ("/claims/1", "a redirect to the address with a slash"),
    ("/nothing/", "no page"),
    ("/?q=%00", "a refusal"),
    ("/robots.txt", "a file that names the rules of today"),
]


@pytest.mark.parametrize(("anonymous_read", "expected"), [(True, "no-cache"), (False, "private, no-store")])
@pytest.mark.parametrize(("address", "what"), SILENT)
def test_no_cache_decides_by_itself_how_long_it_keeps_what_has_no_etag(
    client, settings, address, what, anonymous_read, expected
):
    settings.CLAIMTRACK_ANONYMOUS_READ = anonymous_read
    assert client.get(address)["Cache-Control"] == expected, what


def test_no_cache_keeps_a_refusal_of_the_desk(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/admin/account/login/", {})
    refusal = client.post("/admin/account/login/", {})
    assert (refusal.status_code, refusal["Cache-Control"]) == (429, "private, no-store")


def test_nobody_looks_at_the_session(client, addresses, monkeypatch):
    client.force_login(make_user("editor"))
    looked = []
    monkeypatch.setattr(
        "django.contrib.sessions.backends.db.SessionStore.load", lambda store: looked.append(store) or {}
    )
    for address in addresses:
        assert client.get(address).status_code == 200
    assert looked == []


def test_what_has_not_changed_is_not_made_again(client, addresses, django_assert_num_queries):
    for address in addresses:
        etag = client.get(address)["ETag"]
        with django_assert_num_queries(1):
            response = client.get(address, headers={"If-None-Match": etag})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


@pytest.fixture
def kept(settings):
    """Keep pages as the site does."""
    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages of a test"}
    settings.CACHES = {**settings.CACHES, "pages": cache}
    yield caches["pages"]
    caches["pages"].clear()


def test_a_page_is_made_once(client, addresses, kept, django_assert_num_queries):
    for address in addresses:
        first = client.get(address)
        with django_assert_num_queries(1):
            again = client.get(address)
        assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])


def test_the_lists_of_a_form_are_read_once(client, db, kept, django_assert_num_queries):
    make_claim("unverified")
    client.get("/")
    # The revision of the page, the rows, and the revision of the lists.
    with django_assert_num_queries(3):
        client.get("/?status=unverified")


@pytest.mark.django_db(transaction=True)
def test_the_lists_of_a_form_are_read_anew_after_a_change(client, kept):
    make_claim("unverified", topics=["roads"])
    client.get("/")
    make_claim("unverified", topics=["bridges"])
    page = client.get("/?q=ferry").content.decode()
    assert '<option value="roads">' in page
    assert '<option value="bridges">' in page


@pytest.mark.django_db(transaction=True)
def test_a_page_is_made_anew_after_a_change(client, kept):
    claim = make_claim("unverified")
    address = f"/claims/{claim.pk}/"
    client.get(address)
    curating.edit_claim(claim=claim, by=make_user("editor"), expected=None, text="Eleven of ten dentists agree.")
    assert "Eleven of ten dentists agree." in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_page_is_not_kept_if_the_ledger_changes_while_it_is_made(client, kept, monkeypatch):
    claim = make_claim("unverified", speaker=make_speaker("Ada Roe"))
    made = SpeakerPage.count

    def count(self, chosen):
        counted = made(self, chosen)
        make_claim("unverified", speaker=claim.speaker)
        return counted

    address = f"/speakers/{claim.speaker_id}/"
    monkeypatch.setattr(SpeakerPage, "count", count)
    client.get(address)
    monkeypatch.undo()
    assert "2 claims" in " ".join(client.get(address).content.decode().split())


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_hidden_is_no_longer_shown(client, kept):
    claim = make_claim("unverified")
    address = f"/claims/{claim.pk}/"
    assert client.get(address).status_code == 200
    step(claim, "dismissed", by=make_user("moderator"), rationale="Not ours.")
    assert client.get(address).status_code == 404


def test_addresses_that_differ_in_anything_have_pages_of_their_own(client, db, kept):
    # The ETags of some addresses are the same, since 32 bits of them are enough for one address.
    assert "quill" not in client.get("/?q=ferry").content.decode()
    assert "quill" in client.get("/?q=quill").content.decode()
    assert "ferry" in client.get("/?q=ferry").content.decode()


# Settings that a page shows.
SHOWN = [
    ("CLAIMTRACK_DESK_NAME", "Another desk"),
    ("CLAIMTRACK_SITE_URL", "https://other.example"),
    ("CLAIMTRACK_CLAIM_URL", "https://other.example/{id}"),
    ("CLAIMTRACK_DATA_LICENSE", "CC0-1.0"),
    ("CLAIMTRACK_DEFAULT_LANGUAGE", "de"),
    ("CLAIMTRACK_LANGUAGE", "de"),
    ("CLAIMTRACK_TIME_ZONE", "Europe/Berlin"),
]


@pytest.mark.parametrize(("name", "value"), SHOWN)
def test_a_setting_that_a_page_shows_is_part_of_its_etag(client, name, value):
    etag = client.get("/")["ETag"]
    with override_settings(**{name: value}):
        assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


def test_so_is_the_release(client, monkeypatch):
    etag = client.get("/")["ETag"]
    monkeypatch.setattr("claimtrack.api.conditional.__version__", "99")
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


def test_shared_caches_may_answer_if_the_desk_says_so(client, settings):
    settings.CLAIMTRACK_CACHE_SECONDS = 60
    assert client.get("/")["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_the_limit_of_anonymous_reads_holds_here_too(client, settings, monkeypatch):
    settings.CLAIMTRACK_THROTTLE_ANON = 1
    monkeypatch.setattr("claimtrack.api.throttling._anonymous_window", 0)
    client.get("/")
    response = client.get("/")
    assert response.status_code == 429
    assert response["Content-Type"].startswith("text/html")
    assert int(response["Retry-After"]) <= 60


class TestWithoutAnonymousReading:
    @pytest.fixture(autouse=True)
    def closed(self, settings):
        settings.CLAIMTRACK_ANONYMOUS_READ = False

    def test_a_page_asks_to_sign_in(self, client, addresses):
        for address in [*addresses, "/claims/999999/"]:
            response = client.get(address)
            assert response.status_code == 401
            assert "Please sign in" in response.content.decode()
            assert "Nine ferries" not in response.content.decode()
            assert response["WWW-Authenticate"].startswith("Bearer")
            assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("path", ["/feeds/verdicts/", "/api/v1/claims/", "/annotations/"])
    def test_so_do_feeds_and_the_api(self, client, path):
        response = client.get(path)
        assert (response.status_code, response["Cache-Control"]) == (401, "private, no-store")

    def test_whoever_is_signed_in_sees_what_is_public(self, client, addresses):
        make_claim("proposed", text="Hidden.")
        client.force_login(make_user("editor"))
        for address in addresses:
            response = client.get(address)
            assert response.status_code == 200
            assert response["Cache-Control"] == "private, no-store"
            assert "ETag" not in response
            assert "Hidden." not in response.content.decode()

    def test_a_token_opens_it(self, client, addresses):
        user = make_user()
        secret = tokens.create_token(by=user, user=user, scope="read", name="reader").secret
        assert client.get("/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


class TestLanguages:
    def test_the_address_alone_chooses_the_language(self, client, addresses):
        for address in addresses:
            answers = client.get(address, headers={"Accept-Language": "de"}), client.get(f"/de{address}")
            english, german = (" ".join(answer.content.decode().split()) for answer in answers)
            assert '<html lang="en">' in english
            assert '<html lang="de">' in german
            path = address.partition("?")[0]
            for page in (english, german):
                assert f'hreflang="en" href="http://127.0.0.1:8000{path}"' in page or "noindex" in page
                assert f'hreflang="de" href="http://127.0.0.1:8000/de{path}"' in page or "noindex" in page

    def test_links_stay_in_the_language(self, client, addresses):
        claim = Claim.objects.get()
        page = client.get("/de/").content.decode()
        assert f'href="/de/claims/{claim.pk}/"' in page
        assert f'href="/de/speakers/{claim.speaker_id}/"' in client.get(f"/de/claims/{claim.pk}/").content.decode()

    def test_each_language_has_its_own_etag(self, client, addresses):
        assert client.get("/")["ETag"] != client.get("/de/")["ETag"]


def test_right_to_left(client, addresses):
    for address in addresses:
        assert '<html lang="ar" dir="rtl">' in " ".join(client.get(f"/ar{address}").content.decode().split())


def test_what_is_missing_is_missing_in_the_language_of_the_address(client, db):
    assert '<html lang="fr">' in " ".join(client.get("/fr/nothing/").content.decode().split())


# Read beside what public answers show: they follow from it, and raise nothing by themselves.
DERIVED = {"claims_document", "claims_stale", "claims_claimsource", "claims_document_shows", "claimtrack_revision"}
FUNCTIONS = {"claims_compose", "claims_query"}


def test_every_table_that_they_read_raises_the_revision(client, addresses):
    make_external_review(Claim.objects.get())
    with CaptureQueriesContext(connection) as queries:
        for address in [*addresses, "/sitemap.xml"]:
            assert client.get(address).status_code == 200
    read = {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "?([a-z]+_[a-z_]+)"?', query["sql"])}
    assert {"claims_claim", "claims_review", "claims_evidence", "claims_verdict", "sources_source"} <= read
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_raise_revision%'")
        raising = {name for (name,) in cursor.fetchall()}
    assert read - DERIVED - FUNCTIONS <= raising

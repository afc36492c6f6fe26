"""Which language and time zone a page speaks, and refusals in that language."""

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy

from claimtrack.languages import language_of, translated
from claimtrack.refusals import Amount, Figures, Invalid, Message
from tests.claimtrack.signing_in.conftest import PASSWORD, with_password
from tests.factories import make_user

LOGIN = "/admin/account/login/"


def language(page):
    return page.content.decode().partition('<html lang="')[2].partition('"')[0]


@pytest.mark.django_db
def test_the_desk_speaks_each_persons_language(client, settings):
    settings.CLAIMTRACK_LANGUAGE = "fr"
    moderator = make_user("moderator")
    client.force_login(moderator)
    assert language(client.get("/admin/")) == language_of(moderator) == "fr"

    moderator.language = "ar"
    moderator.save()
    page = client.get("/admin/", headers={"Accept-Language": "de"})
    assert language(page) == "ar"
    assert 'dir="rtl"' in page.content.decode()
    assert "/admin/css/rtl.css" in page.content.decode()


@pytest.mark.django_db
def test_times_are_those_of_the_desk(client, settings):
    settings.CLAIMTRACK_TIME_ZONE = "Asia/Tokyo"
    client.force_login(make_user("moderator"))
    assert 'data-admin-utc-offset="32400"' in client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_a_language_is_chosen_before_signing_in(client):
    assert language(client.get(LOGIN, headers={"Accept-Language": "de"})) == "en"
    page = client.get(LOGIN, {"language": "es", "next": "/admin/claims/claim/"})
    assert language(page) == "es"
    assert "?language=de&amp;next=%2Fadmin%2Fclaims%2Fclaim%2F" in page.content.decode()
    assert language(client.get(LOGIN)) == "es"
    assert language(client.get(LOGIN, {"language": "tlh"})) == "es"
    assert language(client.get("/")) == "en"

    moderator = with_password(make_user("moderator"))
    client.post(LOGIN, {"login": moderator.username, "password": PASSWORD})
    assert language(client.get("/admin/")) == "es"
    moderator.refresh_from_db()
    assert moderator.language == "es"


@pytest.mark.django_db
def test_the_chosen_language_does_not_replace_ones_own(client):
    moderator = with_password(make_user("moderator", language="fr"))
    client.get(LOGIN, {"language": "es"})
    client.post(LOGIN, {"login": moderator.username, "password": PASSWORD})
    assert language(client.get("/admin/")) == "fr"


@pytest.mark.django_db
def test_the_api_is_english_whatever_the_language(client, settings):
    settings.CLAIMTRACK_LANGUAGE = "de"
    client.force_login(make_user("moderator", language="ar"))
    problem = client.get("/api/v1/claims/?limit=many", headers={"Accept-Language": "de"}).json()
    assert problem["detail"] == "“many” does not fit “limit”: this takes a whole number from 1 to 200."


@pytest.mark.django_db
def test_no_language_outlives_its_request(client):
    client.force_login(make_user("moderator", language="ar"))
    client.get("/admin/")
    assert translation.get_language() == "en"


def test_the_catalog_of_scripts_has_an_address_for_each_language(client, settings):
    script = client.get("/jsi18n/ar/0/")
    assert script["Content-Type"].startswith("text/javascript")
    assert script["Cache-Control"] == "no-cache"
    assert "Vary" not in script
    assert "django.pluralidx" in script.content.decode()
    assert client.get("/jsi18n/tlh/0/").status_code == 200


@pytest.fixture
def german(monkeypatch):
    sentences = {"A %(role)s needs %(n)s marks.": "%(n)s Zeichen braucht: %(role)s.", "Moderator": "Moderatorin"}
    monkeypatch.setattr("claimtrack.languages.gettext", lambda sentence: sentences.get(sentence, sentence))


def test_a_refusal_is_translated_with_its_params(german):
    refusal = Invalid("A %(role)s needs %(n)s marks.", params={"role": Message("Moderator"), "n": 5})
    assert refusal.message == str(refusal) == "A Moderator needs 5 marks."
    assert translated(refusal) == "5 Zeichen braucht: Moderatorin."


def test_numbers_are_grouped_as_the_language_has_it():
    refusal = Invalid("At most %(limit)s fit in claim %(id)s.", params={"limit": Amount(20_000), "id": 20_000})
    assert refusal.message == "At most 20,000 fit in claim 20000."
    with translation.override("de"):
        assert translated(refusal) == "At most 20.000 fit in claim 20000."


FIGURES = [
    ("en", "47,000,000; 2.5%; 2014", "groups from five digits on: four may be a year"),
    ("de", "47.000.000; 2,5%; 2014", "the other way round"),
    ("ar", "47.000.000; 2,5%; 2014", "Django groups none in Arabic"),
]


@pytest.mark.parametrize(("language", "shown", "reason"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures_are_written_as_the_language_has_it(language, shown, reason):
    message = Message("%(here)s", {"here": Figures("47000000; 2.5%; 2014")})
    assert message == "47,000,000; 2.5%; 2014"
    with translation.override(language):
        assert translated(message) == shown, reason


def test_what_somebody_typed_is_no_term(german):
    assert translated(Invalid("A %(role)s needs %(n)s marks.", params={"role": "Moderator", "n": 5})) == (
        "5 Zeichen braucht: Moderator."
    )


def test_without_params_a_percent_sign_is_one():
    assert translated(Invalid("100% is no share.")) == "100% is no share."


@pytest.mark.parametrize("code", ["de", "fr", "es", "ar"])
def test_django_and_allauth_bring_their_own_sentences(code):
    with translation.override(code):
        # The first is Django's, the second allauth's.
        for sentence in ("This field is required.", "Authenticator App"):
            assert str(gettext_lazy(sentence)) != sentence


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_what_is_wrong_with_a_password_is_told_in_each_language(code):
    """The catalogues of Django lack some of it."""
    told = {}
    for language in ("en", code):
        with translation.override(language), pytest.raises(ValidationError) as refused:
            validate_password("1234")
        told[language] = refused.value.messages
    assert len(told[code]) >= 3 and not {*told["en"]} & {*told[code]}

"""A form whose token is an older session's: the desk shows what was typed, and it can be sent again."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Draft
from tests import factories

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def moderator(db):
    return factories.make_user("moderator")


@pytest.fixture
def desk(moderator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    return client


def send(desk, claim, headers=None, **data):
    forms = {"evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0", "expected": claim.version, "draft": ""}
    given = {**forms, "action": "draft", "rationale": "Counted <at length>.", "csrfmiddlewaretoken": "x" * 64, **data}
    return desk.post(reverse("admin:claims_claim_change", args=[claim.pk]), given, headers=headers)


def test_it_works(desk, moderator):
    claim = factories.make_claim("in_review")
    answer = send(desk, claim, OURS)
    page = answer.content.decode()
    assert answer.status_code == 403 and "Nothing was changed" in page
    assert "Counted &lt;at length&gt;." in page and "Send it again" in page
    token = answer.context["csrf_token"]
    assert send(desk, claim, OURS, csrfmiddlewaretoken=token).status_code == 302
    assert Draft.objects.get().rationale == "Counted <at length>."


def test_a_form_of_another_site_is_not_offered_again(desk):
    claim = factories.make_claim("in_review")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        page = send(desk, claim, headers).content.decode()
        assert "Counted" not in page and "Send it again" not in page


def test_a_script_is_told_in_json(desk):
    answer = send(desk, factories.make_claim("in_review"), {"Accept": "application/json"})
    assert answer.status_code == 403 and answer.json()["code"] == "csrf"


def test_what_another_person_typed_is_not_shown(desk):
    other = factories.make_user("moderator")
    assert "Counted" not in send(desk, factories.make_claim("in_review"), OURS, writer=other.pk).content.decode()


def test_no_password_is_shown(desk):
    for path in ("/admin/login/", "/admin/claims/claim/add/"):
        page = desk.post(path, {"password": "correct-horse", "text": "Nine."}, headers=OURS).content.decode()
        assert "correct-horse" not in page and ("Nine." in page) == (path != "/admin/login/")


def test_other_addresses_have_djangos_page(desk):
    assert "Send it again" not in desk.post("/accounts/", {"text": "x"}, headers=OURS).content.decode()

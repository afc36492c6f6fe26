"""The labels of the scale in the language of a page."""

import pytest
from django.core.exceptions import ValidationError

from claims.models import Verdict
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def read(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_it_works(client):
    claim = make_claim("checked", verdict="mostly_false")
    for path in ("/", f"/claims/{claim.pk}/", "/verdicts/"):
        assert ">Mostly false<" in read(client, path)
        assert ">Größtenteils falsch<" in read(client, f"/de{path}")
    assert ">Größtenteils falsch</option>" in read(client, "/de/")
    assert "<title>Größtenteils falsch: " in read(client, f"/de/claims/{claim.pk}/")


def test_a_step_without_one_shows_its_own_label(client):
    Verdict.objects.filter(code="false").update(labels={"fr": "Faux"})
    claim = make_claim("checked")
    assert '<span lang="en">False</span>' in read(client, f"/de/claims/{claim.pk}/")
    assert "Faux</h2>" in read(client, f"/fr/claims/{claim.pk}/")


def test_what_was_judged_under_another_label_keeps_it(client):
    claim = make_claim("checked")
    Verdict.objects.filter(code="false").update(label="Untrue", labels={"de": "Unwahr"})
    page = read(client, f"/de/claims/{claim.pk}/")
    assert "Unwahr</h2>" in page
    assert '<span lang="en">False</span>' in page


def test_the_api_and_the_language_of_the_desk_know_the_label_alone(client, settings, django_assert_num_queries):
    make_claim("checked")
    assert client.get("/api/v1/claims/").json()["results"][0]["verdict"]["label"] == "False"
    with django_assert_num_queries(0):
        assert Verdict.objects.labels(settings.CLAIMTRACK_DEFAULT_LANGUAGE) == {}


@pytest.mark.parametrize("labels", [{"tlh": "Hech"}, {"de": ""}, {"de": 5}, {"de": "F" * 101}, ["Falsch"]])
def test_what_is_no_label(labels):
    step = Verdict.objects.get(code="false")
    step.labels = labels
    with pytest.raises(ValidationError, match="at most 100 characters"):
        step.full_clean()

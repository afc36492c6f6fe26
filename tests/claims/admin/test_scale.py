"""The scale: labels are unique, renaming a step in force is asked about, and history keeps the label that was judged with."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from claims.models import Verdict
from tests import factories

ADD = reverse("admin:claims_verdict_add")


@pytest.fixture
def desk(client, db):
    client.force_login(factories.make_user("editor"))
    return client


def change(verdict):
    return reverse("admin:claims_verdict_change", args=[verdict.pk])


def typed(verdict, **changes):
    names = ("label", "code", "value", "description", "position")
    given = {name: getattr(verdict, name) for name in names} | changes
    return {name: "" if value is None else value for name, value in given.items()}


def step(code):
    return Verdict.objects.get(code=code)


def test_a_step_is_added(desk):
    assert desk.post(ADD, {"label": "Half the story", "code": "half_the_story", "position": 8}).status_code == 302
    assert str(step("half_the_story")) == "Half the story"


@pytest.mark.parametrize("label", ["Mostly false", "mostly FALSE"])
def test_a_label_is_unique(desk, label):
    answer = desk.post(ADD, {"label": label, "code": "other", "position": 8})
    assert answer.context["adminform"].form.errors["label"] == ["Another step of the scale has this label."]
    assert f'value="{label}"' in answer.text
    with pytest.raises(IntegrityError, match="verdict_label_once"), transaction.atomic():
        Verdict.objects.create(label=label, code="other")


def test_a_step_in_force_is_renamed_after_a_look_at_what_that_changes(desk):
    factories.make_claim("checked")
    factories.make_claim("checked")
    factories.make_claim("checked", verdict="true")
    answer = desk.post(change(step("false")), typed(step("false"), label="Untrue"))
    page = " ".join(answer.text.split())
    assert "2 claims would show another verdict" in page
    assert "<del>False</del> → <ins>Untrue</ins>" in page and 'name="confirmed" value="Untrue"' in page
    assert page.count('name="confirmed"') == 1
    assert step("false").label == "False"
    assert desk.post(change(step("false")), typed(step("false"), label="Untrue", confirmed="Untrue")).status_code == 302
    assert step("false").label == "Untrue"


def test_another_label_than_the_confirmed_one_is_asked_about_again(desk):
    factories.make_claim("checked")
    answer = desk.post(change(step("false")), typed(step("false"), label="Wrong", confirmed="Untrue"))
    assert "1 claim would show another verdict" in " ".join(answer.text.split())
    assert step("false").label == "False"


def test_a_step_that_is_not_in_force_is_renamed_at_once(desk):
    factories.make_claim("withdrawn")
    desk.post(change(step("false")), typed(step("false"), label="Untrue"))
    assert step("false").label == "Untrue"


def test_its_page_says_on_how_many_claims_it_is_in_force(desk):
    factories.make_claim("checked")
    for address in (change(step("false")), reverse("admin:claims_verdict_changelist")):
        page = desk.get(address).text
        assert '?verdict=false">1 claim</a>' in page


def test_labels_are_given_in_other_languages(desk):
    answer = desk.post(change(step("true")), typed(step("true"), label_de="Stimmt", label_fr="Juste"))
    assert answer.status_code == 302 and step("true").labels == {"de": "Stimmt", "fr": "Juste"}
    assert 'value="Stimmt"' in desk.get(change(step("true"))).text
    desk.post(change(step("true")), typed(step("true"), label_fr="Juste"))
    assert step("true").labels == {"fr": "Juste"}
    answer = desk.post(change(step("true")), typed(step("true"), label_de="x" * 101))
    assert "100" in answer.context["adminform"].form.errors["label_de"][0] and "x" * 101 in answer.text


def test_history_keeps_the_label_that_was_judged_with(desk):
    """Where the verdict in force is shown, it has today's label; whatever tells what was decided has the label of then."""
    claim = factories.make_claim("checked")
    factories.step(claim, "checked", by=factories.make_user("editor"), verdict="true")
    for code, label in (("false", "Untrue"), ("true", "Right")):
        desk.post(change(step(code)), typed(step(code), label=label, confirmed=label))
    number = claim.pk
    page = desk.get(reverse("admin:claims_claim_change", args=[number])).text
    start = page.index('id="history-title"')
    timeline = page[start : page.index("</section>", start)]
    public = desk.get(f"/claims/{number}/").text
    feed = desk.get("/feeds/corrections/").text
    history = desk.get(f"/api/v1/claims/{number}/reviews/").json()
    review = desk.get("/feeds/claimreview/").getvalue().decode()
    for text in (timeline, feed, review, json.dumps(history)):
        assert "Untrue" not in text and "Right" not in text and "True" in text
    assert "Untrue" not in public[public.index("from False") :]
    assert "from False to True" in " ".join(public.split())
    assert [row["verdict"]["label"] for row in history["results"] if row["verdict"]] == ["False", "True"]
    assert desk.get(f"/api/v1/claims/{number}/").json()["verdict"]["label"] == "Right"


@pytest.mark.parametrize("many", [1, 30])
def test_queries(desk, django_assert_num_queries, many):
    for number in range(many):
        Verdict.objects.create(label=f"Step {number}", code=f"step_{number}", position=20)
    with django_assert_num_queries(9):
        desk.get(reverse("admin:claims_verdict_changelist"))

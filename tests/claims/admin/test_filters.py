"""The filters of the queue, those of the API and of the desk, in one form. A bad value is shown at its field, with an empty list."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from claims import curating
from claims.admin.queue import FIELDS, QueueFilterSet, neighbours
from claims.api.filters import ClaimFilterSet
from claims.models import Claim
from claimtrack.api.filters import MAX_VALUES
from tests import factories

LIST = reverse("admin:claims_claim_changelist")
TOPICS = reverse("admin:claims_topic_slugs")
# The admin's search box.
FILTERS = [name for name in QueueFilterSet.base_filters if name != "q"]
TAKE_ANY_TEXT = ["speaker_name"]
ADMIN = ["q", "p", "o", "e", "all", "_changelist_filters", "_facets", "_popup"]
RUBBISH = {
    "text": ["abc"],
    "negative": ["-1"],
    "too large": ["9" * 30],
    "a sign": ["+7"],
    "empty": [""],
    "repeated": ["abc", "", "7", "7"],
    "U+0000": ["\0"],
    "very long": ["x" * 20_000],
    "not a date": ["2025-02-30"],
    "SQL": ["1) OR (1=1"],
    "a tag": ["<b>"],
}


@pytest.fixture
def claim(db):
    return factories.make_claim("unverified")


def listed(client, **query):
    return [claim.pk for claim in client.get(LIST, query).context["cl"].result_list]


def form_of(client, **query):
    return client.get(LIST, query).context["cl"].filter_specs[0].form


@pytest.mark.parametrize("values", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_is_no_error(desk, moderator, claim, values):
    for name in [*FILTERS, *ADMIN, "no_such_filter", "text__regex", "assignee__password__startswith"]:
        answer = desk.get(LIST, {name: values})
        # The admin leads back from a page that is not there.
        assert answer.status_code == 200 or (name == "p" and answer["Location"].endswith("?e=1")), name
        neighbours(claim, answer.request["QUERY_STRING"], moderator)


def test_a_bad_value_is_shown_at_its_field_over_an_empty_list(desk, claim):
    for name in FILTERS:
        if name in TAKE_ANY_TEXT:
            continue
        answer = desk.get(LIST, {name: "???"})
        form = answer.context["cl"].filter_specs[0].form
        assert not answer.context["cl"].result_list
        assert "“???” does not fit: this takes" in form.errors[name][0] and list(form.errors) == [name]
        page = answer.content.decode()
        assert form.errors[name][0] in page and 'value="???"' in page


@pytest.mark.parametrize("name", ["speaker", "source", "topic", "verdict", "assignee"])
def test_a_value_that_names_nothing_is_shown_as_given(desk, claim, name):
    answer = desk.get(LIST, {name: "999"})
    assert not answer.context["cl"].result_list
    assert 'value="999"' in answer.content.decode()


def test_an_unknown_filter_shows_nothing_and_says_so(desk, claim):
    answer = desk.get(LIST, {"stauts": "checked"})
    assert not answer.context["cl"].result_list
    assert "There is no filter “stauts”." in answer.content.decode()


def test_empty_values_are_not_asked(desk, claim):
    assert listed(desk, **dict.fromkeys(FILTERS, "")) == [claim.pk]


def test_too_many_values_are_refused(desk, claim):
    form = form_of(desk, status=["proposed"] * (MAX_VALUES + 1))
    assert form.errors == {"status": [f"This takes at most {MAX_VALUES} values."]}
    form = form_of(desk, ids=",".join(["7"] * 150 + [str(n) for n in range(1, 202)]))
    assert form.errors == {"ids": ["“ids” takes at most 200 ids in all."]}


def test_the_api_and_the_desk_declare_a_filter_once():
    for name, declared in ClaimFilterSet.base_filters.items():
        # To the desk, the beginning of a day is its own midnight.
        assert name in ("reviewed_after", "reviewed_before") or QueueFilterSet.base_filters[name] is declared
    added = set(QueueFilterSet.base_filters) - set(ClaimFilterSet.base_filters)
    assert added == {"view", "assignee", "asked", "added_after", "added_before", "gone", "sort"}


def test_every_filter_keeps_its_value_when_the_form_is_sent_again(desk, claim):
    form = form_of(desk, **dict.fromkeys(FILTERS, "7"))
    for name in FILTERS:
        assert f'name="{name}"' in str(form[name])
    # A filter without a place in the form is not in it unless the address names it.
    form = form_of(desk)
    assert {name for name in FILTERS if str(form[name])} == {*FIELDS}


SAME_IN_BOTH = [
    ({"speaker": "none"}, "unknown", "a speaker who is not known"),
    ({"language": "pt"}, "brazilian", "a language finds its regions"),
    ({"topic": ["water", "roads"]}, "brazilian", "topics by slug; repeated means OR"),
    ({"speaker_name": "ada MERLE"}, "brazilian", "a filter without a place in the form"),
    ({"verdict": "false"}, "checked", "verdicts by code"),
]


@pytest.mark.parametrize(("query", "name", "reason"), SAME_IN_BOTH, ids=[row[2] for row in SAME_IN_BOTH])
def test_desk_and_api_answer_alike(desk, query, name, reason):
    claims = {
        "unknown": factories.make_claim("unverified", speaker=None, language="en"),
        "brazilian": factories.make_claim(
            "unverified", speaker=factories.make_speaker("Ada Merle"), language="pt-BR", topics=["water"]
        ),
        "checked": factories.make_claim("checked", language="en"),
    }
    answer = desk.get("/api/v1/claims/", query).json()["results"]
    assert listed(desk, **query) == [row["id"] for row in answer] == [claims[name].pk], reason


def test_several_speakers_are_chosen_together(desk):
    first, second, _ = (factories.make_claim(speaker=factories.make_speaker(name)) for name in ("Ada", "Bo", "Cy"))
    query = {"speaker": [first.speaker_id, second.speaker_id], "sort": "oldest"}
    assert listed(desk, **query) == [first.pk, second.pk]
    page = desk.get(LIST, query).content.decode()
    assert page.count("selected>Ada</option>") == page.count("selected>Bo</option>") == 1


def test_the_topics_found_are_named_by_slug(desk):
    factories.make_claim(topics=["water"])
    fields = {"app_label": "claims", "model_name": "claim", "field_name": "topics"}
    found = desk.get(TOPICS, {"term": "wat", **fields}).json()["results"]
    assert [row["id"] for row in found] == ["water"]


def test_the_topics_lead_to_their_claims(desk):
    claim = factories.make_claim(topics=["water"])
    desk.force_login(factories.make_user("editor"))
    page = desk.get(reverse("admin:claims_topic_changelist")).content.decode()
    assert f"{LIST}?topic=water" in page
    assert listed(desk, topic="water") == [claim.pk]


def test_an_assignee_who_is_a_moderator_no_more_is_still_shown(desk, moderator):
    claim = factories.make_claim("in_review")
    left = factories.make_user("moderator")
    curating.assign(claim=claim, by=claim.assignee, to=left)
    left.groups.clear()
    assert listed(desk, assignee=left.pk) == [claim.pk]
    assert f'<option value="{left.pk}" selected>' in desk.get(LIST, {"assignee": left.pk}).content.decode()


@pytest.mark.parametrize(("query", "before", "after"), [("sort=oldest", 0, 2), ("sort=newest", 2, 0), ("", 0, 2)])
def test_the_neighbours_are_those_of_the_list(desk, query, before, after):
    claims = [factories.make_claim("unverified") for _ in range(3)]
    page = desk.get(reverse("admin:claims_claim_change", args=[claims[1].pk]), {"_changelist_filters": query}).context
    found = [page["previous"].partition("?")[0], page["next"].partition("?")[0]]
    assert found == [reverse("admin:claims_claim_change", args=[claims[place].pk]) for place in (before, after)]


def test_the_form_asks_nothing_unless_it_is_shown(moderator, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = QueueFilterSet(QueryDict("view=open&assignee=7&verdict=false"), Claim.objects.all(), user=moderator)
        str(found.qs.query)

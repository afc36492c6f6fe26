"""The lists of the desk: what they find, what they count, and that no parameter is an error or ignored."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.urls import reverse

from claims import curating
from claims.models import Review
from tests import factories
from tests.claims.admin.test_filters import RUBBISH

# Its page is no list of the admin: it shows what waits for a decision, and reads nothing from the address.
NO_LISTS = ["claims_sourcechange"]
LISTS = {
    name: model_admin
    for model, model_admin in admin.site._registry.items()
    if (name := f"{model._meta.app_label}_{model._meta.model_name}") not in NO_LISTS
}
# Filters that any text fits.
TAKE_ANY_TEXT = {"claims_inquiry": ["name"]}
OWN = [name for name, model_admin in LISTS.items() if name != "claims_claim" and model_admin.list_filter]


def address(name):
    return reverse(f"admin:{name}_changelist")


def listed(client, name, **query):
    return list(client.get(address(name), query).context["cl"].result_list)


@pytest.fixture
def desk(client, db):
    client.force_login(factories.make_user("editor", is_superuser=True))
    return client


def filters_of(client, name):
    return [parameter for spec in client.get(address(name)).context["cl"].filter_specs for parameter in spec.names]


@pytest.mark.parametrize("name", LISTS)
def test_rubbish_is_no_error(desk, name):
    filters = [] if name == "claims_claim" else filters_of(desk, name)
    for values in RUBBISH.values():
        queries = [{parameter: values} for parameter in [*filters, "q", "no_such_filter", "id__regex"]]
        queries.append(dict.fromkeys(["p", "o", "e", "all", "_facets", "_popup", "_changelist_filters"], values))
        for query in queries:
            answer = desk.get(address(name), query)
            # The admin leads back from a page that is not there.
            assert answer.status_code == 200 or answer["Location"].endswith("?e=1"), query


# The forms that an address may fill in, whose rows are searched instead of listed.
CHOOSERS = {
    "claims_claim": ["article", "speaker", "topics"],
    "sources_article": ["source"],
    "sources_domain": ["source"],
}


@pytest.mark.parametrize("name", CHOOSERS)
def test_rubbish_in_a_form_to_add_is_no_error(desk, name):
    add = reverse(f"admin:{name}_add")
    for values in RUBBISH.values():
        query = dict.fromkeys(CHOOSERS[name], values)
        assert desk.get(add, query).status_code == 200, values
        assert desk.post(add, query).status_code in (200, 400), values


@pytest.mark.parametrize(
    ("model", "field"), [("claim", "speaker"), ("claim", "topics"), ("snapshot", "article"), ("article", "source")]
)
def test_rubbish_typed_into_a_choice_is_no_error(desk, model, field):
    app = "claims" if model == "claim" else "sources"
    for values in RUBBISH.values():
        query = {"app_label": app, "model_name": model, "field_name": field, "term": values}
        assert desk.get(reverse("admin:autocomplete"), query).status_code == 200, values


@pytest.mark.parametrize("name", OWN)
def test_what_is_not_understood_shows_nothing_and_says_so(desk, name):
    factories.make_claim("checked")
    for parameter in filters_of(desk, name):
        if parameter in TAKE_ANY_TEXT.get(name, []):
            continue
        answer = desk.get(address(name), {parameter: "abc"})
        assert not answer.context["cl"].result_list
        assert "abc" in answer.text and 'class="errornote"' in answer.text, parameter
    answer = desk.get(address(name), {"knid": "abc"})
    assert not answer.context["cl"].result_list and "There is no filter “knid”." in answer.text


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_the_look_of_the_desk(desk, name):
    page = desk.get(address(name)).text
    assert "<h1" in page and "Select " not in page and 'class="object-tools"' not in page
    assert 'id="changelist-filter"' not in page
    answer = desk.get(address(name))
    if not answer.context["cl"].result_list:
        assert 'class="empty"' in page


@pytest.fixture
def rows(db):
    """Two speakers, two claims with a verdict, a correction, and articles of two sources."""
    solvey = factories.make_speaker("Ingrid Solvey", aliases=["The Harbour Master"], wikidata_id="Q990000777")
    other = factories.make_speaker("Ørn Halle", kind="organisation")
    snapshot = factories.make_snapshot(
        title="Ferries late again",
        language="en",
        published_at=datetime(2026, 3, 18, tzinfo=UTC),
        published_precision="day",
    )
    claim = factories.make_claim("checked", speaker=solvey, snapshot=snapshot, text="The ferry was late.")
    editor = factories.make_user("editor", username="edna")
    factories.step(claim, "checked", by=editor, verdict="true", rationale="The harbour log shows otherwise.")
    factories.make_claim("checked", speaker=other, text="The pier is new.")
    return {"claim": claim, "solvey": solvey, "other": other, "article": snapshot.article, "editor": editor}


FOUND = [
    ("claims_speaker", {"q": "solvey"}, ["Ingrid Solvey"], "any word of a name"),
    ("claims_speaker", {"q": "solvey ing"}, ["Ingrid Solvey"], "words in any order, and their beginnings"),
    ("claims_speaker", {"q": "master harbour"}, ["Ingrid Solvey"], "any name"),
    ("claims_speaker", {"q": "orn"}, ["Ørn Halle"], "regardless of accents"),
    ("claims_speaker", {"q": "Q990000777"}, ["Ingrid Solvey"], "a Wikidata id"),
    ("claims_speaker", {"q": "olvey"}, [], "not inside of words"),
    ("claims_speaker", {"kind": "organisation"}, ["Ørn Halle"], "a kind"),
    ("claims_speaker", {"state": "merged"}, [], "merged ones"),
    ("sources_article", {"q": "late ferr"}, ["Ferries late again"], "words of a title"),
    ("sources_article", {"after": "2026-03-18", "before": "2026-03-18"}, ["Ferries late again"], "both days count"),
    ("sources_article", {"after": "2026-03-19"}, [], "a day"),
    ("claims_topic", {"q": "nothing"}, [], "no topic"),
]


@pytest.mark.parametrize(("name", "query", "expected", "reason"), FOUND, ids=[row[3] for row in FOUND])
def test_what_lists_find(desk, rows, name, query, expected, reason):
    assert [str(row) for row in listed(desk, name, **query)] == expected, reason


def test_articles_are_found_by_source_and_address(desk, rows):
    article = rows["article"]
    source = article.source
    for query in ({"source": source.pk}, {"q": source.name}, {"q": article.canonical_url}):
        assert listed(desk, "sources_article", **query) == [article], query
    page = desk.get(address("sources_article"), {"source": source.pk}).text
    assert f"selected>{source.name}</option>" in page


def test_sources_are_found_by_name_and_domain(desk, rows):
    source = rows["article"].source
    for query in ({"q": source.name.upper()}, {"q": source.domains.get().host}):
        assert listed(desk, "sources_source", **query) == [source], query


def kinds(client, **query):
    return [row.kind for row in listed(client, "claims_review", **query)]


REVIEWS = [
    ({"q": "harbour log"}, ["correction"], "words of a rationale"),
    ({"q": "ferry", "kind": "publication"}, ["publication"], "words of a claim, and a kind"),
    ({"q": "ferry", "kind": "take"}, ["take"], "other steps are kinds too"),
    ({"kind": "confirmation"}, [], "a kind that there is none of"),
    ({"kind": "correction", "after": "2020-01-01"}, ["correction"], "a day"),
    ({"before": "2020-01-01"}, [], "an earlier day"),
]


@pytest.mark.parametrize(("query", "expected", "reason"), REVIEWS, ids=[row[2] for row in REVIEWS])
def test_all_reviews_are_searched(desk, rows, query, expected, reason):
    assert kinds(desk, **query) == expected, reason


def test_all_reviews_are_found_by_person_and_claim(desk, rows):
    assert kinds(desk, person=rows["editor"].pk) == ["correction"]
    found = {row.claim_id for row in listed(desk, "claims_review", q=str(rows["claim"].pk))}
    assert found == {rows["claim"].pk}


@pytest.mark.parametrize("kind", ["publication", "correction", "confirmation", "accept", "take"])
def test_the_kinds_are_those_of_each_review(db, rows, kind):
    factories.step(rows["claim"], "checked", by=factories.make_user("editor"), verdict="true")
    expected = {review.pk for review in Review.objects.select_related("replaces") if review.kind == kind}
    assert set(Review.objects.of_kind(kind).values_list("pk", flat=True)) == expected != set()


SUGGESTED = [
    ("Solvay", ["Ingrid Solvey"], "another letter"),
    ("ingird solvey", ["Ingrid Solvey"], "letters turned round"),
    ("habour master", ["The Harbour Master"], "a letter left out, in another name"),
    ("Solvey", [], "a name that is found"),
    ("zzyzx", [], "nothing like a name"),
]


@pytest.mark.parametrize(("typed", "names", "reason"), SUGGESTED, ids=[row[2] for row in SUGGESTED])
@pytest.mark.parametrize("name", ["claims_speaker", "claims_claim"])
def test_a_misspelt_name_gets_did_you_mean(desk, rows, name, typed, names, reason):
    page = desk.get(address(name), {"q": typed}).text
    assert ("Did you mean:" in page) is bool(names), reason
    for suggested in names:
        assert f">{suggested}</a>" in page


def test_a_suggestion_finds_the_claims(desk, rows):
    assert listed(desk, "claims_claim", q="Ingrid Solvey") == [rows["claim"]]
    assert listed(desk, "claims_claim", q="solvey ingrid") == [rows["claim"]]


def test_counts_and_last_activity_stand_in_the_lists(desk, rows):
    page = desk.get(address("claims_speaker")).text
    assert f'?speaker={rows["solvey"].pk}">1 claim</a>' in page
    page = desk.get(address("sources_source")).text
    assert f'?source={rows["article"].source_id}">1 article</a>' in page
    assert ">1 claim<" in desk.get(address("sources_article")).text


def test_a_merge_is_found_by_name_kind_and_state(desk, rows):
    curating.merge_speakers(loser=rows["other"], winner=rows["solvey"], reason="One harbour master.", by=rows["editor"])
    for query in (
        {"q": "harbour"},
        {"q": "halle"},
        {"kind": "speaker"},
        {"state": "in_force"},
        {"after": "2020-01-01"},
    ):
        assert len(listed(desk, "claims_merge", **query)) == 1, query
    for query in ({"kind": "claim"}, {"state": "undone"}, {"before": "2020-01-01"}):
        assert listed(desk, "claims_merge", **query) == [], query


def test_all_tables_leads_somewhere(desk):
    page = desk.get(reverse("admin:app_list", args=["claims"])).text
    assert "All tables" in page
    for name in ("claims_draft", "claims_evidence", "sources_snapshot", "mfa_authenticator"):
        assert f'href="{address(name)}"' in page


def make_speakers(n):
    for _ in range(n):
        factories.make_speaker()


def make_sources(n):
    for _ in range(n):
        factories.make_source()


def make_articles(n):
    source = factories.make_source()
    for number in range(n):
        factories.make_snapshot(source=source, canonical_url=f"https://paper.example/{number}")


def make_topics(n):
    for number in range(n):
        factories.make_topic(f"topic-{number}")


def make_reviews(n):
    editor = factories.make_user("editor")
    snapshot = factories.make_snapshot()
    for number in range(n):
        claim = factories.make_claim(snapshot=snapshot, speaker=None, text=f"Claim {number}.", by=editor)
        factories.step(claim, "unverified", by=editor)


# How many queries each list takes, besides those of the session and the user.
QUERIES = {
    "claims_speaker": (make_speakers, 9),
    "sources_source": (make_sources, 9),
    "sources_article": (make_articles, 8),
    "claims_topic": (make_topics, 7),
    "claims_review": (make_reviews, 8),
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries_do_not_grow_with_the_rows(desk, name, django_assert_max_num_queries):
    make, most = QUERIES[name]
    make(200)
    with django_assert_max_num_queries(most):
        assert len(listed(desk, name)) == 50


TOO_LONG = [
    ("claims_speaker", "name", 301, {"kind": "person"}),
    ("claims_speaker", "names", 301, {"kind": "person", "name": "Ada Merle"}),
    ("claims_topic", "name", 201, {"slug": "t"}),
    ("claims_verdict", "label", 101, {"code": "t", "position": 9}),
    ("sources_source", "name", 301, {"kind": "other", "domains-TOTAL_FORMS": 0, "domains-INITIAL_FORMS": 0}),
]


@pytest.mark.parametrize(("name", "field", "length", "given"), TOO_LONG)
def test_what_is_too_long_is_told_at_its_field_and_still_there(desk, name, field, length, given):
    form = desk.get(reverse(f"admin:{name}_add")).text
    assert "maxlength" not in form, "browsers cut what is pasted without a word"
    answer = desk.post(reverse(f"admin:{name}_add"), {**given, field: "x" * length})
    [told] = answer.context["adminform"].form.errors[field]
    assert str(length - 1) in told and "x" * length in answer.text


def test_a_reason_that_is_too_long_is_still_there(desk, rows):
    pair = [rows["solvey"].pk, rows["other"].pk]
    answer = desk.post(reverse("admin:claims_speaker_merge", args=pair), {"winner": pair[0], "reason": "x" * 2001})
    assert "2,000" in answer.context["form"].errors["reason"][0] and "x" * 2001 in answer.text

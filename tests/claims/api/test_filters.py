"""The filters of GET /api/v1/claims/."""

from datetime import UTC, datetime

import pytest

from claims import curating
from claims.api.filters import ClaimFilterSet
from tests.factories import make_claim, make_snapshot, make_source, make_speaker, make_topic, make_user, step

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"
TEXT = "“The ferries are empty,” she said. “Half the harbour is silted up,” he said. “Ein Fährticket kostet neun Euro.”"


@pytest.fixture
def desk():
    """Three claims: `ferry` checked, `harbour` unverified, `ticket` in review by nobody known."""
    post = make_source("harbour.example", name="The Harbour Post")
    herald = make_source("herald.example", name="The Herald")
    early = make_snapshot(
        TEXT,
        source=post,
        canonical_url="https://harbour.example/early?id=7",
        published_at=datetime(2025, 1, 1, tzinfo=UTC),
        published_precision="day",
    )
    late = make_snapshot(
        TEXT,
        source=herald,
        canonical_url=None,
        published_at=datetime(2025, 6, 1, tzinfo=UTC),
        published_precision="day",
    )
    quill, moller = make_speaker("Mára Quill", aliases=["The Mayor"]), make_speaker("Ole Møller")
    first = make_claim(
        "checked", verdict="half_true", text="The ferries run empty.", speaker=quill, said_at="2025-01-15",
        language="en", topics=["ferries", "traffic"], snapshot=early, quote="The ferries are empty",
    )  # fmt: skip
    curating.edit_claim(claim=first, by=make_user("editor"), expected=None, review_by="2100-01-15")
    make_claim(
        "unverified", text="Half of the harbour is silted up.", speaker=moller, said_at="2025", language="en",
        topics=["harbour"],
        appearances=[{"snapshot": snapshot, "quote": "Half the harbour is silted up"} for snapshot in (early, late)],
    )  # fmt: skip
    third = make_claim(
        "in_review", text="A ticket for the ferry costs nine euros.", speaker=None, language="de-AT", due_on="2030-06",
        snapshot=late, quote="Ein Fährticket kostet neun Euro",
    )  # fmt: skip
    make_topic("unused")
    rows = {"quill": quill, "moller": moller, "post": post, "first": first, "third": third}
    return {"early": early.article_id, "late": late.article_id, **{name: row.pk for name, row in rows.items()}}


NAMES = {"The ferries": "ferry", "Half of the": "harbour", "A ticket fo": "ticket"}
ALL = "ferry harbour ticket"

# query, claims that it finds, reason
FOUND = [
    ("", ALL, "no filter, no loss"),
    ("speaker={quill}", "ferry", "by id"),
    ("speaker=none", "ticket", "not known by whom"),
    ("speaker={quill}&speaker=none", "ferry ticket", "repeating means OR, none included"),
    ("speaker=9223372036854775807", "", "an id that nobody has finds nothing"),
    ("speaker_name=mara%20quill", "ferry", "neither case nor accents count"),
    ("speaker_name=THE%20MAYOR", "ferry", "an alias is a name"),
    ("speaker_name=ole%20moller", "harbour", "nor does ø"),
    ("speaker_name=the-mayor", "ferry", "nor a hyphen"),
    ("speaker_name=Quill", "", "a part of a name is not the name"),
    ("speaker_name=+%1C", "", "nor is white space, nor an error"),
    ("speaker_name=the+mayor&speaker_name=ole+m%C3%B8ller", "ferry harbour", "two names are OR"),
    ("status=checked", "ferry", "one status"),
    ("status=checked&status=in_review", "ferry ticket", "two are OR"),
    ("status=dismissed", "", "what nobody may see is not there, without an error"),
    ("verdict=half_true", "ferry", "in force"),
    ("verdict=no_such_step", "", "a code that the scale lacks"),
    ("source={post}", "ferry harbour", "any of its appearances counts"),
    ("source_domain=WWW.Harbour.example", "ferry harbour", "a domain in any spelling"),
    ("source_domain=nowhere.example", "", "a domain of no source"),
    ("article={late}", "harbour ticket", "by id"),
    ("article={late}&article={early}", ALL, "two are OR"),
    ("article={late}&source={post}", "harbour", "two filters are AND, each on the whole claim"),
    ("article_url=http://HARBOUR.example/early?utm_source=x%26id=7", "ferry harbour", "an address in another spelling"),
    ("article_url=https://harbour.example/early", "", "another page"),
    ("topic=traffic", "ferry", "by slug"),
    ("topic=traffic&topic=harbour", "ferry harbour", "two are OR"),
    ("topic=unused", "", "a topic without claims"),
    ("language=en", "ferry harbour", "the tag itself"),
    ("language=de", "ticket", "de-AT is German"),
    ("language=de-AT", "ticket", "a tag with a region"),
    ("language=DE-at", "ticket", "tags are compared without case"),
    ("language=de_AT", "ticket", "as locales are written"),
    ("language=deu", "ticket", "the longer code of the same language"),
    ("language=de-DE", "", "German of another region"),
    ("language=pz-Yaci", "", "a language that there is not"),
    ("language=zz_4v-0t&language=deu", "ticket", "nor one beside another"),
    ("language=xx", "", "no language has this code"),
    ("said_after=2025-01-15", "ferry", "from that day on; a year counts as its first day"),
    ("said_before=2025-01-15", "harbour", "before that day"),
    ("published_after=2025-06-01", "harbour ticket", "from midnight UTC on"),
    ("published_after=2025-06-01T00:00:01Z", "", "a second later"),
    ("published_before=2025-06-01", "ferry harbour", "any of its articles counts"),
    ("published_before=2025-01-01T01:00:00%2B02:00", "", "another zone's clock"),
    ("published_after=0393-11-23T06:00:15%2B16:30", ALL, "of whatever zone"),
    ("reviewed_after=2020-01-01", "ferry", "only what was published has the date"),
    ("reviewed_before=2020-01-01", "", "nothing was"),
    ("reviewed_before=2999-01-01", "ferry", "and no null comes along"),
    ("review_by_after=2100-01-15", "ferry", "from that day on"),
    ("review_by_before=2100-01-15", "", "before that day, and no null comes along"),
    ("due_after=2030-06-30", "ticket", "of a month the last day counts"),
    ("due_before=2030-06-30", "", "before that day"),
    ("updated_since=2020-01-01", ALL, "all are newer"),
    ("updated_since=2999-01-01T00:00", "", "none is; a time without a zone is UTC"),
    ("has_verdict=true", "ferry", "in force"),
    ("has_verdict=false", "harbour ticket", "none in force"),
    ("has_verdict=false&has_verdict=true", ALL, "one or the other"),
    ("corrected=true", "", "published once is not corrected"),
    ("corrected=false", ALL, "none was"),
    ("ids={first},{third}", "ferry ticket", "ids with commas"),
    ("ids={first}&ids={third}", "ferry ticket", "and repeated"),
    ("ids={third}&status=checked", "", "AND the other filters"),
    ("q=harbour", "harbour", "a word of the wording"),
    ("q=ferry", "ferry ticket", "another form of the word"),
    ("q=fahrticket", "ticket", "a word of the quote, without its accent"),
    ("q=ferry+empty", "ferry", "all words must be there"),
    ("q=silted&q=euros", "harbour ticket", "two queries are OR"),
    ("q=%22silted+up%22", "harbour", "a phrase"),
    ("q=ferry+-empty", "ticket", "less a word"),
    ("q=silt*", "harbour", "the beginning of a word"),
    ("q=", "", "no word finds nothing"),
    ("status=checked&speaker={moller}", "", "different filters are AND"),
    ("q=harbour&topic=harbour&language=en&said_after=2024-01-01", "harbour", "all at once"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found", "reason"), FOUND, ids=[row[0] or "none" for row in FOUND])
def test_a_filter_finds(client, desk, query, found, reason):
    response = client.get(f"{URL}?{query.format(**desk)}")
    assert response.status_code == 200, response.content
    assert sorted(NAMES[row["text"][:11]] for row in response.json()["results"]) == found.split(), reason


def test_every_filter_is_in_the_table():
    assert ClaimFilterSet.base_filters.keys() <= {query.partition("=")[0] for query, _, _ in FOUND}


# parameter, bad value, reason
REFUSED = [
    ("speaker", "Mara", "a name is no id"),
    ("speaker", "0", "ids begin at 1"),
    ("speaker", "-1", "and have no sign"),
    ("speaker", "1.0", "nor a point"),
    ("speaker", "٣", "nor other digits than ASCII's"),
    ("speaker", "9223372036854775808", "nor more than 63 bits"),
    ("speaker", "", "nothing is no id"),
    ("speaker_name", "", "nothing is no name"),
    ("speaker_name", "a\0b", "PostgreSQL has no U+0000"),
    ("status", "Checked", "statuses are in lower case"),
    ("status", "checked,unverified", "repeat the parameter, no commas"),
    ("verdict", "half true", "a code has no blanks"),
    ("source", "harbour.example", "source_domain takes that"),
    ("source_domain", "harbour.example/page", "a domain alone"),
    ("article", "none", "only a speaker may be unknown"),
    ("article_url", "harbour.example/early", "a URL has a scheme"),
    ("topic", "Public Transport", "the slug, not the name"),
    ("language", "English", "the tag, not the name"),
    ("said_after", "2025", "a whole date"),
    ("said_before", "2025-02-30", "that exists"),
    ("said_before", "2025-01-01T00:00:00Z", "without a time"),
    ("published_after", "yesterday", "no words"),
    ("published_before", "2025-01-01T25:00:00Z", "no 25th hour"),
    ("reviewed_after", "2025-01-01T00:00:00 02:00", "a + that came as a blank"),
    ("reviewed_before", "1735689600", "no seconds since 1970"),
    ("reviewed_before", "0001-01-01T00:00:00+01:00", "nothing before the year 1"),
    ("updated_since", "2025-W01-1", "no week dates"),
    ("review_by_before", "2025-06", "a whole date"),
    ("due_after", "2030", "a whole date"),
    ("has_verdict", "yes", "true or false"),
    ("corrected", "1", "no digits"),
    ("ids", "1,", "an id after each comma"),
    ("ids", "1, 2", "no blanks"),
    ("ordering", "text", "only these orders"),
    ("limit", "0", "at least one"),
    ("limit", "201", "never clamped in silence"),
    ("limit", "ten", "in digits"),
]


@pytest.mark.parametrize(("name", "value", "reason"), REFUSED)
def test_a_bad_value_is_refused(client, name, value, reason):
    response = client.get(URL, {name: value})
    assert response.status_code == 400, reason
    problem = response.json()
    assert (problem["code"], problem["field"]) == ("parameter", name)
    assert "this takes" in problem["detail"]


def test_an_unknown_parameter_is_refused(client):
    problem = client.get(URL, {"statuss": "checked"}).json()
    assert (problem["status"], problem["code"], problem["field"]) == (400, "unknown_parameter", "statuss")
    assert "speaker_name, status, topic" in problem["detail"]


def test_a_hundred_values_are_enough(client):
    assert client.get(URL, {"speaker": range(1, 101)}).status_code == 200
    assert client.get(URL, {"speaker": range(1, 102)}).json()["field"] == "speaker"


def test_ids_are_bounded_over_all_lists(client):
    lists = [",".join(map(str, range(start, start + 100))) for start in (1, 101)]
    assert client.get(URL, {"ids": lists}).status_code == 200
    assert client.get(URL, {"ids": [*lists, "201"]}).json()["field"] == "ids"


def test_a_claim_is_corrected_once_verdict_or_wording_differ(client):
    editor = make_user("editor")
    confirmed, judged_anew, reworded, withdrawn = (make_claim("checked", verdict="false") for _ in range(4))
    step(confirmed, "checked", by=editor, verdict="false")
    step(judged_anew, "checked", by=editor, verdict="satire")
    step(reworded, "checked", by=editor, verdict="false", changes={"text": "Better put."})
    step(withdrawn, "checked", by=editor, verdict="satire")
    step(withdrawn, "withdrawn", by=editor)
    corrected = {row["id"] for row in client.get(URL, {"corrected": "true"}).json()["results"]}
    assert corrected == {judged_anew.pk, reworded.pk, withdrawn.pk}
    assert [row["id"] for row in client.get(URL, {"corrected": "false"}).json()["results"]] == [confirmed.pk]


@pytest.mark.parametrize("name", ["limit", "ordering", "cursor"])
def test_what_steers_the_page_comes_once(client, name):
    problem = client.get(URL, {name: ["created_at", "created_at"] if name == "ordering" else ["1", "1"]}).json()
    assert (problem["status"], problem["field"]) == (400, name)


def test_a_merged_speaker_means_the_winner(client):
    loser, winner = make_speaker("Mara Quil"), make_speaker("Mara Quill")
    claim = make_claim("unverified", speaker=loser)
    curating.merge_speakers(loser=loser, winner=winner, reason="A typing error.", by=make_user("editor"))
    for query in ({"speaker": loser.pk}, {"speaker": winner.pk}, {"speaker_name": "Mara Quil"}):
        [shown] = client.get(URL, query).json()["results"]
        assert (shown["id"], shown["speaker"]["id"]) == (claim.pk, winner.pk)

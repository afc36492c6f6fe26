import pytest

from claims.text.quotations import proposals
from tests.factories import make_claim, make_snapshot, make_speaker, make_user

pytestmark = pytest.mark.django_db

TEXT = (
    "“Nine boats sail each day,” said Ada Roe, the harbour master. She called them “a gift to the whole town”.\n\n"
    "“I count eight,” Tom Lind replied."
)


def ask(client, snapshot):
    return client.get(f"/api/v1/articles/{snapshot.article_id}/quotations/")


def test_it_works(client):
    client.force_login(make_user("contributor"))
    snapshot = make_snapshot(TEXT, language="en")
    ada = make_speaker("Ada Roe", role="Harbour master")
    claim = make_claim("unverified", snapshot=snapshot, quote="Nine boats sail each day")
    body = ask(client, snapshot).json()
    assert (body["article"], body["snapshot"]["id"], body["language"]) == (snapshot.article_id, snapshot.pk, "en")
    assert body["snapshot"]["current"] is True
    by_quote = {quotation["quote"]: quotation for quotation in body["quotations"]}
    first = by_quote["Nine boats sail each day,"]
    assert TEXT[first["start"] : first["end"]] == first["quote"] == "Nine boats sail each day,"
    assert first["mention"] == {"start": 33, "end": 40, "text": "Ada Roe"}
    assert (first["name"], first["named_by"], first["cue"]) == ("Ada Roe", "full_name", "said")
    assert first["speakers"] == [{"id": ada.pk, "name": "Ada Roe", "role": "Harbour master"}]
    assert first["claims"] == [claim.pk], "it is on record already"
    margins = [quotation["margin"] for quotation in body["quotations"]]
    assert margins == sorted(margins, reverse=True), "the surest first"
    assert by_quote["a gift to the whole town"]["name"] == "Ada Roe"
    assert by_quote["a gift to the whole town"]["named_by"] == "pronoun"
    assert by_quote["I count eight,"]["speakers"] == [], "nobody on record has this name"
    assert by_quote["I count eight,"]["claims"] == []


def test_namesakes_are_all_listed(client):
    client.force_login(make_user("contributor"))
    first, second = make_speaker("Ada Roe"), make_speaker("A. Roe", aliases=["Ada Roe"])
    quotations = ask(client, make_snapshot(TEXT, language="en")).json()["quotations"]
    listed = [[speaker["id"] for speaker in one["speakers"]] for one in quotations if one["name"] == "Ada Roe"]
    assert listed == [[first.pk, second.pk]] * 2


def test_who_may_not_read_the_text_gets_404(client):
    snapshot = make_snapshot(TEXT)
    make_claim("unverified", snapshot=snapshot, quote="Nine boats sail each day")
    assert client.get(f"/api/v1/articles/{snapshot.article_id}/").status_code == 200
    assert ask(client, snapshot).status_code == 404


def test_the_public_sees_public_speakers_and_claims_only(client, settings):
    settings.CLAIMTRACK_PUBLIC_TEXT = True
    snapshot = make_snapshot(TEXT, language="en")
    make_speaker("Ada Roe")
    make_claim("unverified", snapshot=snapshot, quote="I count eight", speaker=make_speaker("Tom Lind"))
    make_claim("proposed", snapshot=snapshot, quote="Nine boats sail each day")
    shown = {one["quote"]: one for one in ask(client, snapshot).json()["quotations"]}
    assert len(shown["I count eight,"]["claims"]) == len(shown["I count eight,"]["speakers"]) == 1
    assert (shown["Nine boats sail each day,"]["claims"], shown["Nine boats sail each day,"]["speakers"]) == ([], [])


def test_an_older_text_is_not_read(client):
    client.force_login(make_user("contributor"))
    old = make_snapshot(TEXT)
    new = make_snapshot("Nothing was said.", article=old.article)
    body = ask(client, old).json()
    assert (body["snapshot"]["id"], body["quotations"]) == (new.pk, [])


def test_a_long_text_is_searched_to_a_line_before_the_limit(client, monkeypatch):
    client.force_login(make_user("contributor"))
    snapshot = make_snapshot(TEXT, language="en")
    assert ask(client, snapshot).json()["searched_to"] == len(TEXT)
    monkeypatch.setattr(proposals, "MOST", len(TEXT) - 1)
    body = ask(client, snapshot).json()
    assert body["searched_to"] == TEXT.rindex("\n")
    assert {one["quote"] for one in body["quotations"]} == {"Nine boats sail each day,", "a gift to the whole town"}


def test_a_parameter_is_refused(client):
    client.force_login(make_user("contributor"))
    snapshot = make_snapshot(TEXT)
    assert client.get(f"/api/v1/articles/{snapshot.article_id}/quotations/?limit=2").status_code == 400


def test_the_number_of_statements_does_not_grow_with_the_quotations(client, django_assert_num_queries):
    user = make_user("contributor")
    few, many = make_snapshot(TEXT), make_snapshot("\n\n".join([TEXT] * 20))
    counts = []
    for snapshot in (few, many):
        client.force_login(user)
        with django_assert_num_queries(7):
            counts.append(len(ask(client, snapshot).json()["quotations"]))
    assert counts[1] > counts[0]

"""Whom the desk asked for a reply or a correction, and what came of it."""

from datetime import UTC, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.test import Client

from claims import curating
from claims.admin.figures import asked
from claims.curating.shelf_life import today
from claims.figures.periods import Period
from claims.models import Inquiry, Outcome
from claims.proof.sealing import sealed_tables
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import make_claim, make_speaker, make_user

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)
TEXT, NOTE = "Where does the number come from?", "Call Ada Roe, +44 20 7946 0000."


def inquire(claim, *, by=None, **given):
    given = {"asked_for": "reply", "channel": "email", "asked_on": YESTERDAY, "text": TEXT, "note": NOTE, **given}
    return curating.inquire(claim=claim, by=by or make_user("editor"), **given)


def record(inquiry, *, by=None, **given):
    given = {"answer": "replied", "came_on": today(), "text": "From a count of 2019.", **given}
    return curating.record_outcome(inquiry=inquiry, by=by or make_user("editor"), **given)


def shown(claim, user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(f"/api/v1/claims/{claim.pk}/inquiries/").json()["results"]


def test_it_works():
    claim = make_claim("checked")
    moderator = make_user("moderator")
    inquiry = inquire(claim, by=moderator)
    assert (inquiry.asked, inquiry.asked_kind, inquiry.is_shown) == (claim.speaker.name, "speaker", False)
    outcome = record(inquiry, by=moderator)
    assert shown(claim) == []
    editor = make_user("editor")
    curating.publish_told(row=inquiry, by=editor)
    [told] = shown(claim)
    assert (told["text"], told["outcomes"]) == (TEXT, [])
    curating.publish_told(row=outcome, by=editor)
    [told] = shown(claim)
    assert [one["answer"] for one in told["outcomes"]] == ["replied"]
    assert "note" not in told and NOTE not in str(told)
    page = Client().get(f"/claims/{claim.pk}/").text
    assert TEXT in page and "From a count of 2019." in page and "Ada Roe" not in page
    [desk] = shown(claim, moderator)
    assert desk["note"] == NOTE


def test_whom_it_may_be():
    claim = make_claim("checked")
    source = claim.appearances.get().snapshot.article.source
    assert inquire(claim, source=source).asked == source.name
    assert inquire(claim, name="Roads Office").asked == "Roads Office"


def test_a_merged_speaker_is_the_winner():
    claim = make_claim("checked")
    inquiry = inquire(claim)
    winner = make_speaker("Mara Quill")
    curating.merge_speakers(loser=claim.speaker, winner=winner, reason="The same.", by=make_user("editor"))
    assert (Inquiry.objects.get(pk=inquiry.pk).asked, Inquiry.objects.of_speaker(winner.pk).get()) == (
        winner.name,
        inquiry,
    )


def test_what_was_withdrawn_is_the_desks_alone():
    claim = make_claim("checked")
    inquiry = inquire(claim, public=True)
    record(inquiry, public=True)
    assert len(shown(claim)) == 1
    curating.withdraw_told(row=inquiry, by=make_user("editor"))
    assert shown(claim) == []
    assert TEXT not in Client().get(f"/claims/{claim.pk}/").text
    assert len(shown(claim, make_user("moderator"))) == 1
    with pytest.raises(Conflict):
        curating.publish_told(row=inquiry, by=make_user("editor"))


def test_of_a_hidden_claim_nothing_is_shown():
    claim = make_claim("proposed")
    inquire(claim, public=True)
    assert Client().get(f"/api/v1/claims/{claim.pk}/inquiries/").status_code == 404
    assert not Inquiry.objects.visible_to(None).exists()


REFUSED = [
    ({"text": "Ask ada@harbour.example."}, "private_contact", "text", "readers see no e-mail address"),
    ({"name": "Ada, +44 20 7946 0000"}, "private_contact", "name", "nor a phone number"),
    ({"asked_on": today() + timedelta(days=1)}, "to_come", "asked_on", "nobody was asked tomorrow"),
    ({"asked_on": "2026"}, "invalid", "asked_on", "a day"),
    ({"asked_for": "interview"}, "invalid", "asked_for", "one of two"),
    ({"channel": "fax"}, "invalid", "channel", "one of six"),
    ({"source": 0}, "not_found", "source", "a source of an article of the claim"),
]


@pytest.mark.parametrize(("given", "code", "field", "why"), REFUSED)
def test_what_an_inquiry_refuses(given, code, field, why):
    with pytest.raises(Invalid) as refusal:
        inquire(make_claim("checked"), **given)
    assert (refusal.value.code, refusal.value.field) == (code, field), why


def test_an_answer_comes_after_the_question():
    with pytest.raises(Invalid) as refusal:
        record(inquire(make_claim("checked")), came_on=YESTERDAY - timedelta(days=1))
    assert refusal.value.field == "came_on"


def test_an_unknown_speaker_was_not_asked():
    with pytest.raises(Invalid) as refusal:
        inquire(make_claim("checked", speaker=None))
    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    ("status", "role", "public"), [("checked", "contributor", False), ("checked", "moderator", True)]
)
def test_who_may_not(status, role, public):
    with pytest.raises(NotAllowed):
        inquire(make_claim(status), by=make_user(role), public=public)


def test_a_moderator_publishes_of_a_claim_without_a_verdict():
    claim = make_claim("in_review")
    inquire(claim, by=make_user("moderator"), public=True)
    assert len(shown(claim)) == 1


def test_no_outcome_is_published_of_an_inquiry_that_is_not():
    with pytest.raises(Conflict) as refusal:
        record(inquire(make_claim("checked")), public=True)
    assert refusal.value.code == "not_published"


def changed(row, **columns):
    type(row).objects.filter(pk=row.pk).update(**columns)


def test_the_database_keeps_what_is_on_record():
    row = inquire(make_claim("checked"), public=True)
    outcome = record(row)
    for change in (
        lambda: changed(row, text="Another."),
        lambda: changed(row, published_at=None, published_by=None),
        lambda: changed(outcome, answer="corrected"),
        lambda: changed(outcome, withdrawn_at=Now(), withdrawn_by=row.by),
        lambda: outcome.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert {"claims_inquiry", "claims_outcome"} <= sealed_tables().keys()


def test_figures_count_them():
    claim, editor = make_claim("checked"), make_user("editor")
    record(inquire(claim), answer="declined")
    record(inquire(claim), answer="corrected")
    inquire(claim)
    inquire(claim, name="Roads Office")
    figure = asked.by_whom(Period(YESTERDAY, today(), UTC), editor)
    first = figure.rows[0]
    assert (first.label, [cell.value for cell in first.cells]) == (claim.speaker.name, [0, 1, 0, 1, 0, 1])
    assert figure.rows[1].keys == ("name", None, "Roads Office")
    csv = "".join(figure.csv())
    assert csv.startswith("whom,id,name,replied,corrected,removed,declined,none,waiting")


def test_the_desk_records_publishes_and_withdraws(client):
    claim, editor = make_claim("checked"), make_user("editor")
    client.force_login(editor)
    address = f"/admin/claims/claim/{claim.pk}/change/"
    given = {
        "whom": "speaker",
        "asked_for": "reply",
        "channel": "phone",
        "asked_on": str(YESTERDAY),
        "text": TEXT,
        "note": NOTE,
    }
    bad = {f"inquiry-{name}": value for name, value in {**given, "text": "a@b.example"}.items()}
    assert "belong in the internal note" in client.post(address, {"action": "inquire", **bad}).text
    sent = {f"inquiry-{name}": value for name, value in given.items()}
    client.post(address, {"action": "inquire", **sent})
    inquiry = Inquiry.objects.get()
    client.post(address, {"action": f"publish_told:inquiry-{inquiry.pk}"})
    answer = {"answer": "declined", "came_on": str(today()), "text": "No comment.", "public": "on"}
    client.post(
        address,
        {
            "action": f"outcome:{inquiry.pk}",
            **{f"outcome-{inquiry.pk}-{name}": value for name, value in answer.items()},
        },
    )
    outcome = Outcome.objects.get()
    assert (outcome.answer, outcome.is_shown) == ("declined", True)
    client.post(address, {"action": f"withdraw_told:outcome-{outcome.pk}"})
    assert not Outcome.objects.get().is_shown
    assert "Withdrawn from readers by" in client.get(address).text


def test_over_the_api(client):
    claim = make_claim("checked")
    client.force_login(make_user("editor"))
    address = f"/api/v1/claims/{claim.pk}/inquiries/"
    body = {"asked_for": "correction", "channel": "form", "asked_on": str(YESTERDAY), "public": True}
    made = client.post(address, body, "application/json").json()
    outcome = {"answer": "corrected", "came_on": str(today()), "url": "https://paper.example/a", "public": True}
    assert client.post(f"{address}{made['id']}/outcomes/", outcome, "application/json").status_code == 201
    [told] = shown(claim)
    assert (told["asked_for"], told["outcomes"][0]["url"]) == ("correction", "https://paper.example/a")

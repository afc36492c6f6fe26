"""The addresses of claims and speakers that were merged away."""

import pytest
from django.conf import settings

from claims import curating
from tests.factories import make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


def address(row, kind="claims"):
    return f"/api/v1/{kind}/{row.pk}/"


def merged(loser, winner):
    return curating.merge_claims(loser=loser, winner=winner, reason="The same.", by=make_user("editor"))


@pytest.fixture
def two():
    speaker = make_speaker()
    return make_claim("unverified", speaker=speaker), make_claim("checked", speaker=speaker)


def test_it_leads_to_the_winner_until_the_merge_is_undone(client, two):
    loser, winner = two
    record = merged(loser, winner)
    response = client.get(address(loser))
    assert (response.status_code, response["Location"]) == (308, f"{settings.CLAIMTRACK_SITE_URL}{address(winner)}")
    assert response["Cache-Control"] == "no-cache"
    curating.undo_merge(merge=record, by=make_user("editor"))
    assert client.get(address(loser)).json()["id"] == loser.pk


def test_a_chain_leads_to_its_end(client, two):
    loser, middle = two
    end = make_claim("checked", speaker=loser.speaker)
    step(middle, "withdrawn", by=make_user("editor"))
    merged(loser, middle)
    merged(middle, end)
    assert client.get(address(loser))["Location"].endswith(address(end))


def test_a_speaker_leads_on_too(client, two):
    loser, winner = two[0].speaker, make_speaker()
    curating.merge_speakers(loser=loser, winner=winner, reason="One person.", by=make_user("editor"))
    assert client.get(address(loser, "speakers"))["Location"].endswith(address(winner, "speakers"))


# the loser's and the winner's status, who asks, and why nothing is said
HIDDEN = [
    ("proposed", "checked", None, "it was never public"),
    ("proposed", "proposed", None, "neither was"),
    ("unverified", "dismissed", None, "the winner is not public"),
    ("proposed", "checked", "contributor", "somebody else proposed it"),
]


@pytest.mark.parametrize(("lost", "won", "role", "reason"), HIDDEN)
def test_it_does_not_exist_for_whoever_may_not_see_both(client, two, lost, won, role, reason):
    speaker = two[0].speaker
    loser, winner = make_claim(lost, speaker=speaker), make_claim(won, speaker=speaker)
    merged(loser, winner)
    if role:
        client.force_login(make_user(role))
    assert client.get(address(loser)).status_code == 404, reason


def test_who_proposed_it_and_who_moderates_are_led_on(client, two):
    author = make_user("contributor")
    loser = make_claim(speaker=two[1].speaker, by=author)
    merged(loser, two[1])
    for reader in (author, make_user("moderator")):
        client.force_login(reader)
        assert client.get(address(loser)).status_code == 308


def test_a_claim_that_was_not_merged_costs_no_more(client, two, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get(address(two[0])).status_code == 200

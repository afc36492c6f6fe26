"""Moves between files are counted, and a request has no more of them than its reader can follow."""

from functools import partial

import pytest

from bench.moves import DETAIL, LIST, MOST_OF_REVIEW, REVIEW, WARM_UP, moves
from claims import reviewing
from tests.claimtrack.test_tokens import bearing, make_token
from tests.factories import make_claim


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "most"), [LIST, DETAIL])
def test_a_read_moves_between_few_files(client, caplog, address, most):
    caplog.set_level("WARNING", "claimtrack.requests")  # as in the benchmark, which prints no lines of the log
    claim = make_claim("unverified")
    for _ in range(WARM_UP + 1):
        found = moves(lambda: client.get(address.format(claim.pk)))
    assert 0 < found.total() <= most
    assert all(caller != callee for caller, callee in found)


@pytest.mark.django_db
def test_a_review_moves_between_few_files(client, caplog):
    caplog.set_level("WARNING", "claimtrack.requests")
    token = make_token("editor")
    for _ in range(WARM_UP + 1):
        claim = make_claim("unverified")
        taken = reviewing.review(claim=claim, to="in_review", by=token.user, expected=None)
        send = partial(
            client.post,
            f"{LIST[0]}{claim.pk}/reviews/",
            {**REVIEW, "expected": taken.claim.version},
            content_type="application/json",
            headers=bearing(token),
        )
        found = moves(send)
    assert 0 < found.total() <= MOST_OF_REVIEW


@pytest.mark.django_db
def test_a_request_that_fails_is_not_counted(client):
    with pytest.raises(SystemExit, match="404"):
        moves(lambda: client.get("/api/v1/claims/1/"))

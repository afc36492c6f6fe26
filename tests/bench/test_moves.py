"""Moves between files are counted."""

import pytest

from bench.moves import moves
from tests.factories import make_claim


@pytest.mark.django_db
def test_it_counts_calls_and_returns_between_our_files(client):
    make_claim("unverified")
    for _ in range(2):
        found = moves(lambda: client.get("/api/v1/claims/"))
    assert 0 < found.total() < 100
    assert all(caller != callee for caller, callee in found)


@pytest.mark.django_db
def test_a_request_that_fails_is_not_counted(client):
    with pytest.raises(SystemExit, match="404"):
        moves(lambda: client.get("/api/v1/claims/1/"))

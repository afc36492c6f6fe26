"""Moves between files are counted, and a read has no more of them than its reader can follow."""

import pytest

from bench.moves import DETAIL, LIST, WARM_UP, moves
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
def test_a_request_that_fails_is_not_counted(client):
    with pytest.raises(SystemExit, match="404"):
        moves(lambda: client.get("/api/v1/claims/1/"))

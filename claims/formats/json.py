"""Claims as the API's own JSON. A page is one query of documents, whose text goes to the client unchanged."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import orjson
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection

from claims.models.claim import ClaimQuerySet
from claims.models.document import JSON, JSON_OF_ONE
from claims.proof.sequencing import started
from claimtrack.addresses import address
from claimtrack.api.renderers import Representation, Row, Selection
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db import revision
from claimtrack.db.statements import Statement, Values, fetch
from claimtrack.db.timeouts import streaming

BATCH = 500
CLAIM = b'{"id":%b,"url":"%b%b/","receipt":%b,%b}'
# How the JSON of a claim ends that was never published.
UNPUBLISHED = b'"reviewed_at":null'


@cache
def _start(site: str) -> str:
    """Return how the address of each claim begins, found once for a site: a page is quicker than its routes."""
    return address("claims-list")


def _writer() -> Callable[[bytes, bytes], bytes]:
    """Return what adds the addresses to the JSON of a claim: its own, and that of its receipt if it was published."""
    start, log = _start(settings.CLAIMTRACK_SITE_URL).encode(), started()

    def write(pk: bytes, json: bytes) -> bytes:
        receipt = b'"%b%b/receipt/"' % (start, pk) if log and not json.endswith(UNPUBLISHED) else b"null"
        return CLAIM % (pk, start, pk, receipt, json)

    return write


class ClaimJson(Representation):
    def rows(self, view: LedgerViewSet, selection: Selection) -> tuple[Sequence[Row], int]:
        def write(values: Values) -> Statement:
            json = JSON_OF_ONE if selection.single else JSON
            columns = (selection.key, "pk", "version", revision.CURRENT, json)
            return selection.choose(values).values_list(*columns).query.sql_with_params()

        try:
            found = fetch(selection.shape, selection.values, write)
        except EmptyResultSet:
            found = []
        whole = _writer()
        rows = [Row(orjson.Fragment(whole(pk, json)), key, pk, version) for key, pk, version, _, json in found]
        return rows, int(found[0][3]) if found else revision.current()


def fragments(claims: ClaimQuerySet) -> dict[int, orjson.Fragment]:
    """Return the JSON of these claims by their ids."""
    whole = _writer()
    return {pk: orjson.Fragment(whole(b"%d" % pk, json.encode())) for pk, json in claims.values_list("pk", JSON)}


def batches(claims: ClaimQuerySet) -> Iterator[list[str]]:
    """Yield the JSON of all these claims, BATCH at a time, by a cursor on the server: in constant memory."""
    try:
        sql, params = claims.values_list("pk", JSON).query.sql_with_params()
    except EmptyResultSet:
        return
    whole = _writer()
    with streaming(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while batch := cursor.fetchmany(BATCH):
            yield [whole(b"%d" % pk, json.encode()).decode() for pk, json in batch]

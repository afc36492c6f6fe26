"""Claims as the API's own JSON. A page is one query of documents, whose text goes to the client unchanged."""

from collections.abc import Iterator, Sequence
from functools import cache

import orjson
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection

from claims.models.claim import ClaimQuerySet
from claims.models.document import JSON, JSON_OF_ONE
from claimtrack.addresses import address
from claimtrack.api.renderers import Representation, Row, Selection
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.db import revision
from claimtrack.db.statements import Statement, Values, fetch
from claimtrack.db.timeouts import streaming

BATCH = 500
CLAIM = '{"id":%s,"url":"%s%s/",%s}'


@cache
def _start(site: str) -> str:
    """Return how the address of each claim begins, found once for a site: a page is quicker than its routes."""
    return address("claims-list")


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
        start, whole = _start(settings.CLAIMTRACK_SITE_URL).encode(), CLAIM.encode()
        rows = [
            Row(orjson.Fragment(whole % (pk, start, pk, json)), key, pk, version) for key, pk, version, _, json in found
        ]
        return rows, int(found[0][3]) if found else revision.current()


def fragments(claims: ClaimQuerySet) -> dict[int, orjson.Fragment]:
    """Return the JSON of these claims by their ids."""
    start = _start(settings.CLAIMTRACK_SITE_URL)
    return {pk: orjson.Fragment(CLAIM % (pk, start, pk, json)) for pk, json in claims.values_list("pk", JSON)}


def batches(claims: ClaimQuerySet) -> Iterator[list[str]]:
    """Yield the JSON of all these claims, BATCH at a time, by a cursor on the server: in constant memory."""
    try:
        sql, params = claims.values_list("pk", JSON).query.sql_with_params()
    except EmptyResultSet:
        return
    start = _start(settings.CLAIMTRACK_SITE_URL)
    with streaming(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while batch := cursor.fetchmany(BATCH):
            yield [CLAIM % (pk, start, pk, json) for pk, json in batch]

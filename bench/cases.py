"""The cases of the benchmark, as requests to each contender."""

import base64
import json
import random
from typing import Any
from urllib.parse import quote, urlencode

import psycopg

from bench.corpus import SOURCES, WORDS
from bench.floor import LIMIT, PUBLIC

TITLES = {
    "first": "first page",
    "status_frequent": "frequent status",
    "status_rare": "rare status",
    "speaker_many": "speaker with many claims",
    "speaker_few": "speaker with few claims",
    "speaker_status": "speaker and status",
    "source": "source",
    "topic": "topic",
    "q_frequent": "word in half of all claims",
    "q_rare": "rare word",
    "page_1000": "page 1,000",
    "page_10000": "page 10,000",
    "detail": "detail",
    "not_modified": "304 Not Modified",
}
PATHS = {"claimtrack": "/api/v1/claims/", "floor": "/claims/", "drf": "/api/v1/claims/"}


class Cases:
    """The requests of every case, with values from the database."""

    def __init__(self, connection: psycopg.Connection) -> None:
        public = f"FROM claims_claim c WHERE {PUBLIC}"
        by_speaker = f"SELECT speaker_id {public} AND speaker_id IS NOT NULL GROUP BY 1"

        def column(query: str) -> list[Any]:
            return [row[0] for row in connection.execute(query)]

        many = column(f"{by_speaker} ORDER BY count(*) DESC, 1 LIMIT 10")
        few = column(f"{by_speaker} HAVING count(*) <= 5 ORDER BY 1 DESC LIMIT 200")
        few = few or column(f"{by_speaker} ORDER BY count(*), 1 LIMIT 50")
        self.filters: dict[str, list[dict[str, Any]]] = {
            "first": [{}],
            "status_frequent": [{"status": "unverified"}],
            "status_rare": [{"status": "withdrawn"}],
            "speaker_many": [{"speaker": speaker} for speaker in many],
            "speaker_few": [{"speaker": speaker} for speaker in few],
            "speaker_status": [
                {"speaker": speaker, "status": status} for speaker in many for status in ("checked", "in_review")
            ],
            "source": [{"source": source} for source in range(1, len(SOURCES) + 1, 5)],
            "topic": [{"topic": topic} for topic in WORDS["topics"][::3]],
            "q_frequent": [{"q": "percent"}],
            "q_rare": [{"q": word} for word in WORDS["rare"]],
        }
        ids = column(f"SELECT id {public}")
        self.details = random.Random(7).sample(ids, min(2000, len(ids)))
        self.edges: dict[str, list[tuple[int, Any, int]]] = {}
        for case in ("page_1000", "page_10000"):
            pages = range(int(case[5:]), int(case[5:]) + 15, 3)
            if pages.stop * LIMIT < len(ids):
                before = f"SELECT created_at, id {public} ORDER BY created_at DESC, id DESC OFFSET %s LIMIT 1"
                self.edges[case] = [
                    (page, *connection.execute(before, [(page - 1) * LIMIT - 1]).fetchall()[0]) for page in pages
                ]

    def names(self) -> list[str]:
        """Return the cases that are possible with this number of claims."""
        return [case for case in TITLES if not case.startswith("page_") or case in self.edges]

    def requests(self, case: str, contender: str, *, cursor: str, etag: str) -> list[str]:
        """Return lines for wrk: a path, and optionally a tab and an ETag for If-None-Match.

        `cursor` and `etag` are those of claimtrack's first page. The other contenders have no ETag and answer in full.
        """
        path = PATHS[contender]
        if case == "detail":
            return [f"{path}{claim}/" for claim in self.details]
        if case == "not_modified":
            return [f"{path}\t{etag}" if contender == "claimtrack" else path]
        if case in self.edges:
            return [f"{path}?{self._from(contender, cursor, *edge)}" for edge in self.edges[case]]
        return [f"{path}?{urlencode(given)}" if given else path for given in self.filters[case]]

    def _from(self, contender: str, cursor: str, page: int, created_at: Any, claim: int) -> str:
        if contender == "drf":
            return f"page={page}"
        if contender == "floor":
            return f"after={quote(f'{created_at.isoformat()},{claim}')}"
        # Following the links would take 10,000 requests, so the cursor of the second page is changed to another row.
        *others, _ = json.loads(base64.urlsafe_b64decode(cursor + "=="))
        moved = json.dumps([*others, [created_at.isoformat(), claim]])
        return f"cursor={base64.urlsafe_b64encode(moved.encode()).decode().rstrip('=')}"

"""An article and its source, as the examples of the OpenAPI document show them."""

from hashlib import sha256

from claimtrack.examples import API, FILED, Example

TEXT = (
    "“Nine boats sail each day,” said Ada Brook, the harbour master. Nobody asked how she knew.\n"
    "In the evening she said it once more: “We have nine ferries a day.”"
)
URL = "https://harbour.example/news/ferries"
SOURCE_REF: Example = {"id": 4, "name": "The Harbour Post", "domain": "harbour.example"}
SOURCE: Example = {
    "id": SOURCE_REF["id"],
    "name": SOURCE_REF["name"],
    "kind": "newspaper",
    "homepage": "https://harbour.example/",
    "country": None,
    "language": "en",
    "domains": [SOURCE_REF["domain"]],
    "created_at": FILED,
}
SNAPSHOT_REF: Example = {
    "id": 12,
    "sha256": sha256(TEXT.encode()).hexdigest(),
    "taken_at": FILED,
    "method": "text",
    "current": True,
}
ARTICLE_REF: Example = {"id": 9, "title": "Council hears of new ferries", "url": URL, "published_at": "2026-03-14"}
ARTICLE: Example = {
    **ARTICLE_REF,
    "byline": "Tove Lind",
    "language": "en",
    "source": SOURCE_REF,
    "current_snapshot": SNAPSHOT_REF["id"],
    "created_at": FILED,
}
ARTICLE_DETAIL: Example = {
    **ARTICLE,
    "snapshots": [{**SNAPSHOT_REF, "archive_url": None, "text": TEXT, "redactions": []}],
}


def ingested(*, is_new: bool) -> Example:
    result = {
        "snapshot": SNAPSHOT_REF["id"],
        "article_is_new": is_new,
        "snapshot_is_new": is_new,
        "source_is_new": False,
        "warnings": [],
    }
    return {**ARTICLE_DETAIL, "ingested": result}


FETCH_WAITING: Example = {
    "id": 5,
    "fetch": f"{API}/fetches/5/",
    "url": URL,
    "state": "waiting",
    "asked_at": FILED,
    "ended_at": None,
    "attempts": 0,
    "article": None,
    "ingested": None,
    "problem": None,
}
FETCH_DONE: Example = {
    **FETCH_WAITING,
    "state": "done",
    "ended_at": FILED,
    "attempts": 1,
    "article": f"{API}/articles/{ARTICLE['id']}/",
    "ingested": ingested(is_new=True)["ingested"],
}
SOURCE_INPUT: Example = {name: SOURCE[name] for name in ("name", "kind", "homepage", "language", "domains")}
ARTICLE_INPUT: Example = {name: ARTICLE[name] for name in ("url", "title", "byline", "language", "published_at")} | {
    "text": TEXT
}

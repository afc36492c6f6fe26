"""Which edits explain a difference between a claim and its last entry.

Titles and addresses of articles, names of sources, topics, languages and review_by may change after a publication without an
entry. In that case the history has an event that is younger than the entry, or slightly older: an event has the time at which its
transaction began, which may have waited for that of the entry.
"""

from datetime import datetime

from django.db import connection

ARTICLE = "SELECT FROM sources_articleevent WHERE pgh_obj_id = %(article)s AND pgh_created_at > %(at)s::timestamptz - interval '1 hour'"
SOURCE = "SELECT FROM sources_sourceevent WHERE pgh_obj_id = %(source)s AND pgh_created_at > %(at)s::timestamptz - interval '1 hour'"
DOMAIN = "SELECT FROM sources_domainevent WHERE source_id = %(source)s AND pgh_created_at > %(at)s::timestamptz - interval '1 hour'"
# A domain is inserted without an event, and is shown if an article has no address.
NO_ADDRESS = "SELECT FROM sources_article WHERE id = %(article)s AND canonical_url IS NULL"
TOPIC = """SELECT FROM claims_claimtopicevent WHERE claim_id = %(claim)s AND pgh_created_at > %(at)s::timestamptz - interval '1 hour'
    UNION ALL SELECT FROM claims_topicevent WHERE pgh_created_at > %(at)s::timestamptz - interval '1 hour' AND pgh_obj_id IN
        (SELECT topic_id FROM claims_claimtopicevent WHERE claim_id = %(claim)s)"""
CLAIM = "SELECT FROM claims_claimevent WHERE pgh_obj_id = %(claim)s AND pgh_created_at > %(at)s::timestamptz - interval '1 hour'"
# The members that may differ, by the beginning of their path, and the events that explain it.
EXPLAINED = {
    "article.": (ARTICLE,),
    "source.": (SOURCE, DOMAIN, ARTICLE, NO_ADDRESS),
    "snapshot.current": (ARTICLE,),
    "topics": (TOPIC,),
    "language": (CLAIM,),
    "review_by": (CLAIM,),
}


def explain(path: str, article: int | None, source: int | None, at: datetime, claim: int | None = None) -> bool:
    """Return whether an edit since then explains a different value of this member."""
    values: dict[str, int | datetime | None] = {"article": article, "source": source, "at": at, "claim": claim}
    for beginning, queries in EXPLAINED.items():
        if path.startswith(beginning):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {' OR '.join(f'EXISTS ({query})' for query in queries)}", values)
                return bool(cursor.fetchone()[0])
    return False

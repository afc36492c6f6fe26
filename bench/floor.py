"""The floor: the least that can stand between PostgreSQL and a reader of the same JSON.

Bare WSGI, a connection pool, one query a page. PostgreSQL writes each claim as the API documents it, the bytes pass
through untouched, keyset pages, prepared statements. No framework, no check of parameters, no security headers.

    BENCH_DATABASE_URL=… gunicorn bench.floor:application
"""

import os
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import psycopg
from psycopg_pool import ConnectionPool

SITE = "http://127.0.0.1:8000"
LIMIT = 50
PUBLIC = (
    "c.status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn') AND c.merged_into_id IS NULL"
)
MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
APPEARANCES = f"""
    SELECT a.id, a.quote, a.start_offset AS start, a.end_offset AS "end", a.prefix, a.suffix,
        (SELECT row_to_json(j) FROM (SELECT s.id, s.sha256, {MOMENT.format("s.taken_at")} AS taken_at, s.method,
            s.id IS NOT DISTINCT FROM r.current_snapshot_id AS current) j) AS snapshot,
        (SELECT row_to_json(j) FROM (SELECT r.id, nullif(r.title, '') AS title, r.canonical_url AS url,
            to_char(r.published_at AT TIME ZONE 'UTC', CASE r.published_precision WHEN 'day' THEN 'YYYY-MM-DD'
                ELSE 'YYYY-MM-DD"T"HH24:MI:SS"Z"' END) AS published_at) j) AS article,
        (SELECT row_to_json(j) FROM (SELECT o.id, o.name, coalesce(
            regexp_replace(split_part(r.canonical_url, '/', 3), '^(www\\.)+', ''),
            (SELECT host FROM sources_domain WHERE source_id = o.id ORDER BY id LIMIT 1)) AS domain) j) AS source
    FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id
    JOIN sources_article r ON r.id = s.article_id JOIN sources_source o ON o.id = r.source_id
    WHERE a.claim_id = p.id ORDER BY r.published_at NULLS LAST, a.id"""
CLAIM = f"""
    p.id, '{SITE}/api/v1/claims/' || p.id || '/' AS url, NULL AS receipt, p.text, nullif(p.language, '') AS language, p.status,
    (SELECT row_to_json(j) FROM (SELECT code, label, value FROM claims_verdict WHERE id = p.verdict_id) j) AS verdict,
    (SELECT row_to_json(j) FROM (SELECT id, name, nullif(p.speaker_role, '') AS role
        FROM claims_speaker WHERE id = p.speaker_id) j) AS speaker,
    left(p.said_at::text, CASE p.said_precision WHEN 'day' THEN 10 WHEN 'month' THEN 7 ELSE 4 END) AS said_at,
    left(p.due_on::text, CASE p.due_precision WHEN 'day' THEN 10 WHEN 'month' THEN 7 ELSE 4 END) AS due_on,
    array_to_json(ARRAY(SELECT t.slug FROM claims_claimtopic ct JOIN claims_topic t ON t.id = ct.topic_id
        WHERE ct.claim_id = p.id ORDER BY t.slug COLLATE "C")) AS topics,
    array_to_json(ARRAY(SELECT row_to_json(j) FROM ({APPEARANCES}) j)) AS provenance,
    p.version, {MOMENT.format("p.created_at")} AS created_at, {MOMENT.format("p.updated_at")} AS updated_at,
    p.review_by, {MOMENT.format("p.reviewed_at")} AS reviewed_at"""
FILTERS = {
    "status": "c.status = %(status)s",
    "speaker": "c.speaker_id = %(speaker)s::bigint",
    "source": "l.source_id = %(source)s::bigint",
    "topic": "l.topic_id = (SELECT id FROM claims_topic WHERE slug = %(topic)s)",
    "q": "c.search @@ phraseto_tsquery('claimtrack', %(q)s)",
    "after": "(c.created_at, c.id) < (%(created_at)s::timestamptz, %(id)s::bigint)",
}
# Rows that stand in the order of the page, by what they are filtered by.
LISTED = {"source": "claims_claimsource", "topic": "claims_claimtopic"}
# Which plan is best depends on how common the word is: it is planned for each request.
UNPREPARED = {"q"}
DETAIL = f"SELECT row_to_json(x)::text FROM (SELECT {CLAIM} FROM claims_claim p WHERE p.id = %(id)s AND {PUBLIC.replace('c.', 'p.')}) x"


@cache
def _list(names: tuple[str, ...]) -> str:
    where = " AND ".join([PUBLIC, *(FILTERS[name] for name in names)])
    by = next((f"{LISTED[name]} l JOIN claims_claim c ON c.id = l.claim_id" for name in names if name in LISTED), "")
    order = "l.created_at DESC, l.claim_id DESC" if by else "c.created_at DESC, c.id DESC"
    page = f"SELECT c.* FROM {by or 'claims_claim c'} WHERE {where} ORDER BY {order} LIMIT {LIMIT + 1}"
    rows = f"SELECT {CLAIM} FROM ({page}) p ORDER BY p.created_at DESC, p.id DESC"
    return f"SELECT row_to_json(x)::text, x.created_at, x.id FROM ({rows}) x"


def page(connection: psycopg.Connection, given: dict[str, str]) -> bytes:
    """A page of the list as JSON; `given` are filters of FILTERS, and `after` is "created_at,id" of the row before it."""
    parameters: dict[str, Any] = dict(given)
    if "after" in given:
        parameters["created_at"], parameters["id"] = given["after"].split(",")
    found = connection.execute(_list(tuple(sorted(given))), parameters, prepare=UNPREPARED.isdisjoint(given)).pgresult
    assert found
    claims = [found.get_value(row, 0) or b"" for row in range(min(found.ntuples, LIMIT))]
    following = b"null"
    if found.ntuples > LIMIT:
        following = b'"%b,%b"' % tuple(found.get_value(LIMIT - 1, column) or b"" for column in (1, 2))
    return b'{"next":%b,"results":[%b]}' % (following, b",".join(claims))


def detail(connection: psycopg.Connection, claim: int) -> bytes:
    """One public claim as JSON."""
    found = connection.execute(DETAIL, {"id": claim}, prepare=True).pgresult
    assert found
    return found.get_value(0, 0) or b""


@cache
def _pool() -> ConnectionPool:
    """Made by the worker at its first request: a connection does not survive the fork."""
    kwargs = {"autocommit": True, "prepare_threshold": 2}
    return ConnectionPool(os.environ["BENCH_DATABASE_URL"], min_size=4, max_size=4, kwargs=kwargs, open=True)


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    _, _, identifier = environ["PATH_INFO"].rstrip("/").rpartition("/")
    with _pool().connection() as connection:
        if identifier.isdigit():
            body = detail(connection, int(identifier))
        else:
            body = page(connection, dict(parse_qsl(environ["QUERY_STRING"])))
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]

"""Queries of `Claim.search`, and what keeps that column up to date where neither a claim nor its appearances change.

PostgreSQL's function `claims_query` (migration 0001_search) makes a tsquery of the terms of `q`. That is a statement of its
own, so that the one that finds the claims holds a constant: PostgreSQL then knows how common the words are when it plans.
The same answer says whether anything is left of the query.
"""

import json
from collections.abc import Iterable, Sequence

import pgtrigger
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Expression

from claims.text.searching import Term
from claimtrack.db.guards import Guard
from claimtrack.refusals import Invalid

# Each word is indexed under two forms, so a sample of the usual size (100) misses words of one claim in a thousand. PostgreSQL
# then takes them for far more frequent, and looks for them among the newest claims, one by one.
STATISTICS = "ALTER TABLE claims_claim ALTER COLUMN search SET STATISTICS 300;\n"


class StopWords(Invalid):
    """All languages asked call each word of the query a stop word."""

    code = "stop_words"

    def __init__(self) -> None:
        sentence = (
            "Every word of this query is a stop word, such as “the”: add one that says more, or end it with * (the*)."
        )
        super().__init__(sentence, field="q")


class TSQuery(SearchQuery):
    """A tsquery as PostgreSQL writes it."""

    template = "%(expressions)s::tsquery"

    def __init__(self, written: str | Expression) -> None:
        super().__init__(written, search_type="raw")


def tsquery(terms: Iterable[Term], languages: Sequence[str] | None = None) -> str:
    """Return the tsquery of all terms as text, "" where no term has a word. Raises StopWords.

    A word matches in any form: as one of the languages stems it, or as it is, without accents. It is left out where all of
    them call it a stop word. Without `languages`, those of all claims, articles and external reviews count.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted::text, words FROM claims_query(%s::jsonb, %s::text[])",
            [json.dumps([*terms]), [*languages] if languages else None],
        )
        wanted, words = cursor.fetchone()
    if words and not wanted:
        raise StopWords
    return wanted or ""


def _renew(claims: str) -> str:
    """Return PL/pgSQL that indexes the claims whose ids a query gives; locked first, so that it sees what others have added."""
    return f"""
        PERFORM FROM claims_claim WHERE id IN ({claims}) ORDER BY id FOR NO KEY UPDATE;
        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language) WHERE id IN ({claims});
        RETURN NULL;"""


def article_search_trigger() -> Guard:
    """Return the trigger for articles: quotes are stemmed in the language of their article."""
    claims = "SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id"
    return Guard(
        name="renew_search",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("language"),
        condition=pgtrigger.AnyChange("language"),
        func=_renew(claims),
    )


def external_review_search_trigger() -> Guard:
    """Return the trigger for external reviews, whose titles are searched."""
    return Guard(
        name="renew_search",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("title", "language", "claim_id") | pgtrigger.Delete,
        func="IF concat(OLD.title, NEW.title) = '' THEN RETURN NULL; END IF;" + _renew("OLD.claim_id, NEW.claim_id"),
    )

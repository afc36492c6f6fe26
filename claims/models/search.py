"""Queries of `Claim.search`, and triggers that update the column when other tables change.

PostgreSQL's function `claims_query` (migration 0001_search) makes a tsquery from the terms of `q`. It is called in a statement
of its own, so that the statement that finds the claims contains a constant: PostgreSQL then knows how frequent the words are
when it plans. The first statement also says whether the query consists of stop words only.
"""

import json
from collections.abc import Sequence

import pgtrigger
from django.contrib.postgres.search import SearchQuery
from django.db.models import Expression

from claims.text.searching import parse
from claimtrack.db.guards import Guard
from claimtrack.db.statements import read
from claimtrack.refusals import Invalid, Message

# Each word is indexed in two forms, so a sample of the default size (100) misses words that occur in one claim of a thousand.
# PostgreSQL would assume that they are far more frequent, and look for them among the newest claims, one by one.
STATISTICS = "ALTER TABLE claims_claim ALTER COLUMN search SET STATISTICS 300;\n"


ALL_STOP_WORDS = Message(
    "Every word of this query is a stop word, such as “the”: add one that says more, or end it with * (the*)."
)
NO_WORD = Message("There is no word in this query, only punctuation: write one, or leave q out.")


class StopWords(Invalid):
    """Every word of the query is a stop word in all searched languages, or it has no word."""

    code = "stop_words"


class TSQuery(SearchQuery):
    """A tsquery in PostgreSQL's own syntax."""

    template = "%(expressions)s::tsquery"

    def __init__(self, written: str | Expression) -> None:
        super().__init__(written, search_type="raw")


def tsquery(query: str, languages: Sequence[str] | None = None) -> str | None:
    """Return the tsquery of all terms of the query as text, or None if it is blank. Raises StopWords.

    A word matches as it is, without accents, or as one of the languages stems it. It is left out if it is a stop word in all of
    them. Without `languages`, the languages of all claims, articles and external reviews are used.
    """
    if not query.strip():
        return None
    asked = [json.dumps(parse(query)), [*languages] if languages else None]
    [(wanted, words)] = read("SELECT wanted::text, words FROM claims_query(%s::jsonb, %s::text[])", asked)
    if not wanted:
        raise StopWords(ALL_STOP_WORDS if int(words) else NO_WORD, field="q")
    return str(wanted, "utf-8")


def _renew(claims: str) -> str:
    """Return PL/pgSQL that renews the search column. `claims` is a query for ids. Locking first shows what others committed."""
    return f"""
        PERFORM FROM claims_claim WHERE id IN ({claims}) ORDER BY id FOR NO KEY UPDATE;
        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language) WHERE id IN ({claims});
        RETURN NULL;"""


def article_search_trigger() -> Guard:
    """Return the trigger of Article: quotes are stemmed in the language of their article."""
    claims = "SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id"
    return Guard(
        name="renew_search",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("language"),
        condition=pgtrigger.AnyChange("language"),
        func=_renew(claims),
    )


def external_review_search_trigger() -> Guard:
    """Return the trigger of ExternalReview, whose titles are searched."""
    return Guard(
        name="renew_search",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("title", "language", "claim_id") | pgtrigger.Delete,
        func="IF concat(OLD.title, NEW.title) = '' THEN RETURN NULL; END IF;" + _renew("OLD.claim_id, NEW.claim_id"),
    )

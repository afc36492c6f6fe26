"""Who said what, where, and what the desk found."""

import pgtrigger

from claims.models.appearance import Appearance
from claims.models.change import Change
from claims.models.claim import Claim
from claims.models.claim_source import ClaimSource
from claims.models.claim_topic import ClaimTopic
from claims.models.document import Document, Stale
from claims.models.external_review import ExternalReview
from claims.models.guards.change import claims_reporting, reporting
from claims.models.guards.claim_source import refiling
from claims.models.guards.document import marking, marking_domains, renewing
from claims.models.merge import Distinct, Merge
from claims.models.review import Draft, Evidence, Review
from claims.models.search import article_renewing, external_review_renewing
from claims.models.speaker import Alias, Speaker
from claims.models.topic import Topic
from claims.models.verdict import Verdict
from claimtrack.db import revision
from claimtrack.db.guards import keep_history
from sources.models import Article, Domain, Snapshot, Source

# What public JSON shows of these changes with their rows.
for _model in (Alias, Appearance, Claim, ClaimTopic, Evidence, ExternalReview, Review, Speaker, Topic, Verdict):
    pgtrigger.register(revision.raising())(_model)

pgtrigger.register(refiling(), article_renewing())(Article)
pgtrigger.register(external_review_renewing())(ExternalReview)

keep_history(Alias, Appearance, Claim, ClaimTopic, ExternalReview, Speaker, Topic, Verdict)

# Consumers of the feed of changes hear of these. `sources` knows nothing of claims, so its rows are watched from here.
_any = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
for _trigger, _watched in (
    (claims_reporting(), Claim),
    (reporting("claim", "(SELECT claim_id FROM claims_review WHERE id = NEW.review_id)"), Evidence),
    (reporting("speaker", "NEW.id"), Speaker),
    (reporting("speaker", "COALESCE(NEW.speaker_id, OLD.speaker_id)", _any), Alias),
    (reporting("topic", "NEW.id"), Topic),
    (reporting("verdict", "OLD.id", pgtrigger.Update | pgtrigger.Delete), Verdict),
    (reporting("source", "NEW.id", condition=pgtrigger.AnyChange(exclude=["notes"])), Source),
    (reporting("source", "COALESCE(NEW.source_id, OLD.source_id)", _any), Domain),
    (reporting("article", "NEW.id", condition=pgtrigger.AnyChange(exclude=["seen_at"])), Article),
    (reporting("article", "NEW.article_id"), Snapshot),
):
    pgtrigger.register(_trigger)(_watched)

# Documents show these rows; `sources` is watched from here likewise.
for _trigger, _shown in (
    *((trigger, Claim) for trigger in renewing()),
    (marking("speaker", "name"), Speaker),
    (marking("topic", "slug"), Topic),
    (marking("source", "name"), Source),
    (
        marking(
            "article",
            "title",
            "url",
            "canonical_url",
            "published_at",
            "published_precision",
            "source",
            "current_snapshot",
        ),
        Article,
    ),
    (marking_domains(), Domain),
):
    pgtrigger.register(_trigger)(_shown)

__all__ = [
    "Alias",
    "Appearance",
    "Change",
    "Claim",
    "ClaimSource",
    "ClaimTopic",
    "Distinct",
    "Document",
    "Draft",
    "Evidence",
    "ExternalReview",
    "Merge",
    "Review",
    "Speaker",
    "Stale",
    "Topic",
    "Verdict",
]

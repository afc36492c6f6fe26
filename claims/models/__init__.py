"""Who said what, where, and what the desk found."""

import pgtrigger

from claims.models.appearance import Appearance
from claims.models.assignment import Request, Takeover
from claims.models.change import Change
from claims.models.claim import Claim
from claims.models.claim_source import ClaimSource
from claims.models.claim_topic import ClaimTopic
from claims.models.comment import Comment
from claims.models.document import Document, Stale
from claims.models.external_review import ExternalReview
from claims.models.frequency import Frequency, FrequencyChange
from claims.models.guards.assignment import deactivation_trigger
from claims.models.guards.change import change_trigger, claim_change_trigger
from claims.models.guards.claim_source import source_trigger
from claims.models.guards.document import document_triggers, domain_stale_trigger, stale_trigger
from claims.models.inquiry import Inquiry, Outcome
from claims.models.log import Checkpoint, Cosignature, LogEntry, LogOpening, LogTile, Timestamp
from claims.models.merge import Distinct, Merge
from claims.models.notice import Notice
from claims.models.rationale_template import RationaleTemplate
from claims.models.review import Draft, Evidence, Review
from claims.models.saved_view import SavedView
from claims.models.search import article_search_trigger, external_review_search_trigger
from claims.models.source_change import SourceChange, SourceDecision
from claims.models.speaker import Alias, Speaker
from claims.models.suggestion import Suggestion
from claims.models.topic import Topic
from claims.models.upload import Upload
from claims.models.verdict import Verdict
from claims.models.webhook import Delivery, Told, Webhook
from claimtrack.db import revision
from claimtrack.db.guards import freeze_history
from claimtrack.models import User
from sources.models import Article, Domain, Snapshot, Source

# Public JSON shows these models, so the ledger's revision changes with their rows.
for _model in (
    Alias,
    Appearance,
    Claim,
    ClaimTopic,
    Evidence,
    ExternalReview,
    Inquiry,
    Outcome,
    Review,
    SourceDecision,
    Speaker,
    Topic,
    Verdict,
):
    pgtrigger.register(revision.trigger())(_model)

pgtrigger.register(source_trigger(), article_search_trigger())(Article)
pgtrigger.register(external_review_search_trigger())(ExternalReview)
# `claimtrack` does not import `claims`, either.
pgtrigger.register(deactivation_trigger())(User)

freeze_history(
    Alias,
    Appearance,
    Claim,
    ClaimTopic,
    ExternalReview,
    RationaleTemplate,
    Request,
    Speaker,
    Suggestion,
    Topic,
    Verdict,
    Webhook,
)

# The feed of changes covers these models. `sources` does not import `claims`, so the triggers of its models are registered here.
_any = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
for _trigger, _reported in (
    (claim_change_trigger(), Claim),
    (change_trigger("claim", "(SELECT claim_id FROM claims_review WHERE id = NEW.review_id)"), Evidence),
    (change_trigger("claim", "NEW.claim_id", pgtrigger.Insert), SourceDecision),
    (change_trigger("speaker", "NEW.id"), Speaker),
    (change_trigger("speaker", "COALESCE(NEW.speaker_id, OLD.speaker_id)", _any), Alias),
    (change_trigger("topic", "NEW.id"), Topic),
    (change_trigger("verdict", "OLD.id", pgtrigger.Update | pgtrigger.Delete), Verdict),
    (change_trigger("source", "NEW.id", condition=pgtrigger.AnyChange(exclude=["notes"])), Source),
    (change_trigger("source", "COALESCE(NEW.source_id, OLD.source_id)", _any), Domain),
    (change_trigger("article", "NEW.id", condition=pgtrigger.AnyChange(exclude=["seen_at"])), Article),
    (change_trigger("article", "NEW.article_id"), Snapshot),
):
    pgtrigger.register(_trigger)(_reported)

# Documents show these models.
for _trigger, _shown in (
    *((trigger, Claim) for trigger in document_triggers()),
    (stale_trigger("speaker", "name"), Speaker),
    (stale_trigger("topic", "slug"), Topic),
    (stale_trigger("source", "name"), Source),
    (
        stale_trigger(
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
    (domain_stale_trigger(), Domain),
):
    pgtrigger.register(_trigger)(_shown)

__all__ = [
    "Alias",
    "Appearance",
    "Change",
    "Checkpoint",
    "Claim",
    "ClaimSource",
    "ClaimTopic",
    "Comment",
    "Cosignature",
    "Delivery",
    "Distinct",
    "Document",
    "Draft",
    "Evidence",
    "ExternalReview",
    "Frequency",
    "FrequencyChange",
    "Inquiry",
    "LogEntry",
    "LogOpening",
    "LogTile",
    "Merge",
    "Notice",
    "Outcome",
    "RationaleTemplate",
    "Request",
    "Review",
    "SavedView",
    "SourceChange",
    "SourceDecision",
    "Speaker",
    "Stale",
    "Suggestion",
    "Takeover",
    "Timestamp",
    "Told",
    "Topic",
    "Upload",
    "Verdict",
    "Webhook",
]

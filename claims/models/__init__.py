"""Who said what, where, and what the desk found."""

import pgtrigger

from claims.models.appearance import Appearance
from claims.models.claim import Claim, ClaimTopic
from claims.models.external import ExternalReview
from claims.models.merge import Distinct, Merge
from claims.models.review import Draft, Evidence, Review
from claims.models.scale import Topic, Verdict
from claims.models.speaker import Alias, Speaker
from claimtrack import revision

# What public JSON shows of these changes with their rows.
for _model in (Alias, Appearance, Claim, ClaimTopic, Evidence, ExternalReview, Review, Speaker, Topic, Verdict):
    pgtrigger.register(revision.raising())(_model)

__all__ = [
    "Alias",
    "Appearance",
    "Claim",
    "ClaimTopic",
    "Distinct",
    "Draft",
    "Evidence",
    "ExternalReview",
    "Merge",
    "Review",
    "Speaker",
    "Topic",
    "Verdict",
]

"""Who said what, where, and what the desk found."""

from claims.models.appearance import Appearance
from claims.models.claim import Claim, ClaimTopic
from claims.models.merge import Distinct, Merge
from claims.models.review import Draft, Evidence, Review
from claims.models.scale import Topic, Verdict
from claims.models.speaker import Alias, Speaker

__all__ = [
    "Alias",
    "Appearance",
    "Claim",
    "ClaimTopic",
    "Distinct",
    "Draft",
    "Evidence",
    "Merge",
    "Review",
    "Speaker",
    "Topic",
    "Verdict",
]
